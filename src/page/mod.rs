//! The archive at a glance: one HTML page that needs nothing else, not even a network.
//!
//! ```text
//! Census, Summary, About ─► sections (what is said) ─► template (HTML) ─► one file
//!                  words ──────┘      └──── charts (SVG)
//! ```
//!
//! The same run gives the same bytes, but for what [`About`] says: version, command, time.

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

/// What a page says of the run beside its counts.
#[derive(Debug, Clone)]
pub struct About {
    /// The program's version.
    pub version: &'static str,
    /// The command, as it would be typed again.
    pub command: String,
    /// When the run began.
    pub began_at: Option<UtcTime>,
    /// Whether the run is a success, as its exit status says.
    pub is_clean: bool,
}

/// The page of a run.
pub fn html(census: &Census, summary: &Summary, about: &About, language: Language) -> String {
    Page::of(census, summary, about, language).html()
}
