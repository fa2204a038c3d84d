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
    /// A container that is not read, in words.
    Unread(&'static str),
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
            // A member, the end of an archive without one, or the mark of one that was, or was to be, cut into parts.
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..] => Magic::Zip,
            [0x1f, 0x9d, ..] => Magic::Unread("a file compressed by `compress` (.Z)"),
            [b'L', b'Z', b'I', b'P', 0 | 1, ..] => Magic::Unread("a file compressed by `lzip` (.lz)"),
            [0x5d, 0, 0, ..] => Magic::Unread("a file compressed as LZMA (.lzma)"),
            [0x04, 0x22, 0x4d, 0x18, ..] | [0x02, 0x21, 0x4c, 0x18, ..] => {
                Magic::Unread("a file compressed by `lz4` (.lz4)")
            }
            [0x89, b'L', b'Z', b'O', 0, ..] => Magic::Unread("a file compressed by `lzop` (.lzo)"),
            [b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c, ..] => Magic::Unread("a 7z archive"),
            [b'R', b'a', b'r', b'!', 0x1a, 7, ..] => Magic::Unread("a RAR archive"),
            [b'P', b'K', b'0', b'0', b'P', b'K', 3, 4, ..] => Magic::Zip,
            head if is_cpio(head) => Magic::Unread("a cpio archive"),
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

/// Whether this is a cpio header in ASCII, all of whose numbers have a fixed length.
fn is_cpio(head: &[u8]) -> bool {
    let is_number =
        |length: usize| head.get(..length).is_some_and(|number| number.iter().all(u8::is_ascii_hexdigit));
    match head {
        [b'0', b'7', b'0', b'7', b'0', b'1' | b'2', ..] => is_number(110),
        [b'0', b'7', b'0', b'7', b'0', b'7', ..] => is_number(76),
        _ => false,
    }
}
