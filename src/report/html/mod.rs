//! The HTML report: one self-contained page.
//!
//! ```text
//! ArchiveStats, Summary, RunInfo ─► sections (what is said) ─► template (HTML) ─► one file
//!                  words ──────┘      └──── charts (SVG)
//! ```
//!
//! Equal runs give equal bytes except for [`RunInfo`]: version, command and time.

pub(crate) mod charts;
pub(crate) mod command;
pub(crate) mod csp;
pub(crate) mod language;
pub(crate) mod numbers;
pub(crate) mod sanitize;
pub(crate) mod sections;
pub(crate) mod strings;
pub(crate) mod template;
pub(crate) mod time_axis;

pub use crate::report::html::command::command;
pub use crate::report::html::language::Language;

use crate::record::datetime::UtcTime;
use crate::report::html::template::HtmlPage;
use crate::report::stats::ArchiveStats;
use crate::summary::Summary;

/// Facts about the run besides its counts.
#[derive(Debug, Clone)]
pub struct RunInfo {
    /// Version of the program.
    pub version: &'static str,
    /// Command line, quoted for a shell.
    pub command: String,
    /// Start of the run.
    pub started_at: Option<UtcTime>,
    /// Set if the exit status is a success.
    pub is_clean: bool,
}

/// Renders the page of a run.
pub fn html(stats: &ArchiveStats, summary: &Summary, run_info: &RunInfo, language: Language) -> String {
    HtmlPage::new(stats, summary, run_info, language).html()
}
