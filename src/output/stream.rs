//! Writes records in one format to one target: lines as they are, rows as a table.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use super::destination::{CannotWrite, Complete, Destination};
use super::fields::Fields;
use super::format::Format;
#[cfg(feature = "columnar")]
use super::table::Table;

/// Writer of records.
pub enum Stream {
    /// JSON Lines.
    Lines(Box<Destination>),
    /// A table, and the name of its output.
    #[cfg(feature = "columnar")]
    Rows(Table<Destination>, String),
}

impl Stream {
    /// Opens the file at `path`, or the standard output without one, for records with these fields.
    ///
    /// # Errors
    /// The target cannot be opened.
    #[cfg_attr(not(feature = "columnar"), expect(unused_variables, reason = "lines come with their keys"))]
    pub fn of(path: Option<&Path>, format: Format, fields: Option<Fields>) -> Result<Self, CannotWrite> {
        let destination = Destination::of(path, format.compression(), !format.takes_rows())?;
        match format {
            Format::JsonLines(_) => Ok(Stream::Lines(Box::new(destination))),
            #[cfg(feature = "columnar")]
            Format::Table(layout) => {
                let name = destination.name().to_owned();
                match Table::of(destination, layout, fields) {
                    Ok(table) => Ok(Stream::Rows(table, name)),
                    Err(error) => Err(CannotWrite::named(name, error)),
                }
            }
        }
    }

    /// Finishes the stream and waits until every byte is on the disk or in the store.
    ///
    /// # Errors
    /// Writing, flushing or syncing fails.
    pub fn complete(self) -> Result<Complete, CannotWrite> {
        match self {
            Stream::Lines(destination) => destination.complete(),
            #[cfg(feature = "columnar")]
            Stream::Rows(table, name) => {
                table.finish().map_err(|error| CannotWrite::named(name, error))?.complete()
            }
        }
    }
}

impl Write for Stream {
    /// Writes whole records only.
    fn write(&mut self, records: &[u8]) -> io::Result<usize> {
        match self {
            Stream::Lines(destination) => destination.write(records),
            #[cfg(feature = "columnar")]
            Stream::Rows(table, _) => table.write(records).map(|()| records.len()),
        }
    }

    /// Flushes the lines. A table is readable only once it is complete.
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Stream::Lines(destination) => destination.flush(),
            #[cfg(feature = "columnar")]
            Stream::Rows(..) => Ok(()),
        }
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stream::Lines(_) => "Lines",
            #[cfg(feature = "columnar")]
            Stream::Rows(..) => "Rows",
        })
    }
}
