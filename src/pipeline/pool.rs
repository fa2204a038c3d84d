//! The worker pool: starts reader threads and delivers their batches in order.
//!
//! The number of batches is bounded. A thread takes a free batch, reads the next group of sources into it and sends it
//! to the calling thread, which delivers the batches in order and frees them. So memory is bounded whichever side is
//! slower.
//!
//! A batch that exceeds its size limit is sent as one piece of its group, and its thread waits for it to be returned.
//! An outsized file waits for its part of a [`Budget`].

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder, Scope};

use crate::input::Source;
use crate::pipeline::batch::Batch;
use crate::pipeline::budget::Budget;
use crate::pipeline::cpu::CpuSampler;
use crate::pipeline::queue::{Chunk, WorkQueue};
use crate::pipeline::share::{Bounds, BudgetShare, MAX_OUTSIZED_BYTES};
use crate::pipeline::{PipelineOptions, WORKER_NAME, WorkerState};

/// Number of reads, of a few files each, between two checks whether to start more threads.
const READS_A_LOOK: usize = 2;
/// Maximum number of threads. A thread takes about 100 KB of memory.
const MAX_THREADS: usize = 128;

/// State shared by the threads.
struct WorkerPool<'p, I> {
    pipeline: &'p PipelineOptions,
    supply: WorkQueue<'p, I>,
    budget: &'p Budget,
    free: Mutex<Receiver<Batch>>,
    /// Number of threads requested so far, including those that failed to start.
    threads: AtomicUsize,
    /// Number of files that fit into a batch, estimated by their mean result size in the last group.
    files_per_batch: AtomicUsize,
    has_stopped: AtomicBool,
}

/// The results of a group, or of a part of it.
struct Piece {
    group: u64,
    batch: Batch,
    /// Channel that returns the batch after delivery; `None` for the last piece of the group.
    back: Option<Sender<Batch>>,
}

/// Reads all sources and passes the batches, in the order of the sources, to `receive`.
///
/// # Errors
/// Outer: a thread cannot be started. Inner: the error of `receive`, which ends the run.
pub fn run<E>(
    pipeline: &PipelineOptions,
    sources: impl Iterator<Item = Source> + Send,
    mut receive: impl FnMut(&mut Batch) -> Result<(), E>,
) -> io::Result<Result<(), E>> {
    let (to_free, free) = mpsc::channel();
    // The threads create the other batches.
    let _ = to_free.send(Batch::default());
    let budget = Budget::new(MAX_OUTSIZED_BYTES);
    let crew = WorkerPool {
        pipeline,
        supply: WorkQueue::new(sources, &budget),
        budget: &budget,
        free: Mutex::new(free),
        threads: AtomicUsize::new(0),
        files_per_batch: AtomicUsize::new(usize::MAX),
        has_stopped: AtomicBool::new(false),
    };
    thread::scope(|scope| {
        let (to_done, done) = mpsc::channel();
        crew.grow(*pipeline.threads.start(), scope, &to_done)?;
        drop(to_done);
        let outcome = crew.hand_over(done, &to_free, &mut receive);
        crew.has_stopped.store(true, Ordering::Relaxed);
        budget.close();
        drop(to_free);
        Ok(outcome)
    })
}

impl<'p, I: Iterator<Item = Source> + Send> WorkerPool<'p, I> {
    /// Starts threads until their number is `wanted`.
    ///
    /// # Errors
    /// Not even the first thread can be started. Fewer threads than wanted are not an error.
    fn grow<'scope>(
        &'scope self,
        wanted: usize,
        scope: &'scope Scope<'scope, '_>,
        done: &Sender<Piece>,
    ) -> io::Result<()> {
        let wanted = wanted.min(MAX_THREADS);
        let before = self.threads.fetch_max(wanted, Ordering::Relaxed);
        for thread in before..wanted {
            let reader = Builder::new().name(WORKER_NAME.to_owned());
            let done = done.clone();
            match reader.spawn_scoped(scope, move || self.work(thread, scope, done)) {
                Err(error) if thread == 0 => return Err(error),
                Err(_) => break,
                Ok(_) => {}
            }
        }
        Ok(())
    }

    fn work<'scope>(&'scope self, thread: usize, scope: &'scope Scope<'scope, '_>, done: Sender<Piece>) {
        let mut desks = WorkerState::default();
        // One batch to read into, and on every second thread another that waits for delivery.
        let mut own: Vec<Batch> = (0..1 + thread % 2).map(|_| Batch::default()).collect();
        while let Some(mut batch) = own.pop().or_else(|| self.next_free()) {
            let threads = self.threads.load(Ordering::Relaxed);
            let most_files = self.files_per_batch.load(Ordering::Relaxed);
            let Some(group) = self.supply.next(threads, most_files) else { return };
            let Chunk { number, mut sources, held } = group;
            let bounds = Bounds::new(threads);
            let mut share = BudgetShare::new(self.budget, number, bounds, self.pipeline.records);
            let mut load = self.may_grow().then(CpuSampler::default);
            let (mut start, mut read, mut bytes) = (0, 0, 0);
            while start < sources.len() {
                if self.has_stopped.load(Ordering::Relaxed) {
                    return;
                }
                if batch.size() > bounds.batch {
                    bytes += batch.size();
                    let Some(next) = hand_over_piece(number, batch, &done) else { return };
                    batch = next;
                }
                start += self.pipeline.read(&mut sources[start..], &mut desks, &mut batch, &mut share);
                read += 1;
                let look = load.as_mut().filter(|_| read % READS_A_LOOK == 0);
                if let Some(spent) = look.and_then(CpuSampler::look) {
                    let wanted = spent.threads_for(*self.pipeline.threads.start());
                    // If no more threads can be started, the run goes on with those that exist.
                    let _ = self.grow(wanted.min(*self.pipeline.threads.end()), scope, &done);
                }
            }
            desks.shrink();
            let mean = (bytes + batch.size()) / sources.len();
            self.files_per_batch.store((bounds.batch / mean.max(1)).max(1), Ordering::Relaxed);
            drop(sources);
            self.budget.give(held);
            if done.send(Piece { group: number, batch, back: None }).is_err() {
                return;
            }
        }
    }

    fn may_grow(&self) -> bool {
        self.threads.load(Ordering::Relaxed) < MAX_THREADS.min(*self.pipeline.threads.end())
    }

    /// Receives a delivered batch; `None` after the end of the run.
    fn next_free(&self) -> Option<Batch> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
    }

    /// Delivers the batches in order and frees each.
    fn hand_over<E>(
        &self,
        done: Receiver<Piece>,
        to_free: &Sender<Batch>,
        receive: &mut impl FnMut(&mut Batch) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for piece in done {
            waiting.insert(piece.group, piece);
            while let Some(Piece { mut batch, back, .. }) = waiting.remove(&next) {
                receive(&mut batch)?;
                let bounds = Bounds::new(self.threads.load(Ordering::Relaxed));
                self.budget.give(batch.clear(bounds.batch));
                let is_last = back.is_none();
                let _ = back.as_ref().unwrap_or(to_free).send(batch);
                if is_last {
                    next += 1;
                    self.budget.advance(next);
                }
            }
        }
        Ok(())
    }
}

/// Sends the results of a group so far and waits for the batch to be returned; `None` after the end of the run.
fn hand_over_piece(group: u64, batch: Batch, done: &Sender<Piece>) -> Option<Batch> {
    let (back, returned) = mpsc::channel();
    done.send(Piece { group, batch, back: Some(back) }).ok()?;
    returned.recv().ok()
}
