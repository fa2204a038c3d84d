//! Writes columns as a Parquet file: in row groups, each column compressed by itself.

use std::io::{self, ErrorKind, Write};
use std::sync::Arc;

use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use crate::output::columnar::columns::{RecordBatch, SchemaRef};
use crate::record::key::Key;

/// Writer of a Parquet file. Buffers the rows of a group, compressed, until the group is full.
pub struct ParquetFile<W: Write + Send> {
    writer: ArrowWriter<SharedSink<W>>,
    /// Bytes of the current group before compression.
    group: usize,
}

/// Maximum size of a row group before compression.
const MAX_GROUP_BYTES: usize = 128 << 20;
/// Maximum memory of a buffered row group, compressed.
const MAX_GROUP_MEMORY_BYTES: usize = 16 << 20;
const ZSTD_LEVEL: i32 = 3;

/// Columns whose values are nearly unique, for which a dictionary would be built and thrown away.
const WITHOUT_DICTIONARY: [Key; 7] =
    [Key::Id, Key::Aid, Key::Title, Key::Text, Key::Url, Key::ContentHash, Key::Path];

/// Columns that are filtered by range or value: statistics let a reader skip groups.
const WITH_STATISTICS: [Key; 9] = [
    Key::Id,
    Key::Oid,
    Key::Publisher,
    Key::Category,
    Key::PublishedOn,
    Key::PublishedAt,
    Key::CrawledAt,
    Key::Verified,
    Key::CommentCount,
];

impl<W: Write + Send> ParquetFile<W> {
    /// Writes the start of a file with this schema to `place`.
    ///
    /// # Errors
    /// Writing to `place` fails.
    pub fn new(place: W, schema: &SchemaRef) -> io::Result<Self> {
        let properties = properties()
            .and_then(|with| ArrowWriter::try_new(SharedSink(Some(place)), Arc::clone(schema), Some(with)));
        Ok(ParquetFile { writer: properties.map_err(io_error)?, group: 0 })
    }

    /// Writes rows that have `bytes` bytes before compression.
    ///
    /// # Errors
    /// Writing fails.
    pub fn write(&mut self, rows: &RecordBatch, bytes: usize) -> io::Result<()> {
        if self.group + bytes > MAX_GROUP_BYTES || self.writer.memory_size() > MAX_GROUP_MEMORY_BYTES {
            self.writer.flush().map_err(io_error)?;
            self.group = 0;
        }
        self.group += bytes;
        self.writer.write(rows).map_err(io_error)
    }

    /// Writes the footer and returns the sink.
    ///
    /// # Errors
    /// Writing fails.
    pub fn finish(mut self) -> io::Result<W> {
        self.writer.finish().map_err(io_error)?;
        self.writer.inner_mut().0.take().ok_or_else(|| ErrorKind::InvalidInput.into())
    }
}

/// The sink of the file. The writer's own `into_inner` would lose the kind of an I/O error.
struct SharedSink<W>(Option<W>);

impl<W: Write> Write for SharedSink<W> {
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
    for key in WITHOUT_DICTIONARY {
        properties = properties.set_column_dictionary_enabled(key.name().into(), false);
    }
    for key in WITH_STATISTICS {
        properties = properties.set_column_statistics_enabled(key.name().into(), EnabledStatistics::Chunk);
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
