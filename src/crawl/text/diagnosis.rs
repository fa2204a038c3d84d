//! Explains a content hash mismatch: the readings that were tried, and a change that would make the hash match.
//!
//! A diagnosis never accepts a text.

use std::borrow::Cow;
use std::fmt;

use crate::crawl::body::layout::BodyLayout;
use crate::crawl::normal_form;
use crate::crawl::text;
use crate::crawl::text::{Attempt, Reading};
use crate::record::content_hash::ContentHash;
use crate::text::entities;

/// A change to the text that is not a reading, but that other crawlers and editors are known to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transform {
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

const TRANSFORMS: [Transform; 12] = [
    Transform::Nfc,
    Transform::Nfd,
    Transform::NbspAsSpace,
    Transform::DecodedTwice,
    Transform::AllEntities,
    Transform::WhiteSpaceCollapsed,
    Transform::TrailingNewline,
    Transform::CrLf,
    Transform::Cr,
    Transform::Lf,
    Transform::ByteOrderMark,
    Transform::TitleInFront,
];

impl fmt::Display for Transform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Transform::Nfc => "normalised to NFC",
            Transform::Nfd => "normalised to NFD",
            Transform::NbspAsSpace => "with each no-break space as a space",
            Transform::DecodedTwice => "decoded a second time",
            Transform::AllEntities => "with all of HTML5's entities decoded",
            Transform::WhiteSpaceCollapsed => "with each run of white space as one space",
            Transform::TrailingNewline => "with a newline at its end",
            Transform::CrLf => "with CR LF for each line end",
            Transform::Cr => "with CR for each line end",
            Transform::Lf => "with LF for each line end",
            Transform::ByteOrderMark => "with a byte order mark in front",
            Transform::TitleInFront => "with the title in front",
        })
    }
}

/// Upper bound of the budget in bytes: longer texts are hashed, but not changed and hashed again, so that one bad
/// file does not slow the rest.
const MAX_TRANSFORM_BYTES: usize = 1024 * 1024;

/// Minimum budget in bytes of CONTENT that is changed, over all readings: a body can have dozens of readings, each
/// nearly as long as itself.
const TRANSFORM_BUDGET_BYTES: usize = 256 * 1024;

/// The readings that were tried, and the change that would match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The hash in the front matter.
    pub stated: ContentHash,
    /// The readings that the body allows, in the order in which they were tried; at least one.
    pub attempts: Vec<Attempt>,
    /// The reading and the change that give the stated hash, if known.
    pub near_match: Option<NearMatch>,
}

/// A text that has the stated hash, but that no reading gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NearMatch {
    /// Reading to which the change applies.
    pub reading: Reading,
    /// Transform that gives the stated hash.
    pub change: Transform,
    /// First difference between the two texts.
    pub difference: TextDifference,
}

/// First difference between two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextDifference {
    /// Byte offset in the body.
    pub at: usize,
    /// Character of the reading's text; `None` at its end.
    pub text: Option<char>,
    /// Character of the hashed text; `None` at its end.
    pub hashed: Option<char>,
}

impl fmt::Display for TextDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |c: Option<char>| match c {
            Some(c) => format!("U+{:04X}", u32::from(c)),
            None => "the end".to_owned(),
        };
        write!(f, "{} here, {} where it was hashed", name(self.text), name(self.hashed))
    }
}

impl Diagnosis {
    /// Tries every reading of `body`, and every change to each.
    pub fn new(
        body: &str,
        layout: &BodyLayout,
        has_comment_count: bool,
        title: &str,
        stated: ContentHash,
    ) -> Self {
        let mut buffer = String::new();
        let attempts = text::hash_all(body, layout, has_comment_count, &mut buffer);
        let mut room = TRANSFORM_BUDGET_BYTES.max(body.len().min(MAX_TRANSFORM_BYTES));
        let near_match = attempts.iter().find_map(|&(content, Attempt { reading, .. })| {
            room = room.checked_sub(content.source.len())?;
            let text = reading.extract(&content, &mut buffer);
            TRANSFORMS.into_iter().find_map(|change| {
                let mut variants = change.variants(text, title).into_iter();
                let hashed = variants.find(|variant| ContentHash::digest(variant.as_bytes()) == stated)?;
                let (at, text, hashed) = first_difference(text, &hashed);
                let at = content.at + reading.offset_in_source(&content, at);
                Some(NearMatch { reading, change, difference: TextDifference { at, text, hashed } })
            })
        });
        let attempts = attempts.into_iter().map(|(_, trial)| trial).collect();
        Diagnosis { stated, attempts, near_match }
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, others @ ..] = self.attempts.as_slice() else { return Ok(()) };
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

impl Transform {
    fn variants<'t>(self, text: &'t str, title: &str) -> Vec<Cow<'t, str>> {
        match self {
            Transform::Nfc => vec![normal_form::composed(text)],
            Transform::Nfd => vec![normal_form::decomposed(text)],
            Transform::NbspAsSpace => vec![text.replace('\u{a0}', " ").into()],
            Transform::DecodedTwice => {
                let mut decoded = String::new();
                entities::decode(text, &mut decoded);
                vec![decoded.into()]
            }
            Transform::AllEntities => vec![html_escape::decode_html_entities(text)],
            Transform::WhiteSpaceCollapsed => {
                vec![text.split_whitespace().collect::<Vec<_>>().join(" ").into()]
            }
            Transform::TrailingNewline => vec![format!("{text}\n").into()],
            Transform::CrLf => {
                let lines = with_line_ends("\r\n", text);
                vec![format!("{lines}\r\n").into(), lines.into()]
            }
            Transform::Cr => vec![with_line_ends("\r", text).into()],
            Transform::Lf => vec![with_line_ends("\n", text).into()],
            Transform::ByteOrderMark => {
                vec![
                    format!("\u{feff}{text}").into(),
                    format!("\u{feff}{}\r\n", with_line_ends("\r\n", text)).into(),
                ]
            }
            Transform::TitleInFront => {
                ["", " ", "\n", "\n\n"].iter().map(|gap| format!("{title}{gap}{text}").into()).collect()
            }
        }
    }
}

/// Returns the text with each line end replaced by `end`.
fn with_line_ends(end: &str, text: &str) -> String {
    text.replace("\r\n", "\n").replace(['\r', '\n'], end)
}
