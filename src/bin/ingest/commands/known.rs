//! The baseline of `check`: read before the run, written after it.

use std::path::PathBuf;

use crate::args::Config;
use news_ingest::findings::baseline::Baseline;
use news_ingest::output::sink::{Complete, Sink};
use news_ingest::summary::Summary;
use news_ingest::text::escape::escape;

use crate::commands::lines::{cannot_read, open};
use crate::terminal::say;
use crate::{Context, Error};

/// Findings that are known, and the file that those of this run are written to.
pub struct Known {
    baseline: Option<Baseline>,
    read_from: Option<PathBuf>,
    sink: Option<Sink>,
}

/// Maximum number of stale findings that are named.
const MAX_STALE: usize = 10;

impl Known {
    /// Reads the baseline, and opens the file to write.
    pub fn open(read_from: Option<PathBuf>, write_to: Option<PathBuf>) -> Result<Self, Error> {
        let mut baseline = match &read_from {
            Some(path) => Some(Baseline::parse(open(path)?).with_context(|| cannot_read(path))?),
            None => write_to.as_ref().map(|_| Baseline::default()),
        };
        let sink = write_to.as_deref().map(Sink::beside).transpose()?;
        if let Some(baseline) = baseline.as_mut().filter(|_| sink.is_some()) {
            baseline.record();
        }
        Ok(Known { baseline, read_from, sink })
    }

    /// Returns `true` if findings are compared with a baseline.
    pub fn is_read(&self) -> bool {
        self.read_from.is_some()
    }

    /// Returns the baseline for a run.
    pub fn get_mut(&mut self) -> Option<&mut Baseline> {
        self.baseline.as_mut()
    }

    /// Names stale findings on stderr, and writes those of this run; returns the file to put in place.
    pub fn finish(self, config: &Config, summary: &mut Summary) -> Result<Option<Complete>, Error> {
        let Known { baseline, read_from, sink } = self;
        let Some(baseline) = baseline else { return Ok(None) };
        match &read_from {
            None => summary.known = None,
            // The rest of the baseline is about the files of other shards, or about those after the first rejected one.
            Some(_) if config.is_partial() || summary.stopped => {
                summary.known.iter_mut().for_each(|known| known.stale = 0);
            }
            Some(_) if config.summary => {
                for (path, rule) in baseline.stale().take(MAX_STALE) {
                    say(format_args!("ingest: stale: {}: {rule} is known, but was not found", escape(path)))?;
                }
            }
            Some(_) => {}
        }
        match sink {
            Some(sink) if summary.is_empty() => {
                say(format_args!("ingest: {} is left as it was: nothing was read", sink.name()))?;
                Ok(None)
            }
            Some(mut sink) => {
                baseline.write(&mut sink).context("cannot write the baseline")?;
                Ok(Some(sink.complete()?))
            }
            None => Ok(None),
        }
    }
}
