//! Buffered reader of a file at any offset.

use std::fs::File;
use std::io::{self, BufRead, ErrorKind, Read};
use std::os::unix::fs::FileExt;
use std::sync::Arc;

/// A reader at some offset of a file.
pub struct Window {
    file: Arc<File>,
    /// The buffer.
    bytes: Vec<u8>,
    /// Offset of the buffer in the file.
    start: u64,
    /// Offset of the next byte in the buffer.
    next: usize,
    /// Number of bytes of the next read.
    chunk: usize,
}

/// Size of the first read after a seek: more would often be read in vain.
const MIN_CHUNK_BYTES: usize = 8 << 10;
const MAX_CHUNK_BYTES: usize = 128 << 10;

impl Window {
    /// Creates a reader at the start of `file`.
    pub fn new(file: &Arc<File>) -> Self {
        Window { file: Arc::clone(file), bytes: Vec::new(), start: 0, next: 0, chunk: MIN_CHUNK_BYTES }
    }

    /// Offset of the next byte in the file.
    pub fn position(&self) -> u64 {
        self.start + self.next as u64
    }

    /// Moves to `offset`. The buffer is kept if it contains it.
    pub fn seek(&mut self, offset: u64) {
        match offset.checked_sub(self.start) {
            Some(next) if next <= self.bytes.len() as u64 => self.next = next as usize,
            _ => {
                self.bytes.clear();
                (self.start, self.next, self.chunk) = (offset, 0, MIN_CHUNK_BYTES);
            }
        }
    }

    /// Returns the next `most` bytes, or fewer at the end of the file, without consuming them.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn peek(&mut self, most: usize) -> io::Result<&[u8]> {
        while self.bytes.len() - self.next < most && self.extend()? > 0 {}
        let end = self.bytes.len().min(self.next + most);
        Ok(&self.bytes[self.next..end])
    }

    /// Drops the consumed part of the buffer and appends the next chunk; returns the number of new bytes.
    fn extend(&mut self) -> io::Result<usize> {
        self.bytes.drain(..self.next);
        self.start += self.next as u64;
        self.next = 0;
        let filled = self.bytes.len();
        self.bytes.resize(filled + self.chunk, 0);
        self.chunk = (self.chunk * 2).min(MAX_CHUNK_BYTES);
        let read = loop {
            match self.file.read_at(&mut self.bytes[filled..], self.start + filled as u64) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.bytes.truncate(filled + *read.as_ref().unwrap_or(&0));
        read
    }
}

impl BufRead for Window {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.next == self.bytes.len() {
            self.extend()?;
        }
        Ok(&self.bytes[self.next..])
    }

    fn consume(&mut self, bytes: usize) {
        self.next += bytes;
    }
}

impl Read for Window {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let here = self.fill_buf()?;
        let bytes = here.len().min(into.len());
        into[..bytes].copy_from_slice(&here[..bytes]);
        self.consume(bytes);
        Ok(bytes)
    }
}
