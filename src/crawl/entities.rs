//! The seven HTML entities that the crawler's template wrote, and one pass that reads them back.

use crate::scan::memchr_iter;

/// Entity and character, as Handlebars escapes them.
const SEVEN: [(&str, char); 7] = [
    ("&amp;", '&'),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&quot;", '"'),
    ("&#x27;", '\''),
    ("&#x60;", '`'),
    ("&#x3D;", '='),
];

/// Whether one of the seven stands in `text`.
pub fn stand_in(text: &str) -> bool {
    memchr_iter(b'&', text.as_bytes()).any(|at| entity_at(&text[at..]).is_some())
}

/// Appends `text` to `into` with each of the seven entities read once.
///
/// Returns false, and leaves `into` as it was, where there is nothing to decode.
pub fn decode(text: &str, into: &mut String) -> bool {
    let mut copied = 0;
    for at in memchr_iter(b'&', text.as_bytes()) {
        let Some((entity, char)) = entity_at(&text[at..]) else { continue };
        into.push_str(&text[copied..at]);
        into.push(char);
        copied = at + entity.len();
    }
    if copied == 0 {
        return false;
    }
    into.push_str(&text[copied..]);
    true
}

/// How many bytes one of the seven takes at the start of `text`, where one stands there.
pub fn length_at(text: &str) -> Option<usize> {
    entity_at(text).map(|(entity, _)| entity.len())
}

fn entity_at(text: &str) -> Option<(&'static str, char)> {
    SEVEN.iter().copied().find(|(entity, _)| text.starts_with(entity))
}
