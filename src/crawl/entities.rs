//! The seven HTML entities that the crawler's template wrote, and one pass that reads them back.

use crate::scan::memchr_iter;

/// Whether one of the seven stands in `text`.
pub fn stand_in(text: &str) -> bool {
    memchr_iter(b'&', text.as_bytes()).any(|at| entity_at(&text[at..]).is_some())
}

/// Whether `text` holds a character that the escaping template never prints: one of ``< > " ' ` =``, or an `&` that begins
/// none of the seven.
pub fn has_bare(text: &str) -> bool {
    let is_bare = |byte: u8| {
        (byte == b'<') | (byte == b'>') | (byte == b'"') | (byte == b'\'') | (byte == b'`') | (byte == b'=')
    };
    // Without a branch inside, this runs on vectors.
    text.bytes().fold(false, |found, byte| found | is_bare(byte))
        || memchr_iter(b'&', text.as_bytes()).any(|at| entity_at(&text[at..]).is_none())
}

/// Appends `text` to `into` with each of the seven entities read once.
///
/// Returns false, and leaves `into` as it was, where there is nothing to decode.
pub fn decode(text: &str, into: &mut String) -> bool {
    let mut copied = 0;
    for at in memchr_iter(b'&', text.as_bytes()) {
        let Some((length, char)) = entity_at(&text[at..]) else { continue };
        if copied == 0 {
            into.reserve(text.len());
        }
        into.push_str(&text[copied..at]);
        into.push(char);
        copied = at + length;
    }
    if copied == 0 {
        return false;
    }
    into.push_str(&text[copied..]);
    true
}

/// How many bytes one of the seven takes at the start of `text`, where one stands there.
pub fn length_at(text: &str) -> Option<usize> {
    entity_at(text).map(|(length, _)| length)
}

/// The entity at the start of `text`, as Handlebars escapes: its length in bytes, and the character that it stands for.
fn entity_at(text: &str) -> Option<(usize, char)> {
    Some(match text.as_bytes() {
        [b'&', b'q', b'u', b'o', b't', b';', ..] => (6, '"'),
        [b'&', b'a', b'm', b'p', b';', ..] => (5, '&'),
        [b'&', b'l', b't', b';', ..] => (4, '<'),
        [b'&', b'g', b't', b';', ..] => (4, '>'),
        [b'&', b'#', b'x', b'2', b'7', b';', ..] => (6, '\''),
        [b'&', b'#', b'x', b'6', b'0', b';', ..] => (6, '`'),
        [b'&', b'#', b'x', b'3', b'D', b';', ..] => (6, '='),
        _ => return None,
    })
}
