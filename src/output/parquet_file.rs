//! Columns as a Parquet file: in groups of rows, each column compressed by itself.

use std::io::{self, ErrorKind, Write};
use std::sync::Arc;

use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use super::columns::{RecordBatch, SchemaRef};

/// A Parquet file under way. The rows of a group are held back, compressed, until it is full.
pub struct ParquetFile<W: Write + Send> {
    writer: ArrowWriter<Place<W>>,
    /// Bytes of the group under way, before they are compressed.
    group: usize,
}

/// The bytes that a group of rows may have before it is compressed.
const MAX_GROUP_BYTES: usize = 128 << 20;
/// The bytes of memory that a group of rows takes, compressed, when it is written.
const MAX_GROUP_MEMORY_BYTES: usize = 16 << 20;
const ZSTD_LEVEL: i32 = 3;

/// Columns whose values hardly ever come twice: a dictionary would only be thrown away.
const WITHOUT_DICTIONARY: [&str; 7] = ["id", "aid", "title", "text", "url", "content_hash", "path"];

/// Columns that are asked for ranges or single values, of which a reader can then skip groups.
const WITH_STATISTICS: [&str; 9] = [
    "id",
    "oid",
    "publisher",
    "category",
    "published_on",
    "published_at",
    "crawled_at",
    "verified",
    "comment_count",
];

impl<W: Write + Send> ParquetFile<W> {
    /// Begins a file of such columns.
    ///
    /// # Errors
    /// Those of the place.
    pub fn of(place: W, schema: &SchemaRef) -> io::Result<Self> {
        let properties = properties()
            .and_then(|with| ArrowWriter::try_new(Place(Some(place)), Arc::clone(schema), Some(with)));
        Ok(ParquetFile { writer: properties.map_err(io_error)?, group: 0 })
    }

    /// Writes these rows, which are so many bytes.
    ///
    /// # Errors
    /// Those of the place.
    pub fn write(&mut self, rows: &RecordBatch, bytes: usize) -> io::Result<()> {
        if self.group + bytes > MAX_GROUP_BYTES || self.writer.memory_size() > MAX_GROUP_MEMORY_BYTES {
            self.writer.flush().map_err(io_error)?;
            self.group = 0;
        }
        self.group += bytes;
        self.writer.write(rows).map_err(io_error)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// Those of the place.
    pub fn finish(mut self) -> io::Result<W> {
        self.writer.finish().map_err(io_error)?;
        self.writer.inner_mut().0.take().ok_or_else(|| ErrorKind::InvalidInput.into())
    }
}

/// Where the file goes. The writer's own way to give it back would lose what kind of error it met.
struct Place<W>(Option<W>);

impl<W: Write> Write for Place<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(0), |place| place.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.as_mut().map_or(Ok(()), W::flush)
    }
}

fn properties() -> Result<WriterProperties, ParquetError> {
    let mut properties = WriterProperties::builder()
        .set_created_by(concat!("ingest version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?))
        .set_max_row_group_row_count(None)
        .set_statistics_enabled(EnabledStatistics::None);
    for column in WITHOUT_DICTIONARY {
        properties = properties.set_column_dictionary_enabled(column.into(), false);
    }
    for column in WITH_STATISTICS {
        properties = properties.set_column_statistics_enabled(column.into(), EnabledStatistics::Chunk);
    }
    Ok(properties.build())
}

fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}
