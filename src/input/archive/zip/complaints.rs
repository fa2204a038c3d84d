//! Faults of members and of the archive around them.

use std::io;

use crate::input::archive::member::{Member, MemberAction};
use crate::input::archive::zip::name;
use crate::input::archive::zip::record::{ZipEntry, broken};
use crate::input::source::ReadError;

/// Faults of an archive that leave its members readable. They are reported as one error, after the last member.
#[derive(Debug, Default)]
pub struct Complaints {
    first: Option<String>,
    more: usize,
}

impl Complaints {
    pub fn add(&mut self, complaint: String) {
        match self.first {
            None => self.first = Some(complaint),
            Some(_) => self.more += 1,
        }
    }

    /// Ends the archive.
    ///
    /// # Errors
    /// There are complaints.
    pub fn end<T>(&mut self) -> io::Result<Option<T>> {
        match self.first.take() {
            None => Ok(None),
            Some(first) if self.more == 0 => Err(broken(first)),
            Some(first) => Err(broken(format!("{first} (and {} more such faults)", self.more))),
        }
    }
}

/// Creates a member that is not read, with the reason.
pub fn refused(name: String, why: impl Into<ReadError>) -> Member {
    Member { name: name::truncate(name), content: Err(why.into()) }
}

impl From<&'static str> for ReadError {
    fn from(why: &'static str) -> Self {
        io::Error::other(why).into()
    }
}

/// Reason for which a member that is not left out is not read; `None` if it is read.
pub fn refusal(choice: &MemberAction, entry: &ZipEntry) -> Option<&'static str> {
    match choice {
        MemberAction::Refuse(why) => Some(why),
        _ if entry.name.len() > name::MAX_NAME_BYTES => Some("its name is longer than 4096 bytes"),
        _ => entry.refusal(),
    }
}

/// Returns `true` if the entry is a folder without content.
pub fn is_mere_folder(entry: &ZipEntry) -> bool {
    entry.is_folder() && entry.size == 0
}
