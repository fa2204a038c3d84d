//! The HTML report: one self-contained page.
//!
//! ```text
//! ArchiveStats, Summary, RunInfo ─► sections (sentences, numbers) ─► template (HTML) ─► one file
//!                  strings ────┘      └──── charts (SVG)
//! ```
//!
//! Equal runs give equal bytes except for [`RunInfo`]: version, command and time.

pub(crate) mod charts;
pub(crate) mod csp;
pub(crate) mod numbers;
pub(crate) mod run_info;
pub(crate) mod sanitize;
pub(crate) mod sections;
pub(crate) mod strings;
pub(crate) mod template;
pub(crate) mod time_axis;

pub use crate::report::html::run_info::{RunInfo, command};
pub use crate::report::html::strings::Language;

use crate::report::html::template::HtmlPage;
use crate::report::stats::ArchiveStats;
use crate::summary::Summary;

/// Renders the page of a run.
pub fn html(stats: &ArchiveStats, summary: &Summary, run_info: &RunInfo, language: Language) -> String {
    HtmlPage::new(stats, summary, run_info, language).html()
}
