//! Findings as text, one line each: `path:line:column: error[hash-mismatch]: message`.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::Report;
use crate::finding::{Finding, Level, Place};
use crate::quote::escape;

/// Writes a line for each finding, in colours that the stream may strip.
#[derive(Debug)]
pub struct Text<W> {
    stream: W,
    least: Level,
    lines: Vec<u8>,
}

impl<W: Write> Text<W> {
    /// Findings of `least` and above, to `stream`.
    pub fn new(stream: W, least: Level) -> Self {
        Text { stream, least, lines: Vec::new() }
    }
}

const PATH: Style = Style::new().bold();
const RULE: Style = Style::new().dimmed();

impl<W: Write> Report for Text<W> {
    fn file(&mut self, path: &str, findings: &[Finding]) -> io::Result<()> {
        for Finding { rule, level, place: Place { line, column }, message } in findings {
            if *level >= self.least {
                let level_style = style_of(*level);
                write!(self.lines, "{PATH}{}{PATH:#}:{line}:{column}: ", escape(path))?;
                writeln!(self.lines, "{level_style}{level}{level_style:#}{RULE}[{rule}]{RULE:#}: {message}")?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.lines.is_empty() {
            self.stream.write_all(&self.lines)?;
            self.lines.clear();
        }
        self.stream.flush()
    }
}

fn style_of(level: Level) -> Style {
    let color = if level == Level::Error { AnsiColor::Red } else { AnsiColor::Yellow };
    color.on_default().bold()
}
