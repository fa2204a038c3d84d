//! The seven HTML entities that the crawler's template writes, and their decoder.

use memchr::{memchr_iter, memchr3};

/// Returns whether `text` contains one of the seven entities.
pub fn contains_any(text: &str) -> bool {
    memchr_iter(b'&', text.as_bytes()).any(|offset| entity_at(&text[offset..]).is_some())
}

/// Returns whether `text` contains a character that the escaping template never prints: one of ``< > " ' ` =``, or
/// an `&` that does not begin one of the seven entities.
pub fn has_bare(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr3(b'"', b'\'', b'=', bytes).or_else(|| memchr3(b'<', b'>', b'`', bytes)).is_some()
        || memchr_iter(b'&', bytes).any(|offset| entity_at(&text[offset..]).is_none())
}

/// Appends `text` to `into`, with each of the seven entities decoded once.
///
/// Returns false and leaves `into` unchanged if there is nothing to decode.
pub fn decode(text: &str, into: &mut String) -> bool {
    let mut copied = 0;
    for offset in memchr_iter(b'&', text.as_bytes()) {
        let Some((length, char)) = entity_at(&text[offset..]) else { continue };
        if copied == 0 {
            into.reserve(text.len());
        }
        into.push_str(&text[copied..offset]);
        into.push(char);
        copied = offset + length;
    }
    if copied == 0 {
        return false;
    }
    into.push_str(&text[copied..]);
    true
}

/// Returns the length in bytes of the entity at the start of `text`, if there is one.
pub fn len_at(text: &str) -> Option<usize> {
    entity_at(text).map(|(length, _)| length)
}

/// Parses the entity at the start of `text`, as Handlebars escapes: its length in bytes, and its character.
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
