//! Writes records in one format to one target: lines as they are, rows as a table.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;

#[cfg(feature = "columnar")]
use crate::output::columnar::writer::ColumnarWriter;
use crate::output::format::RecordFormat;
use crate::output::projection::Projection;
use crate::output::sink::{Complete, Sink, WriteError};

/// Writer of records.
pub enum RecordWriter {
    /// JSON Lines.
    Lines(Box<Sink>),
    /// A table, and the name of its output.
    #[cfg(feature = "columnar")]
    Rows(ColumnarWriter<Sink>, String),
}

impl RecordWriter {
    /// Opens the file at `path`, or the standard output without one, for records with these fields.
    ///
    /// # Errors
    /// The target cannot be opened.
    #[cfg_attr(not(feature = "columnar"), expect(unused_variables, reason = "lines come with their keys"))]
    pub fn create(
        path: Option<&Path>,
        format: RecordFormat,
        projection: Projection,
    ) -> Result<Self, WriteError> {
        let destination = Sink::create(path, format.compression(), format.is_text())?;
        match format {
            RecordFormat::JsonLines(_) => Ok(RecordWriter::Lines(Box::new(destination))),
            #[cfg(feature = "columnar")]
            RecordFormat::Table(layout) => {
                let name = destination.name().to_owned();
                match ColumnarWriter::new(destination, layout, projection) {
                    Ok(table) => Ok(RecordWriter::Rows(table, name)),
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
            RecordWriter::Lines(destination) => destination.complete(),
            #[cfg(feature = "columnar")]
            RecordWriter::Rows(table, name) => {
                table.finish().map_err(|error| WriteError::named(name, error))?.complete()
            }
        }
    }
}

impl Write for RecordWriter {
    /// Writes whole records only.
    fn write(&mut self, records: &[u8]) -> io::Result<usize> {
        match self {
            RecordWriter::Lines(destination) => destination.write(records),
            #[cfg(feature = "columnar")]
            RecordWriter::Rows(table, _) => table.write(records).map(|()| records.len()),
        }
    }

    /// Flushes the lines. A table is readable only once it is complete.
    fn flush(&mut self) -> io::Result<()> {
        match self {
            RecordWriter::Lines(destination) => destination.flush(),
            #[cfg(feature = "columnar")]
            RecordWriter::Rows(..) => Ok(()),
        }
    }
}

impl fmt::Debug for RecordWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RecordWriter::Lines(_) => "Lines",
            #[cfg(feature = "columnar")]
            RecordWriter::Rows(..) => "Rows",
        })
    }
}
