//! Locations in a file, as people count them.

use memchr::{memchr_iter, memrchr};
use schemars::JsonSchema;
use serde::Serialize;

/// A location in a file for people: line and column count from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Location {
    /// Line number; lines end with LF.
    #[schemars(range(min = 1))]
    pub line: usize,
    /// Character in the line.
    #[schemars(range(min = 1))]
    pub column: usize,
}

impl Location {
    /// The file as a whole.
    pub const START: Location = Location { line: 1, column: 1 };

    /// Returns the location of the byte at `offset` in `source`; an offset past the end means the end.
    ///
    /// A byte that is not UTF-8 counts as one character.
    pub fn at_offset(source: &[u8], offset: usize) -> Location {
        LocationCursor::new(source).next(offset)
    }
}

/// Computes locations of ascending offsets in one source, each from the one before it.
pub struct LocationCursor<'s> {
    source: &'s [u8],
    offset: usize,
    location: Location,
}

impl<'s> LocationCursor<'s> {
    /// Starts at the first byte of `source`.
    pub fn new(source: &'s [u8]) -> Self {
        LocationCursor { source, offset: 0, location: Location::START }
    }

    /// Returns the location of a byte at or after the previous one. See [`Location::at_offset`].
    pub fn next(&mut self, offset: usize) -> Location {
        let passed = &self.source[self.offset..offset.clamp(self.offset, self.source.len())];
        self.offset += passed.len();
        let mut line = passed;
        if let Some(newline) = memrchr(b'\n', passed) {
            self.location.line += memchr_iter(b'\n', passed).count();
            self.location.column = 1;
            line = &passed[newline + 1..];
        }
        self.location.column += String::from_utf8_lossy(line).chars().count();
        self.location
    }
}
