//! Writes rows as a Parquet file: in row groups, each column compressed by itself.
//!
//! The texts, which are most of the bytes, are encoded and compressed batch by batch, by whichever thread has time. The
//! other columns have dictionaries and statistics of the whole group: their values are kept, and encoded at its end. A
//! group ends by the sizes of the batches before, not by how far the threads are, so that the file is always the same.

use std::io::{self, ErrorKind, Write};
use std::mem;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_select::concat::concat;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;

use crate::output::columnar::column_chunk::{ColumnEncoder, EncodedChunk};
use crate::output::columnar::columns::{RecordBatch, SchemaRef, io_error, joined};
use crate::output::columnar::pending_batches::PendingBatches;
use crate::output::columnar::text_buffers::PIECES;
use crate::record::key::Key;
use crate::sys::tasks::{Pending, TaskQueue};

/// Writer of a Parquet file.
pub struct ParquetFile<W: Write + Send> {
    writer: SerializedFileWriter<SharedSink<W>>,
    /// Encoder of each column.
    encoders: Arc<[ColumnEncoder]>,
    /// Index of the column of the articles' texts.
    text_index: Option<usize>,
    tasks: TaskQueue,
    group: RowGroup,
    /// Batches of the group that are being encoded.
    pending: PendingBatches<EncodedBatch>,
}

/// The rows of a batch, as they are kept until their group ends.
struct EncodedBatch {
    /// A part of the texts' chunk, if there are texts.
    texts: Vec<EncodedChunk>,
    /// Values of each column, without those of the texts.
    values: Vec<Option<ArrayRef>>,
    /// Memory of both in bytes.
    memory: usize,
}

/// The chunk of a column, or those of the fields of its items.
type EncodedColumn = io::Result<Vec<EncodedChunk>>;

/// The rows of a group so far.
#[derive(Default)]
struct RowGroup {
    /// Parts of the texts' chunk.
    texts: Vec<EncodedChunk>,
    /// Values of each column, without those of the texts.
    values: Vec<Vec<ArrayRef>>,
    /// Size of the rows in bytes.
    bytes: usize,
    /// Memory of both in bytes, without the batches that are being encoded.
    memory: usize,
}

/// Maximum size of a row group before compression.
const MAX_GROUP_BYTES: usize = 128 << 20;
/// Memory at which a row group ends.
const MAX_GROUP_MEMORY_BYTES: usize = 8 << 20;
const ZSTD_LEVEL: i32 = 1;
/// Share of the ids absent from a row group that its filter takes for present.
const BLOOM_FILTER_ERROR_RATE: f64 = 0.01;
/// Number of ids that a filter has room for before it is shrunk to those of its group.
const MAX_BLOOM_FILTER_IDS: u64 = 64 << 10;

/// Columns whose values are nearly unique, for which a dictionary would be built and thrown away.
const UNIQUE: [Key; 7] = [Key::Id, Key::Aid, Key::Title, Key::Text, Key::Url, Key::ContentHash, Key::Path];

/// Columns that are filtered by range or value: statistics let a reader skip groups and pages.
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
    /// Writes the start of a file with this schema to `sink`. Leaves the encoding to `tasks`.
    ///
    /// # Errors
    /// Writing to `sink` fails.
    pub fn new(sink: W, schema: SchemaRef, tasks: TaskQueue) -> io::Result<Self> {
        let create = || {
            let properties = properties()?;
            let encoder = |field| ColumnEncoder::new(Arc::clone(field), properties.clone());
            let encoders = schema.fields().iter().map(encoder).collect::<Result<_, ParquetError>>()?;
            let sink = SharedSink(Some(sink));
            let writer = ArrowWriter::try_new(sink, Arc::clone(&schema), Some(properties.clone()))?;
            Ok((writer.into_serialized_writer()?.0, encoders))
        };
        let (writer, encoders) = create().map_err(parquet_error)?;
        let text_index = schema.index_of(Key::Text.name()).ok();
        let pending = PendingBatches::new(tasks.clone());
        Ok(ParquetFile { writer, encoders, text_index, tasks, group: RowGroup::default(), pending })
    }

    /// Takes `pieces` of `bytes` bytes, which are one batch.
    ///
    /// # Errors
    /// Writing fails.
    pub fn write(&mut self, pieces: Vec<RecordBatch>, bytes: usize) -> io::Result<()> {
        while !self.pending.has_room(bytes)
            && let Some(batch) = self.pending.wait_next()?
        {
            self.group.add(batch);
        }
        let is_full =
            self.group.bytes + bytes > MAX_GROUP_BYTES || self.group.memory > MAX_GROUP_MEMORY_BYTES;
        if is_full && self.group.bytes > 0 {
            self.end_group()?;
        }
        let (encoders, text_index) = (Arc::clone(&self.encoders), self.text_index);
        let encode = move || EncodedBatch::new(&encoders, text_index, pieces, bytes);
        self.pending.submit(bytes, encode);
        self.group.bytes += bytes;
        Ok(())
    }

    /// Writes the footer and returns the sink.
    ///
    /// # Errors
    /// Writing fails.
    pub fn finish(mut self) -> io::Result<W> {
        if self.group.bytes > 0 {
            self.end_group()?;
        }
        self.writer.finish().map_err(parquet_error)?;
        self.writer.inner_mut().0.take().ok_or_else(|| ErrorKind::InvalidInput.into())
    }

    /// Writes the group.
    fn end_group(&mut self) -> io::Result<()> {
        while let Some(batch) = self.pending.wait_next()? {
            self.group.add(batch);
        }
        let RowGroup { mut texts, values, .. } = mem::take(&mut self.group);
        let encode = |(index, arrays): (usize, Vec<ArrayRef>)| {
            let encoders = Arc::clone(&self.encoders);
            // Pages end where they do in one array, not at the ends of batches.
            self.tasks.submit(move || {
                let arrays: Vec<&dyn Array> = arrays.iter().map(|array| &**array).collect();
                let array = concat(&arrays).map_err(io_error)?;
                encoders[index].encode(&[array]).map_err(parquet_error)
            })
        };
        // All are being encoded before the first is waited for.
        let columns: Vec<Option<Pending<EncodedColumn>>> = values
            .into_iter()
            .enumerate()
            .map(|column| (self.text_index != Some(column.0)).then(|| encode(column)))
            .collect();
        let mut group = self.writer.next_row_group().map_err(parquet_error)?;
        for column in columns {
            match column {
                Some(chunks) => {
                    let chunks = chunks.wait(&self.tasks)??;
                    chunks.into_iter().try_for_each(|chunk| chunk.write(&mut group))
                }
                None => EncodedChunk::write_joined(mem::take(&mut texts), &mut group),
            }
            .map_err(parquet_error)?;
        }
        group.close().map(drop).map_err(parquet_error)
    }
}

impl RowGroup {
    /// Adds the next batch.
    fn add(&mut self, EncodedBatch { texts, values, memory }: EncodedBatch) {
        self.memory += memory;
        self.texts.extend(texts);
        self.values.resize_with(values.len(), Vec::new);
        for (column, values) in self.values.iter_mut().zip(values) {
            column.extend(values);
        }
    }
}

impl EncodedBatch {
    /// Encodes the texts of `pieces`, which have `bytes` bytes, and joins the values of each other column: the memory of
    /// the pieces is free at once, not when the group ends.
    fn new(
        encoders: &[ColumnEncoder],
        text_index: Option<usize>,
        pieces: Vec<RecordBatch>,
        bytes: usize,
    ) -> io::Result<Self> {
        let mut batch = EncodedBatch { texts: Vec::new(), values: Vec::new(), memory: bytes };
        for (index, encoder) in encoders.iter().enumerate() {
            if text_index != Some(index) {
                batch.values.push(Some(joined(&pieces, index).map_err(io_error)?));
                continue;
            }
            let texts: Vec<_> = pieces.iter().map(|piece| Arc::clone(piece.column(index))).collect();
            batch.texts = encoder.encode(&texts).map_err(parquet_error)?;
            batch.values.push(None);
            batch.memory -= texts.iter().map(text_bytes).sum::<usize>();
            batch.memory += batch.texts.iter().map(EncodedChunk::size).sum::<usize>();
        }
        pieces.into_iter().for_each(|piece| PIECES.give_texts_of(piece));
        Ok(batch)
    }
}

/// Returns the size of the texts with their offsets, in bytes.
fn text_bytes(array: &ArrayRef) -> usize {
    let offsets = array.as_string::<i32>().offsets();
    (offsets.last() - offsets.first()) as usize + array.len() * size_of::<i32>()
}

/// The sink of the file. The writer's own `into_inner` would lose the kind of an I/O error.
struct SharedSink<W>(Option<W>);

impl<W: Write> Write for SharedSink<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(0), |sink| sink.write(bytes))
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
        .set_statistics_enabled(EnabledStatistics::None)
        .set_column_bloom_filter_enabled(Key::Id.name().into(), true)
        .set_column_bloom_filter_fpp(Key::Id.name().into(), BLOOM_FILTER_ERROR_RATE)
        .set_column_bloom_filter_max_ndv(Key::Id.name().into(), MAX_BLOOM_FILTER_IDS);
    for key in UNIQUE {
        properties = properties.set_column_dictionary_enabled(key.name().into(), false);
    }
    // The texts of a batch are one page, wherever its pieces end.
    properties = properties
        .set_column_data_page_size_limit(Key::Text.name().into(), usize::MAX)
        .set_column_data_page_row_count_limit(Key::Text.name().into(), usize::MAX);
    for key in WITH_STATISTICS {
        properties = properties.set_column_statistics_enabled(key.name().into(), EnabledStatistics::Page);
    }
    Ok(properties.build())
}

fn parquet_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}
