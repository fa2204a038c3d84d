//! Detection of containers, by their first bytes and by their names.

use std::ffi::OsStr;
use std::sync::LazyLock;

use foldhash::HashMap;

use crate::input::archive::tar::header::has_stated_sum;
use crate::sys::compression::{CODECS, Codec};

/// Container of a file, as its first bytes tell.
#[derive(Debug, Clone, Copy)]
pub enum FileType {
    Tar,
    Zip,
    Compressed(&'static Codec),
    /// A container that is not read, by its description.
    Unsupported(&'static str),
    /// None of them.
    Unknown,
}

/// Kind of container, as the extension of a file's name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedType {
    Archive,
    Compressed,
}

/// Container that is not read, but recognized, so that it is reported.
struct Unsupported {
    description: &'static str,
    /// Returns `true` for the first bytes of a file.
    matches: fn(&[u8]) -> bool,
    /// Extensions of compressed files, also of an archive after `.tar`.
    suffixes: &'static [&'static str],
    /// Extensions of archives.
    archive_suffixes: &'static [&'static str],
}

static UNSUPPORTED: [Unsupported; 9] = [
    Unsupported {
        description: "a file compressed by `compress` (.Z)",
        matches: |head| head.starts_with(&[0x1f, 0x9d]),
        suffixes: &["Z"],
        archive_suffixes: &["taz"],
    },
    Unsupported {
        description: "a file compressed by `lzip` (.lz)",
        matches: |head| matches!(head, [b'L', b'Z', b'I', b'P', 0 | 1, ..]),
        suffixes: &["lz"],
        archive_suffixes: &[],
    },
    Unsupported {
        description: "a file compressed as LZMA (.lzma)",
        matches: |head| head.starts_with(&[0x5d, 0, 0]),
        suffixes: &["lzma"],
        archive_suffixes: &["tlz"],
    },
    Unsupported {
        description: "a file compressed by `lz4` (.lz4)",
        matches: |head| matches!(head, [0x04, 0x22, 0x4d, 0x18, ..] | [0x02, 0x21, 0x4c, 0x18, ..]),
        suffixes: &["lz4"],
        archive_suffixes: &[],
    },
    Unsupported {
        description: "a file compressed by `lzop` (.lzo)",
        matches: |head| head.starts_with(b"\x89LZO\0"),
        suffixes: &["lzo"],
        archive_suffixes: &[],
    },
    Unsupported {
        description: "a file compressed by `brotli` (.br)",
        // It has no signature.
        matches: |_| false,
        suffixes: &["br"],
        archive_suffixes: &[],
    },
    Unsupported {
        description: "a 7z archive",
        matches: |head| head.starts_with(b"7z\xbc\xaf\x27\x1c"),
        suffixes: &[],
        archive_suffixes: &["7z"],
    },
    Unsupported {
        description: "a RAR archive",
        matches: |head| head.starts_with(b"Rar!\x1a\x07"),
        suffixes: &[],
        archive_suffixes: &["rar"],
    },
    Unsupported { description: "a cpio archive", matches: is_cpio, suffixes: &[], archive_suffixes: &[] },
];

/// Extensions of the archives that are read.
const ARCHIVE_SUFFIXES: &[&str] = &["tar", "zip"];

impl FileType {
    /// Detects the container of a file that begins with `head`, which may be the whole file.
    pub fn detect(head: &[u8]) -> FileType {
        if let Some(codec) = Codec::detect(head) {
            return FileType::Compressed(codec);
        }
        if let Some(unsupported) = UNSUPPORTED.iter().find(|unsupported| (unsupported.matches)(head)) {
            return FileType::Unsupported(unsupported.description);
        }
        match head {
            // A local header, the end record of an empty archive, or the marker of a split or once-split archive.
            [b'P', b'K', 3, 4, ..]
            | [b'P', b'K', 5, 6, ..]
            | [b'P', b'K', 7, 8, ..]
            | [b'P', b'K', b'0', b'0', b'P', b'K', 3, 4, ..] => FileType::Zip,
            head if is_tar(head) => FileType::Tar,
            _ => FileType::Unknown,
        }
    }
}

impl NamedType {
    /// Detects the container by the extension of `name`. Includes containers that are not read, since these are
    /// reported.
    pub fn detect(name: &OsStr) -> Option<Self> {
        let name = name.as_encoded_bytes();
        let dot = name.iter().rposition(|byte| *byte == b'.')?;
        match NAMED_TYPES.get(&name[dot + 1..])? {
            NamedType::Compressed if name[..dot].ends_with(b".tar") => Some(NamedType::Archive),
            named_type => Some(*named_type),
        }
    }
}

/// Kind of container by extension. Every name in a folder is looked up.
static NAMED_TYPES: LazyLock<HashMap<&'static [u8], NamedType>> = LazyLock::new(|| {
    let codecs = CODECS.iter().map(|codec| (codec.suffixes, codec.archive_suffixes));
    let unsupported = UNSUPPORTED.iter().map(|kind| (kind.suffixes, kind.archive_suffixes));
    let all = codecs.chain(unsupported).chain([(&[][..], ARCHIVE_SUFFIXES)]);
    all.flat_map(|(suffixes, archive_suffixes)| {
        let compressed = suffixes.iter().map(|suffix| (suffix.as_bytes(), NamedType::Compressed));
        compressed.chain(archive_suffixes.iter().map(|suffix| (suffix.as_bytes(), NamedType::Archive)))
    })
    .collect()
});

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
