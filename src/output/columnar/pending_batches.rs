//! Batches that other threads encode, in order and within a bound of memory.

use std::collections::VecDeque;
use std::io;

use crate::sys::tasks::{Pending, TaskQueue};

/// Results of tasks on batches, from the first submitted to the last.
pub struct PendingBatches<T> {
    tasks: TaskQueue,
    /// Each with the size of its batch.
    pending: VecDeque<(Pending<io::Result<T>>, usize)>,
    bytes: usize,
}

/// Maximum bytes of the batches.
const MAX_BYTES: usize = 2 << 20;

impl<T: Send + 'static> PendingBatches<T> {
    /// Leaves the tasks to `tasks`.
    pub fn new(tasks: TaskQueue) -> Self {
        PendingBatches { tasks, pending: VecDeque::new(), bytes: 0 }
    }

    /// Returns `true` if a batch of `bytes` bytes may be submitted now. Alone, any batch may.
    pub fn has_room(&self, bytes: usize) -> bool {
        self.pending.is_empty() || self.bytes + bytes <= MAX_BYTES
    }

    /// Submits a task on a batch of `bytes` bytes.
    pub fn submit(&mut self, bytes: usize, task: impl FnOnce() -> io::Result<T> + Send + 'static) {
        self.pending.push_back((self.tasks.submit(task), bytes));
        self.bytes += bytes;
    }

    /// Waits for the next result; `None` if no task is under way.
    ///
    /// # Errors
    /// The task failed or panicked.
    pub fn wait_next(&mut self) -> io::Result<Option<T>> {
        let Some((next, bytes)) = self.pending.pop_front() else { return Ok(None) };
        self.bytes -= bytes;
        next.wait(&self.tasks)?.map(Some)
    }

    /// Returns the next result if its task is done.
    ///
    /// # Errors
    /// The task failed or panicked.
    pub fn try_next(&mut self) -> io::Result<Option<T>> {
        let Some((next, bytes)) = self.pending.front() else { return Ok(None) };
        let Some(result) = next.try_get() else { return Ok(None) };
        self.bytes -= bytes;
        self.pending.pop_front();
        result?.map(Some)
    }
}
