//! Writes columns as an Arrow IPC stream, which other programs read from a pipe without a copy.

use std::io::{self, BufWriter, IntoInnerError, Write};

use arrow_ipc::writer::StreamWriter;

use crate::output::columnar::columns::{RecordBatch, SchemaRef, io_error};

/// Writer of an Arrow stream.
pub struct ArrowStream<W: Write> {
    writer: StreamWriter<BufWriter<W>>,
}

impl<W: Write> ArrowStream<W> {
    /// Writes the stream's schema to `place`.
    ///
    /// # Errors
    /// Writing to `place` fails.
    pub fn new(place: W, schema: &SchemaRef) -> io::Result<Self> {
        let writer = StreamWriter::try_new_buffered(place, schema).map_err(io_error)?;
        Ok(ArrowStream { writer })
    }

    /// Writes the rows as one batch and flushes it, so that a reader has them at once.
    ///
    /// # Errors
    /// Writing fails.
    pub fn write(&mut self, rows: &RecordBatch) -> io::Result<()> {
        self.writer.write(rows).and_then(|()| self.writer.flush()).map_err(io_error)
    }

    /// Ends the stream and returns its sink.
    ///
    /// # Errors
    /// Writing fails.
    pub fn finish(self) -> io::Result<W> {
        let buffer = self.writer.into_inner().map_err(io_error)?;
        buffer.into_inner().map_err(IntoInnerError::into_error)
    }
}
