//! Composes Hangul from conjoining jamo, as macOS writes it, and removes invisible characters.

use std::borrow::Cow;

use crate::crawl::normal_form;
use crate::text::email::is_invisible;

/// Returns the text as a reader sees it; borrowed if it contains neither jamo nor invisible characters.
pub(super) fn compose(text: &str) -> Cow<'_, str> {
    // No such character begins with another byte.
    let may_differ =
        text.bytes().fold(false, |found, byte| found | matches!(byte, 0xc2 | 0xe1 | 0xe2 | 0xef));
    if !may_differ || !text.contains(|character| is_jamo(character) || is_invisible(character)) {
        return Cow::Borrowed(text);
    }
    let visible: String = text.chars().filter(|&character| !is_invisible(character)).collect();
    normal_form::composed(&visible)
}

/// Byte offset of the suffix of `text` that composes to `suffix`.
pub(super) fn find_suffix(text: &str, suffix: &str) -> Option<usize> {
    if text.ends_with(suffix) {
        return Some(text.len() - suffix.len());
    }
    let most_jamo = 4 * suffix.chars().count();
    text.char_indices().rev().take(most_jamo).map(|(at, _)| at).find(|&at| compose(&text[at..]) == suffix)
}

fn is_jamo(character: char) -> bool {
    ('\u{1100}'..='\u{11ff}').contains(&character)
}
