//! What the standard library has no call for.

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

/// The number of an error that has none.
pub const IO_ERROR: i32 = Errno::IO.raw_os_error();

/// Treatment of a symbolic link in the place of a file that is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// Its target is opened.
    Follow,
    /// It is an error: the file was a regular one when its folder was listed.
    Refuse,
}

/// Opens a file to be read, without waiting for the writer of a pipe that took its place.
///
/// # Errors
/// The system refuses.
pub fn open_file(path: &Path, links: Links) -> io::Result<File> {
    match (open_at(CWD, path, links), path.parent(), path.file_name()) {
        // The way by the folder is shorter by a name.
        (Err(error), Some(folder), Some(name)) if error.kind() == ErrorKind::InvalidFilename => {
            OpenFolder::open(folder)?.open_file(name.as_ref(), links)
        }
        (opened, ..) => opened,
    }
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

    /// Opens a file of the folder as [`open_file`] does.
    ///
    /// # Errors
    /// The system refuses.
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
        // A regular file is worth waiting for: another program gives up its lease.
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
