//! What the first bytes of a file tell.

use std::io;

use super::{Stream, peek};

/// What a file holds, as far as its first bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Magic {
    Tar,
    Zip,
    Gzip,
    Zstd,
    Nothing,
}

/// A tar archive begins with a header of this size.
const TAR_HEADER: usize = 512;

impl Magic {
    /// What `stream` begins with, and all of it once more.
    pub fn of(stream: Stream) -> io::Result<(Magic, Stream)> {
        let (head, stream) = peek(stream, TAR_HEADER as u64)?;
        let magic = match head.as_slice() {
            [0x1f, 0x8b, 8, ..] => Magic::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Magic::Zstd,
            // What parallel compressors begin with: a frame to be skipped.
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Magic::Zstd,
            // A member, the end of an archive without one, or the mark of one that was cut into parts.
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..] => Magic::Zip,
            head if is_tar(head) => Magic::Tar,
            _ => Magic::Nothing,
        };
        Ok((magic, stream))
    }
}

/// Whether this is a tar header: by its mark, or where it is too old to have one, by its checksum.
fn is_tar(head: &[u8]) -> bool {
    if head.get(257..262) == Some(b"ustar") {
        return true;
    }
    let Some(stated) = head.get(148..156).filter(|_| head.len() == TAR_HEADER && head[0] != 0) else {
        return false;
    };
    let digits = stated.trim_ascii_start().split(|byte| !byte.is_ascii_digit()).next().unwrap_or_default();
    let stated = str::from_utf8(digits).ok().and_then(|digits| u32::from_str_radix(digits, 8).ok());
    stated == Some(checksum(head))
}

/// The sum of a header's bytes, those of the checksum itself counted as spaces.
pub fn checksum(header: &[u8]) -> u32 {
    let bytes = header.iter().enumerate();
    bytes.map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) }).sum()
}
