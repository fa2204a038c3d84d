//! What was made smaller, made large again, but not without bounds.

use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{BUFFER, Stream};
use crate::compression::Coding;

/// What is compressed better than this, and longer, is made to fill disks.
const MOST_TIMES: u64 = 200;
const ALWAYS_ALLOWED: u64 = 256 << 20;

/// The bytes that `from` holds in this coding.
///
/// # Errors
/// There is no memory for it.
pub fn decoded(from: Stream, coding: Coding) -> io::Result<Stream> {
    let (from, read) = Counted::of(from);
    let decoder = coding.decoder(BufReader::with_capacity(BUFFER, from))?;
    Ok(Box::new(Bounded { decoder, read, yielded: 0 }))
}

/// Counts what is read from a stream.
struct Counted {
    from: Stream,
    read: Arc<AtomicU64>,
}

impl Counted {
    fn of(from: Stream) -> (Counted, Arc<AtomicU64>) {
        let read = Arc::<AtomicU64>::default();
        (Counted { from, read: Arc::clone(&read) }, read)
    }
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let more = self.from.read(into)?;
        self.read.fetch_add(more as u64, Ordering::Relaxed);
        Ok(more)
    }
}

/// Fails where little becomes far too much.
struct Bounded {
    decoder: Stream,
    read: Arc<AtomicU64>,
    yielded: u64,
}

impl Read for Bounded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let more = self.decoder.read(into)?;
        self.yielded += more as u64;
        if is_bomb(self.yielded, self.read.load(Ordering::Relaxed)) { Err(bomb()) } else { Ok(more) }
    }
}

/// Whether so many bytes were not made of the others for their own sake.
pub fn is_bomb(large: u64, small: u64) -> bool {
    large > ALWAYS_ALLOWED && large / MOST_TIMES > small
}

/// What is said of it.
pub fn bomb() -> io::Error {
    io::Error::other(format!("compression ratio over {MOST_TIMES}"))
}
