//! Formats of records, by name and by the ending of a file.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

#[cfg(feature = "columnar")]
use crate::output::columnar::writer::ColumnarFormat;
use crate::output::encoding::Encoding;
use crate::output::projection::Projection;
use crate::sys::compression::OutputCodec;

/// Format of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordFormat {
    /// JSON Lines, with an optional compression.
    JsonLines(Option<OutputCodec>),
    /// Columns: Parquet or Arrow.
    #[cfg(feature = "columnar")]
    Table(ColumnarFormat),
}

/// Error for a name or an ending without a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownRecordFormat;

/// Endings of other formats, which are refused for JSON Lines.
const OTHERS: [&str; 12] =
    ["parquet", "pq", "arrow", "feather", "ipc", "csv", "tsv", "sqlite", "db", "xz", "bz2", "zip"];

/// Endings of JSON Lines, before that of a compression.
const LINES: [&str; 3] = ["jsonl", "ndjson", "json"];

impl RecordFormat {
    /// Every format, with its name: the ending of its files.
    pub const ALL: &[(&str, RecordFormat)] = &[
        ("jsonl", RecordFormat::JsonLines(None)),
        ("jsonl.gz", RecordFormat::JsonLines(Some(OutputCodec::Gzip))),
        ("jsonl.zst", RecordFormat::JsonLines(Some(OutputCodec::Zstd))),
        #[cfg(feature = "columnar")]
        ("parquet", RecordFormat::Table(ColumnarFormat::Parquet)),
        #[cfg(feature = "columnar")]
        ("arrow", RecordFormat::Table(ColumnarFormat::Arrow)),
    ];

    /// Returns the format for the ending of a file's name: columns, or JSON Lines, compressed if it is `.gz` or `.zst`.
    /// A name without an ending means JSON Lines.
    ///
    /// # Errors
    /// No format has this ending.
    pub fn from_path(path: &Path) -> Result<Self, UnknownRecordFormat> {
        let compression = OutputCodec::from_path(path);
        let name = without_compression(path);
        let Some(ending) = name.extension() else { return Ok(RecordFormat::JsonLines(compression)) };
        let is = |known: &str| ending.eq_ignore_ascii_case(known);
        if LINES.into_iter().any(is) {
            return Ok(RecordFormat::JsonLines(compression));
        }
        let format = RecordFormat::ALL.iter().find(|(name, _)| is(name) && compression.is_none());
        format.map(|(_, format)| *format).ok_or(UnknownRecordFormat)
    }

    /// Returns `true` if JSON Lines may be written to a file of this name, where nothing else is: to `bad.rejects`, but
    /// not to `bad.csv`.
    pub fn may_be_lines(path: &Path) -> bool {
        let name = without_compression(path);
        let is = |other: &str| name.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(other));
        !OTHERS.into_iter().any(is)
    }

    /// Compression of the stream of records.
    pub fn compression(self) -> Option<OutputCodec> {
        match self {
            RecordFormat::JsonLines(compression) => compression,
            #[cfg(feature = "columnar")]
            RecordFormat::Table(_) => None,
        }
    }

    /// Returns the form in which the stream takes records, with the keys of `projection`.
    pub fn encoding(self, projection: Projection) -> Encoding {
        match self {
            RecordFormat::JsonLines(_) => Encoding::Json(projection),
            #[cfg(feature = "columnar")]
            RecordFormat::Table(_) => Encoding::Row(projection),
        }
    }

    /// Returns `true` if the records are text, which may be shown on a terminal.
    pub fn is_text(self) -> bool {
        match self {
            RecordFormat::JsonLines(_) => true,
            #[cfg(feature = "columnar")]
            RecordFormat::Table(_) => false,
        }
    }
}

impl FromStr for RecordFormat {
    type Err = UnknownRecordFormat;

    fn from_str(name: &str) -> Result<Self, UnknownRecordFormat> {
        let format = RecordFormat::ALL.iter().find(|(known, _)| *known == name);
        format.map(|(_, format)| *format).ok_or(UnknownRecordFormat)
    }
}

impl fmt::Display for UnknownRecordFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a format of records: they are")?;
        for (number, (name, _)) in RecordFormat::ALL.iter().enumerate() {
            write!(f, "{} `{name}`", if number == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownRecordFormat {}

/// Name of a file without the ending of its compression.
fn without_compression(path: &Path) -> &Path {
    path.file_stem().filter(|_| OutputCodec::from_path(path).is_some()).map_or(path, Path::new)
}
