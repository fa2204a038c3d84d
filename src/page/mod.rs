//! The HTML report: one self-contained page.
//!
//! ```text
//! Census, Summary, About ─► sections (what is said) ─► template (HTML) ─► one file
//!                  words ──────┘      └──── charts (SVG)
//! ```
//!
//! Equal runs give equal bytes except for [`About`]: version, command and time.

mod charts;
mod command;
mod figures;
mod guard;
mod language;
mod sections;
mod shown;
mod template;
mod time_axis;
mod words;

pub use self::command::command;
pub use self::language::Language;

use self::template::Page;
use crate::census::Census;
use crate::summary::Summary;
use crate::time::UtcTime;

/// Facts about the run besides its counts.
#[derive(Debug, Clone)]
pub struct About {
    /// Version of the program.
    pub version: &'static str,
    /// Command line, quoted for a shell.
    pub command: String,
    /// Start of the run.
    pub began_at: Option<UtcTime>,
    /// Set if the exit status is a success.
    pub is_clean: bool,
}

/// Renders the page of a run.
pub fn html(census: &Census, summary: &Summary, about: &About, language: Language) -> String {
    Page::of(census, summary, about, language).html()
}
