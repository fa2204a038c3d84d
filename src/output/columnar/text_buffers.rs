//! Buffers of the articles' texts, kept for the next column of texts.
//!
//! The texts take more memory than all other values. If each column had a new buffer, and another thread freed it, the
//! allocator would keep memory for every thread.

use std::sync::{Mutex, MutexGuard, PoisonError};

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::{RecordBatch, StringArray};
use arrow_buffer::OffsetBuffer;

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

    /// Keeps the buffer of the texts of a batch, if nothing else uses it any more.
    pub fn give_texts_of(&self, batch: RecordBatch) {
        let texts = batch.column_by_name(Key::Text.name()).and_then(|texts| texts.as_string_opt());
        let texts: Option<StringArray> = texts.cloned();
        drop(batch);
        if let Some(builder) = texts.and_then(into_builder) {
            let mut kept = self.kept();
            if kept.len() < MAX_KEPT && (MIN_KEPT_BYTES..=MAX_KEPT_BYTES).contains(&builder.values_capacity())
            {
                kept.push(builder);
            }
        }
    }

    fn kept(&self) -> MutexGuard<'_, Vec<StringBuilder>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns an empty builder with the buffer of `texts`, which may be a slice; `None` if the buffer is in use elsewhere.
fn into_builder(texts: StringArray) -> Option<StringBuilder> {
    let (_, values, _) = texts.into_parts();
    let nothing = values.slice_with_length(0, 0);
    drop(values);
    StringArray::try_new(OffsetBuffer::new_empty(), nothing, None).ok()?.into_builder().ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::builder::StringBuilder;
    use arrow_array::{ArrayRef, RecordBatch};

    use crate::output::columnar::text_buffers::{MIN_KEPT_BYTES, TextBuffers};
    use crate::record::key::Key;

    #[test]
    fn a_buffer_is_kept_once_the_last_slice_of_its_texts_is_given() {
        let buffers = TextBuffers::new();
        let mut texts = StringBuilder::with_capacity(3, MIN_KEPT_BYTES);
        ["가", "나", "다"].iter().for_each(|text| texts.append_value(text));
        let texts: ArrayRef = Arc::new(texts.finish());
        let batch = RecordBatch::try_from_iter([(Key::Text.name(), texts)]).expect("one column");
        let (first, second) = (batch.slice(0, 1), batch.slice(1, 2));
        drop(batch);
        buffers.give_texts_of(first);
        assert_eq!(buffers.take().values_capacity(), 0);
        buffers.give_texts_of(second);
        let kept = buffers.take();
        assert!(kept.values_capacity() >= MIN_KEPT_BYTES && kept.values_slice().is_empty());
    }
}
