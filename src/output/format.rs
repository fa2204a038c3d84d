//! Formats of records, by name and by the ending of a file.

use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::LazyLock;

#[cfg(feature = "columnar")]
use crate::output::columnar::writer::ColumnarFormat;
use crate::output::encoding::Encoding;
use crate::output::projection::Projection;
use crate::output::text_format::TextFormat;
use crate::sys::compression::{CODECS, Codec, OutputCodec};

/// Format of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordFormat {
    /// Text, with an optional compression.
    Text(TextFormat, Option<OutputCodec>),
    /// Columns: Parquet or Arrow.
    #[cfg(feature = "columnar")]
    Columnar(ColumnarFormat),
}

/// Error for a name or an ending without a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownRecordFormat;

/// Endings of other formats, which are refused for JSON Lines, as are those of a compression that is only read.
const UNSUPPORTED_SUFFIXES: [&str; 9] =
    ["parquet", "pq", "arrow", "feather", "ipc", "tsv", "sqlite", "db", "zip"];

impl Default for RecordFormat {
    /// JSON Lines.
    fn default() -> Self {
        RecordFormat::Text(TextFormat::JsonLines, None)
    }
}

impl RecordFormat {
    /// Every format, with its name: the ending of its files.
    pub fn all() -> &'static [(String, RecordFormat)] {
        static ALL: LazyLock<Vec<(String, RecordFormat)>> = LazyLock::new(|| {
            let mut all = Vec::new();
            for format in TextFormat::ALL {
                let name = format.encoder().suffixes()[0];
                all.push((name.to_owned(), RecordFormat::Text(format, None)));
                for codec in CODECS.iter().filter(|codec| codec.output.is_some()) {
                    let name = format!("{name}.{}", codec.suffixes[0]);
                    all.push((name, RecordFormat::Text(format, codec.output)));
                }
            }
            #[cfg(feature = "columnar")]
            for (name, format) in [("parquet", ColumnarFormat::Parquet), ("arrow", ColumnarFormat::Arrow)] {
                all.push((name.to_owned(), RecordFormat::Columnar(format)));
            }
            all
        });
        &ALL
    }

    /// Returns the format for the ending of a file's name: columns, or text, compressed if it is `.gz` or `.zst`. A
    /// name without an ending means JSON Lines.
    ///
    /// # Errors
    /// No format has this ending.
    pub fn from_path(path: &Path) -> Result<Self, UnknownRecordFormat> {
        let compression = OutputCodec::from_path(path);
        let name = without_compression(path);
        let Some(suffix) = name.extension() else {
            return Ok(RecordFormat::Text(TextFormat::JsonLines, compression));
        };
        if let Some(format) = TextFormat::from_suffix(suffix) {
            return Ok(RecordFormat::Text(format, compression));
        }
        let matches = |known: &str| suffix.eq_ignore_ascii_case(known) && compression.is_none();
        let format = RecordFormat::all().iter().find(|(known, _)| matches(known));
        format.map(|(_, format)| *format).ok_or(UnknownRecordFormat)
    }

    /// Returns `true` if JSON Lines may be written to a file of this name, where nothing else is: to `bad.rejects`, but
    /// not to `bad.csv`.
    pub fn may_be_lines(path: &Path) -> bool {
        let name = without_compression(path);
        let Some(suffix) = name.extension() else { return true };
        let is_other = UNSUPPORTED_SUFFIXES.iter().any(|other| suffix.eq_ignore_ascii_case(other));
        !is_other
            && TextFormat::from_suffix(suffix).is_none_or(|format| format == TextFormat::JsonLines)
            && Codec::from_path(name).is_none_or(|codec| codec.output.is_some())
    }

    /// Compression of the stream of records.
    pub fn compression(self) -> Option<OutputCodec> {
        match self {
            RecordFormat::Text(_, compression) => compression,
            #[cfg(feature = "columnar")]
            RecordFormat::Columnar(_) => None,
        }
    }

    /// Returns the form in which the stream takes records, with the keys of `projection`.
    pub fn encoding(self, projection: Projection) -> Encoding {
        match self {
            RecordFormat::Text(format, _) => Encoding::Text(format, projection),
            #[cfg(feature = "columnar")]
            RecordFormat::Columnar(_) => Encoding::Row(projection),
        }
    }

    /// Returns the start of a file, before its first record, as far as it is text.
    pub fn header(self, projection: Projection) -> Vec<u8> {
        let mut header = Vec::new();
        match self {
            RecordFormat::Text(format, _) => format.encoder().write_header(projection, &mut header),
            #[cfg(feature = "columnar")]
            RecordFormat::Columnar(_) => {}
        }
        header
    }

    /// Iterates over the lengths in bytes of the records in `text`.
    pub fn record_lengths(self, mut text: &[u8]) -> impl Iterator<Item = usize> + Clone {
        std::iter::from_fn(move || {
            let length = match self {
                RecordFormat::Text(format, _) => format.encoder().record_len(text)?,
                #[cfg(feature = "columnar")]
                RecordFormat::Columnar(_) => return None,
            };
            text = &text[length..];
            Some(length)
        })
    }

    /// Returns `true` if the records are text, which may be shown on a terminal.
    pub fn is_text(self) -> bool {
        matches!(self, RecordFormat::Text(..))
    }
}

impl FromStr for RecordFormat {
    type Err = UnknownRecordFormat;

    fn from_str(name: &str) -> Result<Self, UnknownRecordFormat> {
        let format = RecordFormat::all().iter().find(|(known, _)| known == name);
        format.map(|(_, format)| *format).ok_or(UnknownRecordFormat)
    }
}

impl fmt::Display for UnknownRecordFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a format of records: they are")?;
        for (index, (name, _)) in RecordFormat::all().iter().enumerate() {
            write!(f, "{} `{name}`", if index == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownRecordFormat {}

/// Name of a file without the ending of its compression.
pub fn without_compression(path: &Path) -> &Path {
    path.file_stem().filter(|_| OutputCodec::from_path(path).is_some()).map_or(path, Path::new)
}
