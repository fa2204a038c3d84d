//! The line that a finding is about, cut out while its file is in memory.

use crate::finding::{Finding, Place};
use crate::scan::memchr;

/// A piece of one line, not escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The piece; a byte that is no UTF-8 is U+FFFD.
    pub text: String,
    /// How many characters of it stand before the place.
    pub before: usize,
    /// Whether the line begins before it.
    pub is_cut_before: bool,
    /// Whether the line goes on behind it.
    pub is_cut_behind: bool,
}

/// The most characters of a line that are kept on either side of the place.
const BEFORE: usize = 60;
const BEHIND: usize = 80;

/// Gives each of `findings`, which are in the order of their places, its line of `source`.
pub fn attach(source: &[u8], findings: &mut [Finding]) {
    let mut rest = source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source);
    let mut number = 1;
    for finding in findings {
        while number < finding.place.line
            && let Some(newline) = memchr(b'\n', rest)
        {
            rest = &rest[newline + 1..];
            number += 1;
        }
        finding.excerpt = Some(Box::new(Excerpt::of(rest, finding.place.column)));
    }
}

impl Excerpt {
    /// The line at `place`.
    pub fn at(source: &[u8], place: Place) -> Excerpt {
        let rest = source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source);
        let line = rest.split(|&byte| byte == b'\n').nth(place.line - 1);
        Excerpt::of(line.unwrap_or_default(), place.column)
    }

    /// What stands around `column` in the first line of `source`.
    fn of(source: &[u8], column: usize) -> Excerpt {
        let column = column.saturating_sub(1);
        // The line may be as long as the file; no character has more than four bytes.
        let source = &source[..source.len().min((column + BEHIND + 2) * 4)];
        let line = memchr(b'\n', source).map_or(source, |newline| &source[..newline]);
        let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line));
        let cut = column.saturating_sub(BEFORE);
        let mut characters = line.chars().skip(cut);
        let text: String = characters.by_ref().take(column - cut + BEHIND).collect();
        let before = text.chars().count().min(column - cut);
        let is_cut_behind = characters.next().is_some();
        Excerpt { text, before, is_cut_before: cut > 0, is_cut_behind }
    }
}
