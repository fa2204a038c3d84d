//! Batches of results for consecutive sources.

use std::fmt;
use std::io;
use std::mem;
use std::ops::Range;

use crate::crawl::StatedIdentity;
use crate::crawl::text::Reading;
use crate::findings::finding::Finding;
use crate::findings::rule::Level;
use crate::findings::snippet::Snippet;
use crate::output::encoding::{EncodedRecords, RecordSink, clear_buffer};
use crate::personal::KindCounts;
use crate::record::content_hash::ContentHash;
use crate::record::datetime::UtcTime;
use crate::record::metrics::ArticleMetrics;

/// The results for some consecutive sources.
#[derive(Debug, Default)]
pub struct Batch {
    pub(super) files: Vec<FileResult>,
    pub(super) records: EncodedRecords,
    pub(super) comments: Vec<u8>,
    /// Lines that say where personal data was replaced.
    pub(super) redactions: Vec<u8>,
    /// Starts of lines of a manifest.
    pub(super) manifest: Vec<u8>,
    /// Lines of a manifest that spare a read, then records without `text` and `path`, which are hashed.
    pub(super) buffer: Vec<u8>,
    /// Labels that the metrics refer to.
    pub(super) label_arena: String,
    /// Memory of the findings and the paths, in bytes.
    pub(super) heap_bytes: usize,
    /// Bytes of the budget that are returned with the batch.
    pub(super) budget_bytes: usize,
}

/// The result for one source.
#[derive(Debug, Default)]
pub struct FileResult {
    /// The path in records and findings.
    pub path: String,
    /// Number of bytes read.
    pub bytes: usize,
    /// Size in bytes; `None` if it was not read to its end, in this run or the one before.
    pub size: Option<u64>,
    /// Modification time in nanoseconds since 1970, if it was asked for and is old enough to be trusted.
    pub mtime_ns: Option<u64>,
    /// The SHA-256 of the whole file; `None` if it was not requested or the file could not be read.
    pub file_hash: Option<ContentHash>,
    /// The SHA-256 of the article's text; `None` if it was not requested or there is no article.
    pub text_hash: Option<ContentHash>,
    /// The SHA-256 of the record without `text` and `path`; `None` if it was not requested or there is no article.
    pub record_hash: Option<ContentHash>,
    /// `true` for an article that the lists of the run leave out. Nothing else is known of it but its path and size.
    pub is_excluded: bool,
    /// `true` for a duplicate, whose record is not written.
    pub is_skipped: bool,
    /// `true` for a file whose record a run before has written.
    pub is_unchanged: bool,
    /// `true` for a file that was not read, since its size and time are those of a run before, which verified it.
    pub is_spared: bool,
    /// The reading that the content hash verifies.
    pub verified_reading: Option<VerifiedReading>,
    /// The article's identity, if it is valid.
    pub identity: Option<StatedIdentity>,
    /// Snippet for the identity, if snippets are requested: a later finding may need it.
    pub id_snippet: Option<Box<Snippet>>,
    /// The earlier file with the same id, if duplicate detection is on.
    pub earlier: Option<EarlierFile>,
    /// Metrics for the HTML report, if requested. A rejected file may have them too.
    pub metrics: Option<ArticleMetrics>,
    /// Time of the crawl, if there is an article that gives it.
    pub crawled_at: Option<UtcTime>,
    /// The findings, in the order of their places.
    pub findings: Vec<Finding>,
    /// Numbers of replacements in the record and the comments. Valid only while there is a record.
    pub redacted: KindCounts,
    /// Findings that the baseline knows, which are not among the others.
    pub known: Vec<Finding>,
    /// [Range](EncodedRecords::append) of the record in the batch's records, empty if none are encoded; `None` for a
    /// rejected file.
    pub(super) record: Option<Range<usize>>,
    /// Range of the comments in the batch's comments. Valid only while there is a record.
    pub(super) comments: Range<usize>,
    /// Range of the lines on replacements in the batch's. Valid only while there is a record.
    pub(super) redactions: Range<usize>,
    /// Range in the batch's buffer of what [`record_hash`](FileResult::record_hash) covers, until it is hashed.
    pub(super) hashed_record: Range<usize>,
    /// Range of the start of its line in the batch's manifest; empty for a file that was not read.
    pub(super) manifest: Range<usize>,
}

/// Reading whose text has the content hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerifiedReading {
    /// Of the built-in layout.
    BuiltIn(Reading),
    /// By the recipe of another layout.
    Layout,
}

impl fmt::Display for VerifiedReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VerifiedReading::BuiltIn(reading) => reading.fmt(f),
            VerifiedReading::Layout => f.write_str("by the layout's recipe"),
        }
    }
}

/// An earlier file with the same id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierFile {
    /// The earlier file's path.
    pub path: String,
    /// `true` if the content hashes differ.
    pub content_differs: bool,
}

impl FileResult {
    /// Returns `true` if the text has the content hash.
    pub fn is_verified(&self) -> bool {
        self.is_spared || self.verified_reading.is_some()
    }

    /// Returns `true` if the file is accepted.
    pub fn is_accepted(&self) -> bool {
        self.record.is_some()
    }

    /// Returns `true` if the file is rejected by a finding that the baseline does not know.
    pub fn is_rejected_anew(&self) -> bool {
        !self.is_accepted() && self.findings.iter().any(|finding| finding.level == Level::Error)
    }

    /// Discards the record of a duplicate without marking the file as rejected.
    pub fn skip(&mut self) {
        self.is_skipped = true;
        self.discard_record();
    }

    /// Discards the record of a file that a run before has written.
    pub fn mark_unchanged(&mut self) {
        self.is_unchanged = true;
        self.discard_record();
    }

    fn discard_record(&mut self) {
        self.record = self.record.take().map(|record| record.start..record.start);
        self.comments = 0..0;
        self.redactions = 0..0;
        self.redacted = KindCounts::default();
    }

    /// Inserts a finding in the order of places. An error discards the record.
    pub fn add(&mut self, finding: Finding) {
        if finding.level == Level::Error {
            self.record = None;
        }
        let index = self.findings.partition_point(|other| other.location <= finding.location);
        self.findings.insert(index, finding);
    }
}

impl Batch {
    /// The results, in order.
    pub fn files(&mut self) -> &mut [FileResult] {
        &mut self.files
    }

    /// Calls `each` for the results, in order, with the start of the file's line in a manifest, until it returns `false`.
    /// Returns their number.
    ///
    /// # Errors
    /// That of `each`.
    pub fn try_for_each<E>(
        &mut self,
        mut each: impl FnMut(&mut FileResult, &[u8]) -> Result<bool, E>,
    ) -> Result<usize, E> {
        for (index, file) in self.files.iter_mut().enumerate() {
            let line = &self.manifest[file.manifest.clone()];
            if !each(file, line)? {
                return Ok(index + 1);
            }
        }
        Ok(self.files.len())
    }

    /// Drops all results but the first `count`.
    pub fn truncate(&mut self, count: usize) {
        self.files.truncate(count);
    }

    /// The results, in order, with the labels that their metrics refer to.
    pub fn files_and_labels(&self) -> (&[FileResult], &str) {
        (&self.files, &self.label_arena)
    }

    /// The encoded comments on the accepted articles, in order.
    pub fn comments(&self) -> impl Iterator<Item = &[u8]> {
        let accepted = self.files.iter().filter(|file| file.is_accepted() && !file.comments.is_empty());
        accepted.map(|file| &self.comments[file.comments.clone()])
    }

    /// The lines on replacements in the records and comments of the accepted files, in order.
    pub fn redactions(&self) -> impl Iterator<Item = &[u8]> {
        let accepted = self.files.iter().filter(|file| file.is_accepted() && !file.redactions.is_empty());
        accepted.map(|file| &self.redactions[file.redactions.clone()])
    }

    /// Writes the records of the accepted files, in order. Adjacent lines are written as one slice.
    ///
    /// # Errors
    /// Writing fails.
    pub fn write_records(&mut self, sink: &mut dyn RecordSink) -> io::Result<()> {
        let mut rest = self.files.iter().filter_map(|file| file.record.clone()).peekable();
        let ranges = std::iter::from_fn(move || {
            let mut range = rest.next()?;
            while let Some(next) = rest.next_if(|next| next.start == range.end) {
                range.end = next.end;
            }
            Some(range)
        });
        self.records.write(ranges, sink)
    }

    /// Memory of the batch in bytes.
    pub(super) fn size(&self) -> usize {
        let Batch { files, records, comments, redactions, manifest, label_arena, heap_bytes, .. } = self;
        let lines = comments.len() + redactions.len() + manifest.len();
        files.len() * size_of::<FileResult>() + records.memory() + lines + label_arena.len() + heap_bytes
    }

    /// Prepares the batch for other sources, and shrinks its buffers to about `limit` bytes if they are much larger.
    /// Returns the bytes of the budget to give back.
    pub(super) fn clear(&mut self, limit: usize) -> usize {
        self.files.clear();
        self.records.clear(limit);
        let Batch { comments, redactions, manifest, buffer, .. } = self;
        for bytes in [comments, redactions, manifest, buffer] {
            clear_buffer(bytes, limit);
        }
        self.label_arena.clear();
        self.heap_bytes = 0;
        mem::take(&mut self.budget_bytes)
    }
}
