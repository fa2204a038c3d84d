//! A table under way: rows are gathered, become columns, and are written.

use std::io::{self, ErrorKind, Write};

use super::arrow_stream::ArrowStream;
use super::columns::Columns;
use super::fields::Fields;
use super::parquet_file::ParquetFile;
use super::row;

/// Takes rows, and writes them as columns.
pub struct Table<W: Write + Send> {
    columns: Columns,
    /// Bytes of the rows that are gathered.
    bytes: usize,
    writer: Writer<W>,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A file whose columns are compressed, and read one by one.
    Parquet,
    /// A stream of columns as they lie in memory.
    Arrow,
}

enum Writer<W: Write + Send> {
    Parquet(Box<ParquetFile<W>>),
    Arrow(Box<ArrowStream<W>>),
}

/// So many rows are gathered, or fewer where they grow past the bytes.
const ROWS: usize = 4096;
const BYTES: usize = 4 << 20;

impl<W: Write + Send> Table<W> {
    /// Begins a table of these fields, or of all.
    ///
    /// # Errors
    /// Those of the place.
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
    /// Those of the place; a row is larger than a column can be.
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

    /// Ends the table, and gives its place back.
    ///
    /// # Errors
    /// Those of the place.
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
