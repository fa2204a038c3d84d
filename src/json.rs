//! JSON text of whatever is no record: the one place that knows which library writes and reads it.

use std::fmt::Write;
use std::io;

use serde::{Deserialize, Serialize};

use crate::quote::is_unsafe;

/// The JSON text of a value whose keys are strings.
pub fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("memory takes every byte, and the keys are strings")
}

/// The JSON text of a value as one line for every reader: what some take for the end of a line is escaped.
pub fn line(value: &impl Serialize) -> String {
    let mut line = String::new();
    for c in text(value).chars() {
        match c {
            // Memory takes every byte.
            c if is_unsafe(c) => _ = write!(line, "\\u{:04x}", u32::from(c)),
            c => line.push(c),
        }
    }
    line.push('\n');
    line
}

/// Parses a value.
///
/// # Errors
/// The bytes are not the JSON text of one.
pub fn parse<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> io::Result<T> {
    serde_json::from_slice(bytes).map_err(io::Error::other)
}
