//! Runs the pipeline: deduplicates its batches in order and writes them to the output streams.

mod register;

use std::fmt;
use std::io::{self, Write};
use std::time::Instant;

use self::register::{Entry, Register};
use crate::census::Census;
use crate::input::Source;
use crate::ledger::Dedup;
use crate::output::rejects;
use crate::pipeline::{FileResult, Pipeline};
use crate::progress::Progress;
use crate::quote::escape;
use crate::report::Teller;
use crate::summary::Summary;

/// Reason for which a run could not be completed.
#[derive(Debug)]
pub enum Failure {
    /// Writing an output stream failed.
    Writing(Kind, io::Error),
    /// Writing the findings failed.
    Findings(io::Error),
    /// A thread cannot be started.
    Threads(io::Error),
}

impl Failure {
    /// The underlying I/O error.
    pub fn source(&self) -> &io::Error {
        match self {
            Failure::Writing(_, error) | Failure::Findings(error) | Failure::Threads(error) => error,
        }
    }

    /// Unwraps the I/O error, so that the caller can add the path.
    pub fn into_source(self) -> io::Error {
        match self {
            Failure::Writing(_, error) | Failure::Findings(error) | Failure::Threads(error) => error,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Writing(kind, error) => write!(f, "cannot write {kind}: {error}"),
            Failure::Findings(error) => write!(f, "cannot write the findings: {error}"),
            Failure::Threads(error) => write!(f, "cannot start a thread: {error}"),
        }
    }
}

impl std::error::Error for Failure {}

/// Reason for which a run ends before its sources do.
enum End {
    Failed(Failure),
    FirstRejected,
}

/// The kind of output written to a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Records of the accepted files.
    Records,
    /// One line for each comment on an accepted article.
    Comments,
    /// One line for each rejected file.
    Rejects,
    /// One line for each duplicate that is left out.
    LeftOut,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Records => "the records",
            Kind::Comments => "the comments",
            Kind::Rejects => "the rejected files",
            Kind::LeftOut => "the files that are left out",
        })
    }
}

/// Output streams of a run, except for its findings.
pub type Streams<'s> = Vec<(Kind, &'s mut dyn Write)>;

/// Observers that are notified after each file or batch.
pub struct Audience<'a, 'w> {
    /// Renders the findings.
    pub teller: &'a mut Teller<'w>,
    /// Shows the progress.
    pub progress: &'a Progress,
    /// Collects statistics of all files, including those left out.
    pub census: Option<&'a mut Census>,
}

/// Options that skip files or end the run early.
#[derive(Debug, Default, Clone, Copy)]
pub struct Dropping {
    /// Skip articles that duplicate an earlier one (see [`Dedup`]).
    pub dedup: Option<Dedup>,
    /// Stop after the first rejected file (`--fail-fast`).
    pub fail_fast: bool,
}

/// Reads all sources and writes the results to `streams`.
///
/// # Errors
/// See [`Failure`]. Output written before the error is not undone.
pub fn run(
    pipeline: &Pipeline,
    sources: impl Iterator<Item = Source> + Send,
    mut streams: Streams<'_>,
    audience: Audience<'_, '_>,
    dropping: Dropping,
) -> Result<Summary, Failure> {
    let Audience { teller, progress, mut census } = audience;
    let Dropping { dedup, fail_fast } = dropping;
    let lists = |kind| streams.iter().any(|(known, _)| *known == kind);
    let (lists_rejects, lists_left_out) = (lists(Kind::Rejects), lists(Kind::LeftOut));
    let (mut rejected, mut left_out) = (Vec::new(), Vec::new());
    let start = Instant::now();
    let mut summary = Summary::default();
    let mut register = Register::new(&pipeline.policy, dedup, census.is_some());
    let ran = pipeline.run(sources, |batch| {
        let mut end = None;
        for (index, file) in batch.files().iter_mut().enumerate() {
            if let Entry::LeftOut(reason) = register.enter(file) {
                file.leave_out();
                if lists_left_out {
                    let line = format!("{}: left out: {reason}\n", escape(&file.path));
                    left_out.extend_from_slice(line.as_bytes());
                }
            }
            summary.add(file);
            if lists_rejects && !file.is_accepted() {
                let FileResult { path, digest, findings, .. } = &*file;
                let read = digest.as_ref().map(|digest| (file.bytes, digest));
                rejects::write(path, read, findings, &mut rejected);
            }
            let told = teller.file(&file.path, file.is_accepted(), &file.findings);
            told.map_err(|error| End::Failed(Failure::Findings(error)))?;
            if fail_fast && !file.is_accepted() {
                end = Some(index + 1);
                break;
            }
        }
        if let Some(end) = end {
            batch.truncate(end);
        }
        if let Some(census) = &mut census {
            let (files, names) = batch.sketched();
            files.iter().for_each(|file| census.add(file, names));
        }
        for (kind, stream) in &mut streams {
            let written = match kind {
                Kind::Records => batch.records().try_for_each(|piece| stream.write_all(piece)),
                Kind::Comments => batch.comments().try_for_each(|piece| stream.write_all(piece)),
                Kind::Rejects => stream.write_all(&rejected),
                Kind::LeftOut => stream.write_all(&left_out),
            };
            written.map_err(|error| End::Failed(Failure::Writing(*kind, error)))?;
        }
        rejected.clear();
        left_out.clear();
        teller.flush().map_err(|error| End::Failed(Failure::Findings(error)))?;
        progress.at(summary.files(), summary.bytes);
        end.map_or(Ok(()), |_| Err(End::FirstRejected))
    });
    match ran.map_err(Failure::Threads)? {
        Ok(()) => {}
        Err(End::FirstRejected) => summary.stopped = true,
        Err(End::Failed(failure)) => return Err(failure),
    }
    for (kind, stream) in &mut streams {
        stream.flush().map_err(|error| Failure::Writing(*kind, error))?;
    }
    teller.finish().map_err(Failure::Findings)?;
    summary.elapsed = start.elapsed();
    Ok(summary)
}
