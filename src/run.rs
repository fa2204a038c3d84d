//! One run: what the pipeline hands over goes through the ledger to the output and the report.

use std::fmt;
use std::io::{self, Write};
use std::time::Instant;

use crate::finding::{Finding, Level, Rule};
use crate::input::Source;
use crate::ledger::{Ledger, Standing};
use crate::output::rejects;
use crate::pipeline::{FileResult, Pipeline};
use crate::policy::Policy;
use crate::quote::quote;
use crate::report::Teller;
use crate::summary::Summary;

/// Why a run could not be brought to its end.
#[derive(Debug)]
pub enum Failure {
    /// The records could not be written.
    Records(io::Error),
    /// The list of rejected files could not be written.
    Rejects(io::Error),
    /// The findings could not be written.
    Findings(io::Error),
    /// The system gives no thread.
    Threads(io::Error),
}

impl Failure {
    /// The system's own error.
    pub fn source(&self) -> &io::Error {
        match self {
            Failure::Records(error) | Failure::Rejects(error) => error,
            Failure::Findings(error) | Failure::Threads(error) => error,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Failure::Records(_) => "cannot write the records",
            Failure::Rejects(_) => "cannot write the rejected files",
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
    /// Takes all findings.
    pub teller: &'s mut Teller<'w>,
}

/// Reads every source, and writes what becomes of it to `streams`. With `fail_fast`, the first rejected file is the last
/// one that counts.
///
/// # Errors
/// See [`Failure`]. What was written until then stays written.
pub fn run(
    pipeline: &Pipeline,
    sources: impl Iterator<Item = Source> + Send,
    streams: Streams<'_, '_>,
    fail_fast: bool,
) -> Result<Summary, Failure> {
    let Streams { records, mut rejects, teller } = streams;
    let mut rejected = Vec::new();
    let start = Instant::now();
    let mut summary = Summary::default();
    let mut register = Register::new(&pipeline.policy);
    let ran = pipeline.run(sources, |batch| {
        let mut end = None;
        for (index, file) in batch.files().iter_mut().enumerate() {
            register.enter(file);
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
        let written = batch.records().try_for_each(|piece| records.write_all(piece));
        written.map_err(|error| End::Failed(Failure::Records(error)))?;
        if let Some(rejects) = &mut rejects {
            rejects.write_all(&rejected).map_err(|error| End::Failed(Failure::Rejects(error)))?;
            rejected.clear();
        }
        teller.flush().map_err(|error| End::Failed(Failure::Findings(error)))?;
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

/// Holds each file against those before it. Only an accepted one counts for those after it.
struct Register<'p> {
    policy: &'p Policy,
    ledger: Option<Ledger>,
}

impl<'p> Register<'p> {
    fn new(policy: &'p Policy) -> Self {
        let is_asked = policy.may_look_for(Rule::IdConflict) || policy.may_look_for(Rule::Duplicate);
        Register { policy, ledger: is_asked.then(Ledger::default) }
    }

    fn enter(&mut self, file: &mut FileResult) {
        let Some((ledger, identity)) = self.ledger.as_mut().zip(file.identity) else { return };
        let (rule, message) = match ledger.standing(&identity) {
            Standing::First => {
                if file.is_accepted() {
                    ledger.enter(&identity, &file.path);
                }
                return;
            }
            Standing::Duplicate(first) => {
                let message = format!("{} has this article already, with the same hash", quote(&first));
                (Rule::Duplicate, message)
            }
            Standing::Conflict(first) => {
                let message =
                    format!("{} has the id `{}` already, with another hash", quote(&first), identity.id);
                (Rule::IdConflict, message)
            }
        };
        let level = self.policy.levels_of(&file.path).of(rule);
        if level != Level::Off {
            let excerpt = file.identity_line.take();
            file.add(Finding { rule, level, place: identity.place, message, excerpt });
        }
    }
}
