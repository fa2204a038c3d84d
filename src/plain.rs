//! Plain text: no character in it but letters, signs, spaces, tabs and line feeds.
//!
//! Nearly every file is plain, and nothing in a plain one needs a further look, neither for what acts on its reader nor
//! for what JSON has to escape at length.

use crate::scan::memchr3_iter;

/// Whether `text` is free of control characters but `\t` and `\n`, of line separators and of bidi controls.
///
/// It may say no for the sake of a character that only resembles these.
pub fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let blocks = bytes.chunks(BLOCK);
    // Without a branch inside, the inner loop runs on vectors.
    let is_control = |byte: u8| (byte < b' ') & (byte != b'\n') & (byte != b'\t') | (byte == 0x7f);
    let mut has_controls =
        blocks.map(|block| block.iter().fold(false, |found, &byte| found | is_control(byte)));
    !has_controls.any(|found| found)
        && memchr3_iter(0xc2, 0xd8, 0xe2, bytes).all(|at| begins_plainly(&bytes[at..]))
}

const BLOCK: usize = 128;

/// Whether a character that begins, in UTF-8, with `0xc2`, `0xd8` or `0xe2` is surely plain.
fn begins_plainly(bytes: &[u8]) -> bool {
    match *bytes {
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
