//! Findings on their way to people and programs: one format, one file.

pub mod text;

use std::io;

use crate::finding::Finding;

/// One format of findings.
pub trait Report {
    /// Tells the findings of one file. Files come in the order of the run, those without findings too.
    ///
    /// # Errors
    /// Those of the stream behind it.
    fn file(&mut self, path: &str, findings: &[Finding]) -> io::Result<()>;

    /// Hands over what was told so far.
    ///
    /// # Errors
    /// Those of the stream behind it.
    fn flush(&mut self) -> io::Result<()>;
}
