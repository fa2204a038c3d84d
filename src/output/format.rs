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

/// Endings of files that are never JSON Lines.
const OTHERS: [&str; 5] = ["parquet", "arrow", "feather", "csv", "xz"];

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

    /// What the ending of a file's name asks for: columns, or JSON Lines, compressed if it is `.gz` or `.zst`.
    ///
    /// # Errors
    /// It asks for something that is not written.
    pub fn of(path: &Path) -> Result<Self, UnknownFormat> {
        let is = |other: &str| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(other));
        if let Some((_, format)) = Format::ALL.iter().find(|(name, _)| is(name)) {
            return Ok(*format);
        }
        match OTHERS.into_iter().any(is) {
            true => Err(UnknownFormat),
            false => Ok(Format::JsonLines(Compression::of(path))),
        }
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
