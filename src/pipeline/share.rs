//! The part of the memory that one thread may use for one group of sources.

use super::batch::Batch;
use super::budget::Budget;

/// The bytes that outsized files take together, one file more not counted.
pub const MAX_OUTSIZED_BYTES: usize = 12 << 20;
/// The bytes of all batches, where each thread has one and every second one has two.
const MAX_BATCH_BYTES: usize = 16 << 20;
/// The bytes that the files which are read together may become, in all threads.
const MAX_TOGETHER_BYTES: usize = 12 << 20;
/// A byte of a file takes a place in the buffer and one in the text, and up to six in the record, as `\u0001`.
const BYTES_PER_BYTE_OF_A_RECORD: usize = 8;
const BYTES_PER_BYTE_WITHOUT_RECORD: usize = 3;

/// Bounds on what a thread holds.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// A batch of more bytes is handed over before its group is read to the end.
    pub batch: usize,
    /// Files of more bytes take part in the budget, and are read alone.
    pub file: usize,
    /// No further file is read together with files of so many bytes.
    pub together: usize,
}

impl Bounds {
    /// The bounds for one of so many threads.
    pub fn new(threads: usize) -> Self {
        let batches = threads + threads / 2 + 1;
        Bounds {
            batch: (MAX_BATCH_BYTES / batches).clamp(64 << 10, 2 << 20),
            file: ((256 << 10) / threads).clamp(16 << 10, 64 << 10),
            together: MAX_TOGETHER_BYTES / threads / BYTES_PER_BYTE_OF_A_RECORD,
        }
    }
}

/// A thread's part of the budget, for one group.
#[derive(Debug)]
pub struct Share<'b> {
    /// What the thread holds without asking.
    pub bounds: Bounds,
    budget: &'b Budget,
    group: u64,
    bytes_per_byte: usize,
    taken: usize,
}

impl<'b> Share<'b> {
    /// Nothing taken yet by the group of this number.
    pub fn new(budget: &'b Budget, group: u64, bounds: Bounds, has_records: bool) -> Self {
        let bytes_per_byte =
            if has_records { BYTES_PER_BYTE_OF_A_RECORD } else { BYTES_PER_BYTE_WITHOUT_RECORD };
        Share { bounds, budget, group, bytes_per_byte, taken: 0 }
    }

    /// Takes what an outsized file of so many bytes needs, where it was not taken before, and waits for it.
    pub fn take_for(&mut self, file_bytes: usize) {
        let needed = file_bytes.saturating_mul(self.bytes_per_byte);
        if needed > self.taken {
            self.budget.take(self.group, needed - self.taken);
            self.taken = needed;
        }
    }

    /// Returns `true` where an outsized file has taken its part.
    pub fn is_taken(&self) -> bool {
        self.taken > 0
    }

    /// Gives back what was taken, but for the bytes by which `batch` grew: those are given back with it.
    pub fn settle(&mut self, batch: &mut Batch, grown: usize) {
        let kept = grown.min(self.taken);
        batch.taken += kept;
        self.budget.give(self.taken - kept);
        self.taken = 0;
    }
}
