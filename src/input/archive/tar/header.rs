//! The 512-byte header of a tar member, as V7, POSIX, GNU, star and Solaris write it.

/// Size of a header, and of the units that content is padded to.
pub const BLOCK_BYTES: usize = 512;

/// A member's header.
pub struct TarHeader([u8; BLOCK_BYTES]);

/// Kind of a member, by its type flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A file. POSIX says to read unknown types as files.
    File,
    Folder,
    /// A folder with the list of its files as content, in incremental archives of GNU tar.
    FolderListing,
    Link,
    /// A device or a named pipe.
    Device,
    Sparse,
    /// The rest of a file that begins in the previous volume.
    Continuation,
    VolumeLabel,
    /// Names of other members, in archives of GNU tar before 1990.
    NameList,
    /// The name of the next member.
    LongName,
    /// The target of the next member, a link.
    LongLink,
    /// PAX records about the next member.
    Extended,
    /// PAX records about all members after it.
    Global,
}

impl TarHeader {
    /// Creates a header from `block`.
    pub fn new(block: [u8; BLOCK_BYTES]) -> Self {
        TarHeader(block)
    }

    /// Returns `true` if the block is all zeros, as at the end of an archive.
    pub fn is_zero(&self) -> bool {
        is_zero(&self.0)
    }

    /// Returns `true` if the block is a header, by its checksum.
    pub fn is_valid(&self) -> bool {
        has_stated_sum(&self.0)
    }

    /// The kind of the member.
    pub fn kind(&self) -> EntryKind {
        match self.0[156] {
            b'1' | b'2' => EntryKind::Link,
            b'3' | b'4' | b'6' => EntryKind::Device,
            b'5' => EntryKind::Folder,
            b'D' => EntryKind::FolderListing,
            b'S' => EntryKind::Sparse,
            b'M' => EntryKind::Continuation,
            b'V' => EntryKind::VolumeLabel,
            b'N' => EntryKind::NameList,
            b'L' => EntryKind::LongName,
            b'K' => EntryKind::LongLink,
            b'x' | b'X' => EntryKind::Extended,
            b'g' => EntryKind::Global,
            _ => EntryKind::File,
        }
    }

    /// The size of the content; `None` if the field is not a number.
    pub fn size(&self) -> Option<u64> {
        number(&self.0[124..136])
    }

    /// The name with its prefix.
    pub fn name(&self) -> Vec<u8> {
        let name = until_nul(&self.0[..100]);
        let is_star = self.0[508..512] == *b"tar\0";
        // GNU tar and star store times where POSIX has the prefix or its last bytes.
        let prefix = match &self.0[257..263] {
            b"ustar\0" if is_star => until_nul(&self.0[345..476]),
            b"ustar\0" => until_nul(&self.0[345..500]),
            _ => &[],
        };
        match prefix {
            [] => name.to_owned(),
            [.., b'/'] => [prefix, name].concat(),
            _ => [prefix, b"/", name].concat(),
        }
    }

    /// Returns `true` if the map of a sparse file continues in further blocks.
    pub fn has_more_map(&self) -> bool {
        self.0[257..263] == *b"ustar " && self.0[482] != 0
    }
}

impl EntryKind {
    /// Returns `true` if the member describes other members.
    pub fn is_extension(self) -> bool {
        matches!(self, EntryKind::LongName | EntryKind::LongLink | EntryKind::Extended | EntryKind::Global)
    }

    /// Returns `true` if a member of this kind has no content, even if it states a size.
    pub fn is_without_content(self) -> bool {
        matches!(self, EntryKind::Folder | EntryKind::Link | EntryKind::Device | EntryKind::VolumeLabel)
    }
}

/// Largest number of six octal digits, which no sum of a header's bytes exceeds.
const MAX_SUM: u64 = 0o777_777;

/// Returns `true` if `block` is a header: the sum of its bytes, with the checksum field as spaces, is the stated
/// checksum.
pub fn has_stated_sum(block: &[u8; BLOCK_BYTES]) -> bool {
    // No sum is larger, so that most text is refused without summing.
    let Some(stated @ 1..=MAX_SUM) = number(&block[148..156]) else { return false };
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
    let signed_sum = |bytes: &[u8]| bytes.iter().map(|byte| i64::from(byte.cast_signed())).sum::<i64>();
    let spaces = [b' '; 8];
    let unsigned = sum(block) - sum(&block[148..156]) + sum(&spaces);
    // SunOS summed signed bytes, into six octal digits.
    let signed = || signed_sum(block) - signed_sum(&block[148..156]) + signed_sum(&spaces);
    stated == unsigned || stated == signed().cast_unsigned() & MAX_SUM
}

/// Returns `true` if all `bytes` are zero.
pub fn is_zero(bytes: &[u8]) -> bool {
    // Without a branch for each byte, the compiler vectorizes the loop.
    bytes.iter().fold(0, |all, byte| all | byte) == 0
}

/// `bytes` up to the first NUL.
pub fn until_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// Parses the number in a header field: octal digits, or a binary number marked by the first bit. An empty field is 0.
fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        // A negative number overflows `u64`.
        let first = u64::from(field[0] & 0x7f);
        return field[1..]
            .iter()
            .try_fold(first, |number, byte| number.checked_mul(256)?.checked_add(u64::from(*byte)));
    }
    // GNU tar reads on after a leading NUL, other readers do not.
    if field[0] == 0 {
        return is_zero(field).then_some(0);
    }
    let digits = until_nul(field).trim_ascii();
    digits.iter().try_fold(0u64, |number, digit| match digit {
        b'0'..=b'7' => number.checked_mul(8)?.checked_add(u64::from(digit - b'0')),
        _ => None,
    })
}
