//! Source snippet of a finding.

use crate::findings::location::Location;
use memchr::memchr;

/// A part of one line, not escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The part of the line; invalid UTF-8 is replaced by U+FFFD.
    pub text: String,
    /// Number of its characters before the finding's location.
    pub caret_offset: usize,
    /// Number of its characters, from there on, that the finding is about.
    pub width: usize,
    /// True if the line begins before the part.
    pub truncated_start: bool,
    /// True if the line continues after the part.
    pub truncated_end: bool,
}

/// Maximum number of characters of a line that are kept before and after the location.
const CONTEXT_BEFORE: usize = 60;
const CONTEXT_AFTER: usize = 80;

impl Snippet {
    /// Returns the line at `location`.
    pub fn at(source: &[u8], location: Location) -> Snippet {
        let rest = source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source);
        let line = rest.split(|&byte| byte == b'\n').nth(location.line - 1);
        Snippet::new(line.unwrap_or_default(), location.column, 1)
    }

    /// Returns the text around the `width` characters from `column` on, in the first line of `source`.
    pub(super) fn new(source: &[u8], column: usize, width: usize) -> Snippet {
        let column = column.saturating_sub(1);
        // The line may be as long as the file; a character has at most four bytes.
        let source = &source[..source.len().min((column + CONTEXT_AFTER + 2) * 4)];
        let line = memchr(b'\n', source).map_or(source, |newline| &source[..newline]);
        let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line));
        let cut = column.saturating_sub(CONTEXT_BEFORE);
        let mut characters = line.chars().skip(cut);
        let text: String = characters.by_ref().take(column - cut + CONTEXT_AFTER).collect();
        let caret_offset = text.chars().count().min(column - cut);
        let width = width.clamp(1, (text.chars().count() - caret_offset).max(1));
        let truncated_end = characters.next().is_some();
        Snippet { text, caret_offset, width, truncated_start: cut > 0, truncated_end }
    }
}
