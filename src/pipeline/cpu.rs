//! Measures a thread's CPU time against wall-clock time.

use std::mem;
use std::time::{Duration, Instant};

use crate::sys::thread_time;

/// Wall-clock and CPU time of a thread at the last measurement.
#[derive(Debug)]
pub struct CpuSampler {
    since: Instant,
    worked: Duration,
}

/// Wall-clock and CPU time between two measurements.
#[derive(Debug, Clone, Copy)]
pub struct CpuUsage {
    all: Duration,
    working: Duration,
}

impl Default for CpuSampler {
    fn default() -> Self {
        CpuSampler { since: Instant::now(), worked: thread_time() }
    }
}

/// Minimum time between measurements. In less time, one time slice of another thread would look like a wait for I/O.
const LONG_ENOUGH: Duration = Duration::from_millis(10);

impl CpuSampler {
    /// Times since the last measurement, for the calling thread; `None` if less than [`LONG_ENOUGH`] has passed.
    pub fn look(&mut self) -> Option<CpuUsage> {
        if self.since.elapsed() < LONG_ENOUGH {
            return None;
        }
        let before = mem::take(self);
        Some(CpuUsage { all: self.since - before.since, working: self.worked - before.worked })
    }
}

impl CpuUsage {
    /// Number of threads that use as many cores as `busy` threads without waits would.
    ///
    /// A thread that works more than half of its time is taken to wait for a core or a lock, not for I/O.
    pub fn threads_for(self, busy: usize) -> usize {
        let working = self.working.max(Duration::from_micros(1));
        let share = self.all.as_secs_f64() / working.as_secs_f64();
        if share < 2.0 { busy } else { (busy as f64 * share).ceil() as usize }
    }
}
