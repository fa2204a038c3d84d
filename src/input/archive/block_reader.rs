//! Buffered reader in blocks of 256 KiB. Parts of a block are handed out without a copy, and a block is reused once no
//! part of it is alive.

use std::io::{self, BufRead, ErrorKind, Read};
use std::mem;
use std::ops::Range;
use std::sync::Arc;

use crate::input::archive::stream::Stream;
use crate::input::shared_bytes::SharedBytes;

/// Maximum number of bytes of one cut or look-ahead: half a block, so that the next block has room for the unread rest.
pub const MAX_SLICE_BYTES: usize = BLOCK / 2;
const BLOCK: usize = 256 << 10;

/// Reader of a stream, block by block.
pub struct BlockReader {
    from: Stream,
    /// Outcome at the end of the stream; `None` until it is reached. An error is reported once, after all bytes before
    /// it.
    end: Option<io::Result<()>>,
    /// The current block.
    block: Arc<Vec<u8>>,
    /// Unread range of the current block.
    rest: Range<usize>,
    /// Offset of the current block in the stream.
    offset: u64,
    has_slices: bool,
    /// The other blocks, parts of which may still be in use.
    pool: Vec<Arc<Vec<u8>>>,
}

impl BlockReader {
    /// Creates a reader of all of `from`.
    pub fn new(from: Stream) -> Self {
        BlockReader {
            from,
            end: None,
            block: Arc::default(),
            rest: 0..0,
            offset: 0,
            has_slices: false,
            pool: Vec::new(),
        }
    }

    /// Number of bytes read from the stream.
    pub fn position(&self) -> u64 {
        self.offset + self.rest.start as u64
    }

    /// Returns the next `bytes`, at most [`MAX_SLICE_BYTES`], without consuming them.
    ///
    /// # Errors
    /// The stream ends or fails before them.
    pub fn peek_exact(&mut self, bytes: usize) -> io::Result<&[u8]> {
        if self.peek(bytes).len() < bytes {
            return Err(self.take_end().err().unwrap_or_else(|| ErrorKind::UnexpectedEof.into()));
        }
        Ok(&self.block[self.rest.start..][..bytes])
    }

    /// Returns the next `bytes`, at most [`MAX_SLICE_BYTES`], or fewer at the end of the stream, without consuming them.
    pub fn peek(&mut self, bytes: usize) -> &[u8] {
        if self.rest.len() < bytes {
            self.fill();
        }
        &self.block[self.rest.start..][..bytes.min(self.rest.len())]
    }

    /// Reads the next `bytes`, at most [`MAX_SLICE_BYTES`], as a part of the block.
    ///
    /// # Errors
    /// The stream ends or fails before them.
    pub fn take_slice(&mut self, bytes: usize) -> io::Result<SharedBytes> {
        self.peek_exact(bytes)?;
        let start = self.rest.start;
        self.rest.start += bytes;
        // The first part accounts for the whole block, since any part keeps all of it in memory.
        let weight = if mem::replace(&mut self.has_slices, true) { 0 } else { self.block.len() };
        Ok(SharedBytes::slice(&self.block, start..start + bytes, weight))
    }

    /// Skips the next `bytes`.
    ///
    /// # Errors
    /// The stream ends or fails before them.
    pub fn skip(&mut self, mut bytes: u64) -> io::Result<()> {
        while bytes > 0 {
            self.peek_exact(1)?;
            let here = bytes.min(self.rest.len() as u64);
            self.rest.start += here as usize;
            bytes -= here;
        }
        Ok(())
    }

    /// Moves on to a block that starts with the unread rest of this one. It is full unless the stream ends.
    fn fill(&mut self) {
        if self.end.is_some() {
            return;
        }
        let free = self.pool.iter_mut().position(|block| Arc::get_mut(block).is_some());
        let mut next = free.map_or_else(Arc::default, |free| self.pool.swap_remove(free));
        let bytes = Arc::get_mut(&mut next).expect("nobody holds a part of it");
        bytes.resize(BLOCK, 0);
        let mut filled = self.rest.len();
        bytes[..filled].copy_from_slice(&self.block[self.rest.clone()]);
        while filled < BLOCK && self.end.is_none() {
            match self.from.read(&mut bytes[filled..]) {
                Ok(0) => self.end = Some(Ok(())),
                Ok(more) => filled += more,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => self.end = Some(Err(error)),
            }
        }
        self.offset += self.rest.start as u64;
        self.rest = 0..filled;
        self.has_slices = false;
        self.pool.push(mem::replace(&mut self.block, next));
    }

    /// Returns the outcome at the end of the stream. An error is returned once.
    fn take_end(&mut self) -> io::Result<()> {
        self.end.replace(Ok(())).unwrap_or(Ok(()))
    }
}

impl Read for BlockReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let read = into.len().min(bytes.len());
        into[..read].copy_from_slice(&bytes[..read]);
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for BlockReader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.rest.is_empty() {
            self.fill();
        }
        if self.rest.is_empty() {
            self.take_end()?;
        }
        Ok(&self.block[self.rest.clone()])
    }

    fn consume(&mut self, bytes: usize) {
        self.rest.start += bytes;
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Cursor, Read};

    use crate::input::archive::block_reader::{BLOCK, BlockReader, MAX_SLICE_BYTES};

    /// Bytes without repetition.
    fn bytes(length: usize) -> Vec<u8> {
        (0..length as u32 / 4 + 1)
            .flat_map(|number| number.wrapping_mul(0x9e37_79b1).to_le_bytes())
            .take(length)
            .collect()
    }

    /// Yields at most `most` bytes at a time, and fails after the last one.
    struct Broken {
        bytes: Cursor<Vec<u8>>,
        most: usize,
    }

    impl Read for Broken {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let most = into.len().min(self.most);
            match self.bytes.read(&mut into[..most])? {
                0 => Err(io::Error::other("broken")),
                read => Ok(read),
            }
        }
    }

    #[test]
    fn parts_are_what_the_stream_holds_as_long_as_they_are_held() {
        let expected = bytes(20 * BLOCK + 77);
        for most in [997, usize::MAX] {
            let stream = Broken { bytes: Cursor::new(expected.clone()), most };
            let mut blocks = BlockReader::new(Box::new(stream));
            let mut held = Vec::new();
            let mut at = 0;
            for length in [1, 512, 5000, 0, MAX_SLICE_BYTES, 7, MAX_SLICE_BYTES - 1].into_iter().cycle() {
                if at + 3 * length > expected.len() {
                    break;
                }
                assert_eq!(blocks.peek_exact(length).expect("there is more"), &expected[at..at + length]);
                let part = blocks.take_slice(length).expect("there is more");
                assert_eq!(*part, expected[at..at + length]);
                if length <= 512 {
                    held.push((at, part));
                }
                at += length;
                blocks.skip(length as u64).expect("there is more");
                at += length;
                let mut read = vec![0; length];
                blocks.read_exact(&mut read).expect("there is more");
                assert_eq!(read, expected[at..at + length]);
                at += length;
            }
            assert!(held.len() > 20);
            assert!(held.iter().all(|(at, part)| **part == expected[*at..at + part.len()]));
        }
    }

    #[test]
    fn a_block_is_filled_again_when_nobody_holds_a_part_of_it() {
        let mut blocks = BlockReader::new(Box::new(Cursor::new(bytes(20 * BLOCK))));
        let mut held = Vec::new();
        for _ in 0..10 {
            // One and a half blocks in all.
            held.push(blocks.take_slice(1).expect("there is more"));
            for _ in 0..3 {
                blocks.take_slice(MAX_SLICE_BYTES).expect("there is more");
            }
        }
        // They lie in ten different blocks, and each accounts for its own.
        assert_eq!(held.iter().map(|part| part.retained_bytes()).sum::<usize>(), 10 * BLOCK);
        assert!((10..=12).contains(&(blocks.pool.len() + 1)), "{} pool", blocks.pool.len());
        drop(held);
        let pool = blocks.pool.len();
        while blocks.take_slice(MAX_SLICE_BYTES).is_ok() {}
        assert_eq!(blocks.pool.len(), pool);
    }

    #[test]
    fn what_ends_a_stream_is_told_behind_all_that_came_before_it() {
        let broken = || BlockReader::new(Box::new(Broken { bytes: Cursor::new(bytes(700)), most: 64 }));
        let mut blocks = broken();
        assert_eq!(*blocks.take_slice(690).expect("there are as many"), bytes(700)[..690]);
        assert_eq!(blocks.peek_exact(11).expect_err("there are 10").to_string(), "broken");
        assert_eq!(blocks.peek_exact(10).expect("there are 10"), &bytes(700)[690..]);
        assert_eq!(blocks.take_slice(11).expect_err("it is told once").kind(), io::ErrorKind::UnexpectedEof);

        assert_eq!(broken().skip(701).expect_err("there are 700").to_string(), "broken");
        let mut all = Vec::new();
        assert_eq!(broken().read_to_end(&mut all).expect_err("it ends so").to_string(), "broken");
        assert_eq!(all, bytes(700));

        let mut whole = BlockReader::new(Box::new(Cursor::new(bytes(700))));
        whole.skip(700).expect("there are as many");
        assert_eq!(whole.read(&mut [0]).expect("nothing is broken"), 0);
        assert_eq!(whole.skip(1).expect_err("it has ended").kind(), io::ErrorKind::UnexpectedEof);
    }
}
