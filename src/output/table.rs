//! Collects rows into columns and writes these in batches.

use std::io::{self, ErrorKind, Write};

use super::arrow_stream::ArrowStream;
use super::columns::Columns;
use super::fields::Fields;
use super::parquet_file::ParquetFile;
use super::row;

/// Writes rows as columns.
pub struct Table<W: Write + Send> {
    columns: Columns,
    /// Bytes of the collected rows.
    bytes: usize,
    writer: Writer<W>,
}

/// File format of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
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
const ROWS: usize = 4096;
const BYTES: usize = 4 << 20;

impl<W: Write + Send> Table<W> {
    /// Begins a table with these fields, or with all.
    ///
    /// # Errors
    /// Writing to `place` fails.
    pub fn of(place: W, layout: Layout, fields: Option<Fields>) -> io::Result<Self> {
        let columns = Columns::of(fields);
        let writer = match layout {
            Layout::Parquet => Writer::Parquet(Box::new(ParquetFile::of(place, columns.schema())?)),
            Layout::Arrow => Writer::Arrow(Box::new(ArrowStream::of(place, columns.schema())?)),
        };
        Ok(Table { columns, bytes: 0, writer })
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
            if self.columns.rows() > 0 && self.bytes + row.len() > BYTES {
                self.pass_on()?;
            }
            self.columns.append(row)?;
            self.bytes += row.len();
            if self.columns.rows() == ROWS {
                self.pass_on()?;
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
            self.pass_on()?;
        }
        match self.writer {
            Writer::Parquet(file) => file.finish(),
            Writer::Arrow(stream) => stream.finish(),
        }
    }

    fn pass_on(&mut self) -> io::Result<()> {
        let columns = self.columns.take()?;
        let bytes = std::mem::take(&mut self.bytes);
        match &mut self.writer {
            Writer::Parquet(file) => file.write(&columns, bytes),
            Writer::Arrow(stream) => stream.write(&columns),
        }
    }
}
