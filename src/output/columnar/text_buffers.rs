//! Buffers of the articles' texts, kept for the next column of texts.
//!
//! The texts take more memory than all other values. If each column had a new buffer, and another thread freed it, the
//! allocator would keep memory for every thread.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, RecordBatch};

use crate::record::key::Key;

/// Buffers that no column uses.
#[derive(Debug)]
pub struct TextBuffers(Mutex<Vec<StringBuilder>>);

/// Those of the texts of a few files, which are read together.
pub static PIECES: TextBuffers = TextBuffers::new();
/// Those of the texts of a batch.
pub static BATCHES: TextBuffers = TextBuffers::new();

/// Maximum number of buffers that are kept.
const MAX_KEPT: usize = 64;
/// Sizes in bytes of the buffers that are kept. Smaller ones are not worth it, and larger ones are rare.
const MIN_KEPT_BYTES: usize = 16 << 10;
const MAX_KEPT_BYTES: usize = 2 << 20;

impl TextBuffers {
    /// Creates an empty stock.
    const fn new() -> Self {
        TextBuffers(Mutex::new(Vec::new()))
    }

    /// Takes the buffer that was used last, or creates an empty one.
    pub fn take(&self) -> StringBuilder {
        self.kept().pop().unwrap_or_else(|| StringBuilder::with_capacity(0, 0))
    }

    /// Keeps the buffer of a column of texts that nothing else uses any more.
    pub fn give(&self, column: ArrayRef) {
        let Some(texts) = column.as_string_opt::<i32>().map(|texts| texts.slice(0, 0)) else { return };
        drop(column);
        let Ok(builder) = texts.into_builder() else { return };
        let mut kept = self.kept();
        if kept.len() < MAX_KEPT && (MIN_KEPT_BYTES..=MAX_KEPT_BYTES).contains(&builder.values_capacity()) {
            kept.push(builder);
        }
    }

    /// Keeps the buffer of the texts of a batch that nothing else uses any more.
    pub fn give_texts_of(&self, batch: RecordBatch) {
        let texts = batch.column_by_name(Key::Text.name()).map(Arc::clone);
        drop(batch);
        texts.into_iter().for_each(|texts| self.give(texts));
    }

    fn kept(&self) -> MutexGuard<'_, Vec<StringBuilder>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
