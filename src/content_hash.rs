//! The content hash: SHA-256 of the text's UTF-8 bytes.

use std::fmt;
use std::str::FromStr;

use sha2::digest::array::Array;
use sha2::digest::block_api::{Block, Buffer, CoreProxy, FixedOutputCore, UpdateCore};
use sha2::{Digest, Sha256};

/// 32 bytes of SHA-256, written as 64 lowercase hex digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// The hash of `text` as it stands.
    pub fn of(text: &[u8]) -> Self {
        Self(Sha256::digest(text).into())
    }

    /// The hash of each of `texts` as it stands.
    ///
    /// Two are under way at a time, block by block: within one text each step of SHA-256 waits for the step before it,
    /// and the processor does the other text's meanwhile.
    pub fn of_each<const N: usize>(texts: [&[u8]; N]) -> [Self; N] {
        let mut hashes = [ContentHash([0; 32]); N];
        let mut waiting = texts.into_iter().enumerate().map(|(index, text)| (index, UnderWay::of(text)));
        let mut longer = waiting.next();
        while let Some((index, mut text)) = longer.take() {
            let Some((other_index, mut other)) = waiting.next() else {
                hashes[index] = text.finish();
                break;
            };
            text.advance_with(&mut other);
            if text.blocks.is_empty() {
                hashes[index] = text.finish();
                longer = Some((other_index, other));
            } else {
                hashes[other_index] = other.finish();
                longer = Some((index, text));
            }
        }
        hashes
    }

    /// The digest's 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The hash of a text that grows.
#[derive(Debug, Clone, Default)]
pub struct Growing(Sha256);

impl Growing {
    /// The hash of the text with `more` at its end.
    pub fn add(&mut self, more: &[u8]) -> ContentHash {
        self.0.update(more);
        ContentHash(self.0.clone().finalize().into())
    }
}

type Core = <Sha256 as CoreProxy>::Core;

/// A text that is being hashed.
struct UnderWay<'t> {
    core: Core,
    /// What is still to come, in whole blocks.
    blocks: &'t [Block<Core>],
    /// What is left behind them.
    rest: &'t [u8],
}

impl<'t> UnderWay<'t> {
    fn of(text: &'t [u8]) -> Self {
        let (blocks, rest) = Array::slice_as_chunks(text);
        UnderWay { core: Core::default(), blocks, rest }
    }

    /// Takes whole blocks of both until one of them has no more.
    fn advance_with(&mut self, other: &mut Self) {
        let both = self.blocks.len().min(other.blocks.len());
        let (blocks, others);
        (blocks, self.blocks) = self.blocks.split_at(both);
        (others, other.blocks) = other.blocks.split_at(both);
        for (block, others) in blocks.chunks_exact(1).zip(others.chunks_exact(1)) {
            self.core.update_blocks(block);
            other.core.update_blocks(others);
        }
    }

    fn finish(mut self) -> ContentHash {
        self.core.update_blocks(self.blocks);
        let mut hash = Array::from([0; 32]);
        self.core.finalize_fixed_core(&mut Buffer::<Core>::new(self.rest), &mut hash);
        ContentHash(hash.into())
    }
}

/// The text is not 64 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAHash;

impl FromStr for ContentHash {
    type Err = NotAHash;

    /// Reads 64 hex digits of either case.
    fn from_str(hex: &str) -> Result<Self, NotAHash> {
        let digits: &[u8; 64] = hex.as_bytes().try_into().map_err(|_| NotAHash)?;
        let mut bytes = [0; 32];
        let mut is_hex = true;
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let [high, low] = [DIGITS[usize::from(pair[0])], DIGITS[usize::from(pair[1])]];
            is_hex &= (high | low) != NO_DIGIT;
            *byte = high << 4 | low & 0xf;
        }
        if is_hex { Ok(Self(bytes)) } else { Err(NotAHash) }
    }
}

const NO_DIGIT: u8 = 0xff;

/// What each byte is worth as a hex digit.
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
