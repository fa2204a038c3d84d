//! What the first bytes of a file tell.

use std::io;

use super::tar::header::{BLOCK_BYTES, has_stated_sum};
use super::{Stream, peek};
use crate::compression::Coding;

/// What a file holds, as far as its first bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Magic {
    Tar,
    Zip,
    Compressed(Coding),
    Nothing,
}

impl Magic {
    /// What `stream` begins with, and all of it once more.
    pub fn of(stream: Stream) -> io::Result<(Magic, Stream)> {
        let (head, stream) = peek(stream, BLOCK_BYTES as u64)?;
        Ok((Magic::of_head(&head), stream))
    }

    /// What begins with `head`, which may be all of it.
    pub fn of_head(head: &[u8]) -> Magic {
        match head {
            [0x1f, 0x8b, 8, ..] => Magic::Compressed(Coding::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Magic::Compressed(Coding::Zstd),
            // What parallel compressors begin with: a frame to be skipped.
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Magic::Compressed(Coding::Zstd),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Magic::Compressed(Coding::Xz),
            // The mark alone could be a word; a block, or the end of what holds none, follows it.
            [b'B', b'Z', b'h', b'1'..=b'9', b'1', b'A', b'Y', b'&', b'S', b'Y', ..]
            | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, b'r', b'E', b'8', b'P', 0x90, ..] => {
                Magic::Compressed(Coding::Bzip2)
            }
            // A member, the end of an archive without one, or the mark of one that was cut into parts.
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..] => Magic::Zip,
            head if is_tar(head) => Magic::Tar,
            _ => Magic::Nothing,
        }
    }
}

/// Whether this is a tar header: by its mark, or where it is too old to have one, by its checksum.
fn is_tar(head: &[u8]) -> bool {
    // In front of the mark stand numbers, each ended by NUL: no text has them.
    head.get(257..262) == Some(b"ustar") && head[100..257].contains(&0)
        || head.first_chunk().is_some_and(|block| block[0] != 0 && has_stated_sum(block))
}
