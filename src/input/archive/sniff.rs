//! Detection of containers by their first bytes.

use std::io;

use crate::input::archive::tar::header::{BLOCK_BYTES, has_stated_sum};
use crate::input::archive::{Stream, peek};
use crate::sys::compression::Codec;

/// Container of a file, as its first bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileType {
    Tar,
    Zip,
    Compressed(Codec),
    /// A container that is not read, by its description.
    Unread(&'static str),
    Nothing,
}

impl FileType {
    /// Detects the container of `stream`, and returns it with the stream from its first byte.
    pub fn detect(stream: Stream) -> io::Result<(FileType, Stream)> {
        let (head, stream) = peek(stream, BLOCK_BYTES as u64)?;
        Ok((FileType::detect_bytes(&head), stream))
    }

    /// Detects the container of a file that begins with `head`, which may be the whole file.
    pub fn detect_bytes(head: &[u8]) -> FileType {
        match head {
            [0x1f, 0x8b, 8, ..] => FileType::Compressed(Codec::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => FileType::Compressed(Codec::Zstd),
            // Parallel compressors begin with a skippable frame.
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => FileType::Compressed(Codec::Zstd),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => FileType::Compressed(Codec::Xz),
            // Text may begin with the signature alone. A block follows it, or the end-of-stream marker of an empty
            // file.
            [b'B', b'Z', b'h', b'1'..=b'9', b'1', b'A', b'Y', b'&', b'S', b'Y', ..]
            | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, b'r', b'E', b'8', b'P', 0x90, ..] => {
                FileType::Compressed(Codec::Bzip2)
            }
            // A local header, the end record of an empty archive, or the marker of a split or once-split archive.
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..] => FileType::Zip,
            [0x1f, 0x9d, ..] => FileType::Unread("a file compressed by `compress` (.Z)"),
            [b'L', b'Z', b'I', b'P', 0 | 1, ..] => FileType::Unread("a file compressed by `lzip` (.lz)"),
            [0x5d, 0, 0, ..] => FileType::Unread("a file compressed as LZMA (.lzma)"),
            [0x04, 0x22, 0x4d, 0x18, ..] | [0x02, 0x21, 0x4c, 0x18, ..] => {
                FileType::Unread("a file compressed by `lz4` (.lz4)")
            }
            [0x89, b'L', b'Z', b'O', 0, ..] => FileType::Unread("a file compressed by `lzop` (.lzo)"),
            [b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c, ..] => FileType::Unread("a 7z archive"),
            [b'R', b'a', b'r', b'!', 0x1a, 7, ..] => FileType::Unread("a RAR archive"),
            [b'P', b'K', b'0', b'0', b'P', b'K', 3, 4, ..] => FileType::Zip,
            head if is_cpio(head) => FileType::Unread("a cpio archive"),
            head if is_tar(head) => FileType::Tar,
            _ => FileType::Nothing,
        }
    }
}

/// Returns `true` for a tar header: by its signature or, for a format too old to have one, by its checksum.
fn is_tar(head: &[u8]) -> bool {
    // The fields before the signature end with NUL, which text does not contain.
    head.get(257..262) == Some(b"ustar") && head[100..257].contains(&0)
        || head.first_chunk().is_some_and(|block| block[0] != 0 && has_stated_sum(block))
}

/// Returns `true` for an ASCII cpio header, whose numbers have fixed lengths.
fn is_cpio(head: &[u8]) -> bool {
    let is_number =
        |length: usize| head.get(..length).is_some_and(|number| number.iter().all(u8::is_ascii_hexdigit));
    match head {
        [b'0', b'7', b'0', b'7', b'0', b'1' | b'2', ..] => is_number(110),
        [b'0', b'7', b'0', b'7', b'0', b'7', ..] => is_number(76),
        _ => false,
    }
}
