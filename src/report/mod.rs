//! Findings on their way to people and programs: one format, one file.

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

/// One format of findings.
///
/// It turns findings into bytes; [`Teller`] chooses which ones, and knows the stream.
pub trait Report {
    /// Appends what stands before everything.
    fn begin(&mut self, _into: &mut Vec<u8>) {}

    /// Appends the findings of one file. Files come in the order of the run, those without findings too.
    fn file(&mut self, file: &File<'_>, into: &mut Vec<u8>);

    /// Ends the document, in which `suppressed` findings are left out for `--max-findings`.
    fn end(&mut self, _suppressed: u64, _into: &mut Vec<u8>) {}
}

/// One file, as it is told.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// How it is named, not yet escaped.
    pub path: &'a str,
    /// Whether it gives a record.
    pub is_accepted: bool,
    /// What is to be told of it.
    pub findings: &'a [&'a Finding],
}
