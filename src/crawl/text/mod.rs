//! Finds the text: of the readings that CONTENT allows, the one whose SHA-256 is the content hash.
//!
//! Nothing is guessed from the text's appearance. Each end of CONTENT, escaping and line end is tried, and the hash
//! decides.

pub(crate) mod attempts;
pub mod diagnosis;

use std::fmt;

use crate::crawl::body::layout;
use crate::crawl::body::layout::BodyLayout;
use crate::crawl::escaping::Escaping;
pub use crate::crawl::text::attempts::{Attempt, hash_all};
use crate::record::content_hash::ContentHash;
use crate::text::entities;
use memchr::{memchr_iter, memchr2_iter};

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
    AsIs,
}

impl Characters {
    /// Appends the decoded `source`.
    fn append(self, source: &str, into: &mut String) {
        if self == Characters::AsIs || !entities::decode(source, into) {
            into.push_str(source);
        }
    }
}

/// Line ends of CONTENT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnds {
    /// Kept as they are.
    AsIs,
    /// Each CR LF is replaced by LF.
    CrlfToLf,
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
            Characters::AsIs => ", as it stands",
        })?;
        f.write_str(match self.line_ends {
            LineEnds::AsIs => "",
            LineEnds::CrlfToLf => ", CR LF as LF",
        })
    }
}

impl Reading {
    /// Extracts the text of `content`, into `buffer` if the source does not contain it as it is.
    pub fn extract<'t>(self, content: &Content<'t>, buffer: &'t mut String) -> &'t str {
        if self.needs_buffer(content) {
            buffer.clear();
            // A text is never longer than its source. Growing the buffer step by step would take twice the memory.
            if buffer.capacity() < content.source.len() {
                *buffer = String::with_capacity(content.source.len());
            }
            // Without an entity there is nothing to decode.
            let characters = if content.is_escaped { self.characters } else { Characters::AsIs };
            match self.line_ends {
                LineEnds::AsIs => characters.append(content.source, buffer),
                LineEnds::CrlfToLf => {
                    let mut rest = content.source;
                    while let Some(end) = find_crlf(rest) {
                        characters.append(&rest[..end], buffer);
                        buffer.push('\n');
                        rest = &rest[end + "\r\n".len()..];
                    }
                    characters.append(rest, buffer);
                }
            }
        }
        self.extracted(content, buffer)
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
                [b'&', ..] if is_decoded => entities::len_at(rest).map_or(0, |length| length - 1),
                [b'\r', b'\n', ..] if self.line_ends == LineEnds::CrlfToLf => 1,
                _ => 0,
            };
        }
        at + left_out
    }

    /// Returns the text that [`Reading::extract`] extracted from `content` when it last used `buffer`.
    pub fn extracted<'t>(self, content: &Content<'t>, buffer: &'t str) -> &'t str {
        if self.needs_buffer(content) { buffer } else { content.source }
    }

    fn needs_buffer(self, content: &Content<'_>) -> bool {
        content.is_escaped && self.characters == Characters::Escaped || self.line_ends == LineEnds::CrlfToLf
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
    fn up_to(rule: usize, body: &'a str, layout: &BodyLayout) -> Self {
        let untrimmed = &body[layout.content_offset..rule];
        let source = untrimmed.trim();
        Content {
            source,
            at: rule - untrimmed.trim_start().len(),
            is_escaped: entities::contains_any(source),
        }
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
/// `has_comment_count` selects the end that is tried first. `buffer` receives the text if the source does not contain it as
/// it is.
pub fn read<'a>(
    body: &'a str,
    layout: &BodyLayout,
    has_comment_count: bool,
    stated: Option<ContentHash>,
    buffer: &'a mut String,
) -> Text<'a> {
    let verified = stated.and_then(|stated| find_verified(body, layout, has_comment_count, stated, buffer));
    match verified {
        Some((content, reading)) => {
            Text { reading, content, text: reading.extracted(&content, buffer), verified: true }
        }
        None => {
            let (content, reading) = default_reading(body, layout, has_comment_count);
            Text { reading, content, text: reading.extract(&content, buffer), verified: false }
        }
    }
}

/// Returns the first reading whose text has the hash `stated`, with its CONTENT. [`Reading::extracted`] finds the text
/// in `buffer`.
fn find_verified<'a>(
    body: &'a str,
    layout: &BodyLayout,
    has_comment_count: bool,
    stated: ContentHash,
    buffer: &mut String,
) -> Option<(Content<'a>, Reading)> {
    let has_it = |(content, reading): &(Content<'a>, Reading), buffer: &mut String| {
        ContentHash::digest(reading.extract(content, buffer).as_bytes()) == stated
    };
    // The usual text has one end and at most four readings, which need no allocation.
    let mut readings = readings(body, layout, has_comment_count);
    let usual = readings.by_ref().take(4).find(|reading| has_it(reading, buffer));
    usual.or_else(|| {
        readings.next()?;
        let mut attempts = hash_all(body, layout, has_comment_count, buffer).into_iter();
        let (content, trial) = attempts.find(|(_, trial)| trial.hash == stated)?;
        Some((content, trial.reading)).filter(|reading| has_it(reading, buffer))
    })
}

/// Returns the reading that most probably has the stated hash, with its CONTENT: the default reading, with CR LF as LF
/// in a file that an editor or git gave these line ends.
pub fn candidate<'a>(body: &'a str, layout: &BodyLayout, has_comment_count: bool) -> (Content<'a>, Reading) {
    let (content, reading) = default_reading(body, layout, has_comment_count);
    let has_crlf = body[..layout.content_offset].ends_with("\r\n") && find_crlf(content.source).is_some();
    let line_ends = if has_crlf { LineEnds::CrlfToLf } else { LineEnds::AsIs };
    (content, Reading { line_ends, ..reading })
}

/// Returns the reading of a text that no reading verifies, with its CONTENT.
fn default_reading<'a>(
    body: &'a str,
    layout: &BodyLayout,
    has_comment_count: bool,
) -> (Content<'a>, Reading) {
    let comments = if has_comment_count { layout::comment_separators(body, layout) } else { Vec::new() };
    let (end, rule) = match comments.first() {
        Some(&rule) => (TextEnd::Comments, rule),
        None => (TextEnd::Footer, layout.closing_separator),
    };
    let content = Content::up_to(rule, body, layout);
    (content, Reading { end, characters: Characters::Escaped, line_ends: LineEnds::AsIs })
}

/// Returns the readings that the body allows, in the order in which they are tried; at least one.
///
/// A reading that cannot differ from an earlier one is omitted: CONTENT without an entity is not decoded, and
/// CONTENT without CR LF has no other line ends.
pub fn readings<'a>(
    body: &'a str,
    layout: &BodyLayout,
    has_comment_count: bool,
) -> impl Iterator<Item = (Content<'a>, Reading)> {
    let ends = if has_comment_count {
        [TextEnd::Comments, TextEnd::Footer]
    } else {
        [TextEnd::Footer, TextEnd::Comments]
    };
    let rules = ends.into_iter().flat_map(move |end| {
        let (footer, comments) = match end {
            TextEnd::Footer => (Some(layout.closing_separator), Vec::new()),
            TextEnd::Comments => (None, layout::comment_separators(body, layout)),
        };
        footer.into_iter().chain(comments).map(move |rule| (end, rule))
    });
    rules.flat_map(move |(end, rule)| {
        let content = Content::up_to(rule, body, layout);
        characters(&content).flat_map(move |characters| {
            line_ends(&content).map(move |line_ends| (content, Reading { end, characters, line_ends }))
        })
    })
}

fn characters(content: &Content<'_>) -> impl Iterator<Item = Characters> + use<> {
    let other = content.is_escaped.then_some(Characters::AsIs);
    std::iter::once(Characters::Escaped).chain(other)
}

/// Returns the line ends to try. CR LF is searched for only after the first kind did not match.
fn line_ends<'a>(content: &Content<'a>) -> impl Iterator<Item = LineEnds> + use<'a> {
    let source = content.source;
    let has_crlf = move || find_crlf(source).is_some();
    let other = std::iter::once_with(move || has_crlf().then_some(LineEnds::CrlfToLf)).flatten();
    std::iter::once(LineEnds::AsIs).chain(other)
}

/// Returns the byte offset of the first CR LF.
fn find_crlf(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr_iter(b'\r', bytes).find(|&cr| bytes.get(cr + 1) == Some(&b'\n'))
}
