//! System calls that the standard library does not wrap.

pub mod compression;
pub mod signals;
pub mod tasks;

use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{
    AtFlags, CWD, FileType, Mode, OFlags, XattrFlags, fremovexattr, fsetxattr, getxattr, listxattr, openat,
    statat,
};
use rustix::io::{Errno, retry_on_intr};
use rustix::time::{ClockId, clock_gettime};

/// CPU time of the calling thread.
pub fn thread_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Time for which the calling thread could have run, but had no core; zero where the system does not count it.
pub fn time_without_core() -> Duration {
    let nanoseconds = || {
        let counts = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        counts.split_ascii_whitespace().nth(1)?.parse().ok()
    };
    Duration::from_nanos(nanoseconds().unwrap_or(0))
}

/// Effective user id of this process.
pub fn user() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Enlarges the buffer of a pipe, so that its writer and its reader wait for each other less often. Errors are ignored.
#[cfg_attr(not(target_os = "linux"), allow(unused_variables, reason = "there is no call for it"))]
pub fn widen(pipe: impl AsFd) {
    // 512 KiB is below the limit for unprivileged users.
    #[cfg(target_os = "linux")]
    let _ = rustix::pipe::fcntl_setpipe_size(pipe, 512 << 10);
}

/// Error number used for errors without one.
pub const IO_ERROR: i32 = Errno::IO.raw_os_error();

/// Treatment of a symbolic link in the place of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// The target is opened.
    Follow,
    /// The link is an error, since the file was a regular one when its folder was listed.
    Refuse,
}

/// Opens a file for reading. Does not block on a pipe that took its place.
///
/// # Errors
/// The file cannot be opened.
pub fn open_file(path: &Path, links: Links) -> io::Result<File> {
    match (open_at(CWD, path, links), path.parent(), path.file_name()) {
        // If the path is too long, the name relative to its folder may not be.
        (Err(error), Some(folder), Some(name)) if error.kind() == ErrorKind::InvalidFilename => {
            Dir::open(folder)?.open_file(name.as_ref(), links)
        }
        (opened, ..) => opened,
    }
}

/// Writes as much as possible without blocking, for a reader that may have stopped reading.
pub fn write_without_waiting(stream: impl AsFd, bytes: &[u8]) {
    let mut streams = [PollFd::new(&stream, PollFlags::OUT)];
    if poll(&mut streams, Some(&Timespec::default())).is_ok_and(|ready| ready > 0) {
        let _ = rustix::io::write(&stream, bytes);
    }
}

/// Returns the extended attributes of the file at `path` that are visible to this process.
pub fn extended_attributes(path: &Path) -> Vec<(Vec<u8>, Vec<u8>)> {
    let names = whole(|buffer| listxattr(path, buffer)).unwrap_or_default();
    let names = names.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    let value = |name: &[u8]| whole(|buffer| getxattr(path, name, buffer)).ok();
    names.filter_map(|name| Some((name.to_vec(), value(name)?))).collect()
}

/// Sets an extended attribute of `file`.
///
/// # Errors
/// The system call fails.
pub fn set_extended_attribute(file: &File, name: &[u8], value: &[u8]) -> io::Result<()> {
    Ok(fsetxattr(file, name, value, XattrFlags::empty())?)
}

/// Removes an extended attribute of `file`.
///
/// # Errors
/// The file has no such attribute, or the system call fails.
pub fn remove_extended_attribute(file: &File, name: &[u8]) -> io::Result<()> {
    Ok(fremovexattr(file, name)?)
}

/// Maximum size of one attribute's value and of the list of names. No system has a higher limit.
const MAX_ATTRIBUTE_BYTES: usize = 64 << 10;

/// Calls `ask` with a buffer of the maximum size; returns the part that was filled.
fn whole(ask: impl FnOnce(&mut [u8]) -> Result<usize, Errno>) -> io::Result<Vec<u8>> {
    let mut buffer = vec![0; MAX_ATTRIBUTE_BYTES];
    let length = ask(&mut buffer)?;
    buffer.truncate(length);
    Ok(buffer)
}

/// An open directory; files are opened relative to it (`openat`).
#[derive(Debug)]
pub struct Dir(OwnedFd);

impl Dir {
    /// Opens a directory.
    ///
    /// # Errors
    /// The directory cannot be opened.
    pub fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Dir(retry_on_intr(|| openat(CWD, path, flags, Mode::empty()))?))
    }

    /// Opens a file in the directory, as [`open_file`] does.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn open_file(&self, name: &Path, links: Links) -> io::Result<File> {
        open_at(self.0.as_fd(), name, links)
    }
}

fn open_at(folder: BorrowedFd<'_>, path: &Path, links: Links) -> io::Result<File> {
    let mut flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK;
    if links == Links::Refuse {
        flags |= OFlags::NOFOLLOW;
    }
    let file_type =
        || statat(folder, path, AtFlags::SYMLINK_NOFOLLOW).map(|stat| FileType::from_raw_mode(stat.st_mode));
    match retry_on_intr(|| openat(folder, path, flags, Mode::empty())) {
        Ok(file) => Ok(file.into()),
        // Opening a regular file blocks only until another program gives up its lease.
        Err(Errno::WOULDBLOCK) if file_type() == Ok(FileType::RegularFile) => {
            let flags = flags - OFlags::NONBLOCK;
            Ok(retry_on_intr(|| openat(folder, path, flags, Mode::empty()))?.into())
        }
        Err(Errno::LOOP) if links == Links::Refuse && file_type() == Ok(FileType::Symlink) => {
            Err(io::Error::other("a symbolic link took the place of this file"))
        }
        Err(error) => Err(error.into()),
    }
}
