//! Content of members: unpacked, and compared with its stated size and checksum.

use std::io::{self, BufRead, Cursor, Read};

use super::record::{Entry, broken};
use crate::compression::{Coding, Crc32, Inflater};
use crate::input::archive::compressed::bomb;
use crate::input::file::Failure;

pub const STORED: u16 = 0;
pub const DEFLATED: u16 = 8;

/// Nearly every crawl file fits; a larger one has to prove its size.
const USUAL_BYTES: u64 = 64 << 10;
/// What nothing is gained by compressing becomes a little larger.
const MAX_GROWTH_BYTES: usize = 64 << 10;

/// Unpacks one member after the other.
#[derive(Default)]
pub struct Unpacker(Inflater);

/// The content of a member, of which no more than `limit` bytes are kept.
pub struct Content {
    bytes: Vec<u8>,
    limit: usize,
    /// The size of all of it, also of what was not kept.
    pub size: u64,
    crc: Crc32,
}

impl Content {
    /// No content yet; about `size` bytes are expected.
    fn new(size: u64, limit: usize) -> Self {
        let bytes = Vec::with_capacity(size.min(USUAL_BYTES) as usize);
        Content { bytes, limit, size: 0, crc: Crc32::new() }
    }

    /// Adds `piece`; returns whether all was kept so far.
    fn push(&mut self, piece: &[u8]) -> bool {
        self.size += piece.len() as u64;
        self.crc.update(piece);
        let is_kept = self.size <= self.limit as u64;
        if is_kept {
            self.bytes.extend_from_slice(piece);
        }
        is_kept
    }

    /// The CRC-32 of all of it.
    pub fn crc(&self) -> u32 {
        self.crc.sum()
    }

    /// All of it.
    ///
    /// # Errors
    /// Not all was kept.
    pub fn into_bytes(self) -> Result<Vec<u8>, Failure> {
        if self.size > self.limit as u64 { Err(Failure::TooLarge) } else { Ok(self.bytes) }
    }
}

impl Unpacker {
    /// Unpacks the content of `entry`, all of `from`, and compares it with what `entry` states.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn unpack(
        &mut self,
        entry: &Entry,
        from: &mut impl BufRead,
        limit: usize,
    ) -> Result<Vec<u8>, Failure> {
        let mut content = Content::new(entry.size, limit);
        match entry.method {
            STORED => while_some(from, |piece| content.push(piece))?,
            DEFLATED => drop(self.0.inflate(from, |piece, _| content.push(piece))?),
            method => {
                let coding = coding(method).ok_or_else(|| {
                    broken(format!("it is compressed by {}, which is not read", called(method)))
                })?;
                let most = limit.saturating_add(limit / 8).saturating_add(MAX_GROWTH_BYTES);
                let mut packed = Vec::new();
                from.take(most as u64).read_to_end(&mut packed)?;
                if packed.len() == most {
                    return Err(Failure::TooLarge);
                }
                let mut decoder = io::BufReader::new(coding.decoder(Cursor::new(packed))?);
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

    /// Unpacks deflated content whose sizes are not known and that `from` begins with; returns it and the size of its
    /// compressed form. `is_too_much` tells from the two sizes when to end.
    ///
    /// # Errors
    /// Those of `from`; the content is corrupt, or too much.
    pub fn unpack_unknown(
        &mut self,
        from: &mut impl BufRead,
        limit: usize,
        is_too_much: impl Fn(u64, u64) -> bool,
    ) -> io::Result<(Content, u64)> {
        let mut content = Content::new(0, limit);
        let packed = self.0.inflate(from, |piece, packed| {
            content.push(piece);
            !is_too_much(content.size, packed)
        })?;
        if is_too_much(content.size, packed) { Err(bomb()) } else { Ok((content, packed)) }
    }
}

/// Passes on what `from` holds while `sink` asks for more.
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

/// The coding of a method other than the two usual ones.
fn coding(method: u16) -> Option<Coding> {
    Some(match method {
        12 => Coding::Bzip2,
        20 | 93 => Coding::Zstd,
        95 => Coding::Xz,
        _ => return None,
    })
}

/// How people call a method.
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
