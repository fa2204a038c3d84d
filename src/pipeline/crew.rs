//! The threads of a run: who reads what, and how many of them it takes.
//!
//! A bounded number of batches goes round: a thread takes a free one, reads the next group of sources into it, and sends
//! it to the caller's thread, which puts the batches in order, hands them over, and frees them. So memory is bounded,
//! whichever side is slower, and nothing but the batch under way waits for an earlier one.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder, Scope};

use super::batch::Batch;
use super::load::Load;
use super::supply::{Group, Supply};
use super::{Desks, Pipeline, READER};
use crate::crawl::TOGETHER;
use crate::input::Source;

/// After so many reads, of some files each, a thread looks whether more threads are needed.
const READS_A_LOOK: usize = 2;

/// What the threads share.
struct Crew<'p, I> {
    pipeline: &'p Pipeline,
    supply: Supply<I>,
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
        supply: Supply::of(sources),
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
            let threads = self.threads.load(Ordering::Relaxed);
            let Some(Group { number, mut sources }) = self.supply.next(threads) else { return };
            let mut load = self.may_grow().then(Load::default);
            for (read, together) in sources.chunks_mut(TOGETHER).enumerate() {
                if self.has_stopped.load(Ordering::Relaxed) {
                    return;
                }
                self.pipeline.read(together, &mut desks, &mut batch);
                let look = load.as_mut().filter(|_| read % READS_A_LOOK == READS_A_LOOK - 1);
                if let Some(spent) = look.and_then(Load::look) {
                    let wanted = spent.threads_for(*self.pipeline.threads.start());
                    // A system that gives no more threads leaves those that run.
                    let _ = self.grow(wanted.min(*self.pipeline.threads.end()), scope, &done);
                }
            }
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
