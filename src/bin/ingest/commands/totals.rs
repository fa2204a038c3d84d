//! Writes the totals of a run: to files, and on stderr.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use crate::args::{TotalsOptions, is_markdown};
use news_ingest::output::sink::{Complete, Sink, WriteError, is_stdout};
use news_ingest::summary::Summary;

use crate::exit_status::cannot_write;
use crate::terminal::say;
use crate::{Context, Error};

/// The file of `--summary`, opened before the run.
pub struct Totals {
    sink: Sink,
    is_markdown: bool,
}

impl Totals {
    /// Opens the file that `options` name, if they do.
    pub fn open(options: &TotalsOptions) -> Result<Option<Self>, WriteError> {
        let open = |path: &Path| Ok(Totals { sink: Sink::beside(path)?, is_markdown: is_markdown(path) });
        options.summary.as_deref().map(open).transpose()
    }

    /// Writes the totals; returns the file to put in place.
    pub fn complete(mut self, summary: &Summary) -> Result<Complete, Error> {
        let text = if self.is_markdown { summary.markdown().to_string() } else { summary.json() };
        self.sink.write_all(text.as_bytes()).context("cannot write the summary")?;
        Ok(self.sink.complete()?)
    }
}

/// Says on stderr how many findings were left out and, if `options` ask for it, how many there are of each rule; appends
/// the totals to the file of `--summary-file`.
pub fn report(options: &TotalsOptions, suppressed: u64, summary: &Summary) -> Result<(), Error> {
    if suppressed > 0 {
        say(format_args!("ingest: {suppressed} more findings not shown; see --max-findings"))?;
    }
    if options.statistics {
        let statistics = summary.statistics().to_string();
        io::stderr().write_all(statistics.as_bytes()).context("cannot write the statistics")?;
    }
    match options.summary_file.as_deref() {
        Some(path) if is_stdout(path) => {
            let text = summary.markdown().to_string();
            io::stdout().write_all(text.as_bytes()).context("cannot write the summary")
        }
        Some(path) => append(path, summary.markdown()).with_context(|| cannot_write(path)),
        None => Ok(()),
    }
}

/// Appends `text` to the file at `path`.
fn append(path: &Path, text: impl Display) -> io::Result<()> {
    File::options().append(true).create(true).open(path)?.write_all(text.to_string().as_bytes())
}
