//! Renders findings to a stream, up to a maximum number.

use std::io::{self, Write};

use crate::findings::finding::Finding;
use crate::findings::render::renderer::{File, KnownFindings, Renderer};
use crate::findings::rule::Level;

/// Writes findings in one format to one stream.
pub struct Reporter<'w> {
    stream: &'w mut dyn Write,
    report: Box<dyn Renderer>,
    least: Level,
    room: u64,
    left_out: u64,
    baseline: Option<KnownCount>,
    pending: Vec<u8>,
}

/// Known findings so far, and how many more of them may be listed.
struct KnownCount {
    count: u64,
    room: u64,
}

/// Size of the buffer at which it is flushed.
const MAX_PENDING_BYTES: usize = 256 << 10;

impl<'w> Reporter<'w> {
    /// Reports findings of level `least` and above, at most `most` of them.
    pub fn new(stream: &'w mut dyn Write, mut report: Box<dyn Renderer>, least: Level, most: u64) -> Self {
        let mut pending = Vec::new();
        report.begin(&mut pending);
        Reporter { stream, report, least, room: most, left_out: 0, baseline: None, pending }
    }

    /// Reports known findings too. Where they are listed, they take at most half of the room.
    pub fn with_baseline(mut self) -> Self {
        let room = if self.report.lists_known() { self.room / 2 } else { 0 };
        self.room -= room;
        self.baseline = Some(KnownCount { count: 0, room });
        self
    }

    /// Reports the findings of one file: those that are new, or all without a baseline, and those that are known.
    ///
    /// # Errors
    /// Writing a full buffer to the stream fails.
    pub fn file(
        &mut self,
        path: &str,
        is_accepted: bool,
        findings: &[Finding],
        known: &[Finding],
    ) -> io::Result<()> {
        let explain_rejection = !is_accepted && !findings.iter().any(|finding| finding.level == Level::Error);
        let (listed, left_out) = within(&mut self.room, findings, self.least);
        self.left_out += left_out;
        let mut listed_known = Vec::new();
        if let Some(baseline) = &mut self.baseline {
            baseline.count += known.iter().map(|finding| finding.count).sum::<u64>();
            if self.report.lists_known() {
                let left_out;
                (listed_known, left_out) = within(&mut baseline.room, known, self.least);
                self.left_out += left_out;
            }
        }
        let known = KnownFindings { findings: &listed_known, explain_rejection };
        let known = self.baseline.as_ref().map(|_| known);
        let file = File { path, is_accepted, findings: &listed, known };
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
        if let Some(baseline) = &self.baseline {
            self.report.known(baseline.count, &mut self.pending);
        }
        self.report.end(self.left_out, &mut self.pending);
        self.flush()
    }

    /// Number of findings over the limit.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }
}

/// Returns the findings of level `least` and above for which there is room, and the number of the others of that level.
fn within<'f>(room: &mut u64, findings: &'f [Finding], least: Level) -> (Vec<&'f Finding>, u64) {
    let mut wanted: Vec<&Finding> = findings.iter().filter(|finding| finding.level >= least).collect();
    let listed = usize::try_from(*room).map_or(wanted.len(), |room| room.min(wanted.len()));
    let left_out = wanted[listed..].iter().map(|finding| finding.count).sum();
    *room -= listed as u64;
    wanted.truncate(listed);
    (wanted, left_out)
}
