//! Queue of tasks that worker threads run beside their own work: the writers leave encoding and compression to them.
//!
//! One thread submits tasks and waits for their results in its own order. The workers take the oldest task first. Where
//! no worker takes one for a while, since all of them wait for input, the waiting thread runs it.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Builder};
use std::time::Duration;

/// Number of threads that run tasks. A compressor takes up to a megabyte, which the allocator keeps for each thread.
pub const MAX_HELPERS: usize = 8;
/// Time for which a task is left to the workers. They take a task after some milliseconds, unless they wait for input.
pub const PATIENCE: Duration = Duration::from_millis(20);

/// A queue of tasks. Clones share it.
#[derive(Clone)]
pub struct TaskQueue {
    threads: usize,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    tasks: Mutex<VecDeque<Task>>,
    /// Wakes the workers that run tasks.
    helpers_changed: Condvar,
    /// Wakes the other workers.
    others_changed: Condvar,
    /// Number of workers that run tasks.
    helpers: AtomicUsize,
}

type Task = Box<dyn FnOnce() + Send>;

/// The result of a task, which may still be waited for.
#[derive(Debug)]
pub struct Pending<T> {
    result: Receiver<T>,
}

/// A thread that waits for its own work and may run tasks meanwhile, until it is dropped.
#[derive(Debug)]
pub struct Worker<'q> {
    queue: &'q TaskQueue,
    is_helper: bool,
}

/// Wakes the workers of a queue when it is dropped.
#[derive(Debug)]
pub struct NotifyOnDrop<'q> {
    queue: &'q TaskQueue,
}

impl Default for TaskQueue {
    /// A queue for one thread.
    fn default() -> Self {
        TaskQueue::new(1)
    }
}

impl TaskQueue {
    /// Creates a queue for `threads` threads.
    pub fn new(threads: usize) -> Self {
        TaskQueue { threads, shared: Arc::default() }
    }

    /// Number of threads that may run tasks at once.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// Queues a task.
    pub fn submit<T: Send + 'static>(&self, task: impl FnOnce() -> T + Send + 'static) -> Pending<T> {
        let (sender, result) = mpsc::channel();
        // Nobody waits for the result after an error.
        let task = move || _ = sender.send(task());
        self.tasks().push_back(Box::new(task));
        self.shared.helpers_changed.notify_one();
        Pending { result }
    }

    /// Returns `true` if no task waits for a thread.
    pub fn is_empty(&self) -> bool {
        self.tasks().is_empty()
    }

    /// Runs the oldest task; returns `false` if there is none.
    pub fn run_one(&self) -> bool {
        let task = self.tasks().pop_front();
        task.map(run).is_some()
    }

    /// Lets the calling thread wait for its own work. It runs tasks if it `is_helper`.
    pub fn worker(&self, is_helper: bool) -> Worker<'_> {
        self.shared.helpers.fetch_add(usize::from(is_helper), Ordering::Relaxed);
        Worker { queue: self, is_helper }
    }

    /// Wakes the workers, whose [`run_one_or`](Worker::run_one_or) may have something to return now.
    pub fn notify(&self) {
        // Under the lock, no worker is between its look and its wait.
        drop(self.tasks());
        self.shared.helpers_changed.notify_all();
        self.shared.others_changed.notify_all();
    }

    /// Wakes the workers when it is dropped, also on panic.
    pub fn notify_on_drop(&self) -> NotifyOnDrop<'_> {
        NotifyOnDrop { queue: self }
    }

    /// Calls `work` while other threads run the tasks.
    pub fn with_workers<T>(&self, work: impl FnOnce() -> T) -> T {
        let is_over = AtomicBool::new(false);
        let work_on = || {
            let worker = self.worker(true);
            while worker.run_one_or(|| is_over.load(Ordering::Relaxed).then_some(())).is_none() {}
        };
        thread::scope(|scope| {
            let _notify = self.notify_on_drop();
            let _end = SetOnDrop(&is_over);
            for _ in 0..self.threads.min(MAX_HELPERS) {
                // Without it, the waiting thread runs the tasks.
                if Builder::new().spawn_scoped(scope, work_on).is_err() {
                    break;
                }
            }
            work()
        })
    }

    fn tasks(&self) -> MutexGuard<'_, VecDeque<Task>> {
        self.shared.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Worker<'_> {
    /// Waits until `poll` returns a value or, for a helper, until there is a task: runs it and returns `None`.
    pub fn run_one_or<T>(&self, mut poll: impl FnMut() -> Option<T>) -> Option<T> {
        let Shared { helpers_changed, others_changed, .. } = &*self.queue.shared;
        let changed = if self.is_helper { helpers_changed } else { others_changed };
        let mut tasks = self.queue.tasks();
        loop {
            if self.is_helper
                && let Some(task) = tasks.pop_front()
            {
                drop(tasks);
                run(task);
                return None;
            }
            if let Some(value) = poll() {
                return Some(value);
            }
            tasks = changed.wait(tasks).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Worker<'_> {
    fn drop(&mut self) {
        self.queue.shared.helpers.fetch_sub(usize::from(self.is_helper), Ordering::Relaxed);
    }
}

impl<T> Pending<T> {
    /// Returns the result if the task is done.
    ///
    /// # Errors
    /// The task panicked.
    pub fn try_get(&self) -> Option<io::Result<T>> {
        match self.result.try_recv() {
            Ok(result) => Some(Ok(result)),
            Err(mpsc::TryRecvError::Empty) => None,
            Err(mpsc::TryRecvError::Disconnected) => Some(Err(panicked())),
        }
    }

    /// Waits for the result. Runs queued tasks if there are no workers or they take none.
    ///
    /// # Errors
    /// The task panicked.
    pub fn wait(self, queue: &TaskQueue) -> io::Result<T> {
        let has_helpers = queue.shared.helpers.load(Ordering::Relaxed) > 0;
        match self.result.recv_timeout(if has_helpers { PATIENCE } else { Duration::ZERO }) {
            Ok(result) => return Ok(result),
            Err(RecvTimeoutError::Disconnected) => return Err(panicked()),
            Err(RecvTimeoutError::Timeout) => {}
        }
        loop {
            if let Some(result) = self.try_get() {
                return result;
            }
            if !queue.run_one() {
                return self.result.recv().map_err(|_| panicked());
            }
        }
    }
}

fn run(task: Task) {
    // Its panic becomes an error where the result is waited for.
    let _ = catch_unwind(AssertUnwindSafe(task));
}

fn panicked() -> io::Error {
    io::Error::other("a bug of this program: an encoder panicked")
}

impl Drop for NotifyOnDrop<'_> {
    fn drop(&mut self) {
        self.queue.notify();
    }
}

/// Sets a flag when it is dropped, also on panic.
struct SetOnDrop<'f>(&'f AtomicBool);

impl Drop for SetOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl fmt::Debug for TaskQueue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskQueue").field("queued", &self.tasks().len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::TaskQueue;

    #[test]
    fn results_come_with_and_without_workers() {
        for workers in [0, 1, 3] {
            let queue = TaskQueue::new(workers);
            let pending: Vec<_> = (0..100).map(|number| queue.submit(move || number * 2)).collect();
            let results = queue.with_workers(|| {
                pending.into_iter().map(|one| one.wait(&queue).expect("no task panics")).collect::<Vec<_>>()
            });
            assert_eq!(results, (0..100).map(|number| number * 2).collect::<Vec<_>>());
            assert!(queue.is_empty());
        }
    }

    #[test]
    fn a_panic_is_an_error_of_its_own_task_only() {
        let queue = TaskQueue::default();
        let (bad, good) = (queue.submit(|| panic!("on purpose")), queue.submit(|| 7));
        assert!(bad.wait(&queue).is_err());
        assert_eq!(good.wait(&queue).expect("it does not panic"), 7);
    }

    #[test]
    fn a_task_that_no_worker_takes_is_run_by_the_waiting_thread() {
        let queue = TaskQueue::default();
        let idle = queue.worker(true);
        assert_eq!(queue.submit(|| 7).wait(&queue).expect("it does not panic"), 7);
        drop(idle);
    }

    #[test]
    fn a_worker_waits_for_a_value_or_a_task() {
        let (queue, is_there) = (TaskQueue::default(), AtomicBool::new(false));
        std::thread::scope(|scope| {
            let worker = scope.spawn(|| {
                let worker = queue.worker(true);
                let mut tasks = 0;
                while worker.run_one_or(|| is_there.load(Ordering::Relaxed).then_some(())).is_none() {
                    tasks += 1;
                }
                tasks
            });
            for _ in 0..5 {
                queue.submit(|| ()).wait(&queue).expect("it does not panic");
            }
            is_there.store(true, Ordering::Relaxed);
            queue.notify();
            assert!(worker.join().expect("no panic") <= 5);
        });
    }
}
