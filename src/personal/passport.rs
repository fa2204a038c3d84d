//! Numbers of Korean passports: `M12345678`, since 2021 `M123A4567`. The form is that of many model numbers, so a
//! passport is found only after a word that names it.

use std::ops::Range;

use crate::personal::number::{is_space, names, near_end};

/// Words before a number.
const CUES: [&str; 4] = ["여권", "passport", "Passport", "PASSPORT"];
/// First letters, by the kind of passport.
const LETTERS: [char; 12] = ['M', 'S', 'R', 'O', 'D', 'G', 'm', 's', 'r', 'o', 'd', 'g'];
/// Number of digits after the letter; since 2021 the fourth of them is a letter.
const PLACES: usize = 8;

/// Returns the bytes of the passport number whose last digits begin at `digits`, an offset of an ASCII digit.
pub fn range(text: &str, digits: usize, limit: usize) -> Option<Range<usize>> {
    let rest = &text[digits..];
    let run = rest.bytes().take_while(u8::is_ascii_digit).count();
    let before = &text[limit..digits];
    let start = match run {
        PLACES => before.strip_suffix(LETTERS)?,
        4 => {
            let before = before.strip_suffix(|c: char| c.is_ascii_alphabetic())?;
            let first = before.trim_end_matches(|c: char| c.is_ascii_digit());
            if before.len() - first.len() != 3 {
                return None;
            }
            first.strip_suffix(LETTERS)?
        }
        _ => return None,
    };
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let is_whole = !start.ends_with(is_part) && !rest[run..].starts_with(is_part);
    let is_named = names(near_end(start.trim_end_matches(is_space)), &CUES);
    (is_whole && is_named).then(|| limit + start.len()..digits + run)
}
