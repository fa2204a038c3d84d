//! Renderers of findings for people and programs, one per format.

mod concise;
mod fingerprint;
mod format;
mod github;
mod gitlab;
mod json;
mod junit;
mod repository;
mod sarif;
mod teller;
mod text;

pub use self::format::{Format, UnknownFormat};
pub use self::json::Told;
pub use self::teller::Teller;

use crate::finding::Finding;

/// Renders findings in one format.
///
/// Turns findings into bytes; [`Teller`] limits their number and writes to the stream.
pub trait Report {
    /// Appends the start of the document.
    fn begin(&mut self, _into: &mut Vec<u8>) {}

    /// Appends the findings of one file. Files come in the order of the run, also those without findings.
    fn file(&mut self, file: &File<'_>, into: &mut Vec<u8>);

    /// Appends the end of the document; `suppressed` is the number of findings over `--max-findings`.
    fn end(&mut self, _suppressed: u64, _into: &mut Vec<u8>) {}
}

/// A file and the findings to report.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// Path of the file, not yet escaped.
    pub path: &'a str,
    /// Set if the file yields a record.
    pub is_accepted: bool,
    /// Findings to report: of the requested level, and within the limit.
    pub findings: &'a [&'a Finding],
}
