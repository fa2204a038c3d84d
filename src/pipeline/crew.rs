//! The threads of a run: who reads what, and how many of them it takes.
//!
//! A bounded number of batches goes round: a thread takes a free one, reads the next group of sources into it, and sends
//! it to the caller's thread, which puts the batches in order, hands them over, and frees them. So memory is bounded,
//! whichever side is slower, and nothing but the batch under way waits for an earlier one.
//!
//! A batch that grows past its bound goes as a piece of its group, and its thread waits for it to come back. An outsized
//! file waits for its part of a [`Budget`].

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder, Scope};

use super::batch::Batch;
use super::budget::Budget;
use super::load::Load;
use super::share::{Bounds, MAX_OUTSIZED_BYTES, Share};
use super::supply::{Group, Supply};
use super::{Desks, Pipeline, READER};
use crate::input::Source;

/// After so many reads, of some files each, a thread looks whether more threads are needed.
const READS_A_LOOK: usize = 2;
/// More threads than these only take memory, about 100 KB each.
const MAX_THREADS: usize = 128;

/// What the threads share.
struct Crew<'p, I> {
    pipeline: &'p Pipeline,
    supply: Supply<'p, I>,
    budget: &'p Budget,
    free: Mutex<Receiver<Batch>>,
    /// How many threads there are, those included that the system did not give.
    threads: AtomicUsize,
    /// How many files of the last group's mean size fit into a batch.
    files_per_batch: AtomicUsize,
    has_stopped: AtomicBool,
}

/// What became of a group, or of its next piece.
struct Piece {
    group: u64,
    batch: Batch,
    /// Where the batch goes when it is handed over, unless it is the group's last.
    back: Option<Sender<Batch>>,
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
    let budget = Budget::new(MAX_OUTSIZED_BYTES);
    let crew = Crew {
        pipeline,
        supply: Supply::of(sources, &budget),
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

impl<'p, I: Iterator<Item = Source> + Send> Crew<'p, I> {
    /// Starts threads until there are as many as `wanted`.
    ///
    /// # Errors
    /// The system gives not even one. Fewer than are wanted are enough.
    fn grow<'scope>(
        &'scope self,
        wanted: usize,
        scope: &'scope Scope<'scope, '_>,
        done: &Sender<Piece>,
    ) -> io::Result<()> {
        let wanted = wanted.min(MAX_THREADS);
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

    fn work<'scope>(&'scope self, thread: usize, scope: &'scope Scope<'scope, '_>, done: Sender<Piece>) {
        let mut desks = Desks::default();
        // One to work on, and one for every two threads that waits for its turn to be handed over.
        let mut own: Vec<Batch> = (0..1 + thread % 2).map(|_| Batch::default()).collect();
        while let Some(mut batch) = own.pop().or_else(|| self.next_free()) {
            let threads = self.threads.load(Ordering::Relaxed);
            let most_files = self.files_per_batch.load(Ordering::Relaxed);
            let Some(group) = self.supply.next(threads, most_files) else { return };
            let Group { number, mut sources, held } = group;
            let bounds = Bounds::new(threads);
            let mut share = Share::new(self.budget, number, bounds, self.pipeline.records);
            let mut load = self.may_grow().then(Load::default);
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
                if let Some(spent) = look.and_then(Load::look) {
                    let wanted = spent.threads_for(*self.pipeline.threads.start());
                    // A system that gives no more threads leaves those that run.
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

    /// A batch that was handed over; none where the run is at its end.
    fn next_free(&self) -> Option<Batch> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
    }

    /// Puts the batches in order, hands each over, and frees it.
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

/// Hands over what became of a group so far, and waits for the batch to come back; none where the run is at its end.
fn hand_over_piece(group: u64, batch: Batch, done: &Sender<Piece>) -> Option<Batch> {
    let (back, returned) = mpsc::channel();
    done.send(Piece { group, batch, back: Some(back) }).ok()?;
    returned.recv().ok()
}
