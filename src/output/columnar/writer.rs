//! Collects rows into columns and writes these in batches.

use std::io::{self, ErrorKind, Write};

use crate::output::columnar::arrow::ArrowStream;
use crate::output::columnar::columns::Columns;
use crate::output::columnar::parquet::ParquetFile;
use crate::output::columnar::row;
use crate::output::projection::Projection;

/// Writes rows as columns.
pub struct ColumnarWriter<W: Write + Send> {
    columns: Columns,
    /// Bytes of the collected rows.
    bytes: usize,
    writer: Writer<W>,
}

/// File format of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnarFormat {
    /// Parquet: a file with compressed columns, each readable by itself.
    Parquet,
    /// Arrow IPC: a stream of columns in their memory layout.
    Arrow,
}

enum Writer<W: Write + Send> {
    Parquet(Box<ParquetFile<W>>),
    Arrow(Box<ArrowStream<W>>),
}

/// Maximum rows and bytes of a batch.
const MAX_BATCH_ROWS: usize = 4096;
const MAX_BATCH_BYTES: usize = 4 << 20;

impl<W: Write + Send> ColumnarWriter<W> {
    /// Begins a table with the keys of `projection`.
    ///
    /// # Errors
    /// Writing to `place` fails.
    pub fn new(place: W, layout: ColumnarFormat, projection: Projection) -> io::Result<Self> {
        let columns = Columns::new(projection);
        let writer = match layout {
            ColumnarFormat::Parquet => Writer::Parquet(Box::new(ParquetFile::new(place, columns.schema())?)),
            ColumnarFormat::Arrow => Writer::Arrow(Box::new(ArrowStream::new(place, columns.schema())?)),
        };
        Ok(ColumnarWriter { columns, bytes: 0, writer })
    }

    /// Takes whole rows.
    ///
    /// # Errors
    /// Writing fails, a row is malformed, or a row has more than 2 GiB.
    pub fn write(&mut self, mut rows: &[u8]) -> io::Result<()> {
        while !rows.is_empty() {
            let (row, rest) = row::split_first(rows).ok_or(ErrorKind::InvalidData)?;
            if i32::try_from(row.len()).is_err() {
                return Err(io::Error::other("a record has more than 2 GiB"));
            }
            if self.columns.rows() > 0 && self.bytes + row.len() > MAX_BATCH_BYTES {
                self.flush_batch()?;
            }
            self.columns.append(row)?;
            self.bytes += row.len();
            if self.columns.rows() == MAX_BATCH_ROWS {
                self.flush_batch()?;
            }
            rows = rest;
        }
        Ok(())
    }

    /// Writes the remaining rows, ends the table and returns the sink.
    ///
    /// # Errors
    /// Writing fails.
    pub fn finish(mut self) -> io::Result<W> {
        if self.columns.rows() > 0 {
            self.flush_batch()?;
        }
        match self.writer {
            Writer::Parquet(file) => file.finish(),
            Writer::Arrow(stream) => stream.finish(),
        }
    }

    fn flush_batch(&mut self) -> io::Result<()> {
        let columns = self.columns.take()?;
        let bytes = std::mem::take(&mut self.bytes);
        match &mut self.writer {
            Writer::Parquet(file) => file.write(&columns, bytes),
            Writer::Arrow(stream) => stream.write(&columns),
        }
    }
}
