//! Joins characters that JSON encoders write as two escapes (`"\ud83d\ude00"`), which YAML does not support.

use std::borrow::Cow;
use std::ops::Range;

use crate::crawl::front_matter::yaml::limits;

/// Returns the block with each pair of surrogate escapes in duplicate quotes replaced by its character. An unpaired
/// one is kept: it is not a character, and YAML rejects it.
pub fn joined(block: &str) -> Cow<'_, str> {
    if !block.contains("\\ud") && !block.contains("\\uD") {
        return Cow::Borrowed(block);
    }
    let mut text = String::with_capacity(block.len());
    let mut copied = 0;
    for quoted in limits::double_quoted(block) {
        for (pair, character) in pairs(block, quoted) {
            text.push_str(&block[copied..pair.start]);
            text.push(character);
            copied = pair.end;
        }
    }
    text.push_str(&block[copied..]);
    Cow::Owned(text)
}

fn pairs(block: &str, quoted: Range<usize>) -> impl Iterator<Item = (Range<usize>, char)> {
    let mut offset = quoted.start;
    std::iter::from_fn(move || {
        while let Some(ahead) = block[offset..quoted.end].find('\\') {
            let start = offset + ahead;
            let rest = &block[start..quoted.end];
            let units = unit(rest).zip(rest.get(ESCAPE..).and_then(unit)).map(|(high, low)| [high, low]);
            if let Some(Ok(character)) = units.and_then(|units| char::decode_utf16(units).next())
                && character.len_utf16() == 2
            {
                offset = start + 2 * ESCAPE;
                return Some((start..offset, character));
            }
            // The character after a backslash is escaped, and does not begin another escape.
            offset = start + 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
        }
        None
    })
}

/// Length in bytes of an escape such as `\ud83d`.
const ESCAPE: usize = 6;

/// Parses the escape at the start of `text` into a UTF-16 unit.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
}
