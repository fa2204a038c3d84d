//! Replaces personal data in records and comments, and notes where it was.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use crate::personal::redactor::Redactor;
use crate::personal::{Kind, KindCounts, Match};
use crate::record::article::{Article, Author, Comment};
use crate::text::json;

/// Notes on what is replaced in one article and its comments.
#[derive(Debug)]
pub struct RedactionLog<'b> {
    /// Numbers of replacements.
    pub counts: KindCounts,
    /// Path of the crawl file.
    path: &'b str,
    /// Id of the article.
    id: String,
    /// Buffer for one line a replacement, if they are listed.
    lines: Option<&'b mut Vec<u8>>,
}

/// One replacement. Its value is not part of it.
#[derive(Debug, Serialize)]
struct Redaction<'a> {
    path: &'a str,
    id: &'a str,
    /// JSON Pointer to the value in the record, or to `/comments/POSITION/KEY`.
    pointer: &'a str,
    kind: &'static str,
    /// Characters (code points) of the original value before the data.
    offset: usize,
    /// Its length in characters.
    length: usize,
}

impl<'b> RedactionLog<'b> {
    /// Starts the notes on the article `id` of the file at `path`; `lines` takes a line for each replacement.
    pub fn new(path: &'b str, id: &str, lines: Option<&'b mut Vec<u8>>) -> Self {
        RedactionLog { counts: KindCounts::default(), path, id: id.to_owned(), lines }
    }

    fn note(&mut self, pointer: &dyn fmt::Display, text: &str, found: &Match) {
        self.counts.add(found.kind);
        if let Some(lines) = &mut self.lines {
            let line = Redaction {
                path: self.path,
                id: &self.id,
                pointer: &pointer.to_string(),
                kind: found.kind.name(),
                offset: text[..found.range.start].chars().count(),
                length: text[found.range.clone()].chars().count(),
            };
            lines.extend_from_slice(json::line(&line).as_bytes());
        }
    }
}

/// Replaced parts of the authors of an article, which borrows them.
pub type AuthorParts = Vec<Option<String>>;

/// Replaces the personal data in title, text, byline, authors and the values of `extra`, where the JSON text of a nested
/// one stays JSON, since its scalars are strings.
///
/// An article whose text had some is no longer verified. Its `content_hash` stays that of the text in the file, so that
/// record and file can be matched, but the text of the record cannot be proved with it.
pub fn redact<'a>(
    article: &mut Article<'a>,
    redactor: &Redactor,
    parts: &'a mut AuthorParts,
    log: &mut RedactionLog<'_>,
) {
    article.verified &= !redact_value(&mut article.text, redactor, &"/text", log);
    redact_value(&mut article.title, redactor, &"/title", log);
    redact_value(&mut article.byline, redactor, &"/byline", log);
    for (key, value) in &mut article.extra {
        let pointer = fmt::from_fn(|f| write!(f, "/extra/{}", key.replace('~', "~0").replace('/', "~1")));
        redact_value(value, redactor, &pointer, log);
    }
    for (index, author) in article.authors.iter().enumerate() {
        parts.extend(redact_author(author, index, redactor, log));
    }
    let parts: &'a [Option<String>] = parts;
    for (Author { name, role, email }, parts) in article.authors.iter_mut().zip(parts.chunks_exact(3)) {
        for (part, redacted) in [name, role, email].into_iter().zip(parts) {
            *part = redacted.as_deref().unwrap_or(part);
        }
    }
}

/// Returns name, role and address of an author where something is replaced in them.
fn redact_author(
    author: &Author<'_>,
    index: usize,
    redactor: &Redactor,
    log: &mut RedactionLog<'_>,
) -> [Option<String>; 3] {
    let Author { name, role, email } = *author;
    [("name", name), ("role", role), ("email", email)].map(|(key, part)| {
        // The byline's grammar takes an address for one in more places than the search does.
        if key == "email" && !part.is_empty() && redactor.kinds.contains(Kind::Email) {
            let mut replacement = String::new();
            redactor.write_replacement(Kind::Email, part, &mut replacement);
            let found = Match { kind: Kind::Email, range: 0..part.len() };
            log.note(&fmt::from_fn(|f| write!(f, "/authors/{index}/{key}")), part, &found);
            return Some(replacement);
        }
        redactor.redact(part, &mut |found| {
            log.note(&fmt::from_fn(|f| write!(f, "/authors/{index}/{key}")), part, found);
        })
    })
}

/// Replaces the personal data in the text of a comment, in the name of its author and in the author's id.
pub fn redact_comment(
    comment: &mut Comment,
    position: usize,
    redactor: &Redactor,
    log: &mut RedactionLog<'_>,
) {
    let Comment { author, author_id, text, .. } = comment;
    for (key, value) in [("author", author), ("author_id", author_id), ("text", text)] {
        let pointer = fmt::from_fn(|f| write!(f, "/comments/{position}/{key}"));
        if let Some(redacted) = redactor.redact(value, &mut |found| log.note(&pointer, value, found)) {
            *value = redacted;
        }
    }
}

/// Replaces the personal data in one value; returns whether it had some.
fn redact_value(
    value: &mut Cow<'_, str>,
    redactor: &Redactor,
    pointer: &dyn fmt::Display,
    log: &mut RedactionLog<'_>,
) -> bool {
    let redacted = redactor.redact(value, &mut |found| log.note(pointer, value, found));
    let is_redacted = redacted.is_some();
    if let Some(redacted) = redacted {
        *value = Cow::Owned(redacted);
    }
    is_redacted
}
