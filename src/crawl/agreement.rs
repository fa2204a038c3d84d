//! A shortcut: front matter about which YAML need not be asked, because its answer is known.

use super::front_matter::Field;
use super::lines::Lines;
use super::template::key_of;
use crate::scan::{memchr2, memchr2_iter, memchr3};

/// What YAML makes of one line, as far as a glance can tell.
enum Glance {
    /// The same as the template reading.
    Same,
    /// It rejects the whole block.
    Rejected,
    /// That takes a parser.
    Unclear,
}

/// Whether YAML surely either reads every value of `block` as the template reading does, or rejects the block.
///
/// False says nothing: then YAML must be asked.
pub fn is_sure(block: &str) -> bool {
    let mut continues = false;
    for (_, line) in Lines::of(block) {
        let glance = match key_of(line) {
            Some(key) => {
                let value = line[key.len() + 1..].trim_matches([' ', '\r']);
                continues = value.is_empty();
                if key.as_bytes()[0] == b'-' { Glance::Unclear } else { glance(key, value) }
            }
            None => glance_at_continuation(line, continues),
        };
        match glance {
            Glance::Same => {}
            Glance::Rejected => return true,
            Glance::Unclear => return false,
        }
    }
    true
}

/// A tab cannot indent in YAML: one where a value may still begin ends the parse.
fn glance_at_continuation(line: &str, continues: bool) -> Glance {
    match line.as_bytes() {
        [] | [b'\r'] => Glance::Same,
        [b'\t', ..] if continues => Glance::Rejected,
        _ => Glance::Unclear,
    }
}

fn glance(key: &str, value: &str) -> Glance {
    let bytes = value.as_bytes();
    let Some((first, rest)) = bytes.split_first() else { return Glance::Same };
    if !bytes.iter().fold(true, |all, &byte| all & is_printable(byte)) || holds_a_break(value) {
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

fn is_printable(byte: u8) -> bool {
    byte >= b' ' && byte != 0x7f
}

/// U+0085, U+2028, U+2029 and U+FEFF, which YAML takes for line breaks or a byte order mark, and other C1 controls.
fn holds_a_break(value: &str) -> bool {
    memchr3(0xc2, 0xe2, 0xef, value.as_bytes()).is_some()
        && value
            .chars()
            .any(|c| matches!(c, '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}'..))
}
