//! JSON Lines: one record per line, with every key of [`Article`], in its order.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::Write;

use crate::output::json::string;
use crate::record::article::{Article, Author};
use crate::record::datetime::DateTimeText;

/// Appends the record of `article`, followed by `\n`.
///
/// `is_clean` means that all of the article but its path is known to be [clean](crate::text::clean::is_clean).
pub fn write(article: &Article<'_>, is_clean: bool, into: &mut Vec<u8>) {
    let Article { id, oid, aid, title, text, publisher, category, byline, .. } = article;
    let string: WriteString = if is_clean { string::write_clean } else { string::write };
    let strings = [
        ("{\"id\":", id),
        (",\"oid\":", oid),
        (",\"aid\":", aid),
        (",\"title\":", title),
        (",\"text\":", text),
        (",\"publisher\":", publisher),
        (",\"category\":", category),
        (",\"byline\":", byline),
    ];
    for (key, value) in strings {
        into.extend_from_slice(key.as_bytes());
        string(value, into);
    }
    into.extend_from_slice(b",\"authors\":");
    write_authors(&article.authors, string, into);
    write_time(",\"published_on\":", article.published_on, into);
    write_time(",\"published_at\":", article.published_at, into);
    write_time(",\"crawled_at\":", article.crawled_at, into);
    into.extend_from_slice(b",\"url\":");
    string(&article.url, into);
    into.extend_from_slice(b",\"content_hash\":");
    string(&article.content_hash, into);
    into.extend_from_slice(if article.verified { b",\"verified\":true" } else { b",\"verified\":false" });
    into.extend_from_slice(b",\"comment_count\":");
    write_shown(article.comment_count, into);
    into.extend_from_slice(b",\"extra\":");
    write_extra(&article.extra, into);
    write_text(",\"path\":", &article.path, into);
    into.extend_from_slice(b"}\n");
}

/// Function that writes a string: the general one, or the one for clean text.
pub(super) type WriteString = fn(&str, &mut Vec<u8>);

/// Appends `extra` as an object.
pub(super) fn write_extra(extra: &[(Cow<'_, str>, Cow<'_, str>)], into: &mut Vec<u8>) {
    into.push(b'{');
    for (index, (key, value)) in extra.iter().enumerate() {
        if index > 0 {
            into.push(b',');
        }
        string::write(key, into);
        write_text(":", value, into);
    }
    into.push(b'}');
}

/// Appends `authors` as an array.
pub(super) fn write_authors(authors: &[Author<'_>], string: WriteString, into: &mut Vec<u8>) {
    for (index, Author { name, role, email }) in authors.iter().enumerate() {
        into.push(if index == 0 { b'[' } else { b',' });
        for (key, value) in [("{\"name\":", name), (",\"role\":", role), (",\"email\":", email)] {
            into.extend_from_slice(key.as_bytes());
            string(value, into);
        }
        into.push(b'}');
    }
    into.extend_from_slice(if authors.is_empty() { b"[]" } else { b"]" });
}

/// Appends `key` verbatim, and `text` as a string.
pub(super) fn write_text(key: &str, text: &str, into: &mut Vec<u8>) {
    into.extend_from_slice(key.as_bytes());
    string::write(text, into);
}

/// Appends `key` verbatim, and `time` as a string or null.
pub(super) fn write_time(key: &str, time: Option<impl Into<DateTimeText>>, into: &mut Vec<u8>) {
    into.extend_from_slice(key.as_bytes());
    match time {
        Some(time) => {
            into.push(b'"');
            into.extend_from_slice(time.into().as_bytes());
            into.push(b'"');
        }
        None => into.extend_from_slice(b"null"),
    }
}

/// Appends a number or a boolean.
pub(super) fn write_shown(value: impl Display, into: &mut Vec<u8>) {
    write!(into, "{value}").expect("memory takes every byte");
}
