//! Reads sources in several threads and returns their results in order.

mod batch;
mod budget;
pub(crate) mod cpu;
pub(crate) mod pool;
pub(crate) mod queue;
mod share;

use std::io;
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use crate::pipeline::batch::{Batch, FileResult, SameId};
use crate::pipeline::share::BudgetShare;

use crate::crawl;
use crate::crawl::{BATCH_FILES, Input, InputBatch, Outcome, Scratch};
use crate::findings::finding::{Finding, Level, Location, Rule};
use crate::findings::policy::Policy;
use crate::findings::snippet;
use crate::findings::snippet::Snippet;
use crate::input::Source;
use crate::input::opener::CachedDirOpener;
use crate::input::reader::{ReadBuffer, ReadError};
use crate::output::columnar::row;
use crate::output::json::projection::Projection;
use crate::output::json::{comments, record};
use crate::output::redact;
use crate::record::content_hash::ContentHash;
use crate::record::metrics::ArticleMetrics;
use crate::text::escape::escape;

/// Options of the pipeline.
#[derive(Debug, Clone)]
pub struct PipelineOptions {
    /// Number of reader threads: starts with the lower bound (at least 1) and grows to the upper bound while the
    /// threads are blocked on I/O.
    pub threads: RangeInclusive<usize>,
    /// Rule levels per file.
    pub policy: Policy,
    /// Maximum size of a file in bytes. Larger files are not read.
    pub max_file_size: usize,
    /// Encodes the records of the articles.
    pub records: bool,
    /// Encodes records as rows for columnar formats instead of JSON Lines.
    pub rows: bool,
    /// Keys of the record to write; `None` for all.
    pub fields: Option<Projection>,
    /// Reads and encodes the comments on the articles.
    pub comments: bool,
    /// Replaces e-mail addresses in records and comments.
    pub redacts: bool,
    /// Computes the SHA-256 of each article's text.
    pub texts: bool,
    /// Computes the SHA-256 of each file, which the list of rejected files contains. Needed for accepted files too,
    /// since an earlier file can still cause their rejection.
    pub digests: bool,
    /// Attaches source snippets to findings.
    pub excerpts: bool,
    /// Collects per-article metrics for the HTML report.
    pub sketches: bool,
    /// Reads a batch of files: [`crawl::read_batch`], or a substitute in tests.
    pub read: Read,
}

impl Default for PipelineOptions {
    /// One thread that computes findings only.
    fn default() -> Self {
        PipelineOptions {
            threads: 1..=1,
            policy: Policy::default(),
            max_file_size: usize::MAX,
            records: false,
            rows: false,
            fields: None,
            comments: false,
            redacts: false,
            texts: false,
            digests: false,
            excerpts: false,
            sketches: false,
            read: crawl::read_batch,
        }
    }
}

/// Reads a batch of crawl files. Calls back with the index and the outcome of each, in order.
pub type Read = for<'a> fn(InputBatch<'a>, &'a mut Scratch, &mut dyn FnMut(usize, Outcome<'a>));

/// Name of the reader threads. Their panics are caught and become findings.
pub const WORKER_NAME: &str = "reader";

impl PipelineOptions {
    /// Reads all sources and passes the batches, in the order of the sources, to `receive`.
    ///
    /// # Errors
    /// Outer: a thread cannot be started. Inner: the error of `receive`, which ends the run.
    pub fn run<E>(
        &self,
        sources: impl Iterator<Item = Source> + Send,
        receive: impl FnMut(&mut Batch) -> Result<(), E>,
    ) -> io::Result<Result<(), E>> {
        pool::run(self, sources, receive)
    }

    /// Reads the first of `sources` into `batch`: at most [`BATCH_FILES`], and as `share` has room for. Returns
    /// their number, at least one.
    fn read(
        &self,
        sources: &mut [Source],
        worker: &mut WorkerState,
        batch: &mut Batch,
        share: &mut BudgetShare<'_>,
    ) -> usize {
        let before = (batch.files.len(), batch.records.len(), batch.size());
        let mut begun = 0;
        let read = AssertUnwindSafe(|| self.read_batch(sources, worker, batch, share, &mut begun));
        if let Err(panic) = catch_unwind(read) {
            batch.files.truncate(before.0);
            batch.records.truncate(before.1);
            match &mut sources[..begun.max(1)] {
                [source] => {
                    let mut file = FileResult { path: source.take_shown(), ..FileResult::default() };
                    let message = format!("a bug of this program: {}", panic_message(panic.as_ref()));
                    file.add(failure(Rule::Internal, message));
                    batch.files.push(file);
                }
                // The panic cannot be attributed to one file: retry them one by one.
                together => {
                    together.chunks_mut(1).for_each(|alone| _ = self.read(alone, worker, batch, share))
                }
            }
        }
        if share.is_taken() {
            worker.shrink_buffers(share.bounds.file);
            share.settle(batch, batch.size().saturating_sub(before.2));
        }
        begun.max(1)
    }

    fn read_batch(
        &self,
        sources: &mut [Source],
        worker: &mut WorkerState,
        batch: &mut Batch,
        share: &mut BudgetShare<'_>,
        begun: &mut usize,
    ) {
        let first = batch.files.len();
        let mut waiting = sources.iter();
        let WorkerState { opener, buffers, scratch } = worker;
        let (mut is_full, mut bytes_together) = (false, 0);
        let unread = buffers.each_mut().map(|buffer| {
            let source = waiting.next().filter(|_| !is_full)?;
            let is_first = *begun == 0;
            let has_room = |bytes| {
                let is_outsized = bytes > share.bounds.file;
                if is_outsized && is_first {
                    share.take_for(bytes);
                }
                is_first || !is_outsized
            };
            let mut file = FileResult::default();
            let bytes = buffer.read(source, self.max_file_size, opener, has_room);
            match &bytes {
                Ok(bytes) => file.bytes = bytes.len(),
                Err(ReadError::NoRoom) => {
                    // It is read first in the next batch, where it may take its part of the budget.
                    is_full = true;
                    return None;
                }
                Err(ReadError::Unreadable(error)) => file.add(failure(Rule::Unreadable, error.to_string())),
                Err(ReadError::TooLarge) => {
                    let message = format!("the file has more than {} bytes", self.max_file_size);
                    file.add(failure(Rule::TooLarge, message));
                }
            }
            *begun += 1;
            bytes_together += file.bytes;
            is_full = share.is_taken() || bytes_together >= share.bounds.together;
            batch.files.push(file);
            Some(Input { source: bytes.ok()?, levels: self.policy.levels_of(|| source.shown()) })
        });
        let bytes = unread.each_ref().map(|unread| unread.as_ref().map_or(&b""[..], |unread| unread.source));
        (self.read)(unread, scratch, &mut |number, outcome| {
            self.keep(bytes[number], &sources[number].shown(), outcome, first + number, batch);
        });
        for (file, source) in batch.files[first..].iter_mut().zip(sources) {
            file.path = source.take_shown();
            batch.words += file.path.len();
        }
    }

    /// Encodes the outcome of file `number` into the batch.
    fn keep(&self, bytes: &[u8], path: &str, outcome: Outcome<'_>, number: usize, batch: &mut Batch) {
        let Batch { files, records, comments: all_comments, names, words, .. } = batch;
        let file = &mut files[number];
        if self.digests {
            file.digest = Some(ContentHash::digest(bytes));
        }
        let Outcome { article, is_clean, rejected_article, identity, verified_reading, comments, findings } =
            outcome;
        file.identity = identity;
        file.verified_reading = verified_reading;
        file.findings = findings;
        *words += file.findings.iter().map(size_of_finding).sum::<usize>();
        if self.excerpts {
            snippet::attach(bytes, &mut file.findings);
            file.identity_line = identity.map(|identity| Box::new(Snippet::at(bytes, identity.place)));
        }
        if self.sketches {
            let article = article.as_ref().or(rejected_article.as_deref());
            file.sketch = article.map(|article| ArticleMetrics::new(article, names));
        }
        let Some(mut article) = article else { return };
        article.path = path.into();
        if self.texts {
            // The text of a verified article has the stated hash.
            let stated = identity.filter(|_| article.verified).map(|identity| identity.hash);
            file.text = Some(stated.unwrap_or_else(|| ContentHash::digest(article.text.as_bytes())));
        }
        if self.redacts {
            redact::redact(&mut article);
        }
        if let Some(section) = comments.filter(|_| self.comments) {
            let start = all_comments.len();
            let mut comments = section.comments();
            if self.redacts {
                comments.iter_mut().for_each(redact::redact_comment);
            }
            comments::write(&article.id, &comments, all_comments);
            file.comments = start..all_comments.len();
        }
        let start = records.len();
        match &self.fields {
            _ if !self.records => {}
            _ if self.rows => row::write(&article, self.fields, records),
            None => record::write(&article, is_clean, records),
            Some(fields) => fields.write(&article, records),
        }
        file.record = Some(start..records.len());
    }
}

/// Per-thread buffers, reused from batch to batch.
#[derive(Debug, Default)]
struct WorkerState {
    opener: CachedDirOpener,
    buffers: [ReadBuffer; BATCH_FILES],
    scratch: Scratch,
}

/// Capacity that buffers for text keep. Nearly every text fits.
const RETAINED_TEXT_BYTES: usize = 16 << 10;

impl WorkerState {
    /// Shrinks the text buffers that large files have grown.
    fn shrink(&mut self) {
        self.scratch.shrink_to(RETAINED_TEXT_BYTES);
    }

    /// Shrinks all buffers that files of more than `most` bytes have grown.
    fn shrink_buffers(&mut self, most: usize) {
        self.buffers.iter_mut().for_each(|buffer| buffer.shrink_to(most));
        self.shrink();
    }
}

/// Memory of a finding with its snippet, in bytes.
fn size_of_finding(finding: &Finding) -> usize {
    size_of::<Finding>() + finding.message.capacity() + MAX_EXCERPT_BYTES
}

/// Estimated memory of a snippet in bytes: a bounded number of characters of up to four bytes, and its fields.
const MAX_EXCERPT_BYTES: usize = 640;

/// Creates the finding for a file that could not be read, which is always an error.
fn failure(rule: Rule, message: String) -> Finding {
    Finding { rule, level: Level::Error, place: Location::START, message, excerpt: None, count: 1 }
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let message = panic.downcast_ref::<&str>().copied();
    let message = message.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    escape(message.unwrap_or("no message")).to_string()
}
