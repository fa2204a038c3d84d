//! Sparse counters indexed by integer, stored in pages of 32.

/// Number of occurrences of each number.
#[derive(Debug, Default, Clone)]
pub struct SparseCounts {
    chunks: Vec<Option<Box<TallyChunk>>>,
}

type TallyChunk = [u32; CHUNK_LEN];
const CHUNK_LEN: usize = 32;

impl SparseCounts {
    /// Adds `by` to the counter of `number`.
    pub fn add(&mut self, number: usize, by: u32) {
        let chunk = number / CHUNK_LEN;
        if chunk >= self.chunks.len() {
            self.chunks.resize(chunk + 1, None);
        }
        let count = &mut self.chunks[chunk].get_or_insert_default()[number % CHUNK_LEN];
        *count = count.saturating_add(by);
    }

    /// Iterates over the counters that are not 0, in ascending order, as number and count.
    pub fn iter(&self) -> impl Iterator<Item = (usize, u32)> {
        let chunks =
            self.chunks.iter().enumerate().filter_map(|(index, chunk)| Some((index, chunk.as_deref()?)));
        let counts = chunks.flat_map(|(index, chunk)| {
            chunk.iter().enumerate().map(move |(within, count)| (index * CHUNK_LEN + within, *count))
        });
        counts.filter(|(_, count)| *count > 0)
    }
}
