//! Writes JSON strings, so that a record stays one line for every reader.

use crate::text::clean::is_clean;
use memchr::{memchr, memchr3};

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
        write_searched(bytes, into);
    }
    into.push(b'"');
}

/// Maximum length in bytes for which a check of every byte is faster than a search.
const SHORT: usize = 96;

fn is_escaped(byte: u8) -> bool {
    (byte < b' ') | (byte == b'"') | (byte == b'\\')
}

fn write_searched(mut rest: &[u8], into: &mut Vec<u8>) {
    while let Some(tab) = memchr(b'\t', rest) {
        write_without_tab(&rest[..tab], into);
        into.extend_from_slice(b"\\t");
        rest = &rest[tab + 1..];
    }
    write_without_tab(rest, into);
}

fn write_without_tab(mut rest: &[u8], into: &mut Vec<u8>) {
    while let Some(at) = memchr3(b'"', b'\\', b'\n', rest) {
        let (before, mut from) = rest.split_at(at);
        into.extend_from_slice(before);
        while let Some((&byte @ (b'"' | b'\\' | b'\n'), behind)) = from.split_first() {
            into.extend_from_slice(&[b'\\', if byte == b'\n' { b'n' } else { byte }]);
            from = behind;
        }
        rest = from;
    }
    into.extend_from_slice(rest);
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
