//! Records of a zip archive: headers of members, entries of the directory, end records.

use std::io::{self, ErrorKind, Read};

use crate::input::archive::zip::name;

/// Signature of a member's own header.
pub const LOCAL: [u8; 4] = *b"PK\x03\x04";
/// Signature of an entry of the directory.
pub const CENTRAL: [u8; 4] = *b"PK\x01\x02";
/// Signature of the directory's digital signature.
pub const SIGNATURE: [u8; 4] = *b"PK\x05\x05";
/// Signature of the end record.
pub const END: [u8; 4] = *b"PK\x05\x06";
/// Signature of the end record with 64-bit numbers.
pub const END64: [u8; 4] = *b"PK\x06\x06";
/// Signature of the record that locates an [`END64`].
pub const LOCATOR: [u8; 4] = *b"PK\x06\x07";
/// Signature of a data descriptor, and of the start of a split archive.
pub const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";
/// Marker at the start of an archive that was to be split but fit into one part.
pub const UNSPLIT: [u8; 4] = *b"PK00";

const LOCAL_BYTES: usize = 30;
const CENTRAL_BYTES: usize = 46;
/// Size of an end record without its comment.
pub const END_BYTES: usize = 22;
/// Size of a 64-bit end record without extensions.
pub const END64_BYTES: usize = 56;
/// Size of a locator.
pub const LOCATOR_BYTES: usize = 20;
/// Size of the longest data descriptor.
pub const MAX_DESCRIPTOR_BYTES: usize = 24;

const EXTRA_ZIP64: u16 = 1;

/// A member as described by its own header or by the directory.
#[derive(Debug, Clone)]
pub struct ZipEntry {
    /// The name, its components separated by `/`.
    pub name: String,
    /// The general purpose flags; see [`FLAG_DESCRIPTOR`].
    pub flags: u16,
    /// The compression method.
    pub method: u16,
    /// The CRC-32 of the content.
    pub crc: u32,
    /// The compressed size of the content.
    pub packed: u64,
    /// The uncompressed size of the content.
    pub size: u64,
    /// The Unix file type (`S_IFMT`); 0 if it is not stated.
    pub kind: u16,
    /// The part of a split archive that the member is in.
    pub disk: u32,
    /// The offset of the member's own header.
    pub offset: u64,
}

/// Flag: sizes and checksum follow the content.
pub const FLAG_DESCRIPTOR: u16 = 1 << 3;

impl ZipEntry {
    /// Reads a member's own header.
    ///
    /// # Errors
    /// `from` fails, or there is no header.
    pub fn read_local(from: &mut impl Read, buffer: &mut Vec<u8>) -> io::Result<Self> {
        let [name, extra, _] = read(from, buffer, LOCAL, LOCAL_BYTES, [Some(26), Some(28), None])?;
        let flags = u16_at(buffer, 6);
        let mut entry = ZipEntry {
            name: name::decode(&buffer[name.clone()], flags, unicode_path(&buffer[extra.clone()])),
            flags,
            method: u16_at(buffer, 8),
            crc: u32_at(buffer, 14),
            packed: u32_at(buffer, 18).into(),
            size: u32_at(buffer, 22).into(),
            kind: 0,
            disk: 0,
            offset: 0,
        };
        entry.widen(&buffer[extra]);
        Ok(entry)
    }

    /// Reads an entry of the directory.
    ///
    /// # Errors
    /// `from` fails, or there is no entry.
    pub fn read_central(from: &mut impl Read, buffer: &mut Vec<u8>) -> io::Result<Self> {
        let [name, extra, _] = read(from, buffer, CENTRAL, CENTRAL_BYTES, [Some(28), Some(30), Some(32)])?;
        let flags = u16_at(buffer, 8);
        let host = buffer[5];
        let mut decoded = name::decode(&buffer[name], flags, unicode_path(&buffer[extra.clone()]));
        if name::has_backslashes_for_folders(host) {
            decoded = name::with_folders(&decoded).into_owned();
        }
        let mut entry = ZipEntry {
            name: decoded,
            flags,
            method: u16_at(buffer, 10),
            crc: u32_at(buffer, 16),
            packed: u32_at(buffer, 20).into(),
            size: u32_at(buffer, 24).into(),
            kind: if has_modes(host) { u16_at(buffer, 40) & 0xf000 } else { 0 },
            disk: u16_at(buffer, 34).into(),
            offset: u32_at(buffer, 42).into(),
        };
        entry.widen(&buffer[extra]);
        Ok(entry)
    }

    /// Takes the numbers that do not fit into 32 or 16 bits from the ZIP64 extra field.
    fn widen(&mut self, extra: &[u8]) {
        let Some(mut wide) = extra_field(extra, EXTRA_ZIP64) else { return };
        let (many, most) = (u64::from(u32::MAX), u32::from(u16::MAX));
        for number in [&mut self.size, &mut self.packed, &mut self.offset] {
            if *number == many
                && let Some((value, rest)) = wide.split_first_chunk()
            {
                *number = u64::from_le_bytes(*value);
                wide = rest;
            }
        }
        if self.disk == most
            && let Some(value) = wide.first_chunk()
        {
            self.disk = u32::from_le_bytes(*value);
        }
    }

    /// Returns `true` for a folder.
    pub fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }

    /// Returns `true` if the directory says that the member is in another part of a split archive.
    pub fn is_elsewhere(&self) -> bool {
        !matches!(self.disk, 0 | 0xffff | 0xffff_ffff)
    }

    /// Returns `true` if sizes and checksum follow the content.
    pub fn has_descriptor(&self) -> bool {
        self.flags & FLAG_DESCRIPTOR != 0
    }

    /// Reason for which the member's content is not read, whatever its name; `None` if it is read.
    pub fn refusal(&self) -> Option<&'static str> {
        const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
        const PATCH: u16 = 1 << 5;
        match self.kind {
            0xa000 => return Some("a link inside an archive is not followed"),
            0x1000 | 0x2000 | 0x6000 | 0xc000 => return Some("a device or pipe is not read"),
            _ => {}
        }
        match self.flags {
            _ if self.is_folder() => Some("it is called as a folder is, and has content"),
            flags if flags & ENCRYPTED != 0 => Some("it is encrypted"),
            flags if flags & PATCH != 0 => Some("it is a patch"),
            _ => None,
        }
    }
}

/// Returns `true` for hosts whose attributes hold the Unix mode: Unix and macOS.
fn has_modes(host: u8) -> bool {
    matches!(host, 3 | 19)
}

/// Reads a record with its parts of variable length into `buffer`; returns the ranges of these parts.
fn read(
    from: &mut impl Read,
    buffer: &mut Vec<u8>,
    signature: [u8; 4],
    fixed: usize,
    lengths: [Option<usize>; 3],
) -> io::Result<[std::ops::Range<usize>; 3]> {
    buffer.resize(fixed, 0);
    from.read_exact(buffer)?;
    if buffer[..4] != signature {
        return Err(broken("no header is where one is expected"));
    }
    let mut end = fixed;
    let ranges = lengths.map(|length| {
        let start = end;
        end += length.map_or(0, |at| usize::from(u16_at(buffer, at)));
        start..end
    });
    buffer.resize(end, 0);
    from.read_exact(&mut buffer[fixed..])?;
    Ok(ranges)
}

fn unicode_path(extra: &[u8]) -> Option<&[u8]> {
    extra_field(extra, name::EXTRA_UNICODE_PATH)
}

/// Returns the content of the extra field `id`.
pub fn extra_field(mut extra: &[u8], id: u16) -> Option<&[u8]> {
    while extra.len() >= 4 {
        let (found, length) = (u16_at(extra, 0), usize::from(u16_at(extra, 2)));
        let content = extra.get(4..4 + length)?;
        if found == id {
            return Some(content);
        }
        extra = &extra[4 + length..];
    }
    None
}

/// The values stated by an end record.
#[derive(Debug, Clone, Copy)]
pub struct End {
    /// The number of entries.
    pub count: u64,
    /// The size of the directory.
    pub size: u64,
    /// The offset of the directory.
    pub offset: u64,
    /// The part of a split archive that ends here, counted from 0.
    pub disk: u32,
    /// `true` for 64-bit numbers, which do not wrap.
    pub is_wide: bool,
}

impl End {
    /// Parses an end record; returns it with the length of its comment.
    pub fn parse(record: &[u8; END_BYTES]) -> (Self, usize) {
        let end = End {
            count: u16_at(record, 10).into(),
            size: u32_at(record, 12).into(),
            offset: u32_at(record, 16).into(),
            disk: u16_at(record, 4).into(),
            is_wide: false,
        };
        (end, u16_at(record, 20).into())
    }

    /// Parses an end record with 64-bit numbers; returns it with the length of the whole record.
    pub fn parse_wide(record: &[u8; END64_BYTES]) -> (Self, u64) {
        let end = End {
            count: u64_at(record, 32),
            size: u64_at(record, 40),
            offset: u64_at(record, 48),
            disk: u32_at(record, 16),
            is_wide: true,
        };
        (end, u64_at(record, 4).saturating_add(12))
    }

    /// Returns `true` if the record states a directory of `count` entries and `size` bytes at `offset`. Numbers are
    /// compared modulo the width of their field, since writers without 64-bit records let them wrap.
    pub fn states(&self, count: u64, size: u64, offset: u64) -> bool {
        let (count_bits, bits) = if self.is_wide { (u64::MAX, u64::MAX) } else { (0xffff, u32::MAX.into()) };
        [(self.count ^ count) & count_bits, (self.size ^ size) & bits, (self.offset ^ offset) & bits]
            == [0; 3]
    }
}

/// The complaint about a comment that [holds an end record](holds_end).
pub const END_IN_COMMENT: &str = "its comment holds another end record, which other programs may read";

/// Returns `true` if a reader that searches backwards would find an end record in the comment.
pub fn holds_end(comment: &[u8]) -> bool {
    comment.windows(END.len()).any(|bytes| bytes == END)
}

/// Returns the length of the data descriptor at the start of `bytes`, if it states these values. It has four forms:
/// with or without a signature, with sizes of 32 or 64 bits.
pub fn descriptor_length(bytes: &[u8], crc: u32, packed: u64, size: u64) -> Option<usize> {
    let narrow =
        [&crc.to_le_bytes()[..], &(packed as u32).to_le_bytes(), &(size as u32).to_le_bytes()].concat();
    let wide = [&crc.to_le_bytes()[..], &packed.to_le_bytes(), &size.to_le_bytes()].concat();
    let (signature, content) = match bytes.strip_prefix(&DESCRIPTOR) {
        Some(content) => (DESCRIPTOR.len(), content),
        None => (0, bytes),
    };
    // A checksum may look like a signature.
    [(signature, content), (0, bytes)].into_iter().find_map(|(signature, content)| {
        let form = [&narrow, &wide].into_iter().find(|form| content.starts_with(form))?;
        Some(signature + form.len())
    })
}

/// Creates an error for an invalid zip archive.
pub fn broken(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16_at(bytes, at)) | u32::from(u16_at(bytes, at + 2)) << 16
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}
