//! Memory that one thread may use for one chunk of sources.

use crate::pipeline::batch::Batch;
use crate::pipeline::budget::Budget;

/// Budget in bytes for all outsized files; one file may exceed it.
pub const MAX_OUTSIZED_BYTES: usize = 12 << 20;
/// Bytes of all batches. Each thread has one batch, and every second thread has two.
const MAX_BATCH_BYTES: usize = 16 << 20;
/// Bytes of the results of files that are read together, over all threads.
const MAX_TOGETHER_BYTES: usize = 12 << 20;
/// Memory per byte of a file: one in the buffer, one in the text, and up to six in the record, as `\u0001`.
const BYTES_PER_BYTE_OF_A_RECORD: usize = 8;
const BYTES_PER_BYTE_WITHOUT_RECORD: usize = 3;

/// Limits on the memory of a thread, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Size at which a batch is delivered before its chunk is complete.
    pub batch: usize,
    /// Size above which a file is read alone and takes its part of the budget.
    pub file: usize,
    /// Total size of files read together, from which no further file is added.
    pub together: usize,
}

impl Bounds {
    /// Computes the limits for one of `threads` threads.
    pub fn new(threads: usize) -> Self {
        let batches = threads + threads / 2 + 1;
        Bounds {
            batch: (MAX_BATCH_BYTES / batches).clamp(64 << 10, 2 << 20),
            file: ((256 << 10) / threads).clamp(16 << 10, 64 << 10),
            together: MAX_TOGETHER_BYTES / threads / BYTES_PER_BYTE_OF_A_RECORD,
        }
    }
}

/// A thread's part of the budget, for one chunk.
#[derive(Debug)]
pub struct BudgetShare<'b> {
    /// Limits up to which the thread does not need the budget.
    pub bounds: Bounds,
    budget: &'b Budget,
    chunk: u64,
    bytes_per_byte: usize,
    taken: usize,
}

impl<'b> BudgetShare<'b> {
    /// Creates a share for `chunk`, with nothing taken.
    pub fn new(budget: &'b Budget, chunk: u64, bounds: Bounds, has_records: bool) -> Self {
        let bytes_per_byte =
            if has_records { BYTES_PER_BYTE_OF_A_RECORD } else { BYTES_PER_BYTE_WITHOUT_RECORD };
        BudgetShare { bounds, budget, chunk, bytes_per_byte, taken: 0 }
    }

    /// Takes the memory for an outsized file of `file_bytes`, unless it is already taken, and waits for it.
    pub fn take_for(&mut self, file_bytes: usize) {
        let needed = file_bytes.saturating_mul(self.bytes_per_byte);
        if needed > self.taken {
            self.budget.take(self.chunk, needed - self.taken);
            self.taken = needed;
        }
    }

    /// Returns `true` if memory for an outsized file is taken.
    pub fn is_taken(&self) -> bool {
        self.taken > 0
    }

    /// Gives back the taken memory, except for `grown`, the growth of `batch`: that is given back with the batch.
    pub fn settle(&mut self, batch: &mut Batch, grown: usize) {
        let kept = grown.min(self.taken);
        batch.budget_bytes += kept;
        self.budget.give(self.taken - kept);
        self.taken = 0;
    }
}
