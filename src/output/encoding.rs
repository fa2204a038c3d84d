//! Encodings of records, in the worker threads that have read them.

use std::io::{self, Write};
use std::ops::Range;

#[cfg(feature = "columnar")]
use crate::output::columnar::rows::{RowBuilder, Rows};
use crate::output::projection::Projection;
#[cfg(doc)]
use crate::output::record_encoder::RecordEncoder;
use crate::output::text_format::TextFormat;
use crate::record::article::Article;

/// Form in which worker threads hand a record, with some or all of its keys, to the writer of its format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Text, which the writer passes on as it is.
    Text(TextFormat, Projection),
    /// A row of a table.
    #[cfg(feature = "columnar")]
    Row(Projection),
}

impl Encoding {
    /// JSON Lines with all keys.
    pub const FULL_RECORD: Encoding = Encoding::Text(TextFormat::JsonLines, Projection::ALL);
}

/// Encoded records of consecutive files.
#[derive(Debug)]
pub enum EncodedRecords {
    /// Text.
    Text(Vec<u8>),
    /// Rows of a table.
    #[cfg(feature = "columnar")]
    Rows(Box<RowBuilder>),
}

/// Takes encoded records. Whatever takes bytes takes those that are text.
pub trait RecordSink {
    /// Takes whole records of a text format.
    ///
    /// # Errors
    /// Writing fails.
    fn write_text(&mut self, text: &[u8]) -> io::Result<()>;

    /// Takes rows of a table.
    ///
    /// # Errors
    /// Writing fails.
    #[cfg(feature = "columnar")]
    fn write_rows(&mut self, rows: Rows) -> io::Result<()>;

    /// Writes what other threads have encoded since the last call.
    ///
    /// # Errors
    /// Writing fails.
    fn advance(&mut self) -> io::Result<()>;

    /// Flushes what is written so far, as far as the format allows it.
    ///
    /// # Errors
    /// Writing fails.
    fn flush_records(&mut self) -> io::Result<()>;
}

impl Default for EncodedRecords {
    fn default() -> Self {
        EncodedRecords::Text(Vec::new())
    }
}

impl EncodedRecords {
    /// Appends the record of `article`. Returns its range: in bytes of text, or in rows.
    /// `is_clean` is as in [`RecordEncoder::write_record`].
    pub fn append(&mut self, article: &Article<'_>, encoding: Encoding, is_clean: bool) -> Range<usize> {
        match encoding {
            Encoding::Text(format, projection) => {
                self.append_text(|text| format.encoder().write_record(article, projection, is_clean, text))
            }
            #[cfg(feature = "columnar")]
            Encoding::Row(projection) => self.append_row(article, projection),
        }
    }

    /// Appends the record that `write` appends to the text. Returns its range in bytes.
    pub fn append_text(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Range<usize> {
        match self {
            EncodedRecords::Text(text) => {
                let start = text.len();
                write(text);
                start..text.len()
            }
            // A run has one encoding, so that there are no rows to lose.
            #[cfg(feature = "columnar")]
            EncodedRecords::Rows(_) => {
                *self = EncodedRecords::default();
                self.append_text(write)
            }
        }
    }

    #[cfg(feature = "columnar")]
    fn append_row(&mut self, article: &Article<'_>, projection: Projection) -> Range<usize> {
        let rows = match self {
            EncodedRecords::Rows(rows) => rows,
            EncodedRecords::Text(_) => {
                *self = EncodedRecords::Rows(Box::new(RowBuilder::new(projection)));
                return self.append_row(article, projection);
            }
        };
        let start = rows.len();
        rows.append(article);
        start..rows.len()
    }

    /// End of the last record: in bytes of text, or in rows.
    pub fn end(&self) -> usize {
        match self {
            EncodedRecords::Text(text) => text.len(),
            #[cfg(feature = "columnar")]
            EncodedRecords::Rows(rows) => rows.len(),
        }
    }

    /// Memory of the records in bytes.
    pub fn memory(&self) -> usize {
        match self {
            EncodedRecords::Text(text) => text.len(),
            #[cfg(feature = "columnar")]
            EncodedRecords::Rows(rows) => rows.memory(),
        }
    }

    /// Drops the records from `end` on. Rows stay, but no range refers to them.
    pub fn truncate(&mut self, end: usize) {
        match self {
            EncodedRecords::Text(text) => text.truncate(end),
            #[cfg(feature = "columnar")]
            EncodedRecords::Rows(_) => {}
        }
    }

    /// Writes the records in `ranges`, which are ascending, to `sink`. Rows are moved there.
    ///
    /// # Errors
    /// Writing fails.
    pub fn write(
        &mut self,
        mut ranges: impl Iterator<Item = Range<usize>>,
        sink: &mut dyn RecordSink,
    ) -> io::Result<()> {
        match self {
            EncodedRecords::Text(text) => ranges.try_for_each(|range| sink.write_text(&text[range])),
            #[cfg(feature = "columnar")]
            EncodedRecords::Rows(rows) => sink.write_rows(rows.take(ranges)?),
        }
    }

    /// Removes all records, and shrinks their buffer to about `limit` bytes if it is much larger.
    pub fn clear(&mut self, limit: usize) {
        match self {
            EncodedRecords::Text(text) => clear_buffer(text, limit),
            #[cfg(feature = "columnar")]
            EncodedRecords::Rows(rows) => rows.clear(),
        }
    }
}

/// Removes all bytes, and shrinks their buffer to about `limit` bytes if it is much larger.
pub fn clear_buffer(bytes: &mut Vec<u8>, limit: usize) {
    bytes.clear();
    if bytes.capacity() > 2 * limit {
        bytes.shrink_to(limit);
    }
}

impl<W: Write + ?Sized> RecordSink for W {
    fn write_text(&mut self, text: &[u8]) -> io::Result<()> {
        self.write_all(text)
    }

    #[cfg(feature = "columnar")]
    fn write_rows(&mut self, _: Rows) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn advance(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn flush_records(&mut self) -> io::Result<()> {
        Write::flush(self)
    }
}
