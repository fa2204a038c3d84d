//! Findings as text, one line each: `path:line:column: error[hash-mismatch]: message`.

use std::fmt;

use anstyle::{AnsiColor, Style};

use super::{File, Report};
use crate::finding::{Finding, Level, Place};
use crate::quote::escape;

/// Writes a line for each finding, in colours that the stream may strip.
#[derive(Debug)]
pub struct Concise;

const PATH: Style = Style::new().bold();
const RULE: Style = Style::new().dimmed();

impl Report for Concise {
    fn file(&mut self, file: &File<'_>, into: &mut Vec<u8>) {
        for finding in file.findings {
            into.extend_from_slice(line(file.path, finding).to_string().as_bytes());
            into.push(b'\n');
        }
    }
}

/// The line that tells of `finding`.
pub fn line(path: &str, finding: &Finding) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let Finding { rule, level, place: Place { line, column }, message, .. } = finding;
        let level_style = style_of(*level);
        write!(f, "{PATH}{}{PATH:#}:{line}:{column}: ", escape(path))?;
        write!(f, "{level_style}{level}{level_style:#}{RULE}[{rule}]{RULE:#}: {message}")
    })
}

fn style_of(level: Level) -> Style {
    let color = if level == Level::Error { AnsiColor::Red } else { AnsiColor::Yellow };
    color.on_default().bold()
}
