//! Characters that act on their reader instead of being seen.

use crate::quote::is_bidi_control;

/// The first control or bidi control of `text`, with its offset in bytes. Tabs and line ends, LF or CR LF, are none.
pub fn first(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    for (index, block) in bytes.chunks(BLOCK).enumerate() {
        // Without a branch inside, this loop runs on vectors.
        if !block.iter().fold(false, |found, &byte| found | may_begin_one(byte)) {
            continue;
        }
        for (offset, &byte) in block.iter().enumerate() {
            let at = index * BLOCK + offset;
            if may_begin_one(byte) && text.is_char_boundary(at) {
                let found = text[at..].chars().next().filter(|&c| acts(c, &bytes[at + 1..]));
                if let Some(c) = found {
                    return Some((at, c));
                }
            }
        }
    }
    None
}

const BLOCK: usize = 64;

/// The first bytes, in UTF-8, of the characters looked for.
fn may_begin_one(byte: u8) -> bool {
    byte < b' ' || (byte == 0x7f) | (byte == 0xc2) | (byte == 0xd8) | (byte == 0xe2)
}

fn acts(c: char, behind: &[u8]) -> bool {
    match c {
        '\t' | '\n' => false,
        '\r' => behind.first() != Some(&b'\n'),
        c => c.is_control() || is_bidi_control(c),
    }
}
