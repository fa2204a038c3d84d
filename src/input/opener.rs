//! Opens files, caching a descriptor of the last directory (`openat`).

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use crate::sys::{Dir, Links, open_file};
use memchr::memrchr;

/// Opens files one after the other. Consecutive files are usually in the same folder, whose path is then resolved once.
#[derive(Debug, Default)]
pub struct CachedDirOpener {
    path: Vec<u8>,
    folder: Option<Dir>,
}

impl CachedDirOpener {
    /// Opens a file for reading. Does not block on a pipe that took its place.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn open(&mut self, path: &Path, links: Links) -> io::Result<File> {
        let bytes = path.as_os_str().as_bytes();
        let Some(slash) = memrchr(b'/', bytes) else { return open_file(path, links) };
        let [folder, name] =
            [&bytes[..slash], &bytes[slash + 1..]].map(|part| Path::new(OsStr::from_bytes(part)));
        if self.path != folder.as_os_str().as_bytes() {
            self.path.clear();
            self.path.extend_from_slice(folder.as_os_str().as_bytes());
            self.folder = None;
            return open_file(path, links);
        }
        // Opening the folder pays off from its second file on.
        if self.folder.is_none() {
            self.folder = Dir::open(folder).ok();
        }
        match self.folder.as_ref().map(|folder| folder.open_file(name, links)) {
            Some(Err(error)) if error.kind() != ErrorKind::NotFound => Err(error),
            Some(Ok(file)) => Ok(file),
            // The folder may have been moved and another one may be at its path.
            _ => open_file(path, links),
        }
    }
}
