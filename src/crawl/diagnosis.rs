//! Explains a content hash mismatch: the readings that were tried, and a change that would make the hash match.
//!
//! A diagnosis never accepts a text.

use std::borrow::Cow;
use std::fmt;

use super::body::Body;
use super::entities;
use super::normal_form;
use super::text::{self, Reading, Trial};
use crate::content_hash::ContentHash;

/// A change to the text that is not a reading, but that other crawlers and editors are known to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Unicode normalisation form C.
    Nfc,
    /// Unicode normalisation form D.
    Nfd,
    /// Each no-break space is replaced by a space.
    NbspAsSpace,
    /// The seven entities are decoded a second time.
    DecodedTwice,
    /// All of HTML5's entities are decoded.
    AllEntities,
    /// Each run of white space is replaced by one space.
    WhiteSpaceCollapsed,
    /// A newline is appended.
    TrailingNewline,
    /// Each line end is CR LF, with or without one at the end of the text.
    CrLf,
    /// Each line end is CR.
    Cr,
    /// Each line end is LF, also where it was CR.
    Lf,
    /// A byte order mark at the start, which some tools hash as a character.
    ByteOrderMark,
    /// The title is prepended.
    TitleInFront,
}

const CHANGES: [Change; 12] = [
    Change::Nfc,
    Change::Nfd,
    Change::NbspAsSpace,
    Change::DecodedTwice,
    Change::AllEntities,
    Change::WhiteSpaceCollapsed,
    Change::TrailingNewline,
    Change::CrLf,
    Change::Cr,
    Change::Lf,
    Change::ByteOrderMark,
    Change::TitleInFront,
];

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Change::Nfc => "normalised to NFC",
            Change::Nfd => "normalised to NFD",
            Change::NbspAsSpace => "with each no-break space as a space",
            Change::DecodedTwice => "decoded a second time",
            Change::AllEntities => "with all of HTML5's entities decoded",
            Change::WhiteSpaceCollapsed => "with each run of white space as one space",
            Change::TrailingNewline => "with a newline at its end",
            Change::CrLf => "with CR LF for each line end",
            Change::Cr => "with CR for each line end",
            Change::Lf => "with LF for each line end",
            Change::ByteOrderMark => "with a byte order mark in front",
            Change::TitleInFront => "with the title in front",
        })
    }
}

/// Upper bound of the budget in bytes: longer texts are hashed, but not changed and hashed again, so that one bad
/// file does not slow the rest.
const LONGEST_CHANGED: usize = 1024 * 1024;

/// Minimum budget in bytes of CONTENT that is changed, over all readings: a body can have dozens of readings, each
/// nearly as long as itself.
const CHANGED_IN_ALL: usize = 256 * 1024;

/// The readings that were tried, and the change that would match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The hash in the front matter.
    pub stated: ContentHash,
    /// The readings that the body allows, in the order in which they were tried; at least one.
    pub trials: Vec<Trial>,
    /// The reading and the change that give the stated hash, if known.
    pub near_match: Option<NearMatch>,
}

/// A text that has the stated hash, but that no reading gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NearMatch {
    /// Reading to which the change applies.
    pub reading: Reading,
    /// Change that gives the stated hash.
    pub change: Change,
    /// First difference between the two texts.
    pub difference: Difference,
}

/// First difference between two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// Byte offset in the body.
    pub at: usize,
    /// Character of the reading's text; `None` at its end.
    pub text: Option<char>,
    /// Character of the hashed text; `None` at its end.
    pub hashed: Option<char>,
}

impl Diagnosis {
    /// Tries every reading of `body`, and every change to each.
    pub fn of(body: &str, cut: &Body, commented: bool, title: &str, stated: ContentHash) -> Self {
        let mut buffer = String::new();
        let trials = text::trials(body, cut, commented, &mut buffer);
        let mut room = CHANGED_IN_ALL.max(body.len().min(LONGEST_CHANGED));
        let near_match = trials.iter().find_map(|&(content, Trial { reading, .. })| {
            room = room.checked_sub(content.source.len())?;
            let text = reading.take(&content, &mut buffer);
            CHANGES.into_iter().find_map(|change| {
                let mut variants = change.variants(text, title).into_iter();
                let hashed = variants.find(|variant| ContentHash::of(variant.as_bytes()) == stated)?;
                let (at, text, hashed) = first_difference(text, &hashed);
                let at = content.at + reading.offset_in_source(&content, at);
                Some(NearMatch { reading, change, difference: Difference { at, text, hashed } })
            })
        });
        let trials = trials.into_iter().map(|(_, trial)| trial).collect();
        Diagnosis { stated, trials, near_match }
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, others @ ..] = self.trials.as_slice() else { return Ok(()) };
        write!(
            f,
            "`content_hash` is {}, but the text's SHA-256 is {} ({}",
            self.stated, first.hash, first.reading
        )?;
        let mut told = vec![first.reading];
        for trial in others {
            // A body may have several ends of one kind.
            if !told.contains(&trial.reading) {
                write!(f, "; nor does it match {}", trial.reading)?;
                told.push(trial.reading);
            }
        }
        f.write_str(")")?;
        match &self.near_match {
            Some(NearMatch { reading, change, .. }) => write!(f, "; it would match {change} ({reading})"),
            None => Ok(()),
        }
    }
}

/// Returns the byte offset of the first difference in `one`, and the characters of both texts there.
fn first_difference(one: &str, other: &str) -> (usize, Option<char>, Option<char>) {
    let mut of_one = one.char_indices();
    let mut of_other = other.chars();
    loop {
        match (of_one.next(), of_other.next()) {
            (Some((_, a)), Some(b)) if a == b => {}
            (a, b) => return (a.map_or(one.len(), |(at, _)| at), a.map(|(_, a)| a), b),
        }
    }
}

impl Change {
    fn variants<'t>(self, text: &'t str, title: &str) -> Vec<Cow<'t, str>> {
        match self {
            Change::Nfc => vec![normal_form::composed(text)],
            Change::Nfd => vec![normal_form::decomposed(text)],
            Change::NbspAsSpace => vec![text.replace('\u{a0}', " ").into()],
            Change::DecodedTwice => {
                let mut decoded = String::new();
                entities::decode(text, &mut decoded);
                vec![decoded.into()]
            }
            Change::AllEntities => vec![html_escape::decode_html_entities(text)],
            Change::WhiteSpaceCollapsed => {
                vec![text.split_whitespace().collect::<Vec<_>>().join(" ").into()]
            }
            Change::TrailingNewline => vec![format!("{text}\n").into()],
            Change::CrLf => {
                let lines = with_line_ends("\r\n", text);
                vec![format!("{lines}\r\n").into(), lines.into()]
            }
            Change::Cr => vec![with_line_ends("\r", text).into()],
            Change::Lf => vec![with_line_ends("\n", text).into()],
            Change::ByteOrderMark => {
                vec![
                    format!("\u{feff}{text}").into(),
                    format!("\u{feff}{}\r\n", with_line_ends("\r\n", text)).into(),
                ]
            }
            Change::TitleInFront => {
                ["", " ", "\n", "\n\n"].iter().map(|gap| format!("{title}{gap}{text}").into()).collect()
            }
        }
    }
}

/// Returns the text with each line end replaced by `end`.
fn with_line_ends(end: &str, text: &str) -> String {
    text.replace("\r\n", "\n").replace(['\r', '\n'], end)
}
