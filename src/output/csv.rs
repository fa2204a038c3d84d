//! CSV as RFC 4180 describes it: a header line, lines that end with CR LF, and quotes where a value needs them.
//!
//! Dates are those of JSON Lines, null is an empty value, and `authors` and `extra` are their JSON text.

use memchr::{memchr, memchr2_iter, memchr3};

use crate::output::json::record::{write_authors, write_display, write_extra};
use crate::output::json::string;
use crate::output::projection::Projection;
use crate::output::record_encoder::RecordEncoder;
use crate::record::article::Article;
use crate::record::datetime::DateTimeText;
use crate::record::key::KeyValue;

/// Encoder of CSV.
pub struct Csv;

impl RecordEncoder for Csv {
    fn suffixes(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn write_header(&self, projection: Projection, into: &mut Vec<u8>) {
        for (index, key) in projection.keys().enumerate() {
            if index > 0 {
                into.push(b',');
            }
            into.extend_from_slice(key.name().as_bytes());
        }
        into.extend_from_slice(b"\r\n");
    }

    fn write_record(
        &self,
        article: &Article<'_>,
        projection: Projection,
        _is_clean: bool,
        into: &mut Vec<u8>,
    ) {
        let start = into.len();
        for (index, key) in projection.keys().enumerate() {
            if index > 0 {
                into.push(b',');
            }
            write_value(article.value(key), into);
        }
        // Readers skip an empty line.
        if into.len() == start {
            into.extend_from_slice(b"\"\"");
        }
        into.extend_from_slice(b"\r\n");
    }

    fn record_len(&self, records: &[u8]) -> Option<usize> {
        let mut is_quoted = false;
        for offset in memchr2_iter(b'"', b'\n', records) {
            match records[offset] {
                b'"' => is_quoted = !is_quoted,
                _ if is_quoted => {}
                _ => return Some(offset + 1),
            }
        }
        None
    }
}

fn write_value(value: KeyValue<'_>, into: &mut Vec<u8>) {
    match value {
        KeyValue::Text(text) => write_text(text.as_bytes(), into),
        KeyValue::Authors(authors) => write_json(into, |into| write_authors(authors, string::write, into)),
        KeyValue::Date(date) => write_time(*date, into),
        KeyValue::KoreanTime(time) => write_time(*time, into),
        KeyValue::UtcTime(time) => write_time(*time, into),
        KeyValue::Bool(value) => write_display(value, into),
        KeyValue::Count(count) => write_display(count, into),
        KeyValue::Extra(extra) => write_json(into, |into| write_extra(extra, into)),
    }
}

fn write_text(text: &[u8], into: &mut Vec<u8>) {
    if !needs_quotes(text) {
        return into.extend_from_slice(text);
    }
    into.push(b'"');
    let mut rest = text;
    while let Some(quote) = memchr(b'"', rest) {
        into.extend_from_slice(&rest[..=quote]);
        into.push(b'"');
        rest = &rest[quote + 1..];
    }
    into.extend_from_slice(rest);
    into.push(b'"');
}

fn needs_quotes(text: &[u8]) -> bool {
    memchr3(b',', b'"', b'\n', text).is_some() || memchr(b'\r', text).is_some()
}

/// Appends the JSON text that `write` appends, quoted. Needs no other buffer: the text is short, and is written twice.
fn write_json(into: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    let start = into.len();
    write(into);
    let end = into.len();
    if !needs_quotes(&into[start..end]) {
        return;
    }
    into.push(b'"');
    for offset in start..end {
        let byte = into[offset];
        into.push(byte);
        if byte == b'"' {
            into.push(byte);
        }
    }
    into.push(b'"');
    into.drain(start..end);
}

fn write_time(time: Option<impl Into<DateTimeText>>, into: &mut Vec<u8>) {
    if let Some(time) = time {
        into.extend_from_slice(time.into().as_bytes());
    }
}
