//! Serializes and parses JSON with `serde_json` (records have their own writer).

use std::fmt::Write;
use std::io;

use serde::{Deserialize, Serialize};

use crate::text::escape::is_unsafe;

/// Serializes a value whose keys are strings.
pub fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("memory takes every byte, and the keys are strings")
}

/// Serializes a value as one line. Control characters, line separators and bidi controls are escaped.
pub fn line(value: &impl Serialize) -> String {
    let mut line = String::new();
    for c in text(value).chars() {
        match c {
            // Writing to a string cannot fail.
            c if is_unsafe(c) => _ = write!(line, "\\u{:04x}", u32::from(c)),
            c => line.push(c),
        }
    }
    line.push('\n');
    line
}

/// Parses JSON.
///
/// # Errors
/// The bytes are not JSON of type `T`.
pub fn parse<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> io::Result<T> {
    serde_json::from_slice(bytes).map_err(io::Error::other)
}
