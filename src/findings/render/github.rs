//! Renders findings as workflow commands of GitHub Actions, which become annotations.
//!
//! GitHub shows 10 errors and 10 warnings per step; the log has all of them.

use std::fmt;
use std::io::Write;

use crate::findings::finding::Finding;
use crate::findings::location::Location;
use crate::findings::render::concise::known_line;
use crate::findings::render::renderer::{File, Renderer};
use crate::findings::render::repository::path_in_repository;
use crate::text::escape::escape;

/// Renders each finding as a command.
#[derive(Debug)]
pub struct Github;

impl Renderer for Github {
    fn file(&mut self, file: &File<'_>, into: &mut Vec<u8>) {
        let path = escape(&path_in_repository(file.path)).to_string();
        for Finding { rule, level, location: Location { line, column }, message, .. } in file.findings {
            let file = encode(&path, ":,");
            let message = format!("{path}:{line}:{column}: {message}");
            let message = encode(&message, "");
            let written = writeln!(
                into,
                "::{level} file={file},line={line},col={column},title=ingest {rule}::{message}"
            );
            written.expect("memory takes every byte");
        }
    }

    fn known(&mut self, count: u64, into: &mut Vec<u8>) {
        let command = format!("::notice title=ingest baseline::{}\n", known_line(count));
        into.extend_from_slice(command.as_bytes());
    }
}

/// Percent-encodes `%`, line ends and the characters in `also`, which have a meaning in a command.
fn encode(text: &str, also: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        for c in text.chars() {
            match c {
                '%' | '\r' | '\n' => write!(f, "%{:02X}", u32::from(c))?,
                c if also.contains(c) => write!(f, "%{:02X}", u32::from(c))?,
                c => fmt::Write::write_char(f, c)?,
            }
        }
        Ok(())
    })
}
