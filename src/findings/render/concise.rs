//! Renders findings as text, one line each: `path:line:column: error[hash-mismatch]: message`.

use std::fmt;

use crate::findings::finding::Finding;
use crate::findings::location::Location;
use crate::findings::render::renderer::{File, Renderer};
use crate::findings::render::style;
use crate::findings::render::style::{DIM, STRONG};
use crate::text::escape::escape;

/// Renders each finding as a line, with styles that the stream may strip.
#[derive(Debug)]
pub struct Concise;

impl Renderer for Concise {
    fn file(&mut self, file: &File<'_>, into: &mut Vec<u8>) {
        for finding in file.findings {
            into.extend_from_slice(line(file.path, finding).to_string().as_bytes());
            into.push(b'\n');
        }
    }

    fn known(&mut self, count: u64, into: &mut Vec<u8>) {
        write_known(count, into);
    }
}

/// Appends a line that gives the number of known findings.
pub fn write_known(count: u64, into: &mut Vec<u8>) {
    into.extend_from_slice(format!("{}\n", known_line(count)).as_bytes());
}

/// Says how many known findings there are, as a line without its end.
pub fn known_line(count: u64) -> String {
    format!("{count} known, not listed")
}

/// Returns the line for `finding`.
pub fn line(path: &str, finding: &Finding) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let Finding { rule, level, location: Location { line, column }, message, .. } = finding;
        let level_style = style::for_level(*level);
        write!(f, "{STRONG}{}{STRONG:#}:{line}:{column}: ", escape(path))?;
        write!(f, "{level_style}{level}{level_style:#}{DIM}[{rule}]{DIM:#}: {}", with_short_digests(message))
    })
}

/// Number of digits that people are shown of a SHA-256, which is whole in the formats for programs.
const SHOWN_DIGITS: usize = 12;

/// Shortens the digests in a message: the words of 64 hex digits.
pub fn with_short_digests(message: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        for word in message.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
            let digits = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            let is_digest = digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            match is_digest {
                true => write!(f, "{}…{}", &digits[..SHOWN_DIGITS], &word[digits.len()..])?,
                false => f.write_str(word)?,
            }
        }
        Ok(())
    })
}
