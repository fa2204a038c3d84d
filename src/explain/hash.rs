//! The text of an explanation, the digest of each reading of it, and the change that would match.

use std::collections::VecDeque;

use schemars::JsonSchema;
use serde::Serialize;

use crate::crawl::front_matter::{Field, FrontMatter};
use crate::crawl::text::diagnosis::NearMatch;
use crate::crawl::text::{Attempt, Text};
use crate::crawl::trace::BodyTrace;
use crate::findings::location::Location;
use crate::record::content_hash::ContentHash;

/// The extracted text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct TextExplanation {
    /// First line in the file.
    pub first_line: usize,
    /// Last line in the file.
    pub last_line: usize,
    /// Size in bytes of UTF-8.
    pub bytes: usize,
    /// Length in characters.
    pub characters: usize,
    /// Reading that gave it.
    pub reading: String,
    /// True if its SHA-256 is the content hash.
    pub verified: bool,
    /// The first lines that are not blank, at most two.
    pub begins: Vec<TextLine>,
    /// The last lines that are neither blank nor among the first, at most two.
    pub ends: Vec<TextLine>,
}

/// One line of the text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct TextLine {
    /// Line number in the file.
    pub line: usize,
    /// Text of the line.
    pub text: String,
}

/// The content hash, and the readings that were tried to match it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Hash {
    /// Value in the front matter, valid or not; `""` if it is missing.
    pub stated: String,
    /// All readings that the body allows, in the order in which they are tried.
    pub trials: Vec<AttemptExplanation>,
    /// Change that would match, if no reading does and such a change is known.
    pub near_match: Option<NearMatchExplanation>,
}

/// One reading with its digest.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct AttemptExplanation {
    /// Description of the reading.
    pub reading: String,
    /// SHA-256 of its text.
    pub sha256: String,
    /// True if that is the content hash.
    pub matches: bool,
}

/// A change to the text that gives the content hash.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct NearMatchExplanation {
    /// Reading to which the change applies.
    pub reading: String,
    /// Change to the reading's text.
    pub change: String,
    /// Line of the file on which the reading's text and the hashed text first differ.
    pub line: usize,
    /// Column in that line.
    pub column: usize,
    /// Character of the reading's text, such as `U+00A0`; `null` at its end.
    pub text: Option<String>,
    /// Character of the hashed text; `null` at its end.
    pub hashed: Option<String>,
}

impl Hash {
    /// Explains the hash that `front_matter` states. `body` is at `body_offset` of `source`.
    pub(super) fn new(
        source: &str,
        body_offset: usize,
        body: &BodyTrace<'_>,
        front_matter: &FrontMatter<'_>,
    ) -> Self {
        let stated = front_matter.text(Field::ContentHash).into_owned();
        let hash: Option<ContentHash> = stated.parse().ok();
        let trial = |attempt: &Attempt| AttemptExplanation {
            reading: attempt.reading.to_string(),
            sha256: attempt.hash.to_string(),
            matches: hash == Some(attempt.hash),
        };
        let near_match = body.near_match.map(|near_match| {
            let offset = body_offset + near_match.difference.at;
            NearMatchExplanation::new(near_match, Location::at_offset(source.as_bytes(), offset))
        });
        Hash { trials: body.attempts.iter().map(trial).collect(), stated, near_match }
    }
}

/// Maximum number of lines that are shown of each end of the text.
const PREVIEW_LINES: usize = 2;

impl TextExplanation {
    /// Explains the text of `body`, which is at `body_offset` of `source`.
    pub(super) fn new(source: &str, body_offset: usize, body: &BodyTrace<'_>) -> Self {
        let Text { text, reading, content, verified } = body.text;
        let first_line = Location::at_offset(source.as_bytes(), body_offset + content.at).line;
        TextExplanation::of_text(text, first_line, reading.to_string(), verified)
    }

    /// Explains a text that begins on `first_line`.
    pub(super) fn of_text(text: &str, first_line: usize, reading: String, verified: bool) -> Self {
        let lines = text.split('\n').zip(first_line..);
        let mut lines = lines.filter(|(text, _)| !text.trim().is_empty());
        let begins = lines.by_ref().take(PREVIEW_LINES).map(TextLine::from).collect();
        let mut ends = VecDeque::new();
        for line in lines {
            if ends.len() == PREVIEW_LINES {
                ends.pop_front();
            }
            ends.push_back(line);
        }
        TextExplanation {
            first_line,
            last_line: first_line + text.matches('\n').count(),
            bytes: text.len(),
            characters: text.chars().count(),
            reading,
            verified,
            begins,
            ends: ends.into_iter().map(TextLine::from).collect(),
        }
    }
}

impl From<(&str, usize)> for TextLine {
    fn from((text, line): (&str, usize)) -> Self {
        TextLine { line, text: text.to_owned() }
    }
}

impl NearMatchExplanation {
    fn new(near_match: NearMatch, Location { line, column }: Location) -> Self {
        let NearMatch { reading, change, difference } = near_match;
        let name = |c: char| format!("U+{:04X}", u32::from(c));
        NearMatchExplanation {
            reading: reading.to_string(),
            change: change.to_string(),
            line,
            column,
            text: difference.text.map(name),
            hashed: difference.hashed.map(name),
        }
    }
}
