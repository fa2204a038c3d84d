//! Identity of an article: the publisher's id and the article's id within it, with leading zeros.

use std::fmt;
use std::str::FromStr;

/// The publisher's (office's) id: exactly 3 digits, such as `014`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid(Digits<3>);

/// The article's id within its publisher: exactly 10 digits, such as `0005456156`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Aid(Digits<10>);

/// Identity of an article: `oid` and `aid`, written `014_0005456156`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId {
    oid: Oid,
    aid: Aid,
}

impl ArticleId {
    /// Combines the ids of a publisher and of its article.
    pub const fn new(oid: Oid, aid: Aid) -> Self {
        Self { oid, aid }
    }

    /// Returns the publisher's id.
    pub const fn oid(self) -> Oid {
        self.oid
    }

    /// Returns the article's id within its publisher.
    pub const fn aid(self) -> Aid {
        self.aid
    }

    /// Returns all 13 digits as one number, which is unique and keeps the order.
    pub fn as_u64(self) -> u64 {
        self.oid
            .0
            .0
            .iter()
            .chain(&self.aid.0.0)
            .fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
    }
}

/// Error: the text does not have the form of the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParseIdError {
    /// Not 3 digits.
    Oid,
    /// Not 10 digits.
    Aid,
    /// Not the two joined by `_`.
    ArticleId,
}

impl fmt::Display for ParseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ParseIdError::Oid => "not 3 digits",
            ParseIdError::Aid => "not 10 digits",
            ParseIdError::ArticleId => "not 3 digits, `_` and 10 digits",
        })
    }
}

impl std::error::Error for ParseIdError {}

impl FromStr for Oid {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        Digits::read(text).map(Self).ok_or(ParseIdError::Oid)
    }
}

impl FromStr for Aid {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        Digits::read(text).map(Self).ok_or(ParseIdError::Aid)
    }
}

impl FromStr for ArticleId {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let (oid, aid) = text.split_once('_').ok_or(ParseIdError::ArticleId)?;
        match (oid.parse(), aid.parse()) {
            (Ok(oid), Ok(aid)) => Ok(Self::new(oid, aid)),
            _ => Err(ParseIdError::ArticleId),
        }
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Aid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.oid, self.aid)
    }
}

/// `N` ASCII digits, as they were read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Digits<const N: usize>([u8; N]);

impl<const N: usize> Digits<N> {
    fn read(text: &str) -> Option<Self> {
        let digits: [u8; N] = text.as_bytes().try_into().ok()?;
        digits.iter().all(u8::is_ascii_digit).then_some(Self(digits))
    }
}

impl<const N: usize> fmt::Display for Digits<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(str::from_utf8(&self.0).map_err(|_| fmt::Error)?)
    }
}

impl<const N: usize> fmt::Debug for Digits<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
