//! Options of the pipeline.

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::crawl;
use crate::crawl::{InputBatch, Outcome, Scratch};
use crate::exclusions::Exclusions;
use crate::findings::policy::Policy;
use crate::layout::Layouts;
use crate::manifest::times::TrustedTimes;
use crate::output::encoding::Encoding;
use crate::personal::redactor::Redactor;
use crate::pipeline::listing::Listing;
use crate::sys::tasks::TaskQueue;

/// Options of the pipeline.
#[derive(Debug, Clone)]
pub struct PipelineOptions {
    /// Number of reader threads: starts with the lower bound (at least 1) and grows to the upper bound while the
    /// threads are blocked on I/O.
    pub threads: RangeInclusive<usize>,
    /// Rule levels per file.
    pub policy: Policy,
    /// Layouts per file.
    pub layouts: Layouts,
    /// Maximum size of a file in bytes. Larger files are not read.
    pub max_file_size: usize,
    /// Articles that are left out.
    pub exclusions: Option<Arc<Exclusions>>,
    /// Encoding of the records of the articles; `None` to encode no records.
    pub encode: Option<Encoding>,
    /// Reads and encodes the comments on the articles.
    pub encode_comments: bool,
    /// Replaces personal data in records and comments, if there is one.
    pub redactor: Option<Arc<Redactor>>,
    /// Lists where personal data was replaced.
    pub list_redactions: bool,
    /// Computes the SHA-256 of each article's text.
    pub hash_texts: bool,
    /// Computes the SHA-256 of each file, which the list of rejected files contains. Needed for accepted files too,
    /// since an earlier file can still cause their rejection.
    pub hash_files: bool,
    /// Starts the line of each file in a manifest; needs `hash_files`.
    pub manifest: Option<Listing>,
    /// Spares the read of files whose size and time are those of the run before; needs `manifest`.
    pub trusted_times: Option<TrustedTimes>,
    /// Attaches source snippets to findings.
    pub attach_snippets: bool,
    /// Collects per-article metrics for the HTML report.
    pub collect_metrics: bool,
    /// Tasks of the writer of records, which the reader threads run before they read on.
    pub tasks: TaskQueue,
    /// Reads a batch of files: [`crawl::read_batch`], or a substitute in tests.
    pub read_batch: ReadBatchFn,
}

/// Reads a batch of crawl files. Calls back with the index and the outcome of each, in order.
pub type ReadBatchFn = for<'a> fn(InputBatch<'a>, &'a mut Scratch, &mut dyn FnMut(usize, Outcome<'a>));

impl PipelineOptions {
    /// Starts the line of each file in a manifest.
    pub fn list_files(&mut self) {
        self.hash_files = true;
        self.manifest.get_or_insert(Listing::Plain);
    }
}

impl Default for PipelineOptions {
    /// One thread that computes findings only.
    fn default() -> Self {
        PipelineOptions {
            threads: 1..=1,
            policy: Policy::default(),
            layouts: Layouts::default(),
            max_file_size: usize::MAX,
            exclusions: None,
            encode: None,
            encode_comments: false,
            redactor: None,
            list_redactions: false,
            hash_texts: false,
            hash_files: false,
            manifest: None,
            trusted_times: None,
            attach_snippets: false,
            collect_metrics: false,
            tasks: TaskQueue::default(),
            read_batch: crawl::read_batch,
        }
    }
}
