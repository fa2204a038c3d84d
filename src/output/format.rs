//! The formats of records, by their names and by the names of files.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

#[cfg(feature = "columnar")]
use super::table::Layout;
use crate::compression::Compression;

/// How records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON Lines, compressed or not.
    JsonLines(Option<Compression>),
    /// Columns.
    #[cfg(feature = "columnar")]
    Table(Layout),
}

/// There is no such format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownFormat;

/// Endings of what is never JSON Lines.
const OTHERS: [&str; 12] =
    ["parquet", "pq", "arrow", "feather", "ipc", "csv", "tsv", "sqlite", "db", "xz", "bz2", "zip"];

/// Endings of JSON Lines. That of a compression may follow.
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

    /// What the ending of a file's name asks for: columns, or JSON Lines, compressed if it is `.gz` or `.zst`. A name
    /// without an ending asks for JSON Lines.
    ///
    /// # Errors
    /// Nothing is written under such an ending.
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

    /// Returns `true` for the name of a file that can be JSON Lines whatever its ending means, as nothing else is written to
    /// it: `bad.rejects`, but not `bad.csv`.
    pub fn may_be_lines(path: &Path) -> bool {
        let name = without_compression(path);
        let is = |other: &str| name.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(other));
        !OTHERS.into_iter().any(is)
    }

    /// How the stream of records is compressed.
    pub fn compression(self) -> Option<Compression> {
        match self {
            Format::JsonLines(compression) => compression,
            #[cfg(feature = "columnar")]
            Format::Table(_) => None,
        }
    }

    /// Whether records are rows on their way to it, not lines.
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

/// The name of a file without the ending of its compression.
fn without_compression(path: &Path) -> &Path {
    path.file_stem().filter(|_| Compression::of(path).is_some()).map_or(path, Path::new)
}
