//! Bytes in memory that is shared: what lies side by side in an archive need not be copied to be read apart.

use std::ops::{Deref, Range};
use std::sync::Arc;

/// Some bytes that stay in memory while anybody holds them.
#[derive(Debug)]
pub struct Held {
    memory: Arc<Vec<u8>>,
    range: Range<usize>,
    weight: usize,
}

impl Held {
    /// The `range` of `memory`, of which `weight` bytes are put down to this part and not to others.
    pub(super) fn part_of(memory: &Arc<Vec<u8>>, range: Range<usize>, weight: usize) -> Self {
        Held { memory: Arc::clone(memory), range, weight }
    }

    /// How many bytes of memory are held because of it.
    pub fn weight(&self) -> usize {
        self.weight
    }
}

impl From<Vec<u8>> for Held {
    fn from(bytes: Vec<u8>) -> Self {
        Held { range: 0..bytes.len(), weight: bytes.len(), memory: Arc::new(bytes) }
    }
}

impl Deref for Held {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.memory[self.range.clone()]
    }
}
