//! What the first bytes of a file tell.

use std::io;

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

/// A tar archive begins with a header of this size.
const TAR_HEADER: usize = 512;

impl Magic {
    /// What `stream` begins with, and all of it once more.
    pub fn of(stream: Stream) -> io::Result<(Magic, Stream)> {
        let (head, stream) = peek(stream, TAR_HEADER as u64)?;
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
            [b'P', b'K', b'0', b'0', b'P', b'K', 3, 4, ..] => Magic::Zip,
            head if is_tar(head) => Magic::Tar,
            _ => Magic::Nothing,
        }
    }
}

/// Whether this is a tar header: by its mark, or where it is too old to have one, by its checksum.
fn is_tar(head: &[u8]) -> bool {
    if head.get(257..262) == Some(b"ustar") {
        // In front of the mark stand numbers, each ended by NUL: no text has them.
        return head[100..257].contains(&0);
    }
    let Some(stated) = head.get(148..156).filter(|_| head.len() >= TAR_HEADER && head[0] != 0) else {
        return false;
    };
    let digits = stated.trim_ascii_start().split(|byte| !byte.is_ascii_digit()).next().unwrap_or_default();
    let stated = str::from_utf8(digits).ok().and_then(|digits| u32::from_str_radix(digits, 8).ok());
    stated.is_some_and(|stated| stated == checksum(&head[..TAR_HEADER]))
}

/// The sum of a header's bytes, those of the checksum itself counted as spaces.
pub fn checksum(header: &[u8]) -> u32 {
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>();
    sum(&header[..148]) + 8 * u32::from(b' ') + sum(&header[156..])
}
