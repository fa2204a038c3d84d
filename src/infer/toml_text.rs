//! Writes values as TOML.

use std::fmt::Write;

use crate::text::escape::is_unsafe;
use crate::text::json;

/// Returns `text` as a basic string. Control, bidi and line separating characters are escaped.
pub fn string(text: &str) -> String {
    let mut string = String::new();
    // JSON escapes what TOML does, but for a few control characters.
    for c in json::text(&text).chars() {
        match c {
            // Writing to a string cannot fail.
            c if is_unsafe(c) => _ = write!(string, "\\U{:08X}", u32::from(c)),
            c => string.push(c),
        }
    }
    string
}

/// Returns one text as a string, others as an array of strings.
pub fn one_or_more(texts: &[String]) -> String {
    match texts {
        [one] => string(one),
        texts => array(texts),
    }
}

/// Returns an array of strings.
pub fn array(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| string(text)).collect::<Vec<_>>().join(", "))
}
