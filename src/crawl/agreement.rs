//! A shortcut: front matter about which YAML need not be asked, because its answer is known.

use super::front_matter::Field;
use super::lines::Lines;
use super::template::key_of;
use crate::scan::{memchr, memchr2, memchr3};

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

/// A tab cannot indent in YAML: text behind one, where a value may still begin, ends the parse.
fn glance_at_continuation(line: &str, continues: bool) -> Glance {
    match line.trim_start_matches('\t') {
        "" | "\r" => Glance::Same,
        text if continues && text.len() < line.len() && starts_plainly(text) => Glance::Rejected,
        _ => Glance::Unclear,
    }
}

fn glance(key: &str, value: &str) -> Glance {
    let bytes = value.as_bytes();
    let Some((first, rest)) = bytes.split_first() else { return Glance::Same };
    if !bytes.iter().all(|&byte| is_printable(byte)) || holds_a_break(value) {
        return Glance::Unclear;
    }
    // Elsewhere than in the title, the quotes are the template's own text.
    if *first == b'"' && key == Field::Title.key() {
        return match rest.split_last() {
            Some((b'"', title)) if memchr2(b'"', b'\\', title).is_none() => Glance::Same,
            _ => Glance::Unclear,
        };
    }
    let ends_early = value.ends_with(':')
        || memchr(b':', rest).is_some() && value.contains(": ")
        || memchr(b'#', rest).is_some() && value.contains(" #");
    if starts_plainly(value) && !ends_early { Glance::Same } else { Glance::Unclear }
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
