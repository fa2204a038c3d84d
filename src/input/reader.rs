//! Reads a source's bytes into a reusable buffer.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::FileExt;

use crate::input::archive;
use crate::input::opener::CachedDirOpener;
use crate::input::source::{ReadError, Source};
use crate::sys::Links;

/// Buffer for the bytes of one source after the other.
#[derive(Debug)]
pub struct ReadBuffer {
    bytes: Vec<u8>,
    /// Decompressed content of a file whose name does not say that it is compressed.
    decompressed: Vec<u8>,
}

/// Initial size of the buffer. Nearly every crawl file fits.
const DEFAULT_BUFFER_BYTES: usize = 16 * 1024;

impl Default for ReadBuffer {
    fn default() -> Self {
        ReadBuffer { bytes: vec![0; DEFAULT_BUFFER_BYTES], decompressed: Vec::new() }
    }
}

impl ReadBuffer {
    /// Reads the bytes of `source`, at most `limit` and one more, which shows that there are more. A file is opened by
    /// `opener`. Before the buffer grows, `has_room` is called with the new size. After it has returned `false`, the
    /// source can be read again from its start.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn read<'b>(
        &'b mut self,
        source: &'b Source,
        limit: usize,
        opener: &mut CachedDirOpener,
        mut has_room: impl FnMut(usize) -> bool,
    ) -> Result<&'b [u8], ReadError> {
        match source {
            Source::File(path) => self.read_file(opener.open(path, Links::Follow)?, limit, &mut has_room),
            Source::Found(path) => self.read_file(opener.open(path, Links::Refuse)?, limit, &mut has_room),
            // These can be read only once, so the room for the largest possible content is needed first.
            Source::Stream(_) | Source::Stdin if !has_room(limit) => Err(ReadError::NoRoom),
            Source::Stream(path) => self.read_from(File::open(path)?, limit, |_| 0, |_| false, &mut has_room),
            Source::Stdin => self.read_from(io::stdin().lock(), limit, |_| 0, |_| false, &mut has_room),
            Source::Loaded { content: Ok(bytes), .. } if !has_room(bytes.len()) => Err(ReadError::NoRoom),
            Source::Loaded { content: Ok(bytes), .. } => Ok(bytes),
            Source::Loaded { content: Err(ReadError::TooLarge | ReadError::NoRoom), .. } => {
                Err(ReadError::TooLarge)
            }
            Source::Loaded { content: Err(ReadError::Unreadable(error)), .. } => {
                Err(clone_io_error(error).into())
            }
            Source::Unreadable(_, error) => Err(clone_io_error(error).into()),
        }
    }

    /// Reads a regular file and decompresses it if it is compressed.
    fn read_file(
        &mut self,
        file: File,
        limit: usize,
        has_room: &mut impl FnMut(usize) -> bool,
    ) -> Result<&[u8], ReadError> {
        let size = |from: &ByOffset<'_>| from.file.metadata().map_or(0, |file| file.len() as usize);
        let from = ByOffset { file: &file, offset: 0 };
        let length = self.read_from(from, limit, size, looks_complete, has_room)?.len();
        if !archive::is_packed(&self.bytes[..length]) {
            return Ok(&self.bytes[..length]);
        }
        // The decompressed size is not known in advance.
        if !has_room(limit.saturating_add(length)) {
            return Err(ReadError::NoRoom);
        }
        self.decompressed = archive::decompress_if_needed(file, limit)?;
        Ok(&self.decompressed)
    }

    /// Drops the decompressed content, and the buffer if it has grown beyond `most` bytes.
    pub fn shrink_to(&mut self, most: usize) {
        self.decompressed = Vec::new();
        if self.bytes.len() > most.max(DEFAULT_BUFFER_BYTES) {
            *self = ReadBuffer::default();
        }
    }

    /// Reads to the end. Skips the final read if `is_complete` says that the file has ended. `size` estimates the total
    /// size in bytes.
    fn read_from<R: Read>(
        &mut self,
        mut from: R,
        limit: usize,
        size: impl Fn(&R) -> usize,
        is_complete: impl Fn(&[u8]) -> bool,
        has_room: &mut impl FnMut(usize) -> bool,
    ) -> Result<&[u8], ReadError> {
        // One byte more shows that the content is too large.
        let most = limit.saturating_add(1);
        let mut length = 0;
        loop {
            if length == self.bytes.len() {
                // One byte more lets the end be detected without growing the buffer.
                let stated = size(&from).saturating_add(1);
                let larger = if stated > length { stated } else { length.saturating_mul(2) }.min(most);
                if !has_room(larger) {
                    return Err(ReadError::NoRoom);
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
                return Err(ReadError::TooLarge);
            }
            if length < end && is_complete(&self.bytes[..length]) {
                return Ok(&self.bytes[..length]);
            }
        }
    }
}

/// Reads a regular file by offsets. A pipe or a socket that took its place does not support them, so that no further
/// system call for each file is needed to detect one.
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
                // A regular file on a file system that only streams.
                true => self.file.read(into),
                false => Err(no_file()),
            },
            Err(error) => Err(error),
        }
    }
}

/// Returns `true` if the bytes end as the crawler's template ends a file.
// A regular file returns fewer bytes than requested only at its end. Some file systems are said to do otherwise, so the
// template's end is checked too. This saves one read, an eighth of the system time for a file.
fn looks_complete(bytes: &[u8]) -> bool {
    bytes.ends_with(b")*\n")
}

/// The error for a path that is not a regular file any more.
pub fn no_file() -> io::Error {
    io::Error::other("a pipe or device took the place of this file")
}

/// Copies an error.
fn clone_io_error(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}
