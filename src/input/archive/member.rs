//! Members of an archive, whatever its format.

use std::io;

use crate::input::shared_bytes::SharedBytes;
use crate::input::source::ReadError;

/// Yields the members of an archive in their order.
pub trait Members: Send {
    /// See [`Archive::accounted`](super::Archive::accounted).
    fn accounted(&self) -> u64;

    /// Returns the next member that is not left out, with at most `limit` bytes of content; `None` after the last one.
    ///
    /// # Errors
    /// The archive cannot be read further, unless it [goes on](Members::goes_on).
    fn next(&mut self, choose: MemberFilter<'_>, limit: usize) -> io::Result<Option<Member>>;

    /// Returns `true` if the members after the last error can still be read.
    fn goes_on(&self) -> bool {
        false
    }
}

/// A file in an archive.
pub struct Member {
    pub name: String,
    pub content: Result<SharedBytes, ReadError>,
}

/// Decides by its name how a member is treated.
pub type MemberFilter<'c> = &'c mut dyn FnMut(&str) -> MemberAction;

/// Treatment of a member.
pub enum MemberAction {
    Read,
    LeaveOut,
    Refuse(&'static str),
}
