//! Runs the pipeline: deduplicates its batches in order and writes them to the output streams.

pub(crate) mod dedup;
mod expected;
pub mod id_index;
mod id_map;
pub mod revisions;
pub mod tracking;

use std::convert::Infallible;
use std::fmt;
use std::io::{self, Write};
use std::time::Instant;

use crate::expect::ArchiveCounts;
use crate::findings::baseline::Baseline;
use crate::findings::render::Reporter;
use crate::input::Source;
use crate::output::encoding::RecordSink;
use crate::output::json::rejects;
use crate::pipeline;
use crate::pipeline::{FileResult, PipelineOptions};
use crate::progress::Progress;
use crate::report::stats::ArchiveStats;
use crate::run::dedup::{Deduplicator, Disposition};
pub use crate::run::expected::Expected;
use crate::run::id_index::Dedup;
use crate::run::revisions::Revisions;
use crate::run::tracking::Tracking;
use crate::summary::{KnownCounts, Summary};
use crate::text::escape::escape;

/// Reason for which a run could not be completed.
#[derive(Debug)]
pub enum RunError {
    /// Writing an output stream failed.
    Output(OutputKind, io::Error),
    /// Writing the findings failed.
    Findings(io::Error),
    /// A thread cannot be started.
    Threads(io::Error),
    /// The second reading of the files was not the first one again.
    Changed(io::Error),
}

impl RunError {
    /// The underlying I/O error.
    pub fn source(&self) -> &io::Error {
        match self {
            RunError::Output(_, error)
            | RunError::Findings(error)
            | RunError::Threads(error)
            | RunError::Changed(error) => error,
        }
    }

    /// Unwraps the I/O error, so that the caller can add the path.
    pub fn into_io_error(self) -> io::Error {
        match self {
            RunError::Output(_, error)
            | RunError::Findings(error)
            | RunError::Threads(error)
            | RunError::Changed(error) => error,
        }
    }

    fn changed() -> Self {
        RunError::Changed(io::Error::other(
            "an article of the first reading is not the same in the second one",
        ))
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Output(kind, error) => write!(f, "cannot write {kind}: {error}"),
            RunError::Findings(error) => write!(f, "cannot write the findings: {error}"),
            RunError::Threads(error) => write!(f, "cannot start a thread: {error}"),
            RunError::Changed(error) => {
                write!(f, "the files changed while `--keep latest` read them twice: {error}")
            }
        }
    }
}

impl std::error::Error for RunError {}

/// Reason for which a run ends before its sources do.
enum Stop {
    Failed(RunError),
    FirstRejected,
}

/// The kind of output written to a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputKind {
    /// Records of the accepted files.
    Records,
    /// One line for each comment on an accepted article.
    Comments,
    /// One line for each replacement of personal data in the records and comments.
    Redactions,
    /// One line for each rejected file.
    Rejects,
    /// One line for each duplicate that is left out.
    LeftOut,
    /// One line for each file, which goes to a temporary file first.
    Manifest,
}

impl fmt::Display for OutputKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            OutputKind::Records => "the records",
            OutputKind::Comments => "the comments",
            OutputKind::Redactions => "the redactions",
            OutputKind::Rejects => "the rejected files",
            OutputKind::LeftOut => "the files that are left out",
            OutputKind::Manifest => "the manifest",
        })
    }
}

/// Output streams of a run, except for its findings.
#[derive(Default)]
pub struct Sinks<'s> {
    /// Records of the accepted files, in the encoding that the pipeline uses.
    pub records: Option<&'s mut dyn RecordSink>,
    /// Lines of the other kinds.
    pub lines: Vec<(OutputKind, &'s mut dyn Write)>,
}

/// Observers that are notified after each file or batch.
pub struct Observers<'a, 'w> {
    /// Renders the findings.
    pub reporter: &'a mut Reporter<'w>,
    /// Shows the progress.
    pub progress: &'a Progress,
    /// Collects statistics of all files, including duplicates that are left out, but not those of the lists.
    pub stats: Option<&'a mut ArchiveStats>,
    /// Collects what a manifest says of the files.
    pub tracking: Tracking<'a>,
    /// Sorts out the findings that are known, those of rejected and of accepted files.
    pub baseline: Option<&'a mut Baseline>,
    /// Judges the archive as a whole.
    pub expected: Option<Expected<'a>>,
}

/// Options that skip files or end the run early.
#[derive(Debug, Default)]
pub struct SkipOptions {
    /// Skip articles that duplicate an earlier one (see [`Dedup`]).
    pub dedup: Option<Dedup>,
    /// The latest copies, which are kept instead of the first ones; see [`latest`].
    pub latest: Option<Revisions>,
    /// Stop after the first rejected file (`--fail-fast`).
    pub fail_fast: bool,
}

/// Reads all sources to find the latest copy of each article. A following [`run`] must read the same sources.
///
/// # Errors
/// A thread cannot be started.
pub fn latest(
    options: &PipelineOptions,
    sources: impl Iterator<Item = Source> + Send,
    progress: &Progress,
) -> Result<Revisions, RunError> {
    let mut revisions = Revisions::default();
    let (mut files, mut bytes) = (0, 0);
    let read = pipeline::run(options, sources, |batch| -> Result<(), Infallible> {
        for file in batch.files() {
            if !file.is_excluded {
                revisions.observe(file);
            }
            files += 1;
            bytes += file.bytes as u64;
        }
        progress.at(files, bytes);
        Ok(())
    });
    let Ok(()) = read.map_err(RunError::Threads)?;
    revisions.rewind();
    Ok(revisions)
}

/// Reads all sources and writes the results to `sinks`.
///
/// # Errors
/// See [`RunError`]. Output written before the error is not undone.
pub fn run(
    options: &PipelineOptions,
    sources: impl Iterator<Item = Source> + Send,
    sinks: Sinks<'_>,
    observers: Observers<'_, '_>,
    skip: SkipOptions,
) -> Result<Summary, RunError> {
    let Observers { reporter, progress, mut stats, mut tracking, mut baseline, expected } = observers;
    let SkipOptions { dedup, latest, fail_fast } = skip;
    let Sinks { mut records, mut lines } = sinks;
    let lists = |kind| lines.iter().any(|(known, _)| *known == kind);
    let (lists_rejects, lists_left_out) = (lists(OutputKind::Rejects), lists(OutputKind::LeftOut));
    let (mut rejected, mut left_out) = (Vec::new(), Vec::new());
    let start = Instant::now();
    let mut summary = Summary {
        archive: expected.map(|_| ArchiveCounts::default()),
        known: baseline.as_ref().map(|_| KnownCounts::default()),
        ..Summary::default()
    };
    let count_duplicates = stats.is_some() || expected.is_some();
    let mut deduplicator = Deduplicator::new(&options.policy, dedup, latest, count_duplicates);
    let ran = pipeline::run(options, sources, |batch| {
        let mut is_rejected = false;
        let count = batch.try_for_each(|file, line| {
            if file.is_excluded {
                if lists_left_out {
                    left_out
                        .extend_from_slice(left_out_line(file, "a list excludes this article").as_bytes());
                }
                summary.add(file);
                return Ok(true);
            }
            match deduplicator.check(file) {
                Disposition::Keep => {}
                Disposition::Skip(reason) => {
                    file.skip();
                    if lists_left_out {
                        left_out.extend_from_slice(left_out_line(file, reason).as_bytes());
                    }
                }
                Disposition::Unexpected => return Err(Stop::Failed(RunError::changed())),
            }
            let tracked = tracking.add(file, line);
            tracked.map_err(|error| Stop::Failed(RunError::Output(OutputKind::Manifest, error)))?;
            if lists_left_out && file.is_unchanged {
                let reason = "it is unchanged since the manifest was written";
                left_out.extend_from_slice(left_out_line(file, reason).as_bytes());
            }
            if let Some(baseline) = &mut baseline {
                let FileResult { path, file_hash, findings, known, .. } = file;
                *known = baseline.take_known(path, file_hash.as_ref(), findings);
            }
            summary.add(file);
            if lists_rejects && !file.is_accepted() {
                let FileResult { path, file_hash, findings, .. } = &*file;
                let read = file_hash.as_ref().map(|hash| (file.bytes, hash));
                rejects::write(path, read, findings, &mut rejected);
            }
            let reported = reporter.file(&file.path, file.is_accepted(), &file.findings, &file.known);
            reported.map_err(|error| Stop::Failed(RunError::Findings(error)))?;
            is_rejected = file.is_rejected_anew();
            Ok(!(fail_fast && is_rejected))
        })?;
        batch.truncate(count);
        if let Some(stats) = &mut stats {
            let (files, labels) = batch.files_and_labels();
            let counted = files.iter().filter(|file| !file.is_excluded);
            counted.for_each(|file| stats.add(file, labels));
        }
        if let Some(counts) = &mut summary.archive {
            let (files, labels) = batch.files_and_labels();
            files.iter().for_each(|file| expected::count(file, labels, counts));
        }
        let failed = |kind| move |error| Stop::Failed(RunError::Output(kind, error));
        if let Some(records) = &mut records {
            let result = batch.write_records(*records).and_then(|()| records.advance());
            result.map_err(failed(OutputKind::Records))?;
        }
        for (kind, stream) in &mut lines {
            let result = match kind {
                // They have a sink of their own.
                OutputKind::Records => Ok(()),
                OutputKind::Comments => batch.comments().try_for_each(|chunk| stream.write_all(chunk)),
                OutputKind::Redactions => batch.redactions().try_for_each(|chunk| stream.write_all(chunk)),
                OutputKind::Rejects => stream.write_all(&rejected),
                OutputKind::LeftOut => stream.write_all(&left_out),
                // It is sorted after the run.
                OutputKind::Manifest => Ok(()),
            };
            result.map_err(failed(*kind))?;
        }
        rejected.clear();
        left_out.clear();
        reporter.flush().map_err(|error| Stop::Failed(RunError::Findings(error)))?;
        progress.at(summary.files(), summary.bytes);
        if fail_fast && is_rejected { Err(Stop::FirstRejected) } else { Ok(()) }
    });
    match ran.map_err(RunError::Threads)? {
        Ok(()) => {}
        Err(Stop::FirstRejected) => summary.stopped = true,
        Err(Stop::Failed(failure)) => return Err(failure),
    }
    if !summary.stopped && !deduplicator.is_complete() {
        return Err(RunError::changed());
    }
    if let Some(expected) = expected.filter(|_| !summary.stopped) {
        expected.judge(&options.policy, &mut summary, reporter).map_err(RunError::Findings)?;
    }
    if let Some((known, baseline)) = summary.known.as_mut().zip(baseline) {
        known.stale = baseline.stale().count() as u64;
    }
    if let Some(records) = records {
        records.flush_records().map_err(|error| RunError::Output(OutputKind::Records, error))?;
    }
    for (kind, stream) in &mut lines {
        stream.flush().map_err(|error| RunError::Output(*kind, error))?;
    }
    reporter.finish().map_err(RunError::Findings)?;
    summary.elapsed = start.elapsed();
    Ok(summary)
}

/// Returns the line that says why a file is left out.
fn left_out_line(file: &FileResult, reason: impl fmt::Display) -> String {
    format!("{}: left out: {reason}\n", escape(&file.path))
}
