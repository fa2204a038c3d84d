//! Writes JSON strings, so that a record stays one line for every reader.

use crate::text::clean::is_clean;
use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch};

/// Appends `text` as a JSON string.
///
/// Beyond the escapes that JSON requires, escapes every control character, U+2028 and U+2029: some readers take the
/// last two for the end of a line.
pub fn write(text: &str, into: &mut Vec<u8>) {
    if is_clean(text) {
        write_clean(text, into);
    } else {
        into.push(b'"');
        write_any(text.as_bytes(), into);
        into.push(b'"');
    }
}

/// Appends a text that is known to be [clean](is_clean), which needs no escapes but `\"`, `\\`, `\n` and `\t`.
pub fn write_clean(text: &str, into: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    into.reserve(bytes.len() + bytes.len() / 16 + 2);
    into.push(b'"');
    // Without a branch inside, the loop over all bytes is vectorized.
    let needs_no_escape = |bytes: &[u8]| bytes.iter().fold(true, |clean, &byte| clean & !is_escaped(byte));
    if bytes.len() <= SHORT && needs_no_escape(bytes) {
        into.extend_from_slice(bytes);
    } else {
        dispatch!(Level::new(), simd => write_by_blocks(simd, bytes, into));
    }
    into.push(b'"');
}

/// Maximum length in bytes for which a check of every byte is faster than a search.
const SHORT: usize = 96;

fn is_escaped(byte: u8) -> bool {
    (byte < b' ') | (byte == b'"') | (byte == b'\\')
}

/// Appends clean text with its escapes, found in vectors of bytes: a text has a line end every few dozen bytes, so that a
/// search for the next one would hardly get under way.
// Inlined, so that it is compiled with the instructions of the level that dispatches to it.
#[inline(always)]
fn write_by_blocks<S: Simd>(simd: S, bytes: &[u8], into: &mut Vec<u8>) {
    let mut copied = 0;
    let mut escape = |at: usize| {
        into.extend_from_slice(&bytes[copied..at]);
        let letter = match bytes[at] {
            b'\n' => b'n',
            b'\t' => b't',
            sign => sign,
        };
        into.extend_from_slice(&[b'\\', letter]);
        copied = at + 1;
    };
    let mut offset = 0;
    while let Some(block) = bytes.get(offset..offset + S::u8s::LEN) {
        let block = S::u8s::from_slice(simd, block);
        let escaped = block.simd_lt(b' ') | block.simd_eq(b'"') | block.simd_eq(b'\\');
        let mut escaped = escaped.to_bitmask();
        while escaped != 0 {
            escape(offset + escaped.trailing_zeros() as usize);
            escaped &= escaped - 1;
        }
        offset += S::u8s::LEN;
    }
    (offset..bytes.len()).filter(|&at| is_escaped(bytes[at])).for_each(escape);
    into.extend_from_slice(&bytes[copied..]);
}

fn write_any(bytes: &[u8], into: &mut Vec<u8>) {
    let mut copied = 0;
    for at in 0..bytes.len() {
        if let Some(escape) = Escape::at(&bytes[at..]) {
            into.extend_from_slice(&bytes[copied..at]);
            copied = at + escape.write(into);
        }
    }
    into.extend_from_slice(&bytes[copied..]);
}

enum Escape {
    /// A backslash and a letter.
    Short(u8),
    /// `\u` and four hex digits: the code unit, and the length of the character in bytes.
    Long(u16, usize),
}

impl Escape {
    fn at(bytes: &[u8]) -> Option<Escape> {
        Some(match *bytes {
            [b'"', ..] => Escape::Short(b'"'),
            [b'\\', ..] => Escape::Short(b'\\'),
            [b'\n', ..] => Escape::Short(b'n'),
            [b'\r', ..] => Escape::Short(b'r'),
            [b'\t', ..] => Escape::Short(b't'),
            [control @ (..b' ' | 0x7f), ..] => Escape::Long(control.into(), 1),
            [0xc2, control @ 0x80..=0x9f, ..] => Escape::Long(control.into(), 2),
            [0xe2, 0x80, 0xa8, ..] => Escape::Long(0x2028, 3),
            [0xe2, 0x80, 0xa9, ..] => Escape::Long(0x2029, 3),
            _ => return None,
        })
    }

    /// Appends the escape and returns the length in bytes of the text that it replaces.
    fn write(self, into: &mut Vec<u8>) -> usize {
        match self {
            Escape::Short(letter) => {
                into.extend_from_slice(&[b'\\', letter]);
                1
            }
            Escape::Long(unit, length) => {
                let digit = |shift: u32| b"0123456789abcdef"[usize::from(unit >> shift & 0xf)];
                into.extend_from_slice(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
                length
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use crate::output::json::string::{write_by_blocks, write_clean};

    #[test]
    fn a_clean_text_is_escaped_as_by_serde_json_wherever_its_signs_stand() {
        for sign in ["\n", "\t", "\"", "\\", "\n\n\t", "가"] {
            for before in 0..150 {
                for behind in [0, 1, 70] {
                    let text = format!("{}{sign}{}{sign}", "a".repeat(before), "한".repeat(behind));
                    let expected = serde_json::to_string(&text).unwrap();
                    let mut written = Vec::new();
                    write_clean(&text, &mut written);
                    assert_eq!(String::from_utf8_lossy(&written), expected);
                    let mut inner = Vec::new();
                    dispatch!(Level::baseline(), simd => write_by_blocks(simd, text.as_bytes(), &mut inner));
                    assert_eq!(String::from_utf8_lossy(&inner), expected[1..expected.len() - 1]);
                }
            }
        }
    }
}
