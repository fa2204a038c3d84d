//! Columns as an Arrow IPC stream: what other programs read from a pipe without a copy.

use std::io::{self, BufWriter, IntoInnerError, Write};

use arrow_ipc::writer::StreamWriter;

use super::columns::{RecordBatch, SchemaRef, io_error};

/// An Arrow stream under way.
pub struct ArrowStream<W: Write> {
    writer: StreamWriter<BufWriter<W>>,
}

impl<W: Write> ArrowStream<W> {
    /// Begins a stream of such columns.
    ///
    /// # Errors
    /// Those of the place.
    pub fn of(place: W, schema: &SchemaRef) -> io::Result<Self> {
        let writer = StreamWriter::try_new_buffered(place, schema).map_err(io_error)?;
        Ok(ArrowStream { writer })
    }

    /// Writes these rows, so that a reader has them at once.
    ///
    /// # Errors
    /// Those of the place.
    pub fn write(&mut self, rows: &RecordBatch) -> io::Result<()> {
        self.writer.write(rows).and_then(|()| self.writer.flush()).map_err(io_error)
    }

    /// Ends the stream.
    ///
    /// # Errors
    /// Those of the place.
    pub fn finish(self) -> io::Result<W> {
        let buffer = self.writer.into_inner().map_err(io_error)?;
        buffer.into_inner().map_err(IntoInnerError::into_error)
    }
}
