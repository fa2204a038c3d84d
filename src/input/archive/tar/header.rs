//! The 512-byte header of a tar member, as V7, POSIX, GNU, star and Solaris write it.

/// Size of a header, and of the units that content is padded to.
pub const BLOCK_BYTES: usize = 512;

/// One header.
pub struct Header([u8; BLOCK_BYTES]);

/// Kind of a member, by its type flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file. POSIX has a type that is not known read as one.
    File,
    Folder,
    /// A folder with the list of its files as content, in incremental archives of GNU tar.
    FolderListing,
    Link,
    /// A device or a named pipe.
    Device,
    Sparse,
    /// The rest of a file that begins in the volume before.
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

impl Header {
    /// The header in `block`.
    pub fn new(block: [u8; BLOCK_BYTES]) -> Self {
        Header(block)
    }

    /// Whether the block holds nothing but zeros, as the end of an archive does.
    pub fn is_zero(&self) -> bool {
        is_zero(&self.0)
    }

    /// Whether it is the header of a member.
    pub fn is_valid(&self) -> bool {
        has_stated_sum(&self.0)
    }

    /// The kind of the member.
    pub fn kind(&self) -> Kind {
        match self.0[156] {
            b'1' | b'2' => Kind::Link,
            b'3' | b'4' | b'6' => Kind::Device,
            b'5' => Kind::Folder,
            b'D' => Kind::FolderListing,
            b'S' => Kind::Sparse,
            b'M' => Kind::Continuation,
            b'V' => Kind::VolumeLabel,
            b'N' => Kind::NameList,
            b'L' => Kind::LongName,
            b'K' => Kind::LongLink,
            b'x' | b'X' => Kind::Extended,
            b'g' => Kind::Global,
            _ => Kind::File,
        }
    }

    /// The size of the content; `None` if the field holds no number.
    pub fn size(&self) -> Option<u64> {
        number(&self.0[124..136])
    }

    /// The name, after its prefix.
    pub fn name(&self) -> Vec<u8> {
        let name = until_nul(&self.0[..100]);
        let is_star = self.0[508..512] == *b"tar\0";
        // GNU tar and star have times where POSIX has all or the last bytes of the prefix.
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

    /// Whether more of a sparse file's map follows in blocks of its own.
    pub fn has_more_map(&self) -> bool {
        self.0[257..263] == *b"ustar " && self.0[482] != 0
    }
}

impl Kind {
    /// Whether the member is about other members.
    pub fn is_extension(self) -> bool {
        matches!(self, Kind::LongName | Kind::LongLink | Kind::Extended | Kind::Global)
    }

    /// Whether a member of this kind has no content, whatever size it states.
    pub fn is_without_content(self) -> bool {
        matches!(self, Kind::Folder | Kind::Link | Kind::Device | Kind::VolumeLabel)
    }
}

/// Whether the bytes of `block` have the sum that stands among them, itself counted as spaces: whether it is a header.
pub fn has_stated_sum(block: &[u8; BLOCK_BYTES]) -> bool {
    let Some(stated @ 1..) = number(&block[148..156]) else { return false };
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
    let signed_sum = |bytes: &[u8]| bytes.iter().map(|byte| i64::from(byte.cast_signed())).sum::<i64>();
    let spaces = [b' '; 8];
    let unsigned = sum(block) - sum(&block[148..156]) + sum(&spaces);
    // SunOS summed signed bytes, into six octal digits.
    let signed = || signed_sum(block) - signed_sum(&block[148..156]) + signed_sum(&spaces);
    stated == unsigned || stated == signed().cast_unsigned() & 0o777_777
}

/// Whether `bytes` are all zero.
pub fn is_zero(bytes: &[u8]) -> bool {
    // Without a jump at each byte, vectors do it.
    bytes.iter().fold(0, |all, byte| all | byte) == 0
}

/// `bytes` up to the first NUL.
pub fn until_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// The number in a header field: octal digits, or a binary number after a first bit; an empty field is 0.
fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        // A negative number is too large for the type.
        let first = u64::from(field[0] & 0x7f);
        return field[1..]
            .iter()
            .try_fold(first, |number, byte| number.checked_mul(256)?.checked_add(u64::from(*byte)));
    }
    // GNU tar reads on after a NUL at the start, others do not.
    if field[0] == 0 {
        return is_zero(field).then_some(0);
    }
    let digits = until_nul(field).trim_ascii();
    digits.iter().try_fold(0u64, |number, digit| match digit {
        b'0'..=b'7' => number.checked_mul(8)?.checked_add(u64::from(digit - b'0')),
        _ => None,
    })
}
