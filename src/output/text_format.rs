//! Formats that write records as text, one after the other.

use std::ffi::OsStr;

use crate::output::csv::Csv;
use crate::output::json::record::RecordLines;
use crate::output::record_encoder::RecordEncoder;

/// Format of records as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFormat {
    /// One JSON object a line.
    JsonLines,
    /// Comma-separated values after a header line.
    Csv,
}

impl TextFormat {
    /// Every text format.
    pub const ALL: [TextFormat; 2] = [TextFormat::JsonLines, TextFormat::Csv];

    /// The format's encoder.
    pub fn encoder(self) -> &'static dyn RecordEncoder {
        match self {
            TextFormat::JsonLines => &RecordLines,
            TextFormat::Csv => &Csv,
        }
    }

    /// Returns the format whose files have this extension, in any case.
    pub fn from_suffix(suffix: &OsStr) -> Option<Self> {
        let matches = |known: &&str| suffix.eq_ignore_ascii_case(known);
        TextFormat::ALL.into_iter().find(|format| format.encoder().suffixes().iter().any(&matches))
    }
}
