//! SHA-256 of several texts at once.
//!
//! Within one text each step of SHA-256 depends on the step before it. Two texts are hashed at a time, so that the
//! processor overlaps their steps.

use std::array;
use std::cmp::Reverse;
use std::mem;

use crate::record::content_hash::pair::compress_both;
use crate::record::content_hash::sha256::{Block, ShaState, compress};

/// Initial state: FIPS 180-4, 5.3.3.
const BEFORE_THE_FIRST: ShaState =
    [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

/// Returns the digest of each of `texts`.
pub fn digests<const N: usize>(texts: [&[u8]; N]) -> [[u8; 32]; N] {
    let ends = texts.map(Padding::new);
    let mut under_way: [Lane; N] = array::from_fn(|number| Lane::new(texts[number], &ends[number]));
    finish_all(under_way.each_mut());
    under_way.map(|text| text.digest())
}

fn finish_all<const N: usize>(mut texts: [&mut Lane; N]) {
    // The longest first, so that it has a partner for as long as possible.
    texts.sort_unstable_by_key(|text| Reverse(text.blocks.len()));
    let mut waiting = texts.into_iter();
    let mut left = waiting.next();
    while let Some(text) = left.take() {
        let Some(other) = waiting.next() else {
            text.finish();
            break;
        };
        text.advance_with(other);
        left = Some(if text.next() == 0 { other } else { text });
    }
}

/// The padded final block or blocks of a text (FIPS 180-4, 5.1.1).
struct Padding {
    blocks: [Block; 2],
    has_two: bool,
}

impl Padding {
    fn new(text: &[u8]) -> Self {
        let (_, rest) = text.as_chunks::<64>();
        let mut blocks = [[0; 64]; 2];
        blocks[0][..rest.len()].copy_from_slice(rest);
        blocks[0][rest.len()] = 0x80;
        let bits = (text.len() as u64 * 8).to_be_bytes();
        let has_two = rest.len() >= 64 - bits.len();
        blocks[usize::from(has_two)][64 - bits.len()..].copy_from_slice(&bits);
        Padding { blocks, has_two }
    }

    fn blocks(&self) -> &[Block] {
        &self.blocks[..1 + usize::from(self.has_two)]
    }
}

/// A text that is being hashed.
struct Lane<'t> {
    state: ShaState,
    /// Remaining blocks: first whole blocks of the text, then those of its end.
    blocks: &'t [Block],
    end: &'t [Block],
}

impl<'t> Lane<'t> {
    fn new(text: &'t [u8], end: &'t Padding) -> Self {
        Lane { state: BEFORE_THE_FIRST, blocks: text.as_chunks().0, end: end.blocks() }
    }

    /// Advances both until one of them is done.
    fn advance_with(&mut self, other: &mut Self) {
        loop {
            let both = self.next().min(other.next());
            if both == 0 {
                return;
            }
            let blocks = [self.take(both), other.take(both)];
            compress_both([&mut self.state, &mut other.state], blocks);
        }
    }

    fn finish(&mut self) {
        while self.next() > 0 {
            let blocks = self.take(self.blocks.len());
            compress(&mut self.state, blocks);
        }
    }

    /// Returns the number of contiguous blocks that come next.
    fn next(&mut self) -> usize {
        if self.blocks.is_empty() {
            self.blocks = mem::take(&mut self.end);
        }
        self.blocks.len()
    }

    fn take(&mut self, blocks: usize) -> &'t [Block] {
        let taken;
        (taken, self.blocks) = self.blocks.split_at(blocks);
        taken
    }

    fn digest(&self) -> [u8; 32] {
        let mut digest = [0; 32];
        for (bytes, word) in digest.as_chunks_mut().0.iter_mut().zip(self.state) {
            *bytes = word.to_be_bytes();
        }
        digest
    }
}
