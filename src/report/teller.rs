//! What a format makes of the findings, on its way to a stream: no more of them than was asked for.

use std::io::{self, Write};

use super::{File, Report};
use crate::finding::{Finding, Level};

/// Tells findings in one format to one stream.
pub struct Teller<'w> {
    stream: &'w mut dyn Write,
    report: Box<dyn Report>,
    least: Level,
    room: u64,
    left_out: u64,
    pending: Vec<u8>,
}

impl<'w> Teller<'w> {
    /// Tells findings of `least` and above, the first `most` of them.
    pub fn new(stream: &'w mut dyn Write, mut report: Box<dyn Report>, least: Level, most: u64) -> Self {
        let mut pending = Vec::new();
        report.begin(&mut pending);
        Teller { stream, report, least, room: most, left_out: 0, pending }
    }

    /// Tells the findings of one file.
    pub fn file(&mut self, path: &str, is_accepted: bool, findings: &[Finding]) {
        let wanted = findings.iter().filter(|finding| finding.level >= self.least);
        let mut findings: Vec<&Finding> = wanted.collect();
        let told = usize::try_from(self.room).map_or(findings.len(), |room| room.min(findings.len()));
        self.left_out += (findings.len() - told) as u64;
        self.room -= told as u64;
        findings.truncate(told);
        let file = File { path, is_accepted, findings: &findings };
        self.report.file(&file, &mut self.pending);
    }

    /// Hands over what was told so far.
    ///
    /// # Errors
    /// Those of the stream.
    pub fn flush(&mut self) -> io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        self.stream.write_all(&self.pending)?;
        self.pending.clear();
        self.stream.flush()
    }

    /// Ends the report.
    ///
    /// # Errors
    /// Those of the stream.
    pub fn finish(&mut self) -> io::Result<()> {
        self.report.end(self.left_out, &mut self.pending);
        self.flush()
    }

    /// How many findings were over the limit.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }
}
