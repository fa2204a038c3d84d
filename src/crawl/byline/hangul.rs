//! Hangul written in conjoining jamo, as macOS writes it, read as syllables.

use std::borrow::Cow;

/// The text with its conjoining jamo joined to syllables; borrowed where it has none.
pub(super) fn compose(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_jamo) {
        return Cow::Borrowed(text);
    }
    let mut composed = String::with_capacity(text.len());
    for character in text.chars() {
        let joined = composed.chars().next_back().and_then(|before| join(before, character));
        if joined.is_some() {
            composed.pop();
        }
        composed.push(joined.unwrap_or(character));
    }
    Cow::Owned(composed)
}

/// Where in a text the ending begins that composed is `ending`.
pub(super) fn find_ending(text: &str, ending: &str) -> Option<usize> {
    if text.ends_with(ending) {
        return Some(text.len() - ending.len());
    }
    let most_jamo = 3 * ending.chars().count();
    text.char_indices().rev().take(most_jamo).map(|(at, _)| at).find(|&at| compose(&text[at..]) == ending)
}

const FIRST_SYLLABLE: u32 = 0xac00;
const FIRST_LEAD: u32 = 0x1100;
const FIRST_VOWEL: u32 = 0x1161;
const FIRST_TAIL: u32 = 0x11a8;
const LEADS: u32 = 19;
const VOWELS: u32 = 21;
/// Counted with "no tail".
const TAILS: u32 = 28;

fn is_jamo(character: char) -> bool {
    ('\u{1100}'..='\u{11ff}').contains(&character)
}

fn offset(syllable: char) -> Option<u32> {
    (syllable as u32).checked_sub(FIRST_SYLLABLE).filter(|&offset| offset < LEADS * VOWELS * TAILS)
}

fn join(before: char, character: char) -> Option<char> {
    let after = character as u32;
    let lead = (before as u32).checked_sub(FIRST_LEAD).filter(|&lead| lead < LEADS);
    let vowel = after.checked_sub(FIRST_VOWEL).filter(|&vowel| vowel < VOWELS);
    if let (Some(lead), Some(vowel)) = (lead, vowel) {
        return char::from_u32(FIRST_SYLLABLE + (lead * VOWELS + vowel) * TAILS);
    }
    let open = offset(before).filter(|offset| offset % TAILS == 0)?;
    let tail = after.checked_sub(FIRST_TAIL).filter(|&tail| tail < TAILS - 1)?;
    char::from_u32(FIRST_SYLLABLE + open + tail + 1)
}
