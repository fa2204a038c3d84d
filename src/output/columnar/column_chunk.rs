//! Encodes the column chunks of a Parquet file, each apart from the others, and joins consecutive parts of a chunk.

use std::fmt;
use std::io::{self, Cursor, Read};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::vec;

use arrow_array::ArrayRef;
use arrow_schema::{FieldRef, Schema};
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::column::page_store::{PageKey, PageStore, PageStoreArgs, PageStoreFactory};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::PageEncodingStats;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{ChunkReader, Length};
use parquet::file::writer::SerializedRowGroupWriter;

/// Encoder of one column, which several threads may use at once.
pub struct ColumnEncoder {
    field: FieldRef,
    factory: Mutex<ArrowRowGroupWriterFactory>,
    stores: Arc<Stores>,
}

/// A column chunk of a row group, or a part of one.
pub struct EncodedChunk {
    chunk: ArrowColumnChunk,
    store: Store,
}

impl ColumnEncoder {
    /// Creates an encoder of the column `field`.
    ///
    /// # Errors
    /// Parquet has no column of this type.
    pub fn new(field: FieldRef, properties: WriterProperties) -> Result<Self> {
        let schema = Arc::new(Schema::new(vec![Arc::clone(&field)]));
        let writer = ArrowWriter::try_new(io::sink(), schema, Some(properties))?;
        let (_, factory) = writer.into_serialized_writer()?;
        let stores = Arc::new(Stores::default());
        let factory = Mutex::new(factory.with_page_store_factory(Arc::clone(&stores) as _));
        Ok(ColumnEncoder { field, factory, stores })
    }

    /// Encodes the arrays one after the other: into one chunk, or for lists into one for each field of their items.
    ///
    /// # Errors
    /// The arrays are of another type, or a page has more than 2 GiB.
    pub fn encode(&self, arrays: &[ArrayRef]) -> Result<Vec<EncodedChunk>> {
        let (mut writers, stores) = {
            let factory = lock(&self.factory);
            let writers = factory.create_column_writers(0)?;
            (writers, mem::take(&mut *lock(&self.stores.0)))
        };
        for array in arrays {
            for (writer, leaf) in writers.iter_mut().zip(compute_leaves(&self.field, array)?) {
                writer.write(&leaf)?;
            }
        }
        let chunks = writers.into_iter().zip(stores);
        chunks.map(|(writer, store)| Ok(EncodedChunk { chunk: writer.close()?, store })).collect()
    }
}

impl EncodedChunk {
    /// Size of the pages in bytes.
    pub fn size(&self) -> usize {
        lock(&self.store.0).iter().map(Vec::len).sum()
    }

    /// Writes the chunk as the next column of a row group.
    ///
    /// # Errors
    /// Writing fails.
    pub fn write<W: io::Write + Send>(self, group: &mut SerializedRowGroupWriter<'_, W>) -> Result<()> {
        self.chunk.append_to_row_group(group)
    }

    /// Writes `parts`, at least one, as the next column of a row group. They must have neither dictionaries nor
    /// statistics.
    ///
    /// # Errors
    /// Writing fails.
    pub fn write_joined<W: io::Write + Send>(
        parts: Vec<EncodedChunk>,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<()> {
        let mut pages = Vec::new();
        let mut joined: Option<ColumnCloseResult> = None;
        for EncodedChunk { mut chunk, store } in parts {
            pages.append(&mut lock(&store.0));
            match &mut joined {
                None => joined = Some(chunk.close().clone()),
                Some(joined) => append(joined, chunk.close_mut())?,
            }
        }
        let joined = joined.ok_or_else(|| ParquetError::General("a column without a part".to_owned()))?;
        group.append_column(&Pages(Mutex::new(pages)), joined)
    }
}

/// Adds what is known of the part `next` to what is known of the parts before it.
fn append(joined: &mut ColumnCloseResult, next: &mut ColumnCloseResult) -> Result<()> {
    let (before, added) = (&joined.metadata, &next.metadata);
    let (rows, bytes) = (joined.rows_written as i64, before.compressed_size());
    let mut encodings = before.page_encoding_stats().cloned().unwrap_or_default();
    for PageEncodingStats { page_type, encoding, count } in added.page_encoding_stats().into_iter().flatten()
    {
        match encodings.iter_mut().find(|known| known.page_type == *page_type && known.encoding == *encoding)
        {
            Some(known) => known.count += count,
            None => {
                return Err(ParquetError::General(
                    "the parts of a column are encoded differently".to_owned(),
                ));
            }
        }
    }
    joined.metadata = before
        .clone()
        .into_builder()
        .set_num_values(before.num_values() + added.num_values())
        .set_total_compressed_size(before.compressed_size() + added.compressed_size())
        .set_total_uncompressed_size(before.uncompressed_size() + added.uncompressed_size())
        .set_page_encoding_stats(encodings)
        .build()?;
    joined.bytes_written += next.bytes_written;
    joined.rows_written += next.rows_written;
    joined.offset_index =
        joined.offset_index.take().zip(next.offset_index.take()).map(|(mut before, mut added)| {
            for location in &mut added.page_locations {
                location.offset += bytes;
                location.first_row_index += rows;
            }
            before.page_locations.append(&mut added.page_locations);
            let sizes = before.unencoded_byte_array_data_bytes.take();
            before.unencoded_byte_array_data_bytes = sizes
                .zip(added.unencoded_byte_array_data_bytes)
                .map(|(before, added)| [before, added].concat());
            before
        });
    Ok(())
}

/// Creates the stores of pages, and keeps a handle of each new one.
#[derive(Debug, Default)]
struct Stores(Mutex<Vec<Store>>);

/// The pages of a chunk and their headers, without spare capacity.
#[derive(Debug, Default, Clone)]
struct Store(Arc<Mutex<Vec<Vec<u8>>>>);

impl PageStoreFactory for Stores {
    fn create(&self, _: &PageStoreArgs<'_>) -> Result<Box<dyn PageStore>> {
        let store = Store::default();
        lock(&self.0).push(store.clone());
        Ok(Box::new(store))
    }
}

impl PageStore for Store {
    fn put(&mut self, page: Bytes) -> Result<PageKey> {
        let mut pages = lock(&self.0);
        pages.push(page.to_vec());
        Ok(PageKey::new(pages.len() as u64 - 1))
    }

    fn take(&mut self, key: PageKey) -> Result<Bytes> {
        let page = lock(&self.0).get_mut(key.get() as usize).map(mem::take);
        page.map(Bytes::from).ok_or_else(|| ParquetError::General("a page is not there".to_owned()))
    }
}

/// Pages to be read once, from the first to the last.
struct Pages(Mutex<Vec<Vec<u8>>>);

/// Reads pages and frees each.
struct PagesReader {
    page: Cursor<Vec<u8>>,
    rest: vec::IntoIter<Vec<u8>>,
}

impl Length for Pages {
    fn len(&self) -> u64 {
        lock(&self.0).iter().map(|page| page.len() as u64).sum()
    }
}

impl ChunkReader for Pages {
    type T = PagesReader;

    fn get_read(&self, _: u64) -> Result<PagesReader> {
        Ok(PagesReader { page: Cursor::default(), rest: mem::take(&mut *lock(&self.0)).into_iter() })
    }

    fn get_bytes(&self, _: u64, _: usize) -> Result<Bytes> {
        Err(ParquetError::NYI("pages are read from the first to the last".to_owned()))
    }
}

impl Read for PagesReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.page.read(into)?;
            if read > 0 || into.is_empty() {
                return Ok(read);
            }
            let Some(next) = self.rest.next() else { return Ok(0) };
            self.page = Cursor::new(next);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for EncodedChunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.chunk.fmt(f)
    }
}
