//! Front matter of a template: a line for each key, whose value is taken as it stands.
//!
//! Nothing is an escape but `\"` in double quotes around the whole value, and `''` in single ones. Indented lines and
//! lines of a list continue the value of the key before them.

use std::borrow::Cow;

use memchr::memchr_iter;

use crate::crawl::front_matter::yaml::YamlValue;
use crate::crawl::front_matter::{FieldValue, FrontMatterEntry};
use crate::crawl::lines::Lines;

/// Error: there is text before the first key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextBeforeKeys {
    /// Byte offset of that text in the block.
    pub offset: usize,
}

/// Reads a block between its fences, and passes each entry to `receive`.
///
/// # Errors
/// There is text before the first key.
pub fn read<'a>(block: &'a str, receive: &mut dyn FnMut(FrontMatterEntry<'a>)) -> Result<(), TextBeforeKeys> {
    let mut open: Option<OpenEntry<'a>> = None;
    for (offset, line) in Lines::new(block) {
        if let Some(key_line) = LayoutLine::parse(offset, line) {
            if let Some(finished) = open.replace(OpenEntry { key_line, end: None }) {
                receive(finished.finish(block));
            }
        } else if !line.trim().is_empty() && !line.starts_with('#') {
            let entry = open.as_mut().ok_or(TextBeforeKeys { offset })?;
            entry.end = Some(offset + line.len());
        }
    }
    if let Some(finished) = open {
        receive(finished.finish(block));
    }
    Ok(())
}

/// A line that begins with a key.
#[derive(Debug, Clone)]
pub struct LayoutLine<'a> {
    /// The key, without its quotes.
    pub key: &'a str,
    /// Text after the colon, trimmed.
    pub value: &'a str,
    /// Byte offset of the value in the block.
    pub offset: usize,
}

impl<'a> LayoutLine<'a> {
    /// Parses a line at `offset` of its block: a key of any script, quoted or not, and a colon before a space or the
    /// line's end.
    pub fn parse(offset: usize, line: &'a str) -> Option<Self> {
        let (key, colon) = match line.as_bytes() {
            [quote @ (b'"' | b'\''), rest @ ..] => {
                let length = memchr_iter(*quote, rest).find(|end| ends_key(&rest[end + 1..]))?;
                (&line[1..=length], length + 2)
            }
            [b' ' | b'\t' | b'#' | b'[' | b'{', ..] | [b'-'] | [b'-', b' ', ..] => return None,
            bytes => {
                let colon = memchr_iter(b':', bytes).find(|colon| ends_key(&bytes[*colon..]))?;
                (line[..colon].trim_end(), colon)
            }
        };
        if key.is_empty() {
            return None;
        }
        let untrimmed = &line[colon + 1..];
        let offset = offset + line.len() - untrimmed.trim_start().len();
        Some(LayoutLine { key, value: untrimmed.trim(), offset })
    }
}

/// Returns whether `rest`, the text after a key, is a colon before a blank or the line's end.
fn ends_key(rest: &[u8]) -> bool {
    matches!(rest, [b':'] | [b':', b' ' | b'\t' | b'\r', ..])
}

struct OpenEntry<'a> {
    key_line: LayoutLine<'a>,
    /// End of the last line that continues the value.
    end: Option<usize>,
}

impl<'a> OpenEntry<'a> {
    fn finish(self, block: &'a str) -> FrontMatterEntry<'a> {
        let LayoutLine { key, value, offset } = self.key_line;
        let key = Cow::Borrowed(key);
        let Some(end) = self.end else {
            let text = unquote(value);
            let is_unquoted = text.len() < value.len() && matches!(text, Cow::Borrowed(_));
            let at = offset + usize::from(is_unquoted);
            return FrontMatterEntry { key, value: FieldValue::Text(text), at };
        };
        let lines = || block[offset..end].lines().map(str::trim).filter(|line| !line.is_empty());
        let is_list = value.is_empty() && lines().all(|line| list_item(line).is_some());
        let value = if is_list {
            let items = lines().filter_map(list_item);
            let items = items.map(|item| YamlValue::Text(unquote(item).into_owned())).collect();
            FieldValue::Nested(Box::new(YamlValue::List(items)))
        } else {
            FieldValue::Text(Cow::Owned(lines().collect::<Vec<_>>().join("\n")))
        };
        FrontMatterEntry { key, value, at: offset }
    }
}

/// Returns the text of a list item: what follows `-` and a blank.
fn list_item(line: &str) -> Option<&str> {
    let item = line.strip_prefix('-')?;
    (item.is_empty() || item.starts_with([' ', '\t'])).then(|| item.trim())
}

/// Removes quotes around a whole value.
pub fn unquote(value: &str) -> Cow<'_, str> {
    if let Some(inner) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return match inner.contains("\\\"") {
            true => Cow::Owned(inner.replace("\\\"", "\"")),
            false => Cow::Borrowed(inner),
        };
    }
    if let Some(inner) = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        let doubled = inner.replace("''", "");
        return match (inner.contains('\''), doubled.contains('\'')) {
            (false, _) => Cow::Borrowed(inner),
            (true, false) => Cow::Owned(inner.replace("''", "'")),
            (true, true) => Cow::Borrowed(value),
        };
    }
    Cow::Borrowed(value)
}
