//! Exit status of a run, and errors with the name of the output.

use std::path::Path;
use std::process::ExitCode;

use crate::args::{Config, MaxRejected};
use news_ingest::report::html::command;
use news_ingest::run::RunError;
use news_ingest::summary::Summary;
use news_ingest::text::escape::{escape, quote};

use crate::Error;
use crate::terminal::say;

/// Exit status if a file was rejected, or if no file was found.
pub const REJECTED: u8 = 1;

/// Prints the summary and returns the exit status.
pub fn conclude(config: &Config, summary: &Summary) -> Result<ExitCode, Error> {
    if summary.is_empty() && !summary.list_is_empty {
        say(format_args!("ingest: nothing to read: no {} here", config.inputs.selection))?;
    }
    if config.summary {
        if summary.archive.is_some() && config.is_partial() {
            say(
                "ingest: `[expect]` is not judged: a shard is a part of the archive; `ingest expect` judges summaries",
            )?;
        }
        if summary.stopped {
            say("ingest: stopped at the first rejected file")?;
        }
        if config.max_rejected.is_some() && summary.known.is_some() {
            name_new(summary)?;
        }
        say(summary)?;
    }
    let is_success = is_clean(config, summary) || config.exit_zero;
    if config.summary && !is_success {
        // Standard input cannot be read again.
        let mut readable =
            summary.rejected_paths.iter().filter(|path| *path != "-" && !path.starts_with("-/"));
        if let Some(path) = readable.next() {
            let again = command(["explain", &escape(path).to_string()].into_iter());
            say(format_args!("ingest: `{again}` shows why"))?;
        }
    }
    Ok(if is_success { ExitCode::SUCCESS } else { ExitCode::from(REJECTED) })
}

/// Names the files that are rejected by a finding that the baseline does not know.
fn name_new(summary: &Summary) -> Result<(), Error> {
    for path in &summary.rejected_paths {
        say(format_args!("ingest: rejected anew: {}", escape(path)))?;
    }
    match summary.rejected_anew() - summary.rejected_paths.len() as u64 {
        0 => Ok(()),
        more => say(format_args!("ingest: rejected anew: {more} more")),
    }
}

/// Returns `true` if at most the tolerated number of files was rejected anew, files were found or the list is empty, and
/// the archive is as expected.
pub fn is_clean(config: &Config, summary: &Summary) -> bool {
    let most = config.max_rejected.unwrap_or(MaxRejected::NONE);
    (summary.list_is_empty || !summary.is_empty())
        && most.allows(summary.rejected_anew(), summary.files())
        && summary.unmet == 0
}

/// Returns the reason why the records of an earlier run are kept, or `None` if they are replaced.
pub fn keeps_the_old(config: &Config, summary: &Summary) -> Option<&'static str> {
    let is_past = |most: MaxRejected| !most.allows(summary.rejected, summary.files());
    if summary.stopped {
        Some("the run stopped at the first rejected file")
    } else if config.max_rejected.is_some_and(is_past) {
        Some("more files were rejected than `--max-rejected` allows")
    } else if summary.articles + summary.unchanged == 0 && !summary.list_is_empty {
        Some("no article was accepted")
    } else {
        None
    }
}

/// Adds the path to a failure.
pub fn named(failure: RunError, path: Option<&Path>) -> Error {
    match path {
        Some(path) => Error::new(failure.into_io_error()).context(cannot_write(path)),
        None => failure.into(),
    }
}

/// Error message for an output file.
pub fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", quote(&path.to_string_lossy()))
}
