//! One run: what the pipeline hands over goes through the ledger to the output and the report.

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
use crate::quote::escape;
use crate::report::Teller;
use crate::summary::Summary;

/// Why a run could not be brought to its end.
#[derive(Debug)]
pub enum Failure {
    /// The records could not be written.
    Records(io::Error),
    /// The list of rejected files could not be written.
    Rejects(io::Error),
    /// The comments could not be written.
    Comments(io::Error),
    /// The findings could not be written.
    Findings(io::Error),
    /// The system gives no thread.
    Threads(io::Error),
}

impl Failure {
    /// The system's own error.
    pub fn source(&self) -> &io::Error {
        match self {
            Failure::Records(error) | Failure::Rejects(error) | Failure::Comments(error) => error,
            Failure::Findings(error) | Failure::Threads(error) => error,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Failure::Records(_) => "cannot write the records",
            Failure::Rejects(_) => "cannot write the rejected files",
            Failure::Comments(_) => "cannot write the comments",
            Failure::Findings(_) => "cannot write the findings",
            Failure::Threads(_) => "cannot start a thread",
        };
        write!(f, "{what}: {}", self.source())
    }
}

impl std::error::Error for Failure {}

/// What ends a run before its sources do.
enum End {
    Failed(Failure),
    FirstRejected,
}

/// What a run writes to.
pub struct Streams<'s, 'w> {
    /// Takes the records of the accepted files.
    pub records: &'s mut dyn Write,
    /// Takes a line for each rejected file.
    pub rejects: Option<&'s mut dyn Write>,
    /// Takes a line for each comment on the articles of the accepted files.
    pub comments: Option<&'s mut dyn Write>,
    /// Takes a line for each file that is left out.
    pub left_out: Option<&'s mut dyn Write>,
    /// Counts all files, those that are left out too.
    pub census: Option<&'s mut Census>,
    /// Takes all findings.
    pub teller: &'s mut Teller<'w>,
}

/// What of the files does not count.
#[derive(Debug, Default, Clone, Copy)]
pub struct Dropping {
    /// Articles that an earlier file has.
    pub dedup: Option<Dedup>,
    /// All behind the first rejected file.
    pub fail_fast: bool,
}

/// Reads every source, and writes what becomes of it to `streams`.
///
/// # Errors
/// See [`Failure`]. What was written until then stays written.
pub fn run(
    pipeline: &Pipeline,
    sources: impl Iterator<Item = Source> + Send,
    streams: Streams<'_, '_>,
    dropping: Dropping,
) -> Result<Summary, Failure> {
    let Streams { records, mut rejects, mut comments, mut left_out, mut census, teller } = streams;
    let Dropping { dedup, fail_fast } = dropping;
    let mut rejected = Vec::new();
    let mut listed = Vec::new();
    let start = Instant::now();
    let mut summary = Summary::default();
    let mut register = Register::new(&pipeline.policy, dedup, census.is_some());
    let ran = pipeline.run(sources, |batch| {
        let mut end = None;
        for (index, file) in batch.files().iter_mut().enumerate() {
            if let Entry::LeftOut(reason) = register.enter(file) {
                file.leave_out();
                if left_out.is_some() {
                    listed.extend_from_slice(
                        format!("{}: left out: {reason}\n", escape(&file.path)).as_bytes(),
                    );
                }
            }
            summary.add(file);
            if rejects.is_some() && !file.is_accepted() {
                let FileResult { path, digest, findings, .. } = &*file;
                rejects::write(
                    path,
                    digest.as_ref().map(|digest| (file.bytes, digest)),
                    findings,
                    &mut rejected,
                );
            }
            teller.file(&file.path, file.is_accepted(), &file.findings);
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
        let written = batch.records().try_for_each(|piece| records.write_all(piece));
        written.map_err(|error| End::Failed(Failure::Records(error)))?;
        if let Some(comments) = &mut comments {
            let written = batch.comments().try_for_each(|piece| comments.write_all(piece));
            written.map_err(|error| End::Failed(Failure::Comments(error)))?;
        }
        if let Some(rejects) = &mut rejects {
            rejects.write_all(&rejected).map_err(|error| End::Failed(Failure::Rejects(error)))?;
            rejected.clear();
        }
        teller.flush().map_err(|error| End::Failed(Failure::Findings(error)))?;
        if let Some(left_out) = &mut left_out {
            left_out.write_all(&listed).map_err(|error| End::Failed(Failure::Findings(error)))?;
            listed.clear();
        }
        end.map_or(Ok(()), |_| Err(End::FirstRejected))
    });
    match ran.map_err(Failure::Threads)? {
        Ok(()) => {}
        Err(End::FirstRejected) => summary.stopped = true,
        Err(End::Failed(failure)) => return Err(failure),
    }
    records.flush().map_err(Failure::Records)?;
    teller.finish().map_err(Failure::Findings)?;
    summary.elapsed = start.elapsed();
    Ok(summary)
}
