//! A source's bytes, into a buffer that outlives it.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::FileExt;

use super::opener::Opener;
use super::{Source, archive};
use crate::system::Links;

/// Holds the bytes of one source after the other.
#[derive(Debug)]
pub struct Buffer {
    bytes: Vec<u8>,
    /// What the file holds, where its name did not tell that it is compressed.
    unpacked: Vec<u8>,
}

/// Why a source's bytes are not there.
#[derive(Debug)]
pub enum Failure {
    /// The system refused.
    Unreadable(io::Error),
    /// There are more bytes than the limit.
    TooLarge,
    /// There is no room for so many bytes now.
    NoRoom,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Unreadable(error)
    }
}

/// Nearly every crawl file fits.
const USUAL_SIZE: usize = 16 * 1024;

impl Default for Buffer {
    fn default() -> Self {
        Buffer { bytes: vec![0; USUAL_SIZE], unpacked: Vec::new() }
    }
}

impl Buffer {
    /// The bytes of `source`, of which no more than `limit`, and one to tell that there are more, are ever read. A file
    /// is opened by `opener`. Before more bytes are held than nearly every file has, `has_room` is asked with their number,
    /// and again where there are still more; a source that is read again after it refused is read from its start.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn read<'b>(
        &'b mut self,
        source: &'b Source,
        limit: usize,
        opener: &mut Opener,
        mut has_room: impl FnMut(usize) -> bool,
    ) -> Result<&'b [u8], Failure> {
        match source {
            Source::File(path) => self.read_file(opener.open(path, Links::Follow)?, limit, &mut has_room),
            Source::Found(path) => self.read_file(opener.open(path, Links::Refuse)?, limit, &mut has_room),
            // These can be read only once, so all the room that they may need has to be there first.
            Source::Stream(_) | Source::Stdin if !has_room(limit) => Err(Failure::NoRoom),
            Source::Stream(path) => self.read_from(File::open(path)?, limit, |_| 0, |_| false, &mut has_room),
            Source::Stdin => self.read_from(io::stdin().lock(), limit, |_| 0, |_| false, &mut has_room),
            Source::Member { content: Ok(bytes), .. } if !has_room(bytes.len()) => Err(Failure::NoRoom),
            Source::Member { content: Ok(bytes), .. } => Ok(bytes),
            Source::Member { content: Err(Failure::TooLarge | Failure::NoRoom), .. } => {
                Err(Failure::TooLarge)
            }
            Source::Member { content: Err(Failure::Unreadable(error)), .. } => Err(again(error).into()),
            Source::Unreadable(_, error) => Err(again(error).into()),
        }
    }

    /// Reads a regular file, and unpacks what is compressed.
    fn read_file(
        &mut self,
        file: File,
        limit: usize,
        has_room: &mut impl FnMut(usize) -> bool,
    ) -> Result<&[u8], Failure> {
        let size = |from: &ByOffset<'_>| from.file.metadata().map_or(0, |file| file.len() as usize);
        let from = ByOffset { file: &file, offset: 0 };
        let length = self.read_from(from, limit, size, ends_like_a_crawl_file, has_room)?.len();
        if !archive::is_packed(&self.bytes[..length]) {
            return Ok(&self.bytes[..length]);
        }
        // Nothing tells how much it becomes.
        if !has_room(limit.saturating_add(length)) {
            return Err(Failure::NoRoom);
        }
        self.unpacked = archive::unpacked(file, limit)?;
        Ok(&self.unpacked)
    }

    /// Gives back what a source of more than `most` bytes made the buffer grow to.
    pub fn shrink_to(&mut self, most: usize) {
        self.unpacked = Vec::new();
        if self.bytes.len() > most.max(USUAL_SIZE) {
            *self = Buffer::default();
        }
    }

    /// What `is_whole` holds for, and did not fill the buffer, is not asked for more. `size` is about what there will be.
    fn read_from<R: Read>(
        &mut self,
        mut from: R,
        limit: usize,
        size: impl Fn(&R) -> usize,
        is_whole: impl Fn(&[u8]) -> bool,
        has_room: &mut impl FnMut(usize) -> bool,
    ) -> Result<&[u8], Failure> {
        // One byte more tells that there are too many.
        let most = limit.saturating_add(1);
        let mut length = 0;
        loop {
            if length == self.bytes.len() {
                // One byte more lets the end be seen without more room.
                let stated = size(&from).saturating_add(1);
                let larger = if stated > length { stated } else { length.saturating_mul(2) }.min(most);
                if !has_room(larger) {
                    return Err(Failure::NoRoom);
                }
                self.bytes.reserve_exact(larger - length);
                self.bytes.resize(larger, 0);
            }
            let end = self.bytes.len().min(most);
            match from.read(&mut self.bytes[length..end]) {
                Ok(0) => return Ok(&self.bytes[..length]),
                Ok(more) => length += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
            if length > limit {
                return Err(Failure::TooLarge);
            }
            if length < end && is_whole(&self.bytes[..length]) {
                return Ok(&self.bytes[..length]);
            }
        }
    }
}

/// Reads a regular file by offsets. A pipe or a socket in its place refuses them, so no further call for each file need
/// ask what it is.
struct ByOffset<'f> {
    file: &'f File,
    offset: u64,
}

impl Read for ByOffset<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.file.read_at(into, self.offset) {
            Ok(more) => {
                self.offset += more as u64;
                Ok(more)
            }
            Err(error) if error.kind() == ErrorKind::NotSeekable => match self.file.metadata()?.is_file() {
                // A file system that streams.
                true => self.file.read(into),
                false => Err(no_file()),
            },
            Err(error) => Err(error),
        }
    }
}

/// Whether the bytes end as the template ends a file.
// A file gives fewer bytes than it is asked for only at its end. Where a file system is said to do otherwise, this
// tells too, so that one more read, an eighth of the system's work for a file, need not confirm it.
fn ends_like_a_crawl_file(bytes: &[u8]) -> bool {
    bytes.ends_with(b")*\n")
}

/// The error of what is not a regular file any more.
pub fn no_file() -> io::Error {
    io::Error::other("a pipe or device took the place of this file")
}

/// The same error once more.
fn again(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}
