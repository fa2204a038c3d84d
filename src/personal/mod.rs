//! Finds personal data in running text: addresses, and numbers that belong to a person.
//!
//! One file a kind says how the numbers of that kind are written. [`scan`] passes over a text without either in one
//! vectorised pass, [`number`] reads the groups of digits that people write, and [`finder`] tries the kinds on them.
//! Hangul follows digits without a space, so a number ends by classes of characters, never at a "word".

pub mod account;
pub mod card;
pub mod finder;
pub mod number;
pub mod passport;
pub mod phone;
pub mod plate;
pub mod redactor;
pub mod rrn;
pub mod scan;

use std::fmt;
use std::ops::Range;

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An e-mail address.
    Email,
    /// A telephone number of Korea, unless it is a number of institutions only (`1588-…`, `080-…`).
    Phone,
    /// A resident or foreigner registration number.
    Rrn,
    /// A number of a payment card.
    Card,
    /// A bank account that a word nearby names.
    Account,
    /// A number of a Korean passport that a word nearby names.
    Passport,
    /// A licence plate that a word nearby names.
    Plate,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 7] =
        [Kind::Email, Kind::Phone, Kind::Rrn, Kind::Card, Kind::Account, Kind::Passport, Kind::Plate];

    /// Name in replacements and in outputs, such as `phone`.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Email => "email",
            Kind::Phone => "phone",
            Kind::Rrn => "rrn",
            Kind::Card => "card",
            Kind::Account => "account",
            Kind::Passport => "passport",
            Kind::Plate => "plate",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A set of kinds.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// No kind.
    pub const NONE: Kinds = Kinds(0);
    /// Every kind.
    pub const ALL: Kinds = Kinds((1 << Kind::ALL.len()) - 1);

    /// Adds a kind.
    #[must_use]
    pub const fn with(self, kind: Kind) -> Self {
        Kinds(self.0 | 1 << kind as u8)
    }

    /// Adds the kinds of `other`.
    #[must_use]
    pub const fn and(self, other: Kinds) -> Self {
        Kinds(self.0 | other.0)
    }

    /// Returns whether the set has `kind`.
    pub const fn contains(self, kind: Kind) -> bool {
        self.0 & 1 << kind as u8 != 0
    }

    /// Returns the kinds of the set.
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(move |kind| self.contains(*kind))
    }

    /// Returns whether the set has no kind.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns whether the set has a kind other than addresses.
    pub const fn has_numbers(self) -> bool {
        self.0 & !Kinds::NONE.with(Kind::Email).0 != 0
    }
}

/// Numbers of matches by kind.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct KindCounts([u64; Kind::ALL.len()]);

impl KindCounts {
    /// Counts one match.
    pub fn add(&mut self, kind: Kind) {
        self.0[kind as usize] += 1;
    }

    /// Adds the counts of `other`.
    pub fn add_all(&mut self, other: &KindCounts) {
        self.0.iter_mut().zip(other.0).for_each(|(count, more)| *count += more);
    }

    /// Returns each kind with its count.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, u64)> {
        Kind::ALL.into_iter().zip(self.0)
    }
}

/// Personal data in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Its kind.
    pub kind: Kind,
    /// Its bytes in the text.
    pub range: Range<usize>,
}
