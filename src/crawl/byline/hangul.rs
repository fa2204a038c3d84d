//! Hangul written in conjoining jamo, as macOS writes it, read as syllables.

use std::borrow::Cow;

use crate::crawl::normal_form;

/// The text with its conjoining jamo joined to syllables; borrowed where it has none.
pub(super) fn compose(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_jamo) { normal_form::composed(text) } else { Cow::Borrowed(text) }
}

/// Where in a text the ending begins that composed is `ending`.
pub(super) fn find_ending(text: &str, ending: &str) -> Option<usize> {
    if text.ends_with(ending) {
        return Some(text.len() - ending.len());
    }
    let most_jamo = 3 * ending.chars().count();
    text.char_indices().rev().take(most_jamo).map(|(at, _)| at).find(|&at| compose(&text[at..]) == ending)
}

fn is_jamo(character: char) -> bool {
    ('\u{1100}'..='\u{11ff}').contains(&character)
}
