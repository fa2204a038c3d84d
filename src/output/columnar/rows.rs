//! Rows: records as columns, built where their files are read and handed on without a copy.

use std::fmt;
use std::io;
use std::mem;
use std::ops::Range;

use arrow_array::BooleanArray;
use arrow_array::builder::BooleanBufferBuilder;
use arrow_select::filter::filter_record_batch;

use crate::output::columnar::columns::{Columns, RecordBatch, io_error};
use crate::output::columnar::text_buffers::PIECES;
use crate::output::projection::Projection;
use crate::record::article::Article;

/// Collects rows, which only [`take`](RowBuilder::take) removes.
pub struct RowBuilder {
    columns: Columns,
    /// Size of each row in bytes.
    sizes: Vec<usize>,
    bytes: usize,
    has_outsized: bool,
}

/// Consecutive rows of one table.
#[derive(Debug, Clone)]
pub struct Rows {
    columns: RecordBatch,
    sizes: Vec<usize>,
}

/// Maximum bytes of a record. The texts of a column have at most 2 GiB, of which the other rows need some.
const MAX_ROW_BYTES: usize = 2000 << 20;

impl RowBuilder {
    /// Creates a builder of rows with the keys of `projection`.
    pub fn new(projection: Projection) -> Self {
        RowBuilder { columns: Columns::new(projection), sizes: Vec::new(), bytes: 0, has_outsized: false }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.sizes.len()
    }

    /// Returns `true` if there is no row.
    pub fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }

    /// Memory of the rows in bytes. Their buffers grow by doubling, and are copied where they are handed on.
    pub fn memory(&self) -> usize {
        3 * self.bytes
    }

    /// Appends the row of `article`.
    pub fn append(&mut self, article: &Article<'_>) {
        let size = self.columns.size_of(article);
        if size > MAX_ROW_BYTES {
            // It has no row, and `take` reports it.
            self.has_outsized = true;
            return;
        }
        self.columns.append(article);
        self.sizes.push(size);
        self.bytes += size;
    }

    /// Removes all rows.
    pub fn clear(&mut self) {
        if !self.is_empty() {
            // The columns have no other way to become empty.
            let _ = self.columns.take();
        }
        self.sizes.clear();
        (self.bytes, self.has_outsized) = (0, false);
    }

    /// Removes all rows, and returns those in the ascending ranges `kept`.
    ///
    /// # Errors
    /// A record is too large for a row.
    pub fn take(&mut self, kept: impl Iterator<Item = Range<usize>>) -> io::Result<Rows> {
        if mem::take(&mut self.has_outsized) {
            return Err(io::Error::other("a record has more than 2 GB"));
        }
        let rows = Rows { columns: self.columns.take()?, sizes: mem::take(&mut self.sizes) };
        self.bytes = 0;
        rows.retain(kept)
    }
}

impl Rows {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.sizes.len()
    }

    /// Returns `true` if there is no row.
    pub fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }

    /// Size of each row in bytes.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// Splits the rows before row `index`, without a copy.
    pub fn split_at(mut self, index: usize) -> (Rows, Rows) {
        let rest = self.sizes.split_off(index);
        let (first, second) = (self.columns.slice(0, index), self.columns.slice(index, rest.len()));
        (Rows { columns: first, sizes: self.sizes }, Rows { columns: second, sizes: rest })
    }

    /// The columns of the rows.
    pub fn into_columns(self) -> RecordBatch {
        self.columns
    }

    /// Keeps the rows in the ascending ranges `kept`. Copies them if that is not all: the others must not take memory
    /// for as long as these are in use.
    fn retain(self, kept: impl Iterator<Item = Range<usize>>) -> io::Result<Rows> {
        let mut mask = BooleanBufferBuilder::new(self.len());
        let mut sizes = Vec::with_capacity(self.len());
        for range in kept {
            mask.append_n(range.start - mask.len(), false);
            mask.append_n(range.len(), true);
            sizes.extend_from_slice(&self.sizes[range]);
        }
        if sizes.len() == self.len() {
            return Ok(self);
        }
        mask.append_n(self.len() - mask.len(), false);
        let mask = BooleanArray::new(mask.finish(), None);
        let columns = filter_record_batch(&self.columns, &mask).map_err(io_error)?;
        PIECES.give_texts_of(self.columns);
        Ok(Rows { columns, sizes })
    }
}

impl fmt::Debug for RowBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowBuilder").field("rows", &self.len()).field("bytes", &self.bytes).finish()
    }
}
