//! Opens files one after the other, those of one folder by way of it.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use crate::scan::memrchr;
use crate::system::{Links, OpenFolder, open_file};

/// Where the last file was, which is where the next one usually is: so the system finds the way there once.
#[derive(Debug, Default)]
pub struct Opener {
    path: Vec<u8>,
    folder: Option<OpenFolder>,
}

impl Opener {
    /// Opens a file to be read, without waiting for the writer of a pipe that took its place.
    ///
    /// # Errors
    /// The system refuses.
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
        // A folder that one file was read from is worth opening, since more of them follow.
        if self.folder.is_none() {
            self.folder = OpenFolder::open(folder).ok();
        }
        match self.folder.as_ref().map(|folder| folder.open_file(name, links)) {
            Some(Err(error)) if error.kind() != ErrorKind::NotFound => Err(error),
            Some(Ok(file)) => Ok(file),
            // What a folder that was moved does not have, the one in its place may.
            _ => open_file(path, links),
        }
    }
}
