//! Work queue: hands sources to threads in chunks. The calling thread may have to fetch the next chunk itself.
//!
//! Fetching walks folders and unpacks archives, which takes about as long as reading. One thread fetches at a time. It
//! fetches one chunk in advance, so that the other threads need not wait.

use std::collections::VecDeque;
use std::mem;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::input::Source;
use crate::pipeline::budget::Budget;

/// Maximum number of files in progress in all threads, so that more threads need no more memory.
const MAX_IN_FLIGHT_FILES: usize = 1536;
/// Limits of a chunk: number of files, and bytes already in memory.
const MAX_CHUNK_FILES: usize = 256;
const MAX_CHUNK_BYTES: usize = 1 << 20;
/// Limit of the bytes in memory over all threads.
const MAX_FETCHED_BYTES: usize = 8 << 20;
/// Number of files in the first chunk; the following ones grow by it. Small chunks at the start let other threads begin
/// early, also on a slow disk.
const INITIAL_CHUNK_FILES: usize = 32;

/// Queue of sources, in chunks.
pub struct WorkQueue<'b, I> {
    state: Mutex<QueueState<I>>,
    changed: Condvar,
    budget: &'b Budget,
}

struct QueueState<I> {
    sources: SourceState<I>,
    /// Number of chunks fetched so far.
    chunks: u64,
    /// Fetched chunks that no thread has taken yet.
    ready: VecDeque<Chunk>,
}

enum SourceState<I> {
    Available(I),
    /// A thread is fetching from them.
    CheckedOut,
    Exhausted,
}

/// Consecutive sources, at least one.
pub struct Chunk {
    /// Number of chunks before it.
    pub number: u64,
    pub sources: Vec<Source>,
    /// Bytes of the budget that the sources hold.
    pub buffered_bytes: usize,
}

impl<'b, I: Iterator<Item = Source>> WorkQueue<'b, I> {
    /// Creates a queue of `sources`. Bytes in memory are charged to `budget`.
    pub fn new(sources: I, budget: &'b Budget) -> Self {
        let state =
            QueueState { sources: SourceState::Available(sources), chunks: 0, ready: VecDeque::new() };
        WorkQueue { state: Mutex::new(state), changed: Condvar::new(), budget }
    }

    /// Takes the next chunk, of at most `max_files` files, for one of `threads` threads; `None` after the last one.
    pub fn next(&self, threads: usize, max_files: usize) -> Option<Chunk> {
        // A single thread needs no chunk in advance.
        let prefetch = usize::from(threads > 1);
        let mut state = self.state();
        loop {
            let is_overdrawn = self.budget.is_overdrawn();
            if is_overdrawn && state.ready.is_empty() && matches!(state.sources, SourceState::Available(_)) {
                // All fetched sources are in progress and will give back their bytes.
                drop(state);
                self.budget.wait_for_room();
                state = self.state();
                continue;
            }
            match mem::replace(&mut state.sources, SourceState::CheckedOut) {
                SourceState::Available(sources) if state.ready.len() <= prefetch && !is_overdrawn => {
                    let files = chunk_limit(state.chunks, threads).min(max_files);
                    drop(state);
                    let max_bytes = (MAX_FETCHED_BYTES / threads).clamp(MAX_CHUNK_BYTES / 4, MAX_CHUNK_BYTES);
                    let checkout =
                        Checkout { queue: self, sources: Some(sources), fetched: None, buffered_bytes: 0 };
                    checkout.fetch(files, max_bytes);
                    state = self.state();
                    continue;
                }
                sources => state.sources = sources,
            }
            match (state.ready.pop_front(), &state.sources) {
                (None, SourceState::Exhausted) => return None,
                (None, _) => state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                (chunk, _) => return chunk,
            }
        }
    }
}

impl<I> WorkQueue<'_, I> {
    fn state(&self) -> MutexGuard<'_, QueueState<I>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the maximum number of files of the chunk after `chunks` others.
fn chunk_limit(chunks: u64, threads: usize) -> usize {
    let growing = INITIAL_CHUNK_FILES.saturating_mul(chunks as usize + 1);
    (MAX_IN_FLIGHT_FILES / threads).clamp(1, MAX_CHUNK_FILES).min(growing)
}

/// Guard that returns the source iterator to the queue on drop, also on panic.
struct Checkout<'s, 'b, I> {
    queue: &'s WorkQueue<'b, I>,
    sources: Option<I>,
    /// `None` until a fetch is complete.
    fetched: Option<Vec<Source>>,
    buffered_bytes: usize,
}

impl<I: Iterator<Item = Source>> Checkout<'_, '_, I> {
    fn fetch(mut self, max_files: usize, max_bytes: usize) {
        let mut fetched = Vec::with_capacity(max_files);
        for source in self.sources.iter_mut().flatten().take(max_files) {
            self.buffered_bytes += source.buffered_bytes();
            fetched.push(source);
            if self.buffered_bytes >= max_bytes {
                break;
            }
        }
        self.fetched = Some(fetched);
    }
}

impl<I> Drop for Checkout<'_, '_, I> {
    fn drop(&mut self) {
        if self.buffered_bytes > 0 {
            self.queue.budget.charge(self.buffered_bytes);
        }
        let mut state = self.queue.state();
        state.sources = self.sources.take().map_or(SourceState::Exhausted, SourceState::Available);
        match self.fetched.take() {
            None => {}
            Some(sources) if sources.is_empty() => state.sources = SourceState::Exhausted,
            Some(sources) => {
                let number = state.chunks;
                state.chunks += 1;
                state.ready.push_back(Chunk { number, sources, buffered_bytes: self.buffered_bytes });
            }
        }
        self.queue.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;
    use std::thread;

    use crate::input::Source;
    use crate::pipeline::queue::{Budget, Chunk, INITIAL_CHUNK_FILES, WorkQueue};

    fn budget() -> Budget {
        Budget::new(1 << 30)
    }

    fn chunks<I: Iterator<Item = Source>>(queue: &WorkQueue<'_, I>, threads: usize) -> Vec<(u64, usize)> {
        let next = || queue.next(threads, usize::MAX);
        std::iter::from_fn(next).map(|Chunk { number, sources, .. }| (number, sources.len())).collect()
    }

    fn stdin_sources(count: usize) -> impl Iterator<Item = Source> {
        (0..count).map(|_| Source::Stdin)
    }

    #[test]
    fn every_source_is_in_one_chunk_and_chunks_grow() {
        for threads in [1, 2, 8] {
            assert_eq!(chunks(&WorkQueue::new(stdin_sources(0), &budget()), threads), []);
            assert_eq!(chunks(&WorkQueue::new(stdin_sources(32), &budget()), threads), [(0, 32)]);
            assert_eq!(chunks(&WorkQueue::new(stdin_sources(33), &budget()), threads), [(0, 32), (1, 1)]);
            assert_eq!(
                chunks(&WorkQueue::new(stdin_sources(200), &budget()), threads),
                [(0, 32), (1, 64), (2, 96), (3, 8)]
            );
        }
        assert_eq!(chunks(&WorkQueue::new(stdin_sources(70), &budget()), 64), [(0, 24), (1, 24), (2, 22)]);
        assert_eq!(chunks(&WorkQueue::new(stdin_sources(3), &budget()), 5000), [(0, 1), (1, 1), (2, 1)]);
    }

    #[test]
    fn buffered_bytes_bound_a_chunk() {
        let member = |bytes| Source::Loaded { path: String::new(), content: Ok(vec![0; bytes].into()) };
        let sizes = [1 << 20, 1, 1 << 19, 1 << 19, 7];
        assert_eq!(
            chunks(&WorkQueue::new(sizes.into_iter().map(member), &budget()), 1),
            [(0, 1), (1, 3), (2, 1)]
        );
    }

    #[test]
    fn a_chunk_is_ready_for_the_next_thread_while_one_fetches() {
        for (threads, fetched) in [(1, 1), (2, 2), (8, 2)] {
            let count = AtomicUsize::new(0);
            let budget = budget();
            let counted = stdin_sources(1000).inspect(|_| _ = count.fetch_add(1, Ordering::Relaxed));
            let queue = WorkQueue::new(counted, &budget);
            assert_eq!(queue.next(threads, usize::MAX).map(|chunk| chunk.number), Some(0));
            let expected = [INITIAL_CHUNK_FILES, 3 * INITIAL_CHUNK_FILES][fetched - 1];
            assert_eq!(count.load(Ordering::Relaxed), expected, "{threads} threads");
        }
        // The sources block after two chunks until the test resumes them.
        let (go_on, may_go_on) = mpsc::channel::<()>();
        let (stop, has_stopped) = mpsc::channel();
        let sources = stdin_sources(100).enumerate().map(move |(number, source)| {
            if number == 3 * INITIAL_CHUNK_FILES {
                stop.send(()).expect("somebody waits for it");
                may_go_on.recv().expect("somebody lets them go on");
            }
            source
        });
        let budget = budget();
        let queue = WorkQueue::new(sources, &budget);
        assert_eq!(queue.next(2, usize::MAX).map(|chunk| chunk.number), Some(0));
        thread::scope(|scope| {
            let fetching = scope.spawn(|| queue.next(2, usize::MAX).map(|chunk| chunk.number));
            has_stopped.recv().expect("the other thread fetches");
            assert_eq!(queue.next(2, usize::MAX).map(|chunk| chunk.number), Some(1));
            let waiting = scope.spawn(|| queue.next(2, usize::MAX).map(|chunk| chunk.number));
            go_on.send(()).expect("the other thread waits");
            let mut last = [fetching, waiting].map(|thread| thread.join().expect("no thread panics"));
            last.sort();
            assert_eq!(last, [None, Some(2)]);
        });
    }

    #[test]
    fn sources_go_on_after_a_panic() {
        let mut number = 0;
        let sources = std::iter::from_fn(|| {
            number += 1;
            assert_ne!(number, 40, "the fortieth");
            (number < 50).then_some(Source::Stdin)
        });
        let budget = budget();
        let queue = WorkQueue::new(sources, &budget);
        assert_eq!(queue.next(1, usize::MAX).map(|chunk| chunk.sources.len()), Some(32));
        assert!(catch_unwind(AssertUnwindSafe(|| queue.next(1, usize::MAX))).is_err());
        assert_eq!(chunks(&queue, 1), [(1, 9)]);
    }
}
