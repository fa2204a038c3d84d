//! Zip archives: read by their directory or, through a pipe, member by member. Either way every byte belongs to a
//! member, the structure, padding (zeros) or a finding.

mod content;
mod coverage;
mod directory;
mod name;
mod record;
mod stream;
mod window;

use std::fs::File;
use std::io;

use crate::input::archive::zip::directory::Directory;
use crate::input::archive::zip::record::{Entry, broken};
use crate::input::archive::zip::stream::MemberStream;
use crate::input::archive::{Member, MemberAction, MemberFilter, Members, Stream};
use crate::input::reader::ReadError;

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

/// Faults of an archive that leave its members readable. They are reported as one error, after the last member.
#[derive(Debug, Default)]
struct Complaints {
    first: Option<String>,
    more: usize,
}

impl Complaints {
    fn add(&mut self, complaint: String) {
        match self.first {
            None => self.first = Some(complaint),
            Some(_) => self.more += 1,
        }
    }

    /// Ends the archive.
    ///
    /// # Errors
    /// There are complaints.
    fn end<T>(&mut self) -> io::Result<Option<T>> {
        match self.first.take() {
            None => Ok(None),
            Some(first) if self.more == 0 => Err(broken(first)),
            Some(first) => Err(broken(format!("{first} (and {} more such faults)", self.more))),
        }
    }
}

/// Creates a member that is not read, with the reason.
fn refused(name: String, why: impl Into<ReadError>) -> Member {
    Member { name: name::truncate(name), content: Err(why.into()) }
}

impl From<&'static str> for ReadError {
    fn from(why: &'static str) -> Self {
        io::Error::other(why).into()
    }
}

/// Reason for which a member that is not left out is not read; `None` if it is read.
fn refusal(choice: &MemberAction, entry: &Entry) -> Option<&'static str> {
    match choice {
        MemberAction::Refuse(why) => Some(why),
        _ if entry.name.len() > name::MAX_NAME_BYTES => Some("its name is longer than 4096 bytes"),
        _ => entry.refusal(),
    }
}

/// Returns `true` if the entry is a folder without content.
fn is_mere_folder(entry: &Entry) -> bool {
    entry.is_folder() && entry.size == 0
}
