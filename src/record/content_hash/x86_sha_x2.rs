//! SHA-256's compression function for two texts at once, with the processor's SHA instructions.
//!
//! The latency of each of these instructions is longer than the time until the processor can start the next one,
//! but within one text nearly every one depends on the one before. `sha2` uses them for one text at a time.

use std::arch::x86_64::{
    __m128i, _mm_add_epi32, _mm_alignr_epi8, _mm_set_epi64x, _mm_sha256msg1_epu32, _mm_sha256msg2_epu32,
    _mm_sha256rnds2_epu32, _mm_shuffle_epi8, _mm_shuffle_epi32,
};

use crate::record::content_hash::sha256::{Block, ShaState};
use fearless_simd::prelude::*;
use fearless_simd::{kernel, u8x16, u32x4};

/// Constants of the rounds that use the words of the block itself: FIPS 180-4, 4.2.2.
const FIRST_CONSTANTS: [[u32; 4]; 4] = [
    [0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5],
    [0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5],
    [0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3],
    [0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174],
];

/// Constants of the rounds that use further words.
const FURTHER_CONSTANTS: [[u32; 4]; 12] = [
    [0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc],
    [0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da],
    [0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7],
    [0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967],
    [0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13],
    [0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85],
    [0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3],
    [0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070],
    [0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5],
    [0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3],
    [0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208],
    [0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2],
];

kernel! {
    /// Compresses equally many blocks of two texts into the state of each.
    pub fn compress_both(processor: Avx512, states: [&mut ShaState; 2], blocks: [&[Block]; 2]) {
        let four = |words: [u32; 4]| __m128i::from(u32x4::simd_from(processor, words));
        let word_by_word = _mm_set_epi64x(0x0c0d_0e0f_0809_0a0b, 0x0405_0607_0001_0203);
        let mut texts = states.each_ref().map(|&&mut [a, b, c, d, e, f, g, h]| Halves {
            abef: four([f, e, b, a]),
            cdgh: four([h, g, d, c]),
        });
        for (block, other) in blocks[0].iter().zip(blocks[1]) {
            let before = texts;
            // Sixteen words of each text, four to a vector.
            let mut words = [block, other].map(|block| {
                let words: [&[u8]; 4] = std::array::from_fn(|number| &block[16 * number..][..16]);
                words.map(|four| _mm_shuffle_epi8(u8x16::from_slice(processor, four).into(), word_by_word))
            });
            for (turn, constants) in FIRST_CONSTANTS.into_iter().enumerate() {
                four_rounds(&mut texts, words.map(|words| words[turn]), four(constants));
            }
            for constants in FURTHER_CONSTANTS {
                words = words.map(|words| with_next(words));
                four_rounds(&mut texts, words.map(|[.., last]| last), four(constants));
            }
            for (text, before) in texts.iter_mut().zip(before) {
                text.abef = _mm_add_epi32(text.abef, before.abef);
                text.cdgh = _mm_add_epi32(text.cdgh, before.cdgh);
            }
        }
        for (state, Halves { abef, cdgh }) in states.into_iter().zip(texts) {
            let [f, e, b, a] = <[u32; 4]>::from(u32x4::simd_from(processor, abef));
            let [h, g, d, c] = <[u32; 4]>::from(u32x4::simd_from(processor, cdgh));
            *state = [a, b, c, d, e, f, g, h];
        }
    }
}

/// A state as the instructions expect it, each half from its high word to its low.
#[derive(Clone, Copy)]
struct Halves {
    abef: __m128i,
    cdgh: __m128i,
}

/// Runs four rounds of both texts, with four words of each.
#[inline]
#[target_feature(enable = "sha,sse4.1")]
fn four_rounds(texts: &mut [Halves; 2], words: [__m128i; 2], constants: __m128i) {
    let words = words.map(|words| _mm_add_epi32(words, constants));
    for (text, words) in texts.iter_mut().zip(words) {
        text.cdgh = _mm_sha256rnds2_epu32(text.cdgh, text.abef, words);
    }
    for (text, words) in texts.iter_mut().zip(words) {
        text.abef = _mm_sha256rnds2_epu32(text.abef, text.cdgh, _mm_shuffle_epi32(words, 0x0e));
    }
}

/// Appends the next four words to the last sixteen words of a schedule, and drops the first four.
#[inline]
#[target_feature(enable = "sha,sse4.1")]
fn with_next([first, second, third, last]: [__m128i; 4]) -> [__m128i; 4] {
    let seven_ago = _mm_alignr_epi8(last, third, 4);
    let sum = _mm_add_epi32(_mm_sha256msg1_epu32(first, second), seven_ago);
    [second, third, last, _mm_sha256msg2_epu32(sum, last)]
}
