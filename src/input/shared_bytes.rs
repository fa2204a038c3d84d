//! A reference-counted slice of a larger buffer, so that archive members need no copy.

use std::ops::{Deref, Range};
use std::sync::Arc;

/// Bytes of a shared buffer, which stays in memory while any slice of it exists.
#[derive(Debug)]
pub struct SharedBytes {
    memory: Arc<Vec<u8>>,
    range: Range<usize>,
    retained_bytes: usize,
}

impl SharedBytes {
    /// Creates a slice of `memory` that accounts for `retained_bytes` bytes of it.
    pub(super) fn slice(memory: &Arc<Vec<u8>>, range: Range<usize>, retained_bytes: usize) -> Self {
        SharedBytes { memory: Arc::clone(memory), range, retained_bytes }
    }

    /// Bytes of memory that the slice accounts for.
    pub fn retained_bytes(&self) -> usize {
        self.retained_bytes
    }
}

impl From<Vec<u8>> for SharedBytes {
    fn from(bytes: Vec<u8>) -> Self {
        SharedBytes { range: 0..bytes.len(), retained_bytes: bytes.len(), memory: Arc::new(bytes) }
    }
}

impl Deref for SharedBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.memory[self.range.clone()]
    }
}
