//! Renders findings to a stream, up to a maximum number.

use std::io::{self, Write};

use crate::findings::finding::Finding;
use crate::findings::render::{File, Renderer};
use crate::findings::rule::Level;

/// Writes findings in one format to one stream.
pub struct Reporter<'w> {
    stream: &'w mut dyn Write,
    report: Box<dyn Renderer>,
    least: Level,
    room: u64,
    left_out: u64,
    pending: Vec<u8>,
}

/// Size of the buffer at which it is flushed.
const MAX_PENDING_BYTES: usize = 256 << 10;

impl<'w> Reporter<'w> {
    /// Reports findings of level `least` and above, at most `most` of them.
    pub fn new(stream: &'w mut dyn Write, mut report: Box<dyn Renderer>, least: Level, most: u64) -> Self {
        let mut pending = Vec::new();
        report.begin(&mut pending);
        Reporter { stream, report, least, room: most, left_out: 0, pending }
    }

    /// Reports the findings of one file.
    ///
    /// # Errors
    /// Writing a full buffer to the stream fails.
    pub fn file(&mut self, path: &str, is_accepted: bool, findings: &[Finding]) -> io::Result<()> {
        let wanted = findings.iter().filter(|finding| finding.level >= self.least);
        let mut findings: Vec<&Finding> = wanted.collect();
        let told = usize::try_from(self.room).map_or(findings.len(), |room| room.min(findings.len()));
        self.left_out += findings[told..].iter().map(|finding| finding.count).sum::<u64>();
        self.room -= told as u64;
        findings.truncate(told);
        let file = File { path, is_accepted, findings: &findings };
        self.report.file(&file, &mut self.pending);
        if self.pending.len() > MAX_PENDING_BYTES { self.flush() } else { Ok(()) }
    }

    /// Flushes buffered output.
    ///
    /// # Errors
    /// Writing to the stream fails.
    pub fn flush(&mut self) -> io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        self.stream.write_all(&self.pending)?;
        self.pending.clear();
        self.pending.shrink_to(MAX_PENDING_BYTES);
        self.stream.flush()
    }

    /// Ends the document and flushes it.
    ///
    /// # Errors
    /// Writing to the stream fails.
    pub fn finish(&mut self) -> io::Result<()> {
        self.report.end(self.left_out, &mut self.pending);
        self.flush()
    }

    /// Number of findings over the limit.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }
}
