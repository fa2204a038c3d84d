//! SHA-256 of two texts at a time.

use crate::record::content_hash::sha256::{Block, ShaState, compress};
#[cfg(target_arch = "x86_64")]
use crate::record::content_hash::x86_sha_x2;

/// Compresses equally many blocks of two texts into the state of each.
pub fn compress_both(states: [&mut ShaState; 2], blocks: [&[Block]; 2]) {
    #[cfg(target_arch = "x86_64")]
    if let Some(processor) = fearless_simd::Level::new().as_avx512() {
        return x86_sha_x2::compress_both(processor, states, blocks);
    }
    compress_in_turn(states, blocks);
}

/// Portable version: compresses the two texts alternately, block by block, so that a processor can overlap them.
fn compress_in_turn([state, other_state]: [&mut ShaState; 2], [blocks, others]: [&[Block]; 2]) {
    for (block, other) in blocks.chunks_exact(1).zip(others.chunks_exact(1)) {
        compress(state, block);
        compress(other_state, other);
    }
}

#[cfg(test)]
mod tests {
    use crate::record::content_hash::pair::{compress_both, compress_in_turn};
    use crate::record::content_hash::sha256::{Block, ShaState, compress};

    /// Returns two texts of pseudorandom bytes.
    fn blocks(count: usize) -> [Vec<Block>; 2] {
        let mut number = 1_u64;
        [(); 2].map(|()| {
            let mut next = || {
                number = number.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                (number >> 56) as u8
            };
            (0..count).map(|_| std::array::from_fn(|_| next())).collect()
        })
    }

    #[test]
    fn two_texts_at_a_time_become_what_each_becomes_alone() {
        for both in [compress_both, compress_in_turn] {
            for count in [0, 1, 2, 3, 70] {
                let [blocks, others] = blocks(count);
                let mut together: [ShaState; 2] = [[1, 2, 3, 4, 5, 6, 7, 8], [u32::MAX; 8]];
                let mut alone = together;
                compress(&mut alone[0], &blocks);
                compress(&mut alone[1], &others);
                both(together.each_mut(), [&blocks, &others]);
                assert_eq!(together, alone, "{count} blocks");
            }
        }
    }
}
