//! Clean text: letters, signs, spaces, tabs and line feeds only.
//!
//! Nearly every file is clean. A clean one needs no further check, neither for control characters nor for long JSON
//! escapes.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch};

/// Returns whether `text` contains no control character but `\\t` and `\n`, no line separator and no bidi control.
///
/// May return false for a character that only resembles these.
pub fn is_clean(text: &str) -> bool {
    is_clean_at::<false>(Level::new(), text)
}

/// Returns whether `text` is clean apart from its line ends, which may be CR LF.
pub fn is_clean_with_crlf(text: &str) -> bool {
    is_clean_at::<true>(Level::new(), text)
}

/// Runs the check with the vectors of one level.
fn is_clean_at<const CRLF: bool>(level: Level, text: &str) -> bool {
    dispatch!(level, simd => is_clean_by_blocks::<_, CRLF>(simd, text.as_bytes()))
}

// Inlined, so that it is compiled with the instructions of the level that dispatches to it.
#[inline(always)]
fn is_clean_by_blocks<S: Simd, const CRLF: bool>(simd: S, bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(block) = rest.get(..S::u8s::LEN) {
        if !is_block_clean::<S, CRLF>(S::u8s::from_slice(simd, block), rest) {
            return false;
        }
        rest = &rest[S::u8s::LEN..];
    }
    let mut last = [b' '; MAX_BLOCK_BYTES];
    last[..rest.len()].copy_from_slice(rest);
    is_block_clean::<S, CRLF>(S::u8s::from_slice(simd, &last[..S::u8s::LEN]), rest)
}

/// Maximum size of a vector in bytes, over all levels.
const MAX_BLOCK_BYTES: usize = 64;

/// Returns whether the characters that begin in `block`, the first of `bytes`, are clean.
#[inline(always)]
fn is_block_clean<S: Simd, const CRLF: bool>(block: S::u8s, bytes: &[u8]) -> bool {
    let mut kept = block.simd_eq(b'\n') | block.simd_eq(b'\t');
    let mut looked_at = block.simd_eq(0xc2) | block.simd_eq(0xd8) | block.simd_eq(0xe2);
    if CRLF {
        kept |= block.simd_eq(b'\r');
        looked_at |= block.simd_eq(b'\r');
    }
    let controls = block.simd_lt(b' ') & !kept | block.simd_eq(0x7f);
    let mut doubtful = looked_at.to_bitmask();
    while doubtful != 0 {
        if !begins_cleanly(&bytes[doubtful.trailing_zeros() as usize..]) {
            return false;
        }
        doubtful &= doubtful - 1;
    }
    !controls.any_true()
}

/// Returns whether a character that begins, in UTF-8, with `0xc2`, `0xd8` or `0xe2` is surely clean, or whether a CR is
/// that of CR LF.
fn begins_cleanly(bytes: &[u8]) -> bool {
    match *bytes {
        [b'\r', ref rest @ ..] => rest.first() == Some(&b'\n'),
        // U+0080 to U+009F
        [0xc2, second, ..] => second > 0x9f,
        // U+061C
        [0xd8, second, ..] => second != 0x9c,
        // U+200E, U+200F, U+2028 to U+202E
        [_, 0x80, third, ..] => !matches!(third, 0x8e | 0x8f | 0xa8..=0xae),
        // U+2066 to U+2069
        [_, 0x81, third, ..] => !matches!(third, 0xa6..=0xa9),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::text::clean::is_clean_at;
    use fearless_simd::Level;

    /// Returns every level that this processor supports.
    fn levels() -> Vec<Level> {
        let best = Level::new();
        #[cfg(target_arch = "x86_64")]
        let lesser = [
            best.as_sse2().map(Level::Sse2),
            best.as_sse4_2().map(Level::Sse4_2),
            best.as_avx2().map(Level::Avx2),
        ];
        #[cfg(not(target_arch = "x86_64"))]
        let lesser = [Some(Level::baseline())];
        lesser.into_iter().flatten().chain([best]).collect()
    }

    /// Characters, and whether each is clean by the Unicode tables.
    const CHARACTERS: [(char, bool); 36] = [
        ('\0', false),
        ('\u{8}', false),
        ('\t', true),
        ('\n', true),
        ('\u{b}', false),
        ('\r', false),
        ('\u{1b}', false),
        ('\u{1f}', false),
        (' ', true),
        ('~', true),
        ('\u{7f}', false),
        ('\u{80}', false),
        ('\u{9f}', false),
        ('\u{a0}', true),
        ('·', true),
        ('é', true),
        ('\u{61b}', true),
        ('\u{61c}', false),
        ('\u{61d}', true),
        ('\u{200d}', true),
        ('\u{200e}', false),
        ('\u{200f}', false),
        ('\u{2010}', true),
        ('“', true),
        ('\u{2027}', true),
        ('\u{2028}', false),
        ('\u{202e}', false),
        ('\u{202f}', true),
        ('\u{2065}', true),
        ('\u{2066}', false),
        ('\u{2069}', false),
        ('\u{206a}', true),
        ('가', true),
        ('漢', true),
        ('\u{feff}', true),
        ('😀', true),
    ];

    #[test]
    fn a_character_is_found_wherever_it_stands() {
        for level in levels() {
            for (character, is_clean) in CHARACTERS {
                for before in 0..200 {
                    for behind in [0, 1, 70] {
                        let text = format!("{}{character}{}", "a".repeat(before), "한".repeat(behind));
                        assert_eq!(is_clean_at::<false>(level, &text), is_clean, "{level:?}: {text:?}");
                        assert_eq!(is_clean_at::<true>(level, &text), is_clean, "{level:?}: {text:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_carriage_return_is_clean_only_before_a_line_feed() {
        for level in levels() {
            for before in 0..200 {
                for (rest, is_clean) in
                    [("\r\n", true), ("\r\n한\r\n", true), ("\r", false), ("\r\r\n", false), ("\r한", false)]
                {
                    let text = format!("{}{rest}", "a".repeat(before));
                    assert!(!is_clean_at::<false>(level, &text), "{level:?}: {text:?}");
                    assert_eq!(is_clean_at::<true>(level, &text), is_clean, "{level:?}: {text:?}");
                }
            }
        }
    }
}
