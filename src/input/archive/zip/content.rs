//! Content of members: unpacked, and compared with its stated size and checksum.

use std::io::{self, BufRead, Cursor, Read};

use crate::input::archive::bomb_guard::bomb;
use crate::input::archive::zip::record::{ZipEntry, broken};
use crate::input::source::ReadError;
use crate::sys::compression::{CODECS, Crc32, Inflater};

pub const STORED: u16 = 0;
pub const DEFLATED: u16 = 8;

/// Initial capacity for content. Nearly every crawl file fits; a larger stated size is not trusted.
const MAX_TRUSTED_SIZE_BYTES: u64 = 64 << 10;
/// Margin for incompressible content, which grows when compressed.
const MAX_GROWTH_BYTES: usize = 64 << 10;

/// Unpacks one member after the other.
#[derive(Default)]
pub struct Unpacker(Inflater);

/// The content of a member, of which at most `limit` bytes are kept.
pub struct MemberContent {
    bytes: Vec<u8>,
    limit: usize,
    /// The size of the whole content, including bytes that were not kept.
    pub size: u64,
    crc: Crc32,
}

impl MemberContent {
    /// Creates empty content; about `size` bytes are expected.
    fn new(size: u64, limit: usize) -> Self {
        let bytes = Vec::with_capacity(size.min(MAX_TRUSTED_SIZE_BYTES) as usize);
        MemberContent { bytes, limit, size: 0, crc: Crc32::new() }
    }

    /// Appends `piece`; returns `true` if all content was kept so far.
    fn push(&mut self, piece: &[u8]) -> bool {
        self.size += piece.len() as u64;
        self.crc.update(piece);
        let is_kept = self.size <= self.limit as u64;
        if is_kept {
            self.bytes.extend_from_slice(piece);
        }
        is_kept
    }

    /// The CRC-32 of the whole content.
    pub fn crc(&self) -> u32 {
        self.crc.sum()
    }

    /// Returns the whole content.
    ///
    /// # Errors
    /// The content is larger than the limit.
    pub fn into_bytes(self) -> Result<Vec<u8>, ReadError> {
        if self.size > self.limit as u64 { Err(ReadError::TooLarge) } else { Ok(self.bytes) }
    }
}

impl Unpacker {
    /// Unpacks the content of `entry`, which is all of `from`, and compares it with the stated size and checksum.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn unpack(
        &mut self,
        entry: &ZipEntry,
        from: &mut impl BufRead,
        limit: usize,
    ) -> Result<Vec<u8>, ReadError> {
        let mut content = MemberContent::new(entry.size, limit);
        match entry.method {
            STORED => while_some(from, |piece| content.push(piece))?,
            DEFLATED => drop(self.0.inflate(from, |piece, _| content.push(piece))?),
            method => {
                let codec = CODECS.iter().find(|codec| codec.zip_methods.contains(&method));
                let codec = codec.ok_or_else(|| {
                    broken(format!("it is compressed by {}, which is not read", called(method)))
                })?;
                let most = limit.saturating_add(limit / 8).saturating_add(MAX_GROWTH_BYTES);
                let mut packed = Vec::new();
                from.take(most as u64).read_to_end(&mut packed)?;
                if packed.len() == most {
                    return Err(ReadError::TooLarge);
                }
                let mut decoder = io::BufReader::new(codec.decoder(Cursor::new(packed), limit)?);
                while_some(&mut decoder, |piece| content.push(piece))?;
            }
        }
        let (size, crc) = (content.size, content.crc());
        let bytes = content.into_bytes()?;
        if !from.fill_buf()?.is_empty() {
            return Err(broken("more bytes are stored than its content needs").into());
        }
        if size != entry.size {
            return Err(broken(format!("it has {size} bytes, and {} are stated", entry.size)).into());
        }
        if crc != entry.crc {
            return Err(broken("its content has another checksum than is stated").into());
        }
        Ok(bytes)
    }

    /// Unpacks deflated content of unknown size at the start of `from`; returns it and its compressed size. Stops once
    /// `is_too_much` returns `true` for the unpacked and the packed size.
    ///
    /// # Errors
    /// `from` fails, or the content is corrupt or too large.
    pub fn unpack_unknown(
        &mut self,
        from: &mut impl BufRead,
        limit: usize,
        is_too_much: impl Fn(u64, u64) -> bool,
    ) -> io::Result<(MemberContent, u64)> {
        let mut content = MemberContent::new(0, limit);
        let packed = self.0.inflate(from, |piece, packed| {
            content.push(piece);
            !is_too_much(content.size, packed)
        })?;
        if is_too_much(content.size, packed) { Err(bomb()) } else { Ok((content, packed)) }
    }
}

/// Passes the bytes of `from` to `sink` until it returns `false`.
fn while_some(from: &mut impl BufRead, mut sink: impl FnMut(&[u8]) -> bool) -> io::Result<()> {
    loop {
        let piece = from.fill_buf()?;
        let bytes = piece.len();
        if bytes == 0 || !sink(piece) {
            return Ok(());
        }
        from.consume(bytes);
    }
}

/// The common name of a method.
fn called(method: u16) -> String {
    let name = match method {
        1 => "shrink",
        2..=5 => "reduce",
        6 => "implode",
        9 => "deflate64",
        14 => "lzma",
        96 => "jpeg",
        97 => "wavpack",
        98 => "ppmd",
        99 => "aes",
        _ => return format!("method {method}"),
    };
    format!("`{name}`")
}
