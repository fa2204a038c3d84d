//! One vectorised pass that looks for four digits in a row, full-width characters and `@`.
//!
//! A number of every kind has four digits in a row. Most texts have a few years and amounts at most.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch};

/// Returns the first offset, from `from` on, of an `@`, of the last of four ASCII digits in a row, or of a byte
/// `0xef`, with which full-width characters begin.
///
/// Digits before `from` do not count.
pub fn next_hint(text: &str, from: usize) -> Option<usize> {
    next_hint_at(Level::new(), text.as_bytes(), from)
}

/// Runs the search with the vectors of one level.
fn next_hint_at(level: Level, bytes: &[u8], from: usize) -> Option<usize> {
    dispatch!(level, simd => by_blocks(simd, bytes.get(from..)?).map(|offset| from + offset))
}

/// Maximum size of a vector in bytes, over all levels.
const MAX_BLOCK_BYTES: usize = 64;

// Inlined, so that it is compiled with the instructions of the level that dispatches to it.
#[inline(always)]
fn by_blocks<S: Simd>(simd: S, bytes: &[u8]) -> Option<usize> {
    let mut last_digits = 0;
    let mut offset = 0;
    while let Some(pair) = bytes.get(offset..offset + 2 * S::u8s::LEN) {
        let [first, second] =
            [0, S::u8s::LEN].map(|at| S::u8s::from_slice(simd, &pair[at..at + S::u8s::LEN]));
        if (is_of_interest::<S>(first) | is_of_interest::<S>(second)).any_true() {
            for (block, at) in [(first, 0), (second, S::u8s::LEN)] {
                let hints = hints::<S>(block, &mut last_digits);
                if hints != 0 {
                    return Some(offset + at + hints.trailing_zeros() as usize);
                }
            }
        } else {
            last_digits = 0;
        }
        offset += pair.len();
    }
    if let Some(block) = bytes.get(offset..offset + S::u8s::LEN) {
        let hints = hints::<S>(S::u8s::from_slice(simd, block), &mut last_digits);
        if hints != 0 {
            return Some(offset + hints.trailing_zeros() as usize);
        }
        offset += S::u8s::LEN;
    }
    let mut last = [b' '; MAX_BLOCK_BYTES];
    let rest = &bytes[offset..];
    last[..rest.len()].copy_from_slice(rest);
    let hints = hints::<S>(S::u8s::from_slice(simd, &last[..S::u8s::LEN]), &mut last_digits);
    (hints != 0).then(|| offset + hints.trailing_zeros() as usize)
}

/// Returns whether each byte is a digit or a hint by itself.
#[inline(always)]
fn is_of_interest<S: Simd>(block: S::u8s) -> S::mask8s {
    (block - b'0').simd_le(9) | block.simd_eq(b'@') | block.simd_eq(0xef)
}

/// Returns the bits of the hints in a block, after the digits of the block before it, which it replaces by its own.
#[inline(always)]
fn hints<S: Simd>(block: S::u8s, digits_before: &mut u64) -> u64 {
    let others = (block.simd_eq(b'@') | block.simd_eq(0xef)).to_bitmask();
    let digits = (block - b'0').simd_le(9).to_bitmask();
    let shifted = |by: usize| digits << by | *digits_before >> (S::u8s::LEN - by);
    let fourth = digits & shifted(1) & shifted(2) & shifted(3);
    *digits_before = digits;
    others | fourth
}

#[cfg(test)]
mod tests {
    use super::next_hint;

    #[test]
    fn a_hint_is_found_wherever_it_stands() {
        for before in 0..150 {
            for after in [0, 1, 3, 70] {
                // A hint, where it is found, and where the next one is from there on.
                for (hint, place, next) in [
                    ("@", 0, Some(0)),
                    ("1234", 3, None),
                    ("12345678", 3, Some(6)),
                    ("７", 0, Some(0)),
                    ("123a4567", 7, None),
                ] {
                    for filler in ["a", "한", "1,"] {
                        let text = format!("{} {hint}{}", filler.repeat(before), "나".repeat(after));
                        let start = filler.len() * before + 1;
                        assert_eq!(next_hint(&text, 0), Some(start + place), "{text}");
                        assert_eq!(next_hint(&text, start + place), next.map(|next| start + next), "{text}");
                    }
                }
            }
            let text = "12년 345명".repeat(before);
            assert_eq!(next_hint(&text, 0), None);
        }
    }
}
