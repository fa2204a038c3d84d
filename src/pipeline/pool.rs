//! The worker pool: starts reader threads and delivers their batches in order.
//!
//! The number of batches is bounded. A thread takes a free batch, reads the next chunk of sources into it and sends it
//! to the calling thread, which delivers the batches in order and frees them. So memory is bounded whichever side is
//! slower.
//!
//! A batch that exceeds its size limit is sent as one part of its chunk, and its thread waits for it to be returned.
//! The first threads also run the tasks of the writer of records, before they read on: where it is slower than they read,
//! they become its helpers.
//!
//! An outsized file waits for its part of a [`Budget`].

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder, Scope};

use crate::input::Source;
use crate::pipeline::batch::Batch;
use crate::pipeline::budget::Budget;
use crate::pipeline::cpu::CpuSampler;
use crate::pipeline::options::PipelineOptions;
use crate::pipeline::queue::{Chunk, WorkQueue};
use crate::pipeline::share::{Bounds, BudgetShare, MAX_OUTSIZED_BYTES};
use crate::pipeline::worker::WorkerState;
use crate::sys::tasks::{MAX_HELPERS, PATIENCE};

/// Name of the reader threads. Their panics are caught and become findings.
pub const WORKER_NAME: &str = "reader";
/// Number of reads, of a few files each, between two checks whether to start more threads.
const READS_PER_CHECK: usize = 2;
/// Maximum number of threads. A thread takes about 100 KB of memory.
const MAX_THREADS: usize = 128;

/// State shared by the threads.
struct WorkerPool<'p, I> {
    options: &'p PipelineOptions,
    queue: WorkQueue<'p, I>,
    budget: &'p Budget,
    free: Mutex<Receiver<Batch>>,
    /// Number of threads requested so far, including those that failed to start.
    threads: AtomicUsize,
    /// Number of files that fit into a batch, estimated by their mean result size in the last chunk.
    files_per_batch: AtomicUsize,
    has_stopped: AtomicBool,
}

/// Message of a worker.
enum Event {
    /// It has read sources.
    Read(Box<ChunkPart>),
    /// It has run a task.
    TaskDone,
}

/// The results of a chunk, or of a part of it.
struct ChunkPart {
    chunk: u64,
    batch: Batch,
    /// Channel that returns the batch after delivery; `None` for the last part of the chunk.
    back: Option<Sender<Batch>>,
}

/// Reads all sources and passes the batches, in the order of the sources, to `on_batch`.
///
/// # Errors
/// Outer: a thread cannot be started. Inner: the error of `on_batch`, which ends the run.
pub fn run<E>(
    options: &PipelineOptions,
    sources: impl Iterator<Item = Source> + Send,
    mut on_batch: impl FnMut(&mut Batch) -> Result<(), E>,
) -> io::Result<Result<(), E>> {
    let (to_free, free) = mpsc::channel();
    // The threads create the other batches.
    let _ = to_free.send(Batch::default());
    let budget = Budget::new(MAX_OUTSIZED_BYTES);
    let pool = WorkerPool {
        options,
        queue: WorkQueue::new(sources, &budget),
        budget: &budget,
        free: Mutex::new(free),
        threads: AtomicUsize::new(0),
        files_per_batch: AtomicUsize::new(usize::MAX),
        has_stopped: AtomicBool::new(false),
    };
    thread::scope(|scope| {
        // Declared first, so that the threads find the channels closed when they wake.
        let _notify = options.tasks.notify_on_drop();
        let to_free = to_free;
        let (to_done, done) = mpsc::channel();
        pool.spawn_up_to(*options.threads.start(), scope, &to_done)?;
        drop(to_done);
        let outcome = pool.deliver_in_order(done, &to_free, &mut on_batch);
        pool.has_stopped.store(true, Ordering::Relaxed);
        budget.close();
        Ok(outcome)
    })
}

impl<'p, I: Iterator<Item = Source> + Send> WorkerPool<'p, I> {
    /// Starts threads until their number is `wanted`.
    ///
    /// # Errors
    /// Not even the first thread can be started. Fewer threads than wanted are not an error.
    fn spawn_up_to<'scope>(
        &'scope self,
        wanted: usize,
        scope: &'scope Scope<'scope, '_>,
        done: &Sender<Event>,
    ) -> io::Result<()> {
        let wanted = wanted.min(MAX_THREADS);
        let before = self.threads.fetch_max(wanted, Ordering::Relaxed);
        for thread in before..wanted {
            let reader = Builder::new().name(WORKER_NAME.to_owned());
            let done = done.clone();
            match reader.spawn_scoped(scope, move || self.worker_loop(thread, scope, done)) {
                Err(error) if thread == 0 => return Err(error),
                Err(_) => break,
                Ok(_) => {}
            }
        }
        Ok(())
    }

    fn worker_loop<'scope>(
        &'scope self,
        thread: usize,
        scope: &'scope Scope<'scope, '_>,
        done: Sender<Event>,
    ) {
        let mut worker = WorkerState::default();
        // One batch to read into, and on every second thread another that waits for delivery.
        let mut private_batches: Vec<Batch> = (0..1 + thread % 2).map(|_| Batch::default()).collect();
        let next_batch = |private: &mut Vec<Batch>| {
            self.run_tasks_until(thread, &done, || match private.pop() {
                Some(batch) => Ok(batch),
                None => self.free.lock().unwrap_or_else(PoisonError::into_inner).try_recv(),
            })
        };
        while let Some(mut batch) = next_batch(&mut private_batches) {
            let threads = self.threads.load(Ordering::Relaxed);
            let max_files = self.files_per_batch.load(Ordering::Relaxed);
            let Some(chunk) = self.queue.next(threads, max_files) else { return };
            let Chunk { number, mut sources, buffered_bytes } = chunk;
            let bounds = Bounds::new(threads);
            batch.clear(bounds.batch);
            let mut share = BudgetShare::new(self.budget, number, bounds, self.options.encode.is_some());
            let mut sampler = self.can_grow().then(CpuSampler::default);
            let (mut start, mut reads, mut bytes) = (0, 0, 0);
            while start < sources.len() {
                if self.has_stopped.load(Ordering::Relaxed) {
                    return;
                }
                if batch.size() > bounds.batch {
                    bytes += batch.size();
                    let Some(next) = self.deliver_part(thread, number, batch, &done) else { return };
                    batch = next;
                    batch.clear(bounds.batch);
                    // It has waited for the delivery, not for input.
                    sampler = sampler.map(|_| CpuSampler::default());
                }
                start += worker.read(self.options, &mut sources[start..], &mut batch, &mut share);
                reads += 1;
                let sampler = sampler.as_mut().filter(|_| reads % READS_PER_CHECK == 0);
                if let Some(usage) = sampler.and_then(CpuSampler::sample) {
                    let wanted = usage.threads_for(*self.options.threads.start());
                    // If no more threads can be started, the run goes on with those that exist.
                    let _ = self.spawn_up_to(wanted.min(*self.options.threads.end()), scope, &done);
                }
            }
            worker.shrink();
            let mean = (bytes + batch.size()) / sources.len();
            self.files_per_batch.store((bounds.batch / mean.max(1)).max(1), Ordering::Relaxed);
            drop(sources);
            self.budget.give(buffered_bytes);
            if done.send(Event::Read(Box::new(ChunkPart { chunk: number, batch, back: None }))).is_err() {
                return;
            }
        }
    }

    fn can_grow(&self) -> bool {
        self.threads.load(Ordering::Relaxed) < MAX_THREADS.min(*self.options.threads.end())
    }

    /// Runs tasks until `receive` returns a batch; `None` after the end of the run.
    fn run_tasks_until(
        &self,
        thread: usize,
        done: &Sender<Event>,
        mut receive: impl FnMut() -> Result<Batch, TryRecvError>,
    ) -> Option<Batch> {
        let worker = self.options.tasks.worker(thread < MAX_HELPERS);
        loop {
            let received = worker.run_one_or(|| match receive() {
                Ok(batch) => Some(Some(batch)),
                Err(TryRecvError::Empty) => None,
                Err(TryRecvError::Disconnected) => Some(None),
            });
            match received {
                Some(batch) => return batch,
                None => _ = done.send(Event::TaskDone),
            }
        }
    }

    /// Sends the results of a chunk so far and waits for the batch to be returned; `None` after the end of the run.
    fn deliver_part(&self, thread: usize, chunk: u64, batch: Batch, done: &Sender<Event>) -> Option<Batch> {
        let (back, returned) = mpsc::channel();
        done.send(Event::Read(Box::new(ChunkPart { chunk, batch, back: Some(back) }))).ok()?;
        self.run_tasks_until(thread, done, || returned.try_recv())
    }

    /// Delivers the batches in order and frees each.
    fn deliver_in_order<E>(
        &self,
        done: Receiver<Event>,
        to_free: &Sender<Batch>,
        on_batch: &mut impl FnMut(&mut Batch) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        while let Some(event) = self.next_event(&done) {
            match event {
                Event::Read(part) => _ = waiting.insert(part.chunk, *part),
                // The writer may have something to write now.
                Event::TaskDone => on_batch(&mut Batch::default())?,
            }
            while let Some(ChunkPart { mut batch, back, .. }) = waiting.remove(&next) {
                on_batch(&mut batch)?;
                // What others wait for is freed here, and the rest by the thread that reads into the batch next.
                if batch.budget_bytes > 0 {
                    let bounds = Bounds::new(self.threads.load(Ordering::Relaxed));
                    self.budget.give(batch.clear(bounds.batch));
                }
                let is_last = back.is_none();
                let _ = back.as_ref().unwrap_or(to_free).send(batch);
                self.options.tasks.notify();
                if is_last {
                    next += 1;
                    self.budget.advance(next);
                }
            }
        }
        Ok(())
    }

    /// Receives the next message; `None` once all threads have ended. Runs a task if all of them may wait for input.
    fn next_event(&self, done: &Receiver<Event>) -> Option<Event> {
        loop {
            if self.options.tasks.is_empty() {
                return done.recv().ok();
            }
            match done.recv_timeout(PATIENCE) {
                Ok(event) => return Some(event),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) if self.options.tasks.run_one() => {
                    return Some(Event::TaskDone);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}
