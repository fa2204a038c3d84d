//! Arguments for the findings and the totals of a run, which the bare command and `check` share.

use std::path::{Path, PathBuf};

use crate::args::manifest::refuse_unless_lines;
use crate::args::{Args, Error, number};
use news_ingest::output::format::without_compression;
use news_ingest::output::sink::is_stdout;

/// Arguments for findings and totals.
#[derive(Debug, Args)]
#[command(next_help_heading = "Findings")]
pub struct TotalsArgs {
    /// Report the first N findings, but count all [default: for check 1000 in text, concise and github, 25000 in sarif; else all]
    #[arg(long, value_name = "N", value_parser = number::count)]
    max_findings: Option<u64>,

    /// Count the findings of each rule, on stderr
    #[arg(long)]
    statistics: bool,

    /// List the rejected files in FILE, one JSON line each: path, size, SHA-256, findings
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,

    /// Write the totals of the run to FILE: in Markdown if it ends in `.md`, else in JSON, which can be added up over runs
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,

    /// Append the totals to FILE in Markdown, as `$GITHUB_STEP_SUMMARY` takes them
    #[arg(long, value_name = "FILE")]
    summary_file: Option<PathBuf>,
}

/// Outputs for findings and totals.
#[derive(Debug)]
pub struct TotalsOptions {
    /// Maximum number of findings to report, if it was given.
    pub max_findings: Option<u64>,
    /// Set if the findings of each rule are counted on stderr.
    pub statistics: bool,
    /// File for the list of rejected files.
    pub rejects: Option<PathBuf>,
    /// File that the totals are written to.
    pub summary: Option<PathBuf>,
    /// File that the totals are appended to, in Markdown.
    pub summary_file: Option<PathBuf>,
}

impl TotalsArgs {
    /// Resolves the arguments.
    ///
    /// # Errors
    /// A file's ending is that of another format.
    pub fn resolve(self) -> Result<TotalsOptions, Error> {
        let TotalsArgs { max_findings, statistics, rejects, summary, summary_file } = self;
        let lines = summary.iter().filter(|path| !is_markdown(path)).chain(&rejects);
        lines.into_iter().try_for_each(|path| refuse_unless_lines(path))?;
        Ok(TotalsOptions { max_findings, statistics, rejects, summary, summary_file })
    }
}

impl TotalsOptions {
    /// Files that are replaced.
    pub fn targets(&self) -> impl Iterator<Item = &PathBuf> {
        [&self.rejects, &self.summary].into_iter().flatten()
    }

    /// Each output that may go to stdout, by its option, with `true` if it does.
    pub fn on_stdout(&self) -> [(&'static str, bool); 3] {
        let goes = |path: &Option<PathBuf>| path.as_deref().is_some_and(is_stdout);
        [
            ("`--rejects`", goes(&self.rejects)),
            ("`--summary`", goes(&self.summary)),
            ("`--summary-file`", goes(&self.summary_file)),
        ]
    }
}

/// Returns `true` if the ending of `path`, compressed or not, is that of Markdown.
pub fn is_markdown(path: &Path) -> bool {
    has_ending(path, &["md", "markdown"]) == Some(true)
}

/// Returns `true` if the ending of `path`, compressed or not, is one of `endings`; `None` if it has none.
pub fn has_ending(path: &Path, endings: &[&str]) -> Option<bool> {
    let ending = without_compression(path).extension()?;
    Some(endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}
