//! Shared memory budget of outsized files. Threads wait for their part of it.
//!
//! The chunk that is next in order never waits, even if the budget is exhausted, since all others may wait for it. So
//! at most one file exceeds the budget, and there is no deadlock.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A number of bytes that threads take and give back.
#[derive(Debug)]
pub struct Budget {
    state: Mutex<BudgetState>,
    changed: Condvar,
}

#[derive(Debug)]
struct BudgetState {
    /// Free bytes; negative while more than the budget is taken.
    free: i64,
    /// Number of the next chunk to deliver.
    turn: u64,
    is_closed: bool,
}

impl Budget {
    /// Creates a budget of `bytes`.
    pub fn new(bytes: usize) -> Self {
        let state = BudgetState { free: bytes as i64, turn: 0, is_closed: false };
        Budget { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Takes bytes for a chunk. Waits until they are free or it is the chunk's turn.
    pub fn take(&self, chunk: u64, bytes: usize) {
        let must_wait = |state: &BudgetState| state.free < bytes as i64 && state.turn < chunk;
        self.wait_while(must_wait).free -= bytes as i64;
    }

    /// Takes bytes that are already in use, without waiting.
    pub fn charge(&self, bytes: usize) {
        self.state().free -= bytes as i64;
    }

    /// Gives bytes back.
    pub fn give(&self, bytes: usize) {
        if bytes > 0 {
            self.state().free += bytes as i64;
            self.changed.notify_all();
        }
    }

    /// Waits until no more than the budget is taken.
    pub fn wait_for_room(&self) {
        drop(self.wait_while(|state| state.free < 0));
    }

    /// Returns `true` if more than the budget is taken.
    pub fn is_overdrawn(&self) -> bool {
        self.state().free < 0
    }

    /// Gives `chunk` its turn.
    pub fn advance(&self, chunk: u64) {
        self.state().turn = chunk;
        self.changed.notify_all();
    }

    /// Ends all waiting, after the end of the run.
    pub fn close(&self) {
        self.state().is_closed = true;
        self.changed.notify_all();
    }

    fn wait_while(&self, must_wait: impl Fn(&BudgetState) -> bool) -> MutexGuard<'_, BudgetState> {
        let must_wait = |state: &mut BudgetState| !state.is_closed && must_wait(state);
        self.changed.wait_while(self.state(), must_wait).unwrap_or_else(PoisonError::into_inner)
    }

    fn state(&self) -> MutexGuard<'_, BudgetState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use crate::pipeline::budget::Budget;

    #[test]
    fn a_chunk_waits_for_its_bytes_or_its_turn() {
        let ends: [fn(&Budget); 3] = [|budget| budget.give(60), |budget| budget.advance(7), Budget::close];
        for end in ends {
            let budget = Budget::new(100);
            budget.take(5, 60);
            let taken = AtomicUsize::new(0);
            thread::scope(|scope| {
                scope.spawn(|| {
                    budget.take(7, 50);
                    taken.store(50, Ordering::SeqCst);
                });
                thread::sleep(Duration::from_millis(20));
                assert_eq!(taken.load(Ordering::SeqCst), 0);
                end(&budget);
            });
            assert_eq!(taken.load(Ordering::SeqCst), 50);
        }
    }

    #[test]
    fn the_first_group_takes_more_than_there_is() {
        let budget = Budget::new(100);
        budget.take(0, 1000);
        assert!(budget.is_overdrawn());
        budget.give(900);
        assert!(!budget.is_overdrawn());
        budget.wait_for_room();
    }
}
