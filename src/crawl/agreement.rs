//! A shortcut: front matter about which YAML need not be asked, because its answer is known.

use super::front_matter::Field;
use crate::scan::{memchr2, memchr2_iter};

/// What YAML makes of one line, as far as a glance can tell.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Glance {
    /// The same as the template reading.
    #[default]
    Same,
    /// It rejects the whole block.
    Rejected,
    /// That takes a parser.
    Unclear,
}

/// A glance at each line of a block, from the first one on.
#[derive(Debug, Default)]
pub struct Glances {
    /// What the lines so far come to.
    so_far: Glance,
    /// Whether the value of the last key may still begin.
    continues: bool,
    /// Whether that key is the author, in whom white space makes no difference.
    in_author: bool,
}

impl Glances {
    /// Looks at a key line: the key, and what stands behind its colon.
    pub fn see_key(&mut self, key: &str, rest: &str) {
        if self.so_far == Glance::Same {
            let value = rest.trim_matches([' ', '\r']);
            self.continues = value.is_empty();
            self.in_author = value.is_empty() && key == Field::Author.key();
            self.so_far = if key.starts_with('-') { Glance::Unclear } else { glance(key, value) };
        }
    }

    /// Looks at any other line.
    pub fn see_continuation(&mut self, line: &str) {
        if self.so_far == Glance::Same {
            let text = line.trim_matches([' ', '\r']);
            self.so_far = match line.as_bytes().first() {
                _ if text.is_empty() => Glance::Same,
                // A tab cannot indent in YAML: one where a value may still begin ends the parse.
                Some(b'\t') if self.continues => Glance::Rejected,
                Some(b' ') if self.in_author && starts_plainly(text) => glance(Field::Author.key(), text),
                _ => Glance::Unclear,
            };
            self.continues &= text.is_empty();
        }
    }

    /// Whether YAML surely either reads every value as the template reading does, or rejects the block.
    ///
    /// False says nothing: then YAML must be asked.
    pub fn are_sure(&self) -> bool {
        self.so_far != Glance::Unclear
    }
}

fn glance(key: &str, value: &str) -> Glance {
    let bytes = value.as_bytes();
    let Some((first, rest)) = bytes.split_first() else { return Glance::Same };
    // Without a branch inside, this runs on vectors.
    if bytes.iter().fold(false, |found, &byte| found | may_begin_a_break(byte)) && holds_a_break(value) {
        return Glance::Unclear;
    }
    if *first == b'"' {
        return match memchr2(b'"', b'\\', rest) {
            Some(end) if rest[end] == b'"' => glance_behind_quotes(key, &value[end + 2..]),
            _ => Glance::Unclear,
        };
    }
    let is_cut_short = |at: usize| match rest[at] {
        b':' => matches!(rest.get(at + 1), None | Some(b' ')),
        _ => bytes[at] == b' ',
    };
    let ends_early = memchr2_iter(b':', b'#', rest).any(is_cut_short);
    if starts_plainly(value) && !ends_early { Glance::Same } else { Glance::Unclear }
}

/// A quoted value ends at its second quote; another text behind it ends the parse. Elsewhere than in the title, the
/// template reading keeps the quotes.
fn glance_behind_quotes(key: &str, rest: &str) -> Glance {
    match rest.trim_start_matches(' ') {
        "" if key == Field::Title.key() => Glance::Same,
        text if text.starts_with(['"', '\'']) || starts_plainly(text) => Glance::Rejected,
        _ => Glance::Unclear,
    }
}

/// A letter or a digit, none of YAML's indicators.
fn starts_plainly(text: &str) -> bool {
    text.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric() || first >= 0x80)
}

/// A control, or the first byte of what [`holds_a_break`] looks for.
fn may_begin_a_break(byte: u8) -> bool {
    (byte < b' ') | (byte == 0x7f) | (byte == 0xc2) | (byte == 0xe2) | (byte == 0xef)
}

/// Controls, and U+0085, U+2028, U+2029 and U+FEFF, which YAML takes for line breaks or a byte order mark.
fn holds_a_break(value: &str) -> bool {
    value.chars().any(|c| {
        c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    })
}
