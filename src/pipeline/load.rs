//! How much of its time a thread works, and how much it waits.

use std::mem;
use std::time::{Duration, Instant};

use crate::system::thread_time;

/// A thread's time since it was last looked at.
#[derive(Debug)]
pub struct Load {
    since: Instant,
    worked: Duration,
}

/// What a thread did with its time.
#[derive(Debug, Clone, Copy)]
pub struct Spent {
    all: Duration,
    working: Duration,
}

impl Default for Load {
    fn default() -> Self {
        Load { since: Instant::now(), worked: thread_time() }
    }
}

/// In less time, one turn that another thread has on the core would look like a wait for the disk.
const LONG_ENOUGH: Duration = Duration::from_millis(10);

impl Load {
    /// What the calling thread did since the last look; none if that is not long ago.
    pub fn look(&mut self) -> Option<Spent> {
        if self.since.elapsed() < LONG_ENOUGH {
            return None;
        }
        let before = mem::take(self);
        Some(Spent { all: self.since - before.since, working: self.worked - before.worked })
    }
}

impl Spent {
    /// How many threads keep busy what `busy` would, if they did not wait.
    ///
    /// A thread that works more than half of its time waits for a core or for its turn rather than for the disk.
    pub fn threads_for(self, busy: usize) -> usize {
        let working = self.working.max(Duration::from_micros(1));
        let share = self.all.as_secs_f64() / working.as_secs_f64();
        if share < 2.0 { busy } else { (busy as f64 * share).ceil() as usize }
    }
}
