//! Gathers rows into batches, whose ends depend on the rows only, and writes these in one format.

use std::io::{self, Write};

use crate::output::columnar::arrow::ArrowStream;
use crate::output::columnar::columns::{RecordBatch, schema};
use crate::output::columnar::parquet::ParquetFile;
use crate::output::columnar::rows::Rows;
use crate::output::projection::Projection;
use crate::sys::tasks::TaskQueue;

/// Writes rows as a table.
pub struct ColumnarWriter<W: Write + Send> {
    /// Parts of the current batch.
    pieces: Vec<RecordBatch>,
    rows: usize,
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

/// Maximum rows of a batch.
const MAX_BATCH_ROWS: usize = 4096;
/// Maximum bytes of a batch of an Arrow stream.
const MAX_ARROW_BATCH_BYTES: usize = 1 << 20;
/// Maximum bytes of a batch of a Parquet file, whose texts are one page.
const MAX_PARQUET_BATCH_BYTES: usize = 256 << 10;

impl<W: Write + Send> ColumnarWriter<W> {
    /// Begins a table with the keys of `projection`. Leaves the encoding to `tasks`.
    ///
    /// # Errors
    /// Writing to `sink` fails.
    pub fn new(
        sink: W,
        format: ColumnarFormat,
        projection: Projection,
        tasks: TaskQueue,
    ) -> io::Result<Self> {
        let schema = schema(projection);
        let writer = match format {
            ColumnarFormat::Parquet => Writer::Parquet(Box::new(ParquetFile::new(sink, schema, tasks)?)),
            ColumnarFormat::Arrow => Writer::Arrow(Box::new(ArrowStream::new(sink, schema, tasks)?)),
        };
        Ok(ColumnarWriter { pieces: Vec::new(), rows: 0, bytes: 0, writer })
    }

    /// Takes rows.
    ///
    /// # Errors
    /// Writing fails.
    pub fn write(&mut self, mut rows: Rows) -> io::Result<()> {
        while !rows.is_empty() {
            let (count, bytes) = self.fitting(rows.sizes());
            let (piece, rest) = rows.split_at(count);
            if count > 0 {
                self.pieces.push(piece.into_columns());
            }
            self.rows += count;
            self.bytes += bytes;
            if self.rows == MAX_BATCH_ROWS || !rest.is_empty() {
                self.end_batch()?;
            }
            rows = rest;
        }
        Ok(())
    }

    /// Writes what is ready.
    ///
    /// # Errors
    /// Writing fails.
    pub fn advance(&mut self) -> io::Result<()> {
        match &mut self.writer {
            // Its row groups are written as they end.
            Writer::Parquet(_) => Ok(()),
            Writer::Arrow(stream) => stream.advance(),
        }
    }

    /// Writes the remaining rows, ends the table and returns the sink.
    ///
    /// # Errors
    /// Writing fails.
    pub fn finish(mut self) -> io::Result<W> {
        if self.rows > 0 {
            self.end_batch()?;
        }
        match self.writer {
            Writer::Parquet(file) => file.finish(),
            Writer::Arrow(stream) => stream.finish(),
        }
    }

    /// Returns how many rows of these sizes the batch still takes, and their bytes. An empty batch takes any first row.
    fn fitting(&self, sizes: &[usize]) -> (usize, usize) {
        let max_bytes = match self.writer {
            Writer::Parquet(_) => MAX_PARQUET_BATCH_BYTES,
            Writer::Arrow(_) => MAX_ARROW_BATCH_BYTES,
        };
        let (mut count, mut bytes) = (0, 0);
        for size in sizes.iter().take(MAX_BATCH_ROWS - self.rows) {
            if self.bytes + bytes + size > max_bytes && self.rows + count > 0 {
                break;
            }
            (count, bytes) = (count + 1, bytes + size);
        }
        (count, bytes)
    }

    fn end_batch(&mut self) -> io::Result<()> {
        let pieces = std::mem::take(&mut self.pieces);
        let bytes = std::mem::take(&mut self.bytes);
        self.rows = 0;
        match &mut self.writer {
            Writer::Parquet(file) => file.write(pieces, bytes),
            Writer::Arrow(stream) => stream.write(pieces, bytes),
        }
    }
}
