//! Modification times, by which a file need not be read again (`--trust-mtime`).

use std::fs::Metadata;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::manifest::previous::PreviousRun;

/// Time before the start of a run, within which a modification may be followed by another that leaves the same time.
const UNSETTLED: Duration = Duration::from_secs(2);

/// Trust in the times of the files of a run, and of the run before.
#[derive(Debug, Clone)]
pub struct TrustedTimes {
    /// Nanoseconds since 1970 from which on a modification is too recent to be trusted.
    limit_ns: u64,
    /// The run before.
    pub previous: Option<Arc<PreviousRun>>,
}

impl TrustedTimes {
    /// Trusts times that are at least two seconds old when the run starts.
    pub fn new(start: SystemTime, previous: Option<Arc<PreviousRun>>) -> Self {
        let limit = start.checked_sub(UNSETTLED).and_then(nanoseconds);
        TrustedTimes { limit_ns: limit.unwrap_or(0), previous }
    }

    /// Returns the modification time of a regular file in nanoseconds since 1970; `None` if it is too recent.
    pub fn settled(&self, metadata: &Metadata) -> Option<u64> {
        let modified = metadata.modified().ok().filter(|_| metadata.is_file()).and_then(nanoseconds);
        modified.filter(|modified| *modified < self.limit_ns)
    }
}

fn nanoseconds(time: SystemTime) -> Option<u64> {
    u64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_nanos()).ok()
}
