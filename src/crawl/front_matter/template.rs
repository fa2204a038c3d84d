//! The template reading of front matter: a line grammar, because it was printed by a template, not by a YAML writer.
//!
//! A key line begins with a name and a colon, followed by a space or the line's end. Every other line continues the
//! value before it. All text after the colon is the value, verbatim; only the title is in quotes.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::crawl::front_matter::yaml_precheck::YamlPrecheck;
use crate::crawl::front_matter::{Field, FieldValue, FrontMatter, FrontMatterEntry};
use crate::crawl::lines::Lines;

/// The template reading of a block.
pub struct Template<'a> {
    /// Keys and values.
    pub front_matter: FrontMatter<'a>,
    /// True if the block has a form that the template never prints, so that this reading is probably wrong.
    pub suspect: bool,
    /// Pre-check of YAML's reading.
    pub yaml_precheck: YamlPrecheck,
}

/// Error: there is text before the first key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeadingText {
    /// Byte offset of that text in the block.
    pub at: usize,
}

/// Reads a block between its fences.
///
/// # Errors
/// There is text before the first key.
pub fn read(block: &str) -> Result<Template<'_>, LeadingText> {
    let mut template = Template {
        front_matter: FrontMatter::default(),
        suspect: false,
        yaml_precheck: YamlPrecheck::default(),
    };
    let mut open: Option<KeyLine<'_>> = None;
    // Nearly every key is the next one of the template.
    let mut expected = 0;
    for (at, line) in Lines::new(block) {
        if let Some(key_line) =
            KeyLine::parse_expected(block, at, line, expected).or_else(|| KeyLine::parse(block, at, line))
        {
            expected = key_line.field.map_or(expected, |field| field as usize + 1);
            template.yaml_precheck.key_line(key_line.key, key_line.field, key_line.rest);
            template.finish_entry(open.replace(key_line));
            continue;
        }
        template.yaml_precheck.continuation_line(line);
        let may_be_key = open.as_ref().is_none_or(|open| !open.opens_quotes());
        if let Some(key_line) = KeyLine::parse_unspaced(block, at, line).filter(|_| may_be_key) {
            if let Some(field) = key_line.field {
                template.front_matter.unspaced.push((field, at));
            }
            template.finish_entry(open.replace(key_line));
            continue;
        }
        if !is_blank(line) {
            let key_line = open.as_mut().ok_or(LeadingText { at })?;
            template.suspect |= !key_line.accepts_continuation(line);
            key_line.continued = true;
            key_line.end = at + line.len();
        }
    }
    template.finish_entry(open);
    Ok(template)
}

/// Returns the byte offset of each key's value in the block; for a repeated key, that of the first value.
pub fn value_offsets(block: &str) -> HashMap<&str, usize> {
    let mut value_offsets = HashMap::new();
    for (at, line) in Lines::new(block) {
        if let Some(key_line) = KeyLine::parse(block, at, line) {
            value_offsets.entry(key_line.key).or_insert(key_line.end - trim_start(key_line.rest).len());
        }
    }
    value_offsets
}

/// Returns the byte offset of the first key line in the block.
pub fn first_key(block: &str) -> Option<usize> {
    Lines::new(block).find(|(_, line)| key_of(line).is_some()).map(|(at, _)| at)
}

/// Returns the key if `line` is a key line.
pub fn key_of(line: &str) -> Option<&str> {
    let length =
        line.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')))?;
    let (key, rest) = line.split_at(length);
    let rest = rest.strip_prefix(':')?;
    (!key.is_empty() && (rest.is_empty() || rest.starts_with([' ', '\r']))).then_some(key)
}

struct KeyLine<'a> {
    block: &'a str,
    key: &'a str,
    field: Option<Field>,
    /// Text after the colon, to the line's end.
    rest: &'a str,
    /// Offsets of the start of `rest`, and of the end of the value's last line that is not blank.
    start: usize,
    end: usize,
    /// True if a line that is not blank follows `rest`.
    continued: bool,
}

impl<'a> KeyLine<'a> {
    fn parse(block: &'a str, at: usize, line: &'a str) -> Option<Self> {
        let key = key_of(line)?;
        Some(Self::new(block, at, line, key.len(), Field::from_key(key)))
    }

    /// Parses a line that begins with the key of field number `expected` of the template, and a space after its colon.
    fn parse_expected(block: &'a str, at: usize, line: &'a str, expected: usize) -> Option<Self> {
        let (field, key) = *Field::ALL.get(expected)?;
        line.strip_prefix(key)?.strip_prefix(": ")?;
        Some(Self::new(block, at, line, key.len(), Some(field)))
    }

    /// Parses a line that begins with a known key and a colon, without the space after it.
    fn parse_unspaced(block: &'a str, at: usize, line: &'a str) -> Option<Self> {
        let (key, rest) =
            line.split_once(':').filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))?;
        let field = Field::from_key(key).filter(|_| !rest.starts_with(is_ascii_blank) && !rest.is_empty())?;
        Some(Self::new(block, at, line, key.len(), Some(field)))
    }

    /// Returns whether the value begins with a quotation mark that its first line does not close.
    fn opens_quotes(&self) -> bool {
        let value = trim(self.rest);
        let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
        quote.is_some_and(|quote| value.len() < 2 || !value.ends_with(quote))
    }

    fn new(block: &'a str, at: usize, line: &'a str, key_len: usize, field: Option<Field>) -> Self {
        let (key, rest) = (&line[..key_len], &line[key_len + 1..]);
        let start = at + key_len + 1;
        KeyLine { block, key, field, rest, start, end: start + rest.len(), continued: false }
    }

    /// Returns whether the template can have printed `line` after this one. It indents bylines by tabs, which YAML
    /// forbids and editors convert to spaces. Among lines indented by spaces, only list items are taken as YAML's.
    fn accepts_continuation(&self, line: &str) -> bool {
        let indentation = line.chars().next();
        is_blank(self.rest)
            && match self.field {
                Some(Field::Author) if indentation == Some(' ') => !is_list_item(line),
                _ => indentation == Some('\t'),
            }
    }
}

impl<'a> Template<'a> {
    fn finish_entry(&mut self, key_line: Option<KeyLine<'a>>) {
        let Some(KeyLine { block, key, field, start, end, continued, .. }) = key_line else { return };
        let untrimmed = &block[start..end];
        let value = trim_start(untrimmed);
        let mut at = end - value.len();
        let value = trim_end(value);
        let value = match unquote(value).filter(|_| field == Some(Field::Title)) {
            Some(title) => {
                at += 1;
                title
            }
            None => {
                self.suspect |= field == Some(Field::Title) && !value.is_empty();
                value
            }
        };
        let text = match field {
            Some(Field::Author) => Cow::Borrowed(value),
            _ if continued => Cow::Owned(join_lines(value)),
            _ => Cow::Borrowed(value),
        };
        self.suspect |= field.is_some_and(|field| !can_begin(field, &text));
        let entry = FrontMatterEntry { key: Cow::Borrowed(key), value: FieldValue::Text(text), at };
        self.front_matter.push_field(field, entry);
    }
}

/// Returns whether a value that the template prints for `field` can begin as `text` does.
pub(super) fn can_begin(field: Field, text: &str) -> bool {
    !field.is_typed() || text.bytes().next().is_none_or(|first| first.is_ascii_alphanumeric())
}

/// Removes the quotes of a title: the first and the last character of its lines. Nothing inside is escaped.
pub(super) fn unquote(value: &str) -> Option<&str> {
    value.strip_prefix('"')?.strip_suffix('"')
}

fn join_lines(value: &str) -> String {
    let lines: Vec<&str> = value.split('\n').map(trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// Returns whether `line` is a list item of YAML: `-` alone or before a blank.
fn is_list_item(line: &str) -> bool {
    let rest = trim_start(line).strip_prefix('-');
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(is_ascii_blank))
}

/// Removes the blanks and line ends around `text`.
pub(super) fn trim(text: &str) -> &str {
    trim_end(trim_start(text))
}

fn trim_start(text: &str) -> &str {
    &text[text.bytes().position(|byte| !is_blank_byte(byte)).unwrap_or(text.len())..]
}

fn trim_end(text: &str) -> &str {
    &text[..text.bytes().rposition(|byte| !is_blank_byte(byte)).map_or(0, |last| last + 1)]
}

/// Returns whether `line` has no character but blanks and line ends.
pub(super) fn is_blank(line: &str) -> bool {
    line.bytes().all(is_blank_byte)
}

fn is_ascii_blank(c: char) -> bool {
    u8::try_from(c).is_ok_and(is_blank_byte)
}

/// Returns whether `byte` is a blank or a part of a line end.
pub(super) fn is_blank_byte(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}
