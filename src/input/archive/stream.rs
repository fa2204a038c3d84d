//! Streams of bytes: their first bytes, and all of them up to a limit.

use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::input::source::ReadError;

/// A sequential stream of bytes.
pub type Stream = Box<dyn Read + Send>;

/// Size of the buffer of a stream.
pub const BUFFER_BYTES: usize = 128 << 10;
/// Initial capacity for content. Nearly every crawl file fits; a larger stated size is not trusted.
const MAX_TRUSTED_SIZE_BYTES: u64 = 64 << 10;

/// Reads `from` to its end, up to `limit` bytes.
///
/// # Errors
/// See [`ReadError`].
pub fn read_all(from: impl Read, limit: usize) -> Result<Vec<u8>, ReadError> {
    read_with_size_hint(0, from, limit)
}

/// Reads `from` to its end, up to `limit` bytes. `stated` is the expected size.
pub fn read_with_size_hint(stated: u64, from: impl Read, limit: usize) -> Result<Vec<u8>, ReadError> {
    // One more byte of capacity lets the end be detected without growing the buffer.
    let mut bytes = Vec::with_capacity(stated.min(MAX_TRUSTED_SIZE_BYTES) as usize + 1);
    contain_panic(|| from.take((limit as u64).saturating_add(1)).read_to_end(&mut bytes))?;
    if bytes.len() > limit { Err(ReadError::TooLarge) } else { Ok(bytes) }
}

/// Returns the first bytes of `from`, at most `limit`, and the stream from its first byte.
pub fn peek(mut from: Stream, limit: u64) -> io::Result<(Vec<u8>, Stream)> {
    let mut head = Vec::new();
    from.by_ref().take(limit).read_to_end(&mut head)?;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(from))))
}

/// Turns a panic in a third-party decoder into an error.
pub fn contain_panic<T>(read: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(io::Error::other("a bug of this program")))
}
