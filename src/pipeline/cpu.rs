//! Measures for how much of its time a thread works or waits for a core. For the rest it waits for input.

use std::mem;
use std::time::{Duration, Instant};

use crate::sys::{thread_time, time_without_core};

/// Wall-clock time of a thread at the last measurement, and the part of it that it did not wait for input.
#[derive(Debug)]
pub struct CpuSampler {
    wall: Instant,
    busy: Duration,
}

/// Wall-clock time between two measurements, and the part of it that the thread did not wait for input.
#[derive(Debug, Clone, Copy)]
pub struct CpuUsage {
    wall: Duration,
    busy: Duration,
}

impl Default for CpuSampler {
    fn default() -> Self {
        CpuSampler { wall: Instant::now(), busy: thread_time() + time_without_core() }
    }
}

/// Minimum time between measurements. In less time, one time slice of another thread would look like a wait for I/O,
/// where the system does not count it.
const MIN_INTERVAL: Duration = Duration::from_millis(10);

impl CpuSampler {
    /// Returns the times since the last measurement, for the calling thread; `None` if less than [`MIN_INTERVAL`] has passed.
    pub fn sample(&mut self) -> Option<CpuUsage> {
        if self.wall.elapsed() < MIN_INTERVAL {
            return None;
        }
        let before = mem::take(self);
        Some(CpuUsage { wall: self.wall - before.wall, busy: self.busy - before.busy })
    }
}

impl CpuUsage {
    /// Returns the number of threads that use as many cores as `cores` threads without waits would.
    ///
    /// A thread that is busy for more than half of its time is taken to wait for a lock, not for I/O.
    pub fn threads_for(self, cores: usize) -> usize {
        let busy = self.busy.max(Duration::from_micros(1));
        let share = self.wall.as_secs_f64() / busy.as_secs_f64();
        if share < 2.0 { cores } else { (cores as f64 * share).ceil() as usize }
    }
}
