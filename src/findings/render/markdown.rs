//! Renders findings as a Markdown table, for issues, wikis and the pages of CI systems.

use std::io::Write as _;

use crate::findings::finding::Finding;
use crate::findings::location::Location;
use crate::findings::render::concise::known_line;
use crate::findings::render::renderer::{File, Renderer};
use crate::text::escape::escape;
use crate::text::markdown::literal;

/// Renders each finding as a row.
#[derive(Debug)]
pub struct Markdown;

impl Renderer for Markdown {
    fn begin(&mut self, into: &mut Vec<u8>) {
        into.extend_from_slice(b"| place | level | rule | message |\n| --- | --- | --- | --- |\n");
    }

    fn file(&mut self, file: &File<'_>, into: &mut Vec<u8>) {
        let path = escape(file.path).to_string();
        for Finding { rule, level, location: Location { line, column }, message, .. } in file.findings {
            let (path, message) = (literal(&path), literal(message));
            let written = writeln!(into, "| {path}:{line}:{column} | {level} | {rule} | {message} |");
            written.expect("memory takes every byte");
        }
    }

    fn known(&mut self, count: u64, into: &mut Vec<u8>) {
        into.extend_from_slice(format!("\n{}\n", known_line(count)).as_bytes());
    }
}
