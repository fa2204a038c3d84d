//! JSON Lines: one record per line, with its keys in their order.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::Write;

use memchr::memchr;

use crate::output::json::string;
use crate::output::projection::Projection;
use crate::output::record_encoder::RecordEncoder;
use crate::record::article::{Article, Author};
use crate::record::datetime::DateTimeText;
use crate::record::key::{Key, KeyValue, VisitKey};

/// Encoder of JSON Lines.
pub(crate) struct RecordLines;

impl RecordEncoder for RecordLines {
    fn suffixes(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson", "json"]
    }

    fn write_header(&self, _: Projection, _: &mut Vec<u8>) {}

    fn write_record(
        &self,
        article: &Article<'_>,
        projection: Projection,
        is_clean: bool,
        into: &mut Vec<u8>,
    ) {
        write(article, projection, is_clean, into);
    }

    fn record_len(&self, records: &[u8]) -> Option<usize> {
        memchr(b'\n', records).map(|end| end + 1)
    }
}

/// Appends the record of `article` with the keys of `projection`, followed by `\n`.
///
/// `is_clean` means that all of the article but its path is known to be [clean](crate::text::clean::is_clean).
pub fn write(article: &Article<'_>, projection: Projection, is_clean: bool, into: &mut Vec<u8>) {
    write_each(article, projection, is_clean, into, |_, _, _| {});
}

/// Appends the record of `article` with all keys, as [`write()`] does, and to `rest` the same record without the keys
/// `omitted` and without `\n`. The first key must not be omitted.
pub fn write_and_copy(
    article: &Article<'_>,
    is_clean: bool,
    into: &mut Vec<u8>,
    omitted: &[Key],
    rest: &mut Vec<u8>,
) {
    let mut not_copied = into.len();
    write_each(article, Projection::default(), is_clean, into, |key, start, into| {
        if omitted.contains(&key) {
            rest.extend_from_slice(&into[not_copied..start]);
            not_copied = into.len();
        }
    });
    rest.extend_from_slice(&into[not_copied..into.len() - 1]);
}

/// Appends the record, and calls `after` with each key, and with the offset in `into` at which the key begins with the
/// character before it.
fn write_each(
    article: &Article<'_>,
    projection: Projection,
    is_clean: bool,
    into: &mut Vec<u8>,
    after: impl FnMut(Key, usize, &[u8]),
) {
    let string: StringWriter = if is_clean { string::write_clean } else { string::write };
    article.visit(&mut KeyWriter { projection, string, separator: b'{', into, after });
    into.extend_from_slice(b"}\n");
}

/// Writer of the keys of one record.
struct KeyWriter<'w, F> {
    projection: Projection,
    string: StringWriter,
    /// Character before the next key.
    separator: u8,
    into: &'w mut Vec<u8>,
    after: F,
}

impl<F: FnMut(Key, usize, &[u8])> VisitKey for KeyWriter<'_, F> {
    // Inlined, so that key and kind are constants.
    #[inline(always)]
    fn visit(&mut self, key: Key, value: KeyValue<'_>) {
        let KeyWriter { projection, string, separator, into, after } = self;
        if !projection.contains(key) {
            return;
        }
        let start = into.len();
        into.push(*separator);
        *separator = b',';
        into.extend_from_slice(key.json_key().as_bytes());
        match value {
            KeyValue::Text(path) if key == Key::Path => string::write(path, into),
            KeyValue::Text(text) => string(text, into),
            KeyValue::Authors(authors) => write_authors(authors, *string, into),
            KeyValue::Date(date) => write_time("", *date, into),
            KeyValue::KoreanTime(time) => write_time("", *time, into),
            KeyValue::UtcTime(time) => write_time("", *time, into),
            KeyValue::Bool(value) => into.extend_from_slice(if *value { b"true" } else { b"false" }),
            KeyValue::Count(count) => write_display(count, into),
            KeyValue::Extra(extra) => write_extra(extra, into),
        }
        after(key, start, into);
    }
}

/// Function that writes a string: the general one, or the one for clean text.
type StringWriter = fn(&str, &mut Vec<u8>);

/// Appends `extra` as an object.
pub(crate) fn write_extra(extra: &[(Cow<'_, str>, Cow<'_, str>)], into: &mut Vec<u8>) {
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
pub(crate) fn write_authors(authors: &[Author<'_>], string: StringWriter, into: &mut Vec<u8>) {
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
pub(crate) fn write_display(value: impl Display, into: &mut Vec<u8>) {
    write!(into, "{value}").expect("memory takes every byte");
}
