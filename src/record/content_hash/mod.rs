//! The content hash: SHA-256 of the text's UTF-8 bytes.

pub mod algorithm;
pub mod keyed;
pub(crate) mod multi_buffer;
mod pair;
pub(crate) mod sha256;
#[cfg(target_arch = "x86_64")]
pub(crate) mod x86_sha_x2;

use std::fmt;
use std::str::FromStr;

use crate::record::content_hash::sha256::{Digest, Sha256};

/// 32 bytes of SHA-256, written as 64 lowercase hex digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// Returns the hash of `text`.
    pub fn digest(text: &[u8]) -> Self {
        Self(Sha256::digest(text).into())
    }

    /// Hashes several texts at once (interleaved; faster than one by one).
    pub fn digest_each<const N: usize>(texts: [&[u8]; N]) -> [Self; N] {
        multi_buffer::digests(texts).map(Self)
    }

    /// Returns the digest's 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Returns the 64 lowercase hex digits.
    pub fn to_hex(&self) -> [u8; 64] {
        let mut hex = [0; 64];
        for (pair, byte) in hex.as_chunks_mut().0.iter_mut().zip(self.0) {
            // Without a table, the loop is vectorized.
            *pair = [byte >> 4, byte & 0xf]
                .map(|digit| if digit < 10 { b'0' + digit } else { b'a' - 10 + digit });
        }
        hex
    }
}

/// Hasher of a growing text.
#[derive(Debug, Clone, Default)]
pub struct PrefixHasher(Sha256);

impl PrefixHasher {
    /// Appends `more`, and returns the hash of the text so far.
    pub fn add(&mut self, more: &[u8]) -> ContentHash {
        self.0.update(more);
        ContentHash(self.0.clone().finalize().into())
    }
}

/// Error: the text is not 64 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseHashError;

impl FromStr for ContentHash {
    type Err = ParseHashError;

    /// Parses 64 hex digits of either case.
    fn from_str(hex: &str) -> Result<Self, ParseHashError> {
        let digits: &[u8; 64] = hex.as_bytes().try_into().map_err(|_| ParseHashError)?;
        let mut bytes = [0; 32];
        let mut is_hex = true;
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let [high, low] = [DIGITS[usize::from(pair[0])], DIGITS[usize::from(pair[1])]];
            is_hex &= (high | low) != NO_DIGIT;
            *byte = high << 4 | low & 0xf;
        }
        if is_hex { Ok(Self(bytes)) } else { Err(ParseHashError) }
    }
}

const NO_DIGIT: u8 = 0xff;

/// Value of each byte as a hex digit.
const DIGITS: [u8; 256] = {
    let mut digits = [NO_DIGIT; 256];
    let mut value = 0;
    while value < 16 {
        digits[b"0123456789abcdef"[value] as usize] = value as u8;
        digits[b"0123456789ABCDEF"[value] as usize] = value as u8;
        value += 1;
    }
    digits
};

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}
