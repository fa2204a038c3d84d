//! What the standard library has no call for.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{CWD, Mode, OFlags, XattrFlags, fremovexattr, fsetxattr, getxattr, listxattr, openat};
use rustix::io::{Errno, retry_on_intr};
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

/// Writes what there is room for at once, so that nobody waits for a reader who has gone to sleep.
pub fn write_without_waiting(stream: impl AsFd, bytes: &[u8]) {
    let mut streams = [PollFd::new(&stream, PollFlags::OUT)];
    if poll(&mut streams, Some(&Timespec::default())).is_ok_and(|ready| ready > 0) {
        let _ = rustix::io::write(&stream, bytes);
    }
}

/// The extended attributes of the file at `path`, as far as this process may see them.
pub fn extended_attributes(path: &Path) -> Vec<(Vec<u8>, Vec<u8>)> {
    let names = whole(|buffer| listxattr(path, buffer)).unwrap_or_default();
    let names = names.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    let value = |name: &[u8]| whole(|buffer| getxattr(path, name, buffer)).ok();
    names.filter_map(|name| Some((name.to_vec(), value(name)?))).collect()
}

/// Gives an extended attribute to `file`.
///
/// # Errors
/// The system refuses.
pub fn set_extended_attribute(file: &File, name: &[u8], value: &[u8]) -> io::Result<()> {
    Ok(fsetxattr(file, name, value, XattrFlags::empty())?)
}

/// Takes an extended attribute from `file`.
///
/// # Errors
/// It has none of this name, or the system refuses.
pub fn remove_extended_attribute(file: &File, name: &[u8]) -> io::Result<()> {
    Ok(fremovexattr(file, name)?)
}

/// No system keeps more in one attribute, or more names of them.
const MAX_ATTRIBUTE_BYTES: usize = 64 << 10;

/// What the system answers into a buffer that is large enough.
fn whole(ask: impl FnOnce(&mut [u8]) -> Result<usize, Errno>) -> io::Result<Vec<u8>> {
    let mut buffer = vec![0; MAX_ATTRIBUTE_BYTES];
    let length = ask(&mut buffer)?;
    buffer.truncate(length);
    Ok(buffer)
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
