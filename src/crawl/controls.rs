//! Characters that act on their reader instead of being seen.

use crate::quote::is_bidi_control;

/// The first control or bidi control of `text`, with its offset in bytes. Tabs and line ends, LF or CR LF, are none.
pub fn first(text: &str) -> Option<(usize, char)> {
    let acts = |&(at, c): &(usize, char)| match c {
        '\t' | '\n' => false,
        '\r' => !text[at + 1..].starts_with('\n'),
        c => c.is_control() || is_bidi_control(c),
    };
    text.char_indices().find(acts)
}
