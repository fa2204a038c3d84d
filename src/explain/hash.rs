//! The text of an explanation, each reading of it with its digest, and what would match.

use std::collections::VecDeque;

use schemars::JsonSchema;
use serde::Serialize;

use crate::content_hash::ContentHash;
use crate::crawl::body::Body;
use crate::crawl::diagnosis::{self, Diagnosis};
use crate::crawl::escaping::Escaping;
use crate::crawl::fences::Fences;
use crate::crawl::front_matter::{Field, FrontMatter};
use crate::crawl::text;
use crate::finding::Place;

/// The text that was taken.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Text {
    /// The line of the file on which it begins.
    pub first_line: usize,
    /// The line of the file on which it ends.
    pub last_line: usize,
    /// Its size in bytes of UTF-8.
    pub bytes: usize,
    /// Its size in characters.
    pub characters: usize,
    /// The reading that gave it.
    pub reading: String,
    /// Whether its SHA-256 is the content hash.
    pub verified: bool,
    /// Its first lines that are not blank, two at most.
    pub begins: Vec<Line>,
    /// Its last lines that are not blank and not among the first, two at most.
    pub ends: Vec<Line>,
}

/// One line of the text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Line {
    /// Its number in the file.
    pub line: usize,
    /// What the text says there.
    pub text: String,
}

/// The content hash, and what was tried to match it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Hash {
    /// What the front matter states, valid or not; `""` where it states none.
    pub stated: String,
    /// Every reading that the body allows, in the order in which they are tried.
    pub trials: Vec<Trial>,
    /// What would match, where no reading does and one change is known that would.
    pub near_match: Option<NearMatch>,
}

/// One reading with its digest.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Trial {
    /// The reading.
    pub reading: String,
    /// SHA-256 of the text that it gives.
    pub sha256: String,
    /// Whether that is the content hash.
    pub matches: bool,
}

/// A change to the text that gives the content hash.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct NearMatch {
    /// The reading that comes near.
    pub reading: String,
    /// What has to be done to its text.
    pub change: String,
    /// The line of the file on which its text and the one that was hashed first differ.
    pub line: usize,
    /// The column there.
    pub column: usize,
    /// The character of the text there, such as `U+00A0`; `null` where the text ends.
    pub text: Option<String>,
    /// The character that was hashed in its place; `null` where what was hashed ends.
    pub hashed: Option<String>,
}

/// The text with what it proves of the file's fields.
pub(super) struct Taken {
    pub text: Text,
    pub escaping: Escaping,
}

/// How the text of `source` was taken, and how its hash was held against the stated one.
pub(super) fn explain(
    source: &str,
    fences: &Fences<'_>,
    cut: &Body,
    front_matter: &FrontMatter<'_>,
) -> (Taken, Hash) {
    let place = |at| Place::of(source.as_bytes(), fences.body_at + at);
    let commented = front_matter.entry(Field::CommentCount).is_some();
    let stated = front_matter.text(Field::ContentHash).into_owned();
    let hash: Option<ContentHash> = stated.parse().ok();
    let mut buffer = String::new();
    let text = text::read(fences.body, cut, commented, hash, &mut buffer);
    let escaping = text.escaping();
    let taken = Text::of(&text, place(text.content.at).line);

    let trials =
        text::trials(fences.body, cut, commented, &mut String::new()).into_iter().map(|(_, trial)| Trial {
            reading: trial.reading.to_string(),
            sha256: trial.hash.to_string(),
            matches: hash == Some(trial.hash),
        });
    let trials = trials.collect();
    let near_match = hash.filter(|_| !taken.verified).and_then(|hash| {
        let title = escaping.decode(front_matter.text(Field::Title));
        let near_match = Diagnosis::of(fences.body, cut, commented, &title, hash).near_match?;
        Some(NearMatch::of(near_match, place(near_match.difference.at)))
    });
    (Taken { text: taken, escaping }, Hash { stated, trials, near_match })
}

/// How many lines are shown of either end of the text.
const LINES_OF_AN_END: usize = 2;

impl Text {
    fn of(text: &text::Text<'_>, first_line: usize) -> Self {
        let lines = text.text.split('\n').zip(first_line..);
        let mut lines = lines.filter(|(text, _)| !text.trim().is_empty());
        let begins = lines.by_ref().take(LINES_OF_AN_END).map(Line::from).collect();
        let mut ends = VecDeque::new();
        for line in lines {
            if ends.len() == LINES_OF_AN_END {
                ends.pop_front();
            }
            ends.push_back(line);
        }
        Text {
            first_line,
            last_line: first_line + text.text.matches('\n').count(),
            bytes: text.text.len(),
            characters: text.text.chars().count(),
            reading: text.reading.to_string(),
            verified: text.verified,
            begins,
            ends: ends.into_iter().map(Line::from).collect(),
        }
    }
}

impl From<(&str, usize)> for Line {
    fn from((text, line): (&str, usize)) -> Self {
        Line { line, text: text.to_owned() }
    }
}

impl NearMatch {
    fn of(near_match: diagnosis::NearMatch, Place { line, column }: Place) -> Self {
        let diagnosis::NearMatch { reading, change, difference } = near_match;
        let name = |c: char| format!("U+{:04X}", u32::from(c));
        NearMatch {
            reading: reading.to_string(),
            change: change.to_string(),
            line,
            column,
            text: difference.text.map(name),
            hashed: difference.hashed.map(name),
        }
    }
}
