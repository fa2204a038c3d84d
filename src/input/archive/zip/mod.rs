//! Zip archives: read by their directory or, through a pipe, member by member. Either way every byte belongs to a
//! member, the structure, padding (zeros) or a finding.

mod complaints;
mod content;
mod coverage;
mod directory;
mod name;
mod record;
mod stream;
mod window;

use std::fs::File;
use std::io;

use crate::input::archive::member::{Member, MemberFilter, Members};
use crate::input::archive::stream::Stream;
use crate::input::archive::zip::directory::Directory;
use crate::input::archive::zip::stream::MemberStream;

/// A zip archive that is being read.
pub enum Zip {
    /// A file whose directory locates the members.
    Directory(Box<Directory>),
    /// A stream, or a file that does not end with a directory.
    Stream(Box<MemberStream>),
}

impl Zip {
    /// Opens the archive in `file`; without a usable directory there, reads it from `stream`.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn open(stream: Stream, file: Option<File>) -> io::Result<Self> {
        if let Some(file) = file
            && let Some(directory) = Directory::find(file)?
        {
            return Ok(Zip::Directory(Box::new(directory)));
        }
        Ok(Zip::Stream(Box::new(MemberStream::new(stream))))
    }
}

impl Members for Zip {
    fn accounted(&self) -> u64 {
        match self {
            Zip::Directory(directory) => directory.accounted(),
            Zip::Stream(stream) => stream.accounted(),
        }
    }

    fn next(&mut self, choose: MemberFilter<'_>, limit: usize) -> io::Result<Option<Member>> {
        match self {
            Zip::Directory(directory) => directory.next(choose, limit),
            Zip::Stream(stream) => stream.next(choose, limit),
        }
    }
}
