//! Formats of records, by name and by the ending of a file.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

#[cfg(feature = "columnar")]
use super::table::Layout;
use crate::compression::Compression;

/// Format of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON Lines, with an optional compression.
    JsonLines(Option<Compression>),
    /// Columns: Parquet or Arrow.
    #[cfg(feature = "columnar")]
    Table(Layout),
}

/// Error for a name or an ending without a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownFormat;

/// Endings of other formats, which are refused for JSON Lines.
const OTHERS: [&str; 12] =
    ["parquet", "pq", "arrow", "feather", "ipc", "csv", "tsv", "sqlite", "db", "xz", "bz2", "zip"];

/// Endings of JSON Lines, before that of a compression.
const LINES: [&str; 3] = ["jsonl", "ndjson", "json"];

impl Format {
    /// Every format, with its name: the ending of its files.
    pub const ALL: &[(&str, Format)] = &[
        ("jsonl", Format::JsonLines(None)),
        ("jsonl.gz", Format::JsonLines(Some(Compression::Gzip))),
        ("jsonl.zst", Format::JsonLines(Some(Compression::Zstd))),
        #[cfg(feature = "columnar")]
        ("parquet", Format::Table(Layout::Parquet)),
        #[cfg(feature = "columnar")]
        ("arrow", Format::Table(Layout::Arrow)),
    ];

    /// Returns the format for the ending of a file's name: columns, or JSON Lines, compressed if it is `.gz` or `.zst`.
    /// A name without an ending means JSON Lines.
    ///
    /// # Errors
    /// No format has this ending.
    pub fn of(path: &Path) -> Result<Self, UnknownFormat> {
        let compression = Compression::of(path);
        let name = without_compression(path);
        let Some(ending) = name.extension() else { return Ok(Format::JsonLines(compression)) };
        let is = |known: &str| ending.eq_ignore_ascii_case(known);
        if LINES.into_iter().any(is) {
            return Ok(Format::JsonLines(compression));
        }
        let format = Format::ALL.iter().find(|(name, _)| is(name) && compression.is_none());
        format.map(|(_, format)| *format).ok_or(UnknownFormat)
    }

    /// Returns `true` if JSON Lines may be written to a file of this name, where nothing else is: to `bad.rejects`, but
    /// not to `bad.csv`.
    pub fn may_be_lines(path: &Path) -> bool {
        let name = without_compression(path);
        let is = |other: &str| name.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(other));
        !OTHERS.into_iter().any(is)
    }

    /// Compression of the stream of records.
    pub fn compression(self) -> Option<Compression> {
        match self {
            Format::JsonLines(compression) => compression,
            #[cfg(feature = "columnar")]
            Format::Table(_) => None,
        }
    }

    /// Returns `true` if the stream takes rows, not lines.
    pub fn takes_rows(self) -> bool {
        !matches!(self, Format::JsonLines(_))
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let format = Format::ALL.iter().find(|(known, _)| *known == name);
        format.map(|(_, format)| *format).ok_or(UnknownFormat)
    }
}

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a format of records: they are")?;
        for (number, (name, _)) in Format::ALL.iter().enumerate() {
            write!(f, "{} `{name}`", if number == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownFormat {}

/// Name of a file without the ending of its compression.
fn without_compression(path: &Path) -> &Path {
    path.file_stem().filter(|_| Compression::of(path).is_some()).map_or(path, Path::new)
}
