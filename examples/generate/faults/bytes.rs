//! Faults of a file as a whole: its size, its encoding, its line ends.

use super::{Fault, Step, error, warning};

/// Over the limit of 16 MiB.
pub const TOO_LARGE: Fault = error(
    "text-of-17-mib",
    "too-large",
    &[Step::Page(|page| {
        page.content = "가나다라 마바사 아자차 카타 파하.\n\n".repeat(17 * 1024 * 1024 / 48 + 1)
    })],
);

pub const FAULTS: &[Fault] = &[
    error("no-bytes", "empty-file", &[Step::File(|_| Vec::new())]),
    error("white-space-alone", "empty-file", &[Step::File(|_| b" \t\r\n\n  \n".to_vec())]),
    error("nul-alone", "empty-file", &[Step::File(|_| vec![0; 4096])]),
    error("latin-1", "not-utf8", &[Step::File(|file| at_middle(file, b"caf\xe9 "))]),
    error("lone-ff", "not-utf8", &[Step::File(|file| at_middle(file, b"\xff"))]),
    error("overlong", "not-utf8", &[Step::File(|file| at_middle(file, b"\xc0\xaf"))]),
    error("surrogates", "not-utf8", &[Step::File(|file| at_middle(file, b"\xed\xa0\xbd\xed\xb8\x80"))]),
    error("cut-inside-a-character", "not-utf8", &[Step::File(cut_inside_a_character)]),
    error("lost-byte", "not-utf8", &[Step::File(lose_a_byte)]),
    error("utf-16-le", "not-utf8", &[Step::File(|file| utf16(&file, u16::to_le_bytes))]),
    error("utf-16-be", "not-utf8", &[Step::File(|file| utf16(&file, u16::to_be_bytes))]),
    warning("crlf", "line-endings", &[Step::File(|file| file.replace('\n', "\r\n").into())]),
    warning("crlf-in-the-front-matter", "line-endings", &[Step::File(crlf_in_the_front_matter)]),
    warning("bom", "byte-order-mark", &[Step::File(|file| format!("\u{feff}{file}").into())]),
    warning(
        "bom-and-crlf",
        "byte-order-mark",
        &[Step::File(|file| format!("\u{feff}{}", file.replace('\n', "\r\n")).into())],
    ),
];

fn at_middle(file: String, bytes: &[u8]) -> Vec<u8> {
    let middle = file.ceil_char_boundary(file.len() / 2);
    let mut file = file.into_bytes();
    file.splice(middle..middle, bytes.iter().copied());
    file
}

fn cut_inside_a_character(file: String) -> Vec<u8> {
    let last = file.char_indices().filter(|(_, char)| char.len_utf8() == 3).map(|(at, _)| at).next_back();
    let mut file = file.into_bytes();
    file.truncate(last.unwrap_or(0) + 2);
    file
}

fn lose_a_byte(file: String) -> Vec<u8> {
    let first = file.find(|char: char| char.len_utf8() == 3);
    let mut file = file.into_bytes();
    file.remove(first.unwrap_or(0) + 1);
    file
}

fn utf16(file: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(file.encode_utf16()).flat_map(bytes).collect()
}

fn crlf_in_the_front_matter(file: String) -> Vec<u8> {
    let body = file.find("\n---\n").map_or(0, |fence| fence + 5);
    let (front_matter, body) = file.split_at(body);
    format!("{}{body}", front_matter.replace('\n', "\r\n")).into()
}
