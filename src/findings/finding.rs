//! Rules, their levels, and findings with their location.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::findings::snippet::Snippet;
use memchr::{memchr_iter, memrchr};

/// Severity of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The rule is not checked.
    Off,
    /// Reported; the file still yields a record.
    Warning,
    /// Reported; the file yields no record.
    Error,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Level::Off => "off",
            Level::Warning => "warning",
            Level::Error => "error",
        })
    }
}

/// A fault at one location of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Finding {
    /// The broken rule.
    pub rule: Rule,
    /// Level of the rule for this file.
    pub level: Level,
    /// Location in the file; `1:1` for the file as a whole.
    #[serde(flatten)]
    pub place: Location,
    /// Description, a lowercase fragment; values that it quotes are already escaped.
    pub message: String,
    /// The line around the location, if snippets were requested.
    #[serde(skip)]
    pub excerpt: Option<Box<Snippet>>,
    /// Number of findings that this one represents: 1, or more if a file breaks a rule too often to list each.
    #[serde(skip)]
    pub count: u64,
}

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
    place: Location,
}

impl<'s> LocationCursor<'s> {
    /// Starts at the first byte of `source`.
    pub fn new(source: &'s [u8]) -> Self {
        LocationCursor { source, offset: 0, place: Location::START }
    }

    /// Returns the location of a byte at or after the previous one. See [`Location::at_offset`].
    pub fn next(&mut self, offset: usize) -> Location {
        let passed = &self.source[self.offset..offset.clamp(self.offset, self.source.len())];
        self.offset += passed.len();
        let mut line = passed;
        if let Some(newline) = memrchr(b'\n', passed) {
            self.place.line += memchr_iter(b'\n', passed).count();
            self.place.column = 1;
            line = &passed[newline + 1..];
        }
        self.place.column += String::from_utf8_lossy(line).chars().count();
        self.place
    }
}

macro_rules! rules {
    ($($variant:ident $code:literal $level:ident $lowers:ident $when:literal,)*) => {
        /// A rule for crawl files. The codes are public and stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $when] $variant,)*
        }

        impl Rule {
            /// Every rule, in the order of the documentation.
            pub const ALL: &[Rule] = &[$(Rule::$variant,)*];

            /// Public name, such as `hash-mismatch`.
            pub const fn code(self) -> &'static str {
                match self { $(Rule::$variant => $code,)* }
            }

            /// Level unless the user sets another.
            pub const fn default_level(self) -> Level {
                match self { $(Rule::$variant => Level::$level,)* }
            }

            /// Condition under which the rule is broken, as a fragment of a sentence.
            pub const fn when(self) -> &'static str {
                match self { $(Rule::$variant => $when,)* }
            }

            /// Returns `true` if a file that breaks the rule can still yield a record, so that the level can be
            /// lowered.
            pub const fn can_be_lowered(self) -> bool {
                match self { $(Rule::$variant => rules!(@$lowers),)* }
            }
        }
    };
    (@fatal) => { false };
    (@free) => { true };
}

rules! {
    Unreadable "unreadable" Error fatal "the file or member could not be read",
    TooLarge "too-large" Error fatal "the file is over `--max-file-size`",
    EmptyFile "empty-file" Error fatal "the file holds nothing but white space or NUL",
    NotUtf8 "not-utf8" Error fatal "the file is not valid UTF-8",
    NoFrontMatter "no-front-matter" Error fatal "the first line is not `---`",
    UnclosedFrontMatter "unclosed-front-matter" Error fatal "the front matter has no closing `---`",
    FrontMatterTooLarge "front-matter-too-large" Error free
        "the front matter is over 64 KiB, or only YAML could read it and it nests deeper than 32 or holds an alias",
    InvalidFrontMatter "invalid-front-matter" Error fatal "neither reading makes sense of the front matter",
    DuplicateKey "duplicate-key" Error free "a front matter key stands twice",
    MissingField "missing-field" Error free
        "`id`, `oid`, `aid`, `title`, `url` or `crawled_at` is absent, empty or blank",
    InvalidField "invalid-field" Error free "a value is not of its field's type: a date, an id's digits, a URL",
    IdentityConflict "identity-conflict" Error free "`id` is not `oid_aid`, or the URL names another pair",
    NoContent "no-content" Error fatal "the body has no pair of rules for the text to stand between",
    HashMissing "hash-missing" Error free "`content_hash` is absent or empty",
    HashMalformed "hash-malformed" Error free "`content_hash` is not 64 hex digits",
    HashMismatch "hash-mismatch" Error free "no reading of the body has the stated hash",
    Internal "internal" Error fatal "a bug of this program, contained to one file",
    IdConflict "id-conflict" Error free "an earlier file of this run has the same id and another hash",
    Duplicate "duplicate" Warning free "an earlier file of this run has the same id and the same hash",
    HeadingDiffers "heading-differs" Warning free "the body's heading is not the title",
    HeaderDiffers "header-differs" Warning free
        "the bold line's publisher or date is not the front matter's",
    FooterDiffers "footer-differs" Warning free
        "the footer's crawl time or URL is not the front matter's, or there is no footer",
    CategoryDiffers "category-differs" Off free "the bold line's category is not the front matter's",
    YamlDiffers "yaml-differs" Warning free "YAML reads a known field otherwise",
    NotYaml "not-yaml" Off free "a strict YAML parser would reject the front matter",
    LineEndings "line-endings" Warning free "CR LF was read as LF",
    ByteOrderMark "byte-order-mark" Warning free "a byte order mark was dropped",
    EmptyText "empty-text" Warning free "the text is empty",
    ControlCharacter "control-character" Warning free "a field holds a control character or a bidi control",
    ReplacementCharacter "replacement-character" Off free "the text holds U+FFFD",
    UnknownField "unknown-field" Off free "a front matter key is not known",
    KeyOrder "key-order" Warning free "a known key is out of the template's order, among others that are in it",
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

/// Error for a code that no rule has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRule;

impl fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no rule has this code")
    }
}

impl std::error::Error for UnknownRule {}

impl FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(code: &str) -> Result<Rule, UnknownRule> {
        Rule::ALL.iter().copied().find(|rule| rule.code() == code).ok_or(UnknownRule)
    }
}

/// Level of every rule for one file.
// Boxed because every file carries a reference or a copy: a move of the array would copy its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levels(Box<[Level; Rule::ALL.len()]>);

impl Default for Levels {
    fn default() -> Self {
        let mut levels = Box::new([Level::Off; Rule::ALL.len()]);
        for rule in Rule::ALL {
            levels[*rule as usize] = rule.default_level();
        }
        Levels(levels)
    }
}

/// Error for a rule whose level is fixed: a file that breaks it has no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CannotBeLowered(pub Rule);

impl fmt::Display for CannotBeLowered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is always an error: a file that breaks it has no record to give", self.0)
    }
}

impl std::error::Error for CannotBeLowered {}

impl Levels {
    /// Returns the level of `rule`.
    pub fn level(&self, rule: Rule) -> Level {
        self.0[rule as usize]
    }

    /// Returns `true` if `rule` is checked.
    pub fn is_on(&self, rule: Rule) -> bool {
        self.level(rule) != Level::Off
    }

    /// Sets the level of `rule`.
    ///
    /// # Errors
    /// The level of the rule is fixed at [`Level::Error`].
    pub fn set(&mut self, rule: Rule, level: Level) -> Result<(), CannotBeLowered> {
        if level < Level::Error && !rule.can_be_lowered() {
            return Err(CannotBeLowered(rule));
        }
        self.0[rule as usize] = level;
        Ok(())
    }

    /// Raises every warning to an error.
    pub fn deny_warnings(&mut self) {
        for level in &mut *self.0 {
            if *level == Level::Warning {
                *level = Level::Error;
            }
        }
    }
}
