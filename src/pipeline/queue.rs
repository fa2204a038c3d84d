//! Work queue. The calling thread may have to fetch the next group of sources itself.
//!
//! Fetching walks folders and unpacks archives, which takes about as long as reading. One thread fetches at a time. It
//! fetches one group in advance, so that the other threads need not wait.

use std::collections::VecDeque;
use std::mem;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::input::Source;
use crate::pipeline::budget::Budget;

/// Maximum number of files in progress in all threads, so that more threads need no more memory.
const FILES_UNDER_WAY: usize = 1536;
/// Limits of a group: number of files, and bytes already in memory.
const MAX_CHUNK_FILES: usize = 256;
const MAX_CHUNK_BYTES: usize = 1 << 20;
/// Limit of the bytes in memory over all threads.
const MAX_FETCHED_BYTES: usize = 8 << 20;
/// Number of files in the first group; the following ones grow by it. Small groups at the start let other threads begin
/// early, also on a slow disk.
const FILES_OF_THE_FIRST: usize = 32;

/// Queue of sources, in groups.
pub struct WorkQueue<'b, I> {
    state: Mutex<QueueState<I>>,
    changed: Condvar,
    budget: &'b Budget,
}

struct QueueState<I> {
    sources: SourceState<I>,
    /// Number of groups fetched so far.
    groups: u64,
    /// Fetched groups that no thread has taken yet.
    ready: VecDeque<Chunk>,
}

enum SourceState<I> {
    AtHand(I),
    /// A thread is fetching from them.
    Lent,
    AtTheirEnd,
}

/// Consecutive sources, at least one.
pub struct Chunk {
    /// Number of groups before it.
    pub number: u64,
    pub sources: Vec<Source>,
    /// Bytes of the budget that the sources hold.
    pub held: usize,
}

impl<'b, I: Iterator<Item = Source>> WorkQueue<'b, I> {
    /// Creates a queue of `sources`. Bytes in memory are charged to `budget`.
    pub fn new(sources: I, budget: &'b Budget) -> Self {
        let state = QueueState { sources: SourceState::AtHand(sources), groups: 0, ready: VecDeque::new() };
        WorkQueue { state: Mutex::new(state), changed: Condvar::new(), budget }
    }

    /// Takes the next group, of at most `most` files, for one of `threads` threads; `None` after the last one.
    pub fn next(&self, threads: usize, most: usize) -> Option<Chunk> {
        // A single thread needs no group in advance.
        let ahead = usize::from(threads > 1);
        let mut state = self.state();
        loop {
            let is_overdrawn = self.budget.is_overdrawn();
            if is_overdrawn && state.ready.is_empty() && matches!(state.sources, SourceState::AtHand(_)) {
                // All fetched sources are in progress and will give back their bytes.
                drop(state);
                self.budget.wait_for_room();
                state = self.state();
                continue;
            }
            match mem::replace(&mut state.sources, SourceState::Lent) {
                SourceState::AtHand(sources) if state.ready.len() <= ahead && !is_overdrawn => {
                    let files = most_files(state.groups, threads).min(most);
                    drop(state);
                    let most_bytes =
                        (MAX_FETCHED_BYTES / threads).clamp(MAX_CHUNK_BYTES / 4, MAX_CHUNK_BYTES);
                    let loan = Checkout { supply: self, sources: Some(sources), fetched: None, held: 0 };
                    loan.fetch(files, most_bytes);
                    state = self.state();
                    continue;
                }
                sources => state.sources = sources,
            }
            match (state.ready.pop_front(), &state.sources) {
                (None, SourceState::AtTheirEnd) => return None,
                (None, _) => state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                (group, _) => return group,
            }
        }
    }
}

impl<I> WorkQueue<'_, I> {
    fn state(&self) -> MutexGuard<'_, QueueState<I>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Maximum number of files of the group after `groups` others.
fn most_files(groups: u64, threads: usize) -> usize {
    let growing = FILES_OF_THE_FIRST.saturating_mul(groups as usize + 1);
    (FILES_UNDER_WAY / threads).clamp(1, MAX_CHUNK_FILES).min(growing)
}

/// Guard that returns the source iterator to the queue on drop, also on panic.
struct Checkout<'s, 'b, I> {
    supply: &'s WorkQueue<'b, I>,
    sources: Option<I>,
    /// `None` until a fetch is complete.
    fetched: Option<Vec<Source>>,
    held: usize,
}

impl<I: Iterator<Item = Source>> Checkout<'_, '_, I> {
    fn fetch(mut self, most_files: usize, most_bytes: usize) {
        let mut fetched = Vec::with_capacity(most_files);
        for source in self.sources.iter_mut().flatten().take(most_files) {
            self.held += source.held();
            fetched.push(source);
            if self.held >= most_bytes {
                break;
            }
        }
        self.fetched = Some(fetched);
    }
}

impl<I> Drop for Checkout<'_, '_, I> {
    fn drop(&mut self) {
        if self.held > 0 {
            self.supply.budget.charge(self.held);
        }
        let mut state = self.supply.state();
        state.sources = self.sources.take().map_or(SourceState::AtTheirEnd, SourceState::AtHand);
        match self.fetched.take() {
            None => {}
            Some(sources) if sources.is_empty() => state.sources = SourceState::AtTheirEnd,
            Some(sources) => {
                let number = state.groups;
                state.groups += 1;
                state.ready.push_back(Chunk { number, sources, held: self.held });
            }
        }
        self.supply.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;
    use std::thread;

    use crate::input::Source;
    use crate::pipeline::queue::{Budget, Chunk, FILES_OF_THE_FIRST, WorkQueue};

    fn budget() -> Budget {
        Budget::new(1 << 30)
    }

    fn groups<I: Iterator<Item = Source>>(supply: &WorkQueue<'_, I>, threads: usize) -> Vec<(u64, usize)> {
        let next = || supply.next(threads, usize::MAX);
        std::iter::from_fn(next).map(|Chunk { number, sources, .. }| (number, sources.len())).collect()
    }

    fn some(count: usize) -> impl Iterator<Item = Source> {
        (0..count).map(|_| Source::Stdin)
    }

    #[test]
    fn every_source_is_in_one_group_and_groups_grow() {
        for threads in [1, 2, 8] {
            assert_eq!(groups(&WorkQueue::new(some(0), &budget()), threads), []);
            assert_eq!(groups(&WorkQueue::new(some(32), &budget()), threads), [(0, 32)]);
            assert_eq!(groups(&WorkQueue::new(some(33), &budget()), threads), [(0, 32), (1, 1)]);
            assert_eq!(
                groups(&WorkQueue::new(some(200), &budget()), threads),
                [(0, 32), (1, 64), (2, 96), (3, 8)]
            );
        }
        assert_eq!(groups(&WorkQueue::new(some(70), &budget()), 64), [(0, 24), (1, 24), (2, 22)]);
        assert_eq!(groups(&WorkQueue::new(some(3), &budget()), 5000), [(0, 1), (1, 1), (2, 1)]);
    }

    #[test]
    fn what_is_held_bounds_a_group() {
        let member = |bytes| Source::Member { path: String::new(), content: Ok(vec![0; bytes].into()) };
        let sizes = [1 << 20, 1, 1 << 19, 1 << 19, 7];
        assert_eq!(
            groups(&WorkQueue::new(sizes.into_iter().map(member), &budget()), 1),
            [(0, 1), (1, 3), (2, 1)]
        );
    }

    #[test]
    fn a_group_is_ready_for_the_next_thread_while_one_fetches() {
        for (threads, fetched) in [(1, 1), (2, 2), (8, 2)] {
            let count = AtomicUsize::new(0);
            let budget = budget();
            let counted = some(1000).inspect(|_| _ = count.fetch_add(1, Ordering::Relaxed));
            let supply = WorkQueue::new(counted, &budget);
            assert_eq!(supply.next(threads, usize::MAX).map(|group| group.number), Some(0));
            let expected = [FILES_OF_THE_FIRST, 3 * FILES_OF_THE_FIRST][fetched - 1];
            assert_eq!(count.load(Ordering::Relaxed), expected, "{threads} threads");
        }
        // The sources block after two groups until the test resumes them.
        let (go_on, may_go_on) = mpsc::channel::<()>();
        let (stop, has_stopped) = mpsc::channel();
        let sources = some(100).enumerate().map(move |(number, source)| {
            if number == 3 * FILES_OF_THE_FIRST {
                stop.send(()).expect("somebody waits for it");
                may_go_on.recv().expect("somebody lets them go on");
            }
            source
        });
        let budget = budget();
        let supply = WorkQueue::new(sources, &budget);
        assert_eq!(supply.next(2, usize::MAX).map(|group| group.number), Some(0));
        thread::scope(|scope| {
            let fetching = scope.spawn(|| supply.next(2, usize::MAX).map(|group| group.number));
            has_stopped.recv().expect("the other thread fetches");
            assert_eq!(supply.next(2, usize::MAX).map(|group| group.number), Some(1));
            let waiting = scope.spawn(|| supply.next(2, usize::MAX).map(|group| group.number));
            go_on.send(()).expect("the other thread waits");
            let mut last = [fetching, waiting].map(|thread| thread.join().expect("no thread panics"));
            last.sort();
            assert_eq!(last, [None, Some(2)]);
        });
    }

    #[test]
    fn sources_go_on_behind_a_panic() {
        let mut number = 0;
        let sources = std::iter::from_fn(|| {
            number += 1;
            assert_ne!(number, 40, "the fortieth");
            (number < 50).then_some(Source::Stdin)
        });
        let budget = budget();
        let supply = WorkQueue::new(sources, &budget);
        assert_eq!(supply.next(1, usize::MAX).map(|group| group.sources.len()), Some(32));
        assert!(catch_unwind(AssertUnwindSafe(|| supply.next(1, usize::MAX))).is_err());
        assert_eq!(groups(&supply, 1), [(1, 9)]);
    }
}
