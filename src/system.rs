//! What the standard library has no call for.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::time::Duration;

use rustix::fs::{CWD, Mode, OFlags, openat};
use rustix::io::retry_on_intr;
use rustix::time::{ClockId, clock_gettime};

/// The time for which the calling thread had a core.
pub fn thread_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// The user on whose behalf this process acts.
pub fn user() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Lets a pipe hold more, so that its writer and its reader wait for each other less often. Nothing else is changed by it.
#[cfg_attr(not(target_os = "linux"), allow(unused_variables, reason = "there is no call for it"))]
pub fn widen(pipe: impl AsFd) {
    // No more than any user may ask for.
    #[cfg(target_os = "linux")]
    let _ = rustix::pipe::fcntl_setpipe_size(pipe, 512 << 10);
}

/// A folder to which the system need not find the way again.
#[derive(Debug)]
pub struct OpenFolder(OwnedFd);

impl OpenFolder {
    /// Opens a folder for its files.
    ///
    /// # Errors
    /// The system refuses.
    pub fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(OpenFolder(retry_on_intr(|| openat(CWD, path, flags, Mode::empty()))?))
    }

    /// Opens a file of the folder to be read.
    ///
    /// # Errors
    /// The system refuses.
    pub fn open_file(&self, name: &Path) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::CLOEXEC;
        Ok(retry_on_intr(|| openat(&self.0, name, flags, Mode::empty()))?.into())
    }
}
