//! Rows: the binary form in which worker threads hand records to the thread that builds columns.
//!
//! A row is its length in bytes, then its values in the record's order: numbers of eight bytes, and texts after their
//! length. It never leaves the program.

use std::str;

use crate::output::projection::Projection;
use crate::record::article::{Article, Author};
use crate::record::key::KeyValue;

/// Appends the row of `article`, with the keys of `projection`.
pub fn write(article: &Article<'_>, projection: Projection, into: &mut Vec<u8>) {
    let start = into.len();
    write_length(0, into);
    for key in projection.keys() {
        write_value(article.value(key), into);
    }
    let length = (into.len() - start - LENGTH) as u64;
    into[start..start + LENGTH].copy_from_slice(&length.to_le_bytes());
}

/// Splits the first row from the rest; `None` if no whole row is left.
pub fn split_first(rows: &[u8]) -> Option<(EncodedRow<'_>, &[u8])> {
    let mut rest = EncodedRow { rest: rows };
    let row = rest.bytes()?;
    Some((EncodedRow { rest: row }, rest.rest))
}

/// Unread values of one row. Each method returns `None` if the next value is of another kind.
#[derive(Debug, Clone, Copy)]
pub struct EncodedRow<'a> {
    rest: &'a [u8],
}

impl<'a> EncodedRow<'a> {
    /// Number of bytes left.
    pub fn len(self) -> usize {
        self.rest.len()
    }

    /// Returns `true` if all values are read.
    pub fn is_empty(self) -> bool {
        self.rest.is_empty()
    }

    /// Reads a text.
    pub fn text(&mut self) -> Option<&'a str> {
        str::from_utf8(self.bytes()?).ok()
    }

    /// Reads an optional number.
    pub fn number(&mut self) -> Option<Option<i64>> {
        let (is_there, rest) = self.rest.split_first()?;
        self.rest = rest;
        match is_there {
            0 => Some(None),
            _ => Some(Some(i64::from_le_bytes(self.eight()?))),
        }
    }

    /// Reads the number of items of a list; the items follow.
    pub fn count(&mut self) -> Option<usize> {
        usize::try_from(u64::from_le_bytes(self.eight()?)).ok()
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.count()?;
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(bytes)
    }

    fn eight(&mut self) -> Option<[u8; LENGTH]> {
        let (eight, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*eight)
    }
}

const LENGTH: usize = size_of::<u64>();

fn write_value(value: KeyValue<'_>, into: &mut Vec<u8>) {
    match value {
        KeyValue::Text(text) => write_text(text, into),
        KeyValue::Authors(authors) => {
            write_length(authors.len(), into);
            for Author { name, role, email } in authors {
                [name, role, email].into_iter().for_each(|text| write_text(text, into));
            }
        }
        KeyValue::Date(date) => write_number(date.map(|date| date.days_since_epoch().into()), into),
        KeyValue::KoreanTime(time) => write_number(time.map(|time| time.unix_micros()), into),
        KeyValue::UtcTime(time) => write_number(time.map(|time| time.unix_micros()), into),
        KeyValue::Bool(value) => write_number(Some((*value).into()), into),
        // A larger number is `invalid-field` and never comes here.
        KeyValue::Count(count) => write_number(Some(i64::try_from(*count).unwrap_or(i64::MAX)), into),
        KeyValue::Extra(extra) => {
            write_length(extra.len(), into);
            for (key, value) in extra {
                write_text(key, into);
                write_text(value, into);
            }
        }
    }
}

fn write_text(text: &str, into: &mut Vec<u8>) {
    write_length(text.len(), into);
    into.extend_from_slice(text.as_bytes());
}

fn write_length(length: usize, into: &mut Vec<u8>) {
    into.extend_from_slice(&(length as u64).to_le_bytes());
}

fn write_number(number: Option<i64>, into: &mut Vec<u8>) {
    into.push(number.is_some().into());
    if let Some(number) = number {
        into.extend_from_slice(&number.to_le_bytes());
    }
}
