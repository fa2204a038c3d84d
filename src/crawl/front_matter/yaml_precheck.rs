//! Pre-check: decides without a YAML parser whether YAML would agree with the template reading.

use crate::crawl::front_matter::Field;
use crate::text::clean::is_clean;
use memchr::{memchr2, memchr2_iter};

/// YAML's reading of one line, as far as it is known without a parser.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Prediction {
    /// Equal to the template reading.
    #[default]
    Same,
    /// Equal to the template reading, but for the quotes around one or more values.
    Unquoted,
    /// YAML rejects the whole block.
    Rejected,
    /// Only the parser can decide.
    Unclear,
}

/// Pre-check of a block, fed line by line from the first one on.
#[derive(Debug, Default)]
pub struct YamlPrecheck {
    /// Combined result of the lines so far.
    so_far: Prediction,
    /// True if the value of the last key may still begin.
    continues: bool,
    /// True if that key is the author, in whose value white space makes no difference.
    in_author: bool,
    /// True if the author's value has lines of its own, which YAML joins.
    has_author_lines: bool,
}

impl YamlPrecheck {
    /// Checks a key line: the key, its field if it is known, and the text after its colon.
    pub fn key_line(&mut self, key: &str, field: Option<Field>, rest: &str) {
        if !self.is_decided() {
            let value = trim(rest);
            self.continues = value.is_empty();
            self.in_author = value.is_empty() && field == Some(Field::Author);
            self.add(if key.starts_with('-') { Prediction::Unclear } else { predict(field, value) });
        }
    }

    /// Checks any other line.
    pub fn continuation_line(&mut self, line: &str) {
        if !self.is_decided() {
            let text = trim(line);
            let prediction = match line.as_bytes().first() {
                _ if text.is_empty() => Prediction::Same,
                // YAML forbids tabs in indentation: one before the value begins is a parse error.
                Some(b'\t') if self.continues => Prediction::Rejected,
                Some(b' ') if self.in_author && starts_plain_scalar(text) => {
                    self.has_author_lines = true;
                    predict(Some(Field::Author), text)
                }
                _ => Prediction::Unclear,
            };
            self.add(prediction);
            self.continues &= text.is_empty();
        }
    }

    /// Adds the prediction for one more line.
    fn add(&mut self, line: Prediction) {
        if line != Prediction::Same {
            self.so_far = line;
        }
    }

    /// Returns whether further lines make no difference.
    fn is_decided(&self) -> bool {
        matches!(self.so_far, Prediction::Rejected | Prediction::Unclear)
    }

    /// Returns whether YAML surely either reads every value as the template reading does, or rejects the block.
    ///
    /// If this and [`YamlPrecheck::differs_by_quotes`] are `false`, run the YAML parser.
    pub fn is_conclusive(&self) -> bool {
        matches!(self.so_far, Prediction::Same | Prediction::Rejected)
    }

    /// Returns whether YAML surely reads every value as the template reading does, but [`without_quotes`].
    pub fn differs_by_quotes(&self) -> bool {
        self.so_far == Prediction::Unquoted && !self.has_author_lines
    }
}

/// Removes the spaces and CR around a value.
fn trim(value: &str) -> &str {
    let is_kept = |byte: &u8| !matches!(byte, b' ' | b'\r');
    let Some(start) = value.as_bytes().iter().position(is_kept) else { return "" };
    let end = value.as_bytes().iter().rposition(is_kept).map_or(start, |last| last + 1);
    &value[start..end]
}

/// Returns the quote that a value begins and ends with, and the text between.
pub fn without_quotes(value: &str) -> Option<(char, &str)> {
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    Some((quote, value[1..].strip_suffix(quote)?))
}

/// Returns whether YAML reads a value as the text between its quotes: it has no escape, and no character that YAML may
/// reject.
fn is_simply_quoted(value: &str) -> bool {
    without_quotes(value).is_some_and(|(quote, text)| {
        let has_escape = text.contains(quote) || quote == '"' && text.contains('\\');
        !has_escape && !text.contains('\t') && is_clean(text)
    })
}

fn predict(field: Option<Field>, value: &str) -> Prediction {
    let bytes = value.as_bytes();
    let Some((first, rest)) = bytes.split_first() else { return Prediction::Same };
    // No branch inside, so that the loop is vectorized.
    if bytes.iter().fold(false, |found, &byte| found | may_begin_line_break(byte)) && has_line_break(value) {
        return Prediction::Unclear;
    }
    // The template reading removes the double quotes of a title too.
    let is_title = field == Some(Field::Title);
    if (*first == b'\'' || *first == b'"' && !is_title) && is_simply_quoted(value) {
        return Prediction::Unquoted;
    }
    if *first == b'"' {
        return match memchr2(b'"', b'\\', rest) {
            Some(end) if rest[end] == b'"' => predict_after_quotes(is_title, &value[end + 2..]),
            _ => Prediction::Unclear,
        };
    }
    let is_cut_short = |at: usize| match rest[at] {
        b':' => matches!(rest.get(at + 1), None | Some(b' ')),
        _ => bytes[at] == b' ',
    };
    let ends_early = memchr2_iter(b':', b'#', rest).any(is_cut_short);
    if starts_plain_scalar(value) && !ends_early { Prediction::Same } else { Prediction::Unclear }
}

/// Checks the rest of a line after a quoted value. The value ends at its second quote, and further text after it is
/// a parse error. The template reading removes the quotes of the title only.
fn predict_after_quotes(is_title: bool, rest: &str) -> Prediction {
    match rest.trim_start_matches(' ') {
        "" if is_title => Prediction::Same,
        text if text.starts_with(['"', '\'']) || starts_plain_scalar(text) => Prediction::Rejected,
        _ => Prediction::Unclear,
    }
}

/// Returns whether `text` begins with an ASCII letter or digit or a non-ASCII character. YAML's indicators are
/// ASCII signs.
fn starts_plain_scalar(text: &str) -> bool {
    text.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric() || first >= 0x80)
}

/// Returns whether `byte` is a control character, or the first byte of a character that [`has_line_break`] looks for.
fn may_begin_line_break(byte: u8) -> bool {
    (byte < b' ') | (byte == 0x7f) | (byte == 0xc2) | (byte == 0xe2) | (byte == 0xef)
}

/// Returns whether `value` contains a control character, or one that YAML rejects or reads as a line break or byte
/// order mark.
fn has_line_break(value: &str) -> bool {
    value.chars().any(|c| {
        c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    })
}
