//! The threads of a run: who reads what, and how many of them it takes.
//!
//! A bounded number of batches goes round: a thread takes a free one, fills it with the next sources, reads them, and
//! sends it to the caller's thread, which puts the batches in order, hands them over, and frees them. So memory is
//! bounded, whichever side is slower, and nothing but the batch under way waits for an earlier one.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder, Scope};
use std::{io, mem};

use super::batch::Batch;
use super::load::Load;
use super::{Desks, Pipeline, READER};
use crate::crawl::TOGETHER;
use crate::input::Source;

/// The threads share this many files at a time, so that more of them need no more memory.
const FILES_UNDER_WAY: usize = 2048;
/// A batch is no more files than these, and fewer where those that were read ahead hold so many bytes.
const MOST_FILES_A_BATCH: usize = 256;
const BYTES_A_BATCH: usize = 1 << 20;
/// The first batches grow from this: the others wait for their turn behind them, and few threads may read from a slow disk.
const FILES_OF_THE_FIRST_BATCH: usize = 32;
/// After so many reads, of some files each, a thread looks whether more threads are needed.
const READS_A_LOOK: usize = 2;

/// What the threads share.
struct Crew<'p, I> {
    pipeline: &'p Pipeline,
    /// The number of the next batch, and what fills it.
    feed: Mutex<(u64, I)>,
    free: Mutex<Receiver<Batch>>,
    /// How many threads there are, those included that the system did not give.
    threads: AtomicUsize,
    has_stopped: AtomicBool,
}

/// Reads every source as `pipeline` says, and hands the batches, in the order of the sources, to `receive`.
///
/// # Errors
/// The system gives no thread; inside, what `receive` fails with, which ends the run.
pub fn run<E>(
    pipeline: &Pipeline,
    sources: impl Iterator<Item = Source> + Send,
    mut receive: impl FnMut(&mut Batch) -> Result<(), E>,
) -> io::Result<Result<(), E>> {
    let (to_free, free) = mpsc::channel();
    // The threads bring the others.
    let _ = to_free.send(Batch::default());
    let crew = Crew {
        pipeline,
        feed: Mutex::new((0, sources.fuse())),
        free: Mutex::new(free),
        threads: AtomicUsize::new(0),
        has_stopped: AtomicBool::new(false),
    };
    thread::scope(|scope| {
        let (to_done, done) = mpsc::channel();
        crew.grow(*pipeline.threads.start(), scope, &to_done)?;
        drop(to_done);
        let outcome = hand_over(done, &to_free, &mut receive);
        crew.has_stopped.store(true, Ordering::Relaxed);
        drop(to_free);
        Ok(outcome)
    })
}

impl<'p, I: Iterator<Item = Source> + Send> Crew<'p, I> {
    /// Starts threads until there are as many as `wanted`.
    ///
    /// # Errors
    /// The system gives not even one. Fewer than are wanted are enough.
    fn grow<'scope>(
        &'scope self,
        wanted: usize,
        scope: &'scope Scope<'scope, '_>,
        done: &Sender<(u64, Batch)>,
    ) -> io::Result<()> {
        let before = self.threads.fetch_max(wanted, Ordering::Relaxed);
        for thread in before..wanted {
            let reader = Builder::new().name(READER.to_owned());
            let done = done.clone();
            match reader.spawn_scoped(scope, move || self.work(thread, scope, done)) {
                Err(error) if thread == 0 => return Err(error),
                Err(_) => break,
                Ok(_) => {}
            }
        }
        Ok(())
    }

    fn work<'scope>(
        &'scope self,
        thread: usize,
        scope: &'scope Scope<'scope, '_>,
        done: Sender<(u64, Batch)>,
    ) {
        let mut desks = Desks::default();
        // One to work on, and one for every two threads that waits for its turn to be handed over.
        let mut own: Vec<Batch> = (0..1 + thread % 2).map(|_| Batch::default()).collect();
        while let Some(mut batch) = own.pop().or_else(|| self.next_free()) {
            let number = self.fill(&mut batch);
            if batch.sources.is_empty() {
                return;
            }
            let mut sources = mem::take(&mut batch.sources);
            let mut load = self.may_grow().then(Load::default);
            for (number, together) in sources.chunks_mut(TOGETHER).enumerate() {
                if self.has_stopped.load(Ordering::Relaxed) {
                    return;
                }
                self.pipeline.read(together, &mut desks, &mut batch);
                let look = load.as_mut().filter(|_| number % READS_A_LOOK == READS_A_LOOK - 1);
                if let Some(spent) = look.and_then(Load::look) {
                    let wanted = spent.threads_for(*self.pipeline.threads.start());
                    // A system that gives no more threads leaves those that run.
                    let _ = self.grow(wanted.min(*self.pipeline.threads.end()), scope, &done);
                }
            }
            sources.clear();
            batch.sources = sources;
            desks.shrink();
            if done.send((number, batch)).is_err() {
                return;
            }
        }
    }

    fn may_grow(&self) -> bool {
        self.threads.load(Ordering::Relaxed) < *self.pipeline.threads.end()
    }

    /// A batch that was handed over; none where the run is at its end.
    fn next_free(&self) -> Option<Batch> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
    }

    /// Takes the next sources into `batch`, and numbers it.
    fn fill(&self, batch: &mut Batch) -> u64 {
        let share = FILES_UNDER_WAY / self.threads.load(Ordering::Relaxed);
        let mut feed = self.feed.lock().unwrap_or_else(PoisonError::into_inner);
        let (next, sources) = &mut *feed;
        let most = share.clamp(1, MOST_FILES_A_BATCH).min(FILES_OF_THE_FIRST_BATCH * (*next as usize + 1));
        let mut held = 0;
        while batch.sources.len() < most && held < BYTES_A_BATCH {
            let Some(source) = sources.next() else { break };
            held += source.held();
            batch.sources.push(source);
        }
        *next += 1;
        *next - 1
    }
}

/// Puts the batches in order, hands each over, and frees it.
fn hand_over<E>(
    done: Receiver<(u64, Batch)>,
    to_free: &Sender<Batch>,
    receive: &mut impl FnMut(&mut Batch) -> Result<(), E>,
) -> Result<(), E> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (number, batch) in done {
        waiting.insert(number, batch);
        while let Some(mut batch) = waiting.remove(&next) {
            receive(&mut batch)?;
            batch.clear();
            let _ = to_free.send(batch);
            next += 1;
        }
    }
    Ok(())
}
