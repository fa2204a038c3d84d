//! White space as the languages of other writers know it: which characters are trimmed and collapsed.

use crate::record::content_hash::algorithm::Hasher;

/// Characters that count as white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WhiteSpace {
    /// Unicode's white space, as in Rust and Go's `strings`.
    Unicode,
    /// Unicode's without U+0085 and with the byte order mark, as in JavaScript.
    JavaScript,
    /// Unicode's and the four separators U+001C to U+001F, as in Python.
    Python,
    /// The six of ASCII, as in bytes of Python and regular expressions of Go.
    Ascii,
}

impl WhiteSpace {
    /// Every kind, the usual first.
    pub const ALL: [WhiteSpace; 4] =
        [WhiteSpace::Unicode, WhiteSpace::JavaScript, WhiteSpace::Python, WhiteSpace::Ascii];

    /// Returns whether `c` is white space.
    pub fn contains(self, c: char) -> bool {
        match self {
            WhiteSpace::Unicode => c.is_whitespace(),
            WhiteSpace::JavaScript => c == '\u{feff}' || c.is_whitespace() && c != '\u{85}',
            WhiteSpace::Python => c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}'),
            WhiteSpace::Ascii => matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}'),
        }
    }

    /// Returns the kinds that differ in `text`, the usual first.
    pub fn that_differ_in(text: &str) -> impl Iterator<Item = WhiteSpace> {
        let is_ascii = text.is_ascii();
        let differs = move |kind: &WhiteSpace| match kind {
            WhiteSpace::Unicode => true,
            WhiteSpace::JavaScript => !is_ascii && text.contains(['\u{feff}', '\u{85}']),
            WhiteSpace::Python => text.contains(['\u{1c}', '\u{1d}', '\u{1e}', '\u{1f}']),
            WhiteSpace::Ascii => !is_ascii && text.chars().any(|c| !c.is_ascii() && c.is_whitespace()),
        };
        Self::ALL.into_iter().filter(differs)
    }
}

/// Hashes texts one after the other, with each run of white space as one space, and none at the start.
pub struct CollapsingHasher {
    hasher: Hasher,
    white_space: WhiteSpace,
    /// True if white space follows what is hashed so far.
    is_pending: bool,
    is_empty: bool,
}

impl CollapsingHasher {
    /// Creates a hasher that continues `hasher`, which has hashed nothing.
    pub fn new(hasher: Hasher, white_space: WhiteSpace) -> Self {
        CollapsingHasher { hasher, white_space, is_pending: false, is_empty: true }
    }

    /// Appends `more`.
    pub fn update(&mut self, more: &str) {
        for (at, word) in more.split(|c| self.white_space.contains(c)).enumerate() {
            self.is_pending |= at > 0;
            if word.is_empty() {
                continue;
            }
            if self.is_pending && !self.is_empty {
                self.hasher.update(b" ");
            }
            self.hasher.update(word.as_bytes());
            (self.is_pending, self.is_empty) = (false, false);
        }
    }

    /// Returns the hasher of the words so far, without white space at the end.
    pub fn into_hasher(self) -> Hasher {
        self.hasher
    }
}
