//! A digest as a file states it: `sha256:` before the digits, or the digits alone, of a length that says the algorithm.

use std::fmt;

use crate::record::content_hash::algorithm::{Algorithm, Digest, MAX_DIGEST_BYTES};
use smallvec::SmallVec;

/// Minimum number of hex digits of a truncated digest: 64 bits.
pub const MIN_TRUNCATED_DIGITS: usize = 16;

/// A stated digest, whole or truncated, with the algorithms that may have made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedHash {
    /// The digits as numbers, two a byte; the last byte's second is 0 if their number is odd.
    bytes: [u8; MAX_DIGEST_BYTES],
    digits: usize,
    algorithms: SmallVec<[Algorithm; 6]>,
}

/// Error: the value is not a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatedHashError {
    /// What stands before the colon names no algorithm.
    UnknownAlgorithm,
    /// A character is not a hex digit.
    NotHex,
    /// No algorithm has that number of digits.
    Length(usize),
}

impl fmt::Display for StatedHashError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StatedHashError::UnknownAlgorithm => {
                f.write_str("of no known algorithm: SHA-256, SHA-1, MD5, SHA-512 or BLAKE2b")
            }
            StatedHashError::NotHex => f.write_str("not hex digits"),
            StatedHashError::Length(digits) => {
                write!(f, "{digits} hex digits, which no known algorithm gives")?;
                if *digits >= MIN_TRUNCATED_DIGITS {
                    write!(f, "; `digits = {digits}` in `[layout]` allows a truncated digest")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for StatedHashError {}

/// Algorithms by the digits of their whole digest, the usual one first.
const BY_DIGITS: [(usize, [Algorithm; 2]); 4] = [
    (64, [Algorithm::Sha256, Algorithm::Blake2b(32)]),
    (32, [Algorithm::Md5, Algorithm::Blake2b(16)]),
    (40, [Algorithm::Sha1, Algorithm::Blake2b(20)]),
    (128, [Algorithm::Sha512, Algorithm::Blake2b(64)]),
];

/// Algorithms whose digests writers truncate, the usual one first.
const TRUNCATED: [Algorithm; 5] =
    [Algorithm::Sha256, Algorithm::Md5, Algorithm::Sha1, Algorithm::Sha512, Algorithm::Blake2b(64)];

impl StatedHash {
    /// Parses `value`. With `min_digits`, a digest may be truncated to that many digits, but not to fewer than
    /// [`MIN_TRUNCATED_DIGITS`].
    ///
    /// # Errors
    /// See [`StatedHashError`].
    pub fn parse(value: &str, min_digits: Option<usize>) -> Result<Self, StatedHashError> {
        let value = value.trim();
        let (prefix, hex) = match value.rsplit_once([':', '-', '=']) {
            Some((prefix, hex)) => (Some(prefix), hex),
            None => (None, value),
        };
        let (bytes, digits) = parse_hex(hex)?;
        let whole: &[Algorithm] =
            BY_DIGITS.iter().find(|(of, _)| *of == digits).map_or(&[], |(_, algorithms)| algorithms);
        let may_be_truncated = min_digits.is_some_and(|min| digits >= min.max(MIN_TRUNCATED_DIGITS));
        let truncated = TRUNCATED.iter().filter(|algorithm| {
            may_be_truncated && algorithm.digest_bytes() * 2 > digits && !whole.contains(algorithm)
        });
        let short_blake = (may_be_truncated && whole.is_empty() && digits.is_multiple_of(2))
            .then_some(Algorithm::Blake2b((digits / 2) as u8));
        let mut algorithms: SmallVec<[Algorithm; 6]> =
            whole.iter().chain(truncated).copied().chain(short_blake).collect();
        if let Some(prefix) = prefix {
            let named = Name::parse(prefix).ok_or(StatedHashError::UnknownAlgorithm)?;
            algorithms.retain(|algorithm| named.matches(*algorithm));
        }
        if algorithms.is_empty() {
            return Err(StatedHashError::Length(digits));
        }
        Ok(StatedHash { bytes, digits, algorithms })
    }

    /// Returns the algorithms that may have made the digest, the usual one first.
    pub fn algorithms(&self) -> &[Algorithm] {
        &self.algorithms
    }

    /// Returns the number of hex digits.
    pub fn digits(&self) -> usize {
        self.digits
    }

    /// Returns the digest's bytes. If the number of digits is odd, the last byte has only one, as its high half.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.digits.div_ceil(2)]
    }

    /// Returns whether `digest` is the stated one, or begins with it.
    pub fn matches(&self, digest: &Digest) -> bool {
        let (whole, odd) = (self.digits / 2, self.digits % 2);
        let digest = digest.as_bytes();
        digest.get(..whole) == Some(&self.bytes[..whole])
            && (odd == 0 || digest.get(whole).is_some_and(|byte| byte & 0xf0 == self.bytes[whole]))
    }
}

impl fmt::Display for StatedHash {
    /// Writes the digits in lower case, without a prefix.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let halves = self.bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
        halves.take(self.digits).try_for_each(|half| write!(f, "{half:x}"))
    }
}

/// Name of an algorithm before the digits.
#[derive(Clone, Copy, PartialEq)]
enum Name {
    Sha256,
    Sha1,
    Md5,
    Sha512,
    Blake2b,
}

impl Name {
    /// Parses `sha256`, `SHA-256`, `blake2b-256` and the like.
    fn parse(prefix: &str) -> Option<Self> {
        let letters = prefix.chars().filter(|c| !matches!(c, '-' | '_' | ' ' | ':'));
        let name: String = letters.flat_map(char::to_lowercase).take(16).collect();
        match name.as_str() {
            "sha256" => Some(Name::Sha256),
            "sha1" | "sha" => Some(Name::Sha1),
            "md5" => Some(Name::Md5),
            "sha512" => Some(Name::Sha512),
            name if name.starts_with("blake2") && !name.starts_with("blake2s") => Some(Name::Blake2b),
            _ => None,
        }
    }

    fn matches(self, algorithm: Algorithm) -> bool {
        self == match algorithm {
            Algorithm::Sha256 => Name::Sha256,
            Algorithm::Sha1 => Name::Sha1,
            Algorithm::Md5 => Name::Md5,
            Algorithm::Sha512 => Name::Sha512,
            Algorithm::Blake2b(_) => Name::Blake2b,
        }
    }
}

fn parse_hex(hex: &str) -> Result<([u8; MAX_DIGEST_BYTES], usize), StatedHashError> {
    if hex.is_empty() || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(StatedHashError::NotHex);
    }
    if hex.len() > MAX_DIGEST_BYTES * 2 {
        return Err(StatedHashError::Length(hex.len()));
    }
    let mut bytes = [0; MAX_DIGEST_BYTES];
    for (at, digit) in hex.chars().enumerate() {
        let digit = digit.to_digit(16).unwrap_or_default() as u8;
        bytes[at / 2] |= if at % 2 == 0 { digit << 4 } else { digit };
    }
    Ok((bytes, hex.len()))
}
