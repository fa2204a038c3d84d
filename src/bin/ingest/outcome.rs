//! What a run came to: the exit status, or what could not be done.

use std::path::Path;
use std::process::ExitCode;

use news_ingest::cli::Config;
use news_ingest::quote::quote;
use news_ingest::run::Failure;
use news_ingest::summary::Summary;

use super::Error;
use super::terminal::say;

/// That a file was rejected, or none was there to be read.
pub const REJECTED: u8 = 1;

/// Says what the run came to, and turns it into the exit status.
pub fn conclude(config: &Config, summary: &Summary) -> Result<ExitCode, Error> {
    if summary.is_empty() {
        say(format_args!("ingest: nothing to read: no {} here", config.inputs.selection))?;
    }
    if config.summary {
        if summary.stopped {
            say("ingest: stopped at the first rejected file")?;
        }
        say(summary)?;
    }
    let is_success = is_clean(config, summary) || config.exit_zero;
    Ok(if is_success { ExitCode::SUCCESS } else { ExitCode::from(REJECTED) })
}

/// Whether there was something to read, and no more of it was rejected than is tolerated.
pub fn is_clean(config: &Config, summary: &Summary) -> bool {
    !summary.is_empty() && config.max_rejected.allows(summary.rejected, summary.files())
}

/// What could not be done, by the name of the file that it was done to, if it was one.
pub fn named(failure: Failure, path: Option<&Path>) -> Error {
    match path {
        Some(path) => Error::new(failure.into_source()).context(cannot_write(path)),
        None => failure.into(),
    }
}

/// What is said of a file that cannot be written.
pub fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", quote(&path.to_string_lossy()))
}
