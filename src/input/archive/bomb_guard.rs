//! Decompression with a limit on the compression ratio.

use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::input::archive::stream::{BUFFER_BYTES, Stream};
use crate::sys::compression::Codec;

/// Maximum compression ratio of content beyond [`RATIO_EXEMPT_BYTES`] bytes. A higher ratio is that of a decompression
/// bomb.
const MAX_RATIO: u64 = 200;
const RATIO_EXEMPT_BYTES: u64 = 256 << 20;

/// Decompresses `from`, whose files have at most `max_file_size` bytes.
///
/// # Errors
/// There is not enough memory for the decoder.
pub fn decompress(from: Stream, codec: &Codec, max_file_size: usize) -> io::Result<Stream> {
    let (from, read) = CountingReader::new(from);
    let decoder = codec.decoder(BufReader::with_capacity(BUFFER_BYTES, from), max_file_size)?;
    Ok(Box::new(BombGuard { decoder, read, yielded: 0 }))
}

/// Counts the bytes read from a stream.
struct CountingReader {
    from: Stream,
    read: Arc<AtomicU64>,
}

impl CountingReader {
    fn new(from: Stream) -> (CountingReader, Arc<AtomicU64>) {
        let read = Arc::<AtomicU64>::default();
        (CountingReader { from, read: Arc::clone(&read) }, read)
    }
}

impl Read for CountingReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let more = self.from.read(into)?;
        self.read.fetch_add(more as u64, Ordering::Relaxed);
        Ok(more)
    }
}

/// Fails once the compression ratio is that of a decompression bomb.
struct BombGuard {
    decoder: Stream,
    read: Arc<AtomicU64>,
    yielded: u64,
}

impl Read for BombGuard {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let more = self.decoder.read(into)?;
        self.yielded += more as u64;
        if is_bomb(self.yielded, self.read.load(Ordering::Relaxed)) { Err(bomb()) } else { Ok(more) }
    }
}

/// Returns `true` if `large` bytes from `small` compressed ones are a decompression bomb.
pub fn is_bomb(large: u64, small: u64) -> bool {
    large > RATIO_EXEMPT_BYTES && large / MAX_RATIO > small
}

/// The error for a decompression bomb.
pub fn bomb() -> io::Error {
    io::Error::other(format!("compression ratio over {MAX_RATIO}"))
}
