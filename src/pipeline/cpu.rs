//! Measures a thread's CPU time against wall-clock time.

use std::mem;
use std::time::{Duration, Instant};

use crate::sys::thread_time;

/// Wall-clock and CPU time of a thread at the last measurement.
#[derive(Debug)]
pub struct CpuSampler {
    wall: Instant,
    cpu: Duration,
}

/// Wall-clock and CPU time between two measurements.
#[derive(Debug, Clone, Copy)]
pub struct CpuUsage {
    wall: Duration,
    cpu: Duration,
}

impl Default for CpuSampler {
    fn default() -> Self {
        CpuSampler { wall: Instant::now(), cpu: thread_time() }
    }
}

/// Minimum time between measurements. In less time, one time slice of another thread would look like a wait for I/O.
const MIN_INTERVAL: Duration = Duration::from_millis(10);

impl CpuSampler {
    /// Returns the times since the last measurement, for the calling thread; `None` if less than [`MIN_INTERVAL`] has passed.
    pub fn sample(&mut self) -> Option<CpuUsage> {
        if self.wall.elapsed() < MIN_INTERVAL {
            return None;
        }
        let before = mem::take(self);
        Some(CpuUsage { wall: self.wall - before.wall, cpu: self.cpu - before.cpu })
    }
}

impl CpuUsage {
    /// Returns the number of threads that use as many cores as `busy` threads without waits would.
    ///
    /// A thread that works more than half of its time is taken to wait for a core or a lock, not for I/O.
    pub fn threads_for(self, busy: usize) -> usize {
        let cpu = self.cpu.max(Duration::from_micros(1));
        let share = self.wall.as_secs_f64() / cpu.as_secs_f64();
        if share < 2.0 { busy } else { (busy as f64 * share).ceil() as usize }
    }
}
