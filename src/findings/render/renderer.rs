//! The interface of a format of findings.

use crate::findings::finding::Finding;

/// Renders findings in one format.
///
/// Turns findings into bytes; the reporter limits their number and writes to the stream.
pub trait Renderer {
    /// Appends the start of the document.
    fn begin(&mut self, _into: &mut Vec<u8>) {}

    /// Appends the findings of one file. Files come in the order of the run, also those without findings.
    fn file(&mut self, file: &File<'_>, into: &mut Vec<u8>);

    /// Returns `true` if known findings are listed, each marked as known. Other formats give their number alone.
    fn lists_known(&self) -> bool {
        false
    }

    /// Appends the number of known findings. Called before the end of the document if there is a baseline.
    fn known(&mut self, _count: u64, _into: &mut Vec<u8>) {}

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
    /// Findings that the baseline knows; `None` without a baseline.
    pub known: Option<KnownFindings<'a>>,
}

/// Findings of a file that the baseline knows.
#[derive(Debug, Clone, Copy)]
pub struct KnownFindings<'a> {
    /// Findings to report: of the requested level, and within the limit.
    pub findings: &'a [&'a Finding],
    /// Set if the file is rejected, but by no finding that is new.
    pub explain_rejection: bool,
}

impl<'a> File<'a> {
    /// The findings to report, new ones first; each with `true` if it is known, `None` without a baseline.
    pub fn marked(&self) -> impl Iterator<Item = (&'a Finding, Option<bool>)> + use<'a> {
        let new = self.known.map(|_| false);
        let known = self.known.map_or(&[][..], |known| known.findings);
        let findings = self.findings.iter().map(move |finding| (*finding, new));
        findings.chain(known.iter().map(|finding| (*finding, Some(true))))
    }
}
