//! Writes rows as an Arrow IPC stream, which other programs read from a pipe without a copy.

use std::io::{self, BufWriter, IntoInnerError, Write};
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::cast::AsArray;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::FieldRef;

use crate::output::columnar::columns::{RecordBatch, SchemaRef, io_error, joined};
use crate::output::columnar::pending_batches::PendingBatches;
use crate::output::columnar::text_buffers::{BATCHES, PIECES};
use crate::record::key::Key;
use crate::sys::tasks::TaskQueue;

/// Writer of an Arrow stream.
pub struct ArrowStream<W: Write> {
    writer: StreamWriter<BufWriter<W>>,
    schema: SchemaRef,
    /// Batches that are being joined.
    pending: PendingBatches<RecordBatch>,
}

impl<W: Write> ArrowStream<W> {
    /// Writes the stream's schema to `sink`.
    ///
    /// # Errors
    /// Writing to `sink` fails.
    pub fn new(sink: W, schema: SchemaRef, tasks: TaskQueue) -> io::Result<Self> {
        let writer = StreamWriter::try_new_buffered(sink, &schema).map_err(io_error)?;
        Ok(ArrowStream { writer, schema, pending: PendingBatches::new(tasks) })
    }

    /// Takes `pieces` of `bytes` bytes, which are one batch of the stream.
    ///
    /// # Errors
    /// Writing fails.
    pub fn write(&mut self, pieces: Vec<RecordBatch>, bytes: usize) -> io::Result<()> {
        while !self.pending.has_room(bytes)
            && let Some(batch) = self.pending.wait_next()?
        {
            self.write_batch(batch)?;
        }
        let schema = Arc::clone(&self.schema);
        self.pending.submit(bytes, move || join(schema, pieces));
        Ok(())
    }

    /// Writes the batches that are ready and flushes them, so that a reader has them at once.
    ///
    /// # Errors
    /// Writing fails.
    pub fn advance(&mut self) -> io::Result<()> {
        while let Some(batch) = self.pending.try_next()? {
            self.write_batch(batch)?;
        }
        Ok(())
    }

    /// Ends the stream and returns its sink.
    ///
    /// # Errors
    /// Writing fails.
    pub fn finish(mut self) -> io::Result<W> {
        while let Some(batch) = self.pending.wait_next()? {
            self.write_batch(batch)?;
        }
        let buffer = self.writer.into_inner().map_err(io_error)?;
        buffer.into_inner().map_err(IntoInnerError::into_error)
    }

    fn write_batch(&mut self, batch: RecordBatch) -> io::Result<()> {
        self.writer.write(&batch).and_then(|()| self.writer.flush()).map_err(io_error)?;
        BATCHES.give_texts_of(batch);
        Ok(())
    }
}

/// Joins `pieces`, which have the schema, into one batch.
fn join(schema: SchemaRef, pieces: Vec<RecordBatch>) -> io::Result<RecordBatch> {
    let column = |(index, field): (usize, &FieldRef)| {
        if field.name() != Key::Text.name() {
            return joined(&pieces, index);
        }
        let mut texts = BATCHES.take();
        for piece in &pieces {
            texts.append_array(piece.column(index).as_string())?;
        }
        Ok(Arc::new(texts.finish()) as ArrayRef)
    };
    let columns = schema.fields().iter().enumerate().map(column).collect::<Result<_, _>>();
    let joined = columns.and_then(|columns| RecordBatch::try_new(Arc::clone(&schema), columns));
    pieces.into_iter().for_each(|piece| PIECES.give_texts_of(piece));
    joined.map_err(io_error)
}
