//! Finds the text: of the readings that CONTENT allows, the one whose SHA-256 is the content hash.
//!
//! Nothing is guessed from the text's appearance. Each end of CONTENT, escaping and line end is tried, and the hash
//! decides.

pub(crate) mod attempts;
pub mod diagnosis;
pub mod entities;

use std::fmt;

use crate::crawl::body::layout;
use crate::crawl::body::layout::BodyLayout;
use crate::crawl::escaping::Escaping;
pub use crate::crawl::text::attempts::{Attempt, trials};
use crate::record::content_hash::ContentHash;
use memchr::{memchr, memchr2_iter};

/// End of CONTENT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEnd {
    /// The last rule before the footer.
    Footer,
    /// A rule before a comments section.
    Comments,
}

/// HTML escaping of CONTENT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Characters {
    /// Escaped: the seven entities are decoded once.
    Escaped,
    /// Not escaped.
    AsTheyStand,
}

impl Characters {
    /// Appends the decoded `source`.
    fn take(self, source: &str, into: &mut String) {
        if self == Characters::AsTheyStand || !entities::decode(source, into) {
            into.push_str(source);
        }
    }
}

/// Line ends of CONTENT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnds {
    /// Kept as they are.
    AsTheyStand,
    /// Each CR LF is replaced by LF.
    CrLfAsLf,
}

/// One way to read CONTENT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// End of CONTENT.
    pub end: TextEnd,
    /// HTML escaping of CONTENT.
    pub characters: Characters,
    /// Line ends of CONTENT.
    pub line_ends: LineEnds,
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.end {
            TextEnd::Footer => "up to the footer",
            TextEnd::Comments => "up to the comments",
        })?;
        f.write_str(match self.characters {
            Characters::Escaped => ", decoded",
            Characters::AsTheyStand => ", as it stands",
        })?;
        f.write_str(match self.line_ends {
            LineEnds::AsTheyStand => "",
            LineEnds::CrLfAsLf => ", CR LF as LF",
        })
    }
}

impl Reading {
    /// Extracts the text of `content`, into `buffer` if the source does not contain it as it is.
    pub fn take<'t>(self, content: &Content<'t>, buffer: &'t mut String) -> &'t str {
        if self.changes(content) {
            buffer.clear();
            // A text is never longer than its source. Growing the buffer step by step would take twice the memory.
            if buffer.capacity() < content.source.len() {
                *buffer = String::with_capacity(content.source.len());
            }
            match self.line_ends {
                LineEnds::AsTheyStand => self.characters.take(content.source, buffer),
                LineEnds::CrLfAsLf => {
                    for (number, line) in content.source.split("\r\n").enumerate() {
                        if number > 0 {
                            buffer.push('\n');
                        }
                        self.characters.take(line, buffer);
                    }
                }
            }
        }
        self.taken(content, buffer)
    }

    /// Returns the escaping of the file's fields that a match of this reading's hash proves.
    pub fn escaping(self, content: &Content<'_>) -> Escaping {
        match self.characters {
            Characters::Escaped if content.is_escaped => Escaping::Escaped,
            Characters::Escaped if !entities::has_bare(content.source) => Escaping::ByField,
            _ => Escaping::Unescaped,
        }
    }

    /// Returns the byte offset in `content` of the byte at `at` of its text.
    pub fn offset_in_source(self, content: &Content<'_>, at: usize) -> usize {
        let is_decoded = self.characters == Characters::Escaped;
        let mut left_out = 0;
        for mark in memchr2_iter(b'&', b'\r', content.source.as_bytes()) {
            if mark - left_out >= at {
                break;
            }
            let rest = &content.source[mark..];
            left_out += match rest.as_bytes() {
                [b'&', ..] if is_decoded => entities::length_at(rest).map_or(0, |length| length - 1),
                [b'\r', b'\n', ..] if self.line_ends == LineEnds::CrLfAsLf => 1,
                _ => 0,
            };
        }
        at + left_out
    }

    /// Returns the text that [`Reading::take`] extracted from `content` when it last used `buffer`.
    pub fn taken<'t>(self, content: &Content<'t>, buffer: &'t str) -> &'t str {
        if self.changes(content) { buffer } else { content.source }
    }

    fn changes(self, content: &Content<'_>) -> bool {
        content.is_escaped && self.characters == Characters::Escaped || self.line_ends == LineEnds::CrLfAsLf
    }
}

/// The body's CONTENT up to one of its ends, trimmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content<'a> {
    /// The bytes of the file, not decoded.
    pub source: &'a str,
    /// Byte offset in the body.
    pub at: usize,
    /// True if it contains an entity.
    pub is_escaped: bool,
}

impl<'a> Content<'a> {
    fn up_to(rule: usize, body: &'a str, cut: &BodyLayout) -> Self {
        let untrimmed = &body[cut.content_at..rule];
        let source = untrimmed.trim();
        Content { source, at: rule - untrimmed.trim_start().len(), is_escaped: entities::stand_in(source) }
    }
}

/// The extracted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text<'a> {
    /// Reading that gave it.
    pub reading: Reading,
    /// CONTENT that it was extracted from.
    pub content: Content<'a>,
    /// Text that the hash is computed of.
    pub text: &'a str,
    /// True if its SHA-256 is the content hash.
    pub verified: bool,
}

impl Text<'_> {
    /// Returns the escaping of the file's fields, as far as the text proves it.
    pub fn escaping(&self) -> Escaping {
        if self.verified { self.reading.escaping(&self.content) } else { Escaping::ByField }
    }
}

/// Extracts the text by the reading that `stated` proves, or else, unverified, by the default reading.
///
/// `commented` selects the end that is tried first. `buffer` receives the text if the source does not contain it as
/// it is.
pub fn read<'a>(
    body: &'a str,
    cut: &BodyLayout,
    commented: bool,
    stated: Option<ContentHash>,
    buffer: &'a mut String,
) -> Text<'a> {
    let proven = stated.and_then(|stated| prove(body, cut, commented, stated, buffer));
    match proven {
        Some((content, reading)) => {
            Text { reading, content, text: reading.taken(&content, buffer), verified: true }
        }
        None => {
            let (content, reading) = first(body, cut, commented);
            Text { reading, content, text: reading.take(&content, buffer), verified: false }
        }
    }
}

/// Returns the first reading whose text has the hash `stated`, with its CONTENT. [`Reading::taken`] finds the text
/// in `buffer`.
fn prove<'a>(
    body: &'a str,
    cut: &BodyLayout,
    commented: bool,
    stated: ContentHash,
    buffer: &mut String,
) -> Option<(Content<'a>, Reading)> {
    let has_it = |(content, reading): &(Content<'a>, Reading), buffer: &mut String| {
        ContentHash::digest(reading.take(content, buffer).as_bytes()) == stated
    };
    // The usual text has one end and at most four readings, which need no allocation.
    let mut readings = readings(body, cut, commented);
    let usual = readings.by_ref().take(4).find(|reading| has_it(reading, buffer));
    usual.or_else(|| {
        readings.next()?;
        let mut trials = trials(body, cut, commented, buffer).into_iter();
        let (content, trial) = trials.find(|(_, trial)| trial.hash == stated)?;
        Some((content, trial.reading)).filter(|reading| has_it(reading, buffer))
    })
}

/// Returns the default reading, which is tried first, with its CONTENT.
pub fn first<'a>(body: &'a str, cut: &BodyLayout, commented: bool) -> (Content<'a>, Reading) {
    let comments = if commented { layout::comment_rules(body, cut) } else { Vec::new() };
    let (end, rule) = match comments.first() {
        Some(&rule) => (TextEnd::Comments, rule),
        None => (TextEnd::Footer, cut.closing_rule),
    };
    let content = Content::up_to(rule, body, cut);
    (content, Reading { end, characters: Characters::Escaped, line_ends: LineEnds::AsTheyStand })
}

/// Returns the readings that the body allows, in the order in which they are tried; at least one.
///
/// A reading that cannot differ from an earlier one is omitted: CONTENT without an entity is not decoded, and
/// CONTENT without CR LF has no other line ends.
pub fn readings<'a>(
    body: &'a str,
    cut: &BodyLayout,
    commented: bool,
) -> impl Iterator<Item = (Content<'a>, Reading)> {
    let ends =
        if commented { [TextEnd::Comments, TextEnd::Footer] } else { [TextEnd::Footer, TextEnd::Comments] };
    let rules = ends.into_iter().flat_map(move |end| {
        let (footer, comments) = match end {
            TextEnd::Footer => (Some(cut.closing_rule), Vec::new()),
            TextEnd::Comments => (None, layout::comment_rules(body, cut)),
        };
        footer.into_iter().chain(comments).map(move |rule| (end, rule))
    });
    rules.flat_map(move |(end, rule)| {
        let content = Content::up_to(rule, body, cut);
        characters(&content).flat_map(move |characters| {
            line_ends(&content).map(move |line_ends| (content, Reading { end, characters, line_ends }))
        })
    })
}

fn characters(content: &Content<'_>) -> impl Iterator<Item = Characters> + use<> {
    let other = content.is_escaped.then_some(Characters::AsTheyStand);
    std::iter::once(Characters::Escaped).chain(other)
}

/// Returns the line ends to try. CR LF is searched for only after the first kind did not match.
fn line_ends<'a>(content: &Content<'a>) -> impl Iterator<Item = LineEnds> + use<'a> {
    let source = content.source;
    let has_crlf = move || memchr(b'\r', source.as_bytes()).is_some() && source.contains("\r\n");
    let other = std::iter::once_with(move || has_crlf().then_some(LineEnds::CrLfAsLf)).flatten();
    std::iter::once(LineEnds::AsTheyStand).chain(other)
}
