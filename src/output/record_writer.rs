//! Writes records in one format to one target: text as it is, rows as a table.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;

#[cfg(feature = "columnar")]
use crate::output::columnar::rows::Rows;
#[cfg(feature = "columnar")]
use crate::output::columnar::writer::ColumnarWriter;
use crate::output::encoding::RecordSink;
use crate::output::format::RecordFormat;
use crate::output::projection::Projection;
use crate::output::sink::{Complete, Sink, WriteError};
use crate::sys::tasks::TaskQueue;

/// Writer of records.
pub enum RecordWriter {
    /// Text, written as it is.
    Text(Box<Sink>),
    /// A table, and the name of its output.
    #[cfg(feature = "columnar")]
    Columnar(ColumnarWriter<Sink>, String),
}

impl RecordWriter {
    /// Opens the file at `path`, or the standard output without one, for records with the keys of `projection`.
    ///
    /// # Errors
    /// The target cannot be opened, or its start cannot be written.
    pub fn create(
        path: Option<&Path>,
        format: RecordFormat,
        projection: Projection,
        tasks: TaskQueue,
    ) -> Result<Self, WriteError> {
        let mut sink = Sink::create(path, format.compression(), format.is_text(), tasks.threads())?;
        match format {
            RecordFormat::Text(..) => match sink.write_all(&format.header(projection)) {
                Ok(()) => Ok(RecordWriter::Text(Box::new(sink))),
                Err(error) => Err(WriteError::named(sink.name().to_owned(), error)),
            },
            #[cfg(feature = "columnar")]
            RecordFormat::Columnar(format) => {
                let name = sink.name().to_owned();
                match ColumnarWriter::new(sink, format, projection, tasks) {
                    Ok(table) => Ok(RecordWriter::Columnar(table, name)),
                    Err(error) => Err(WriteError::named(name, error)),
                }
            }
        }
    }

    /// Finishes the stream and waits until every byte is on the disk or in the store.
    ///
    /// # Errors
    /// Writing, flushing or syncing fails.
    pub fn complete(self) -> Result<Complete, WriteError> {
        match self {
            RecordWriter::Text(sink) => sink.complete(),
            #[cfg(feature = "columnar")]
            RecordWriter::Columnar(table, name) => {
                table.finish().map_err(|error| WriteError::named(name, error))?.complete()
            }
        }
    }
}

impl RecordSink for RecordWriter {
    fn write_text(&mut self, text: &[u8]) -> io::Result<()> {
        match self {
            RecordWriter::Text(sink) => sink.write_all(text),
            #[cfg(feature = "columnar")]
            RecordWriter::Columnar(..) => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    #[cfg(feature = "columnar")]
    fn write_rows(&mut self, rows: Rows) -> io::Result<()> {
        match self {
            RecordWriter::Text(_) => Err(io::ErrorKind::Unsupported.into()),
            RecordWriter::Columnar(table, _) => table.write(rows),
        }
    }

    fn advance(&mut self) -> io::Result<()> {
        match self {
            RecordWriter::Text(_) => Ok(()),
            #[cfg(feature = "columnar")]
            RecordWriter::Columnar(table, _) => table.advance(),
        }
    }

    /// Flushes text. A table is readable only once it is complete.
    fn flush_records(&mut self) -> io::Result<()> {
        match self {
            RecordWriter::Text(sink) => sink.flush(),
            #[cfg(feature = "columnar")]
            RecordWriter::Columnar(..) => Ok(()),
        }
    }
}

impl fmt::Debug for RecordWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RecordWriter::Text(_) => "Text",
            #[cfg(feature = "columnar")]
            RecordWriter::Columnar(..) => "Columnar",
        })
    }
}
