//! Control and bidi characters.

use crate::text::escape::is_bidi_control;

/// Returns the first control or bidi control character of `text`, with its byte offset. Tabs, LF and CR LF are allowed.
pub fn first(text: &str) -> Option<(usize, char)> {
    let acts = |&(offset, c): &(usize, char)| match c {
        '\t' | '\n' => false,
        '\r' => !text[offset + 1..].starts_with('\n'),
        c => c.is_control() || is_bidi_control(c),
    };
    text.char_indices().find(acts)
}
