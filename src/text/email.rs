//! Finds e-mail addresses in running text: one grammar for bylines, for redaction and for the page.
//!
//! An address may contain an apostrophe, a letter of any alphabet, a punycode label, a full-width `＠`, and
//! invisible characters. `hong·garam@example.com` is one address of two persons.

use std::ops::Range;

use memchr::memchr2;

/// Replacement of an address.
pub const REDACTED: &str = "[email]";

/// Top-level domains that may follow a label in ASCII letters, where any other such word may belong to the sentence.
const FOREIGN_TOP_LEVELS: [&str; 9] = ["한국", "닷컴", "닷넷", "삼성", "中国", "中國", "台灣", "香港", "рф"];

/// Iterator over the addresses of a text, in order, as ranges of bytes.
#[derive(Debug, Clone)]
pub struct Addresses<'a> {
    text: &'a str,
    is_excerpt: bool,
    /// End of the last address: the next one does not begin before it.
    end: usize,
    /// Lower bound of the next `@`.
    offset: usize,
}

impl<'a> Addresses<'a> {
    /// Finds whole addresses.
    pub fn new(text: &'a str) -> Self {
        Addresses { text, is_excerpt: false, end: 0, offset: 0 }
    }

    /// Also finds the part of an address that is cut off by an end of the text.
    pub fn in_excerpt(text: &'a str) -> Self {
        Addresses { is_excerpt: true, ..Addresses::new(text) }
    }
}

impl Iterator for Addresses<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            let (at, sign) = find_at_sign(self.text, self.offset)?;
            let domain = at + sign;
            self.offset = domain;
            let start = local_start(self.text, self.end, at);
            let length = domain_length(&self.text[domain..]);
            let found = match (start, length) {
                (Some(start), Some(length)) => start..domain + length,
                (start, None) if self.is_excerpt && (at > 0 || self.text.len() > domain) => {
                    let part = label_length(&self.text[domain..]);
                    let reaches_end = domain + part == self.text.len();
                    match start {
                        Some(start) if reaches_end => start..self.text.len(),
                        None if at == 0 => 0..domain + part,
                        _ => continue,
                    }
                }
                (None, Some(length)) if self.is_excerpt && at == 0 => 0..domain + length,
                _ => continue,
            };
            (self.end, self.offset) = (found.end, found.end);
            return Some(found);
        }
    }
}

/// Replaces `addresses` of `text`; `None` if there is no address.
pub fn redact(text: &str, addresses: Addresses<'_>) -> Option<String> {
    let mut redacted = String::new();
    let mut copied = 0;
    for address in addresses {
        redacted.push_str(&text[copied..address.start]);
        redacted.push_str(REDACTED);
        copied = address.end;
    }
    (copied > 0).then(|| redacted + &text[copied..])
}

/// Returns whether a character has no width, so that a reader does not see it.
pub fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Returns offset and length of the first `@` from `offset` on.
fn find_at_sign(text: &str, offset: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut from = offset;
    loop {
        let at = from + memchr2(b'@', 0xef, &bytes[from..])?;
        if bytes[at] == b'@' {
            return Some((at, 1));
        }
        if bytes[at..].starts_with("＠".as_bytes()) || bytes[at..].starts_with("﹫".as_bytes()) {
            return Some((at, 3));
        }
        from = at + 1;
    }
}

/// Returns the start of the local part that ends at `at`, not before `limit`.
fn local_start(text: &str, limit: usize, at: usize) -> Option<usize> {
    let before = &text[limit..at];
    let is_part = |c: char| is_local(c) || is_invisible(c);
    // Most addresses are ASCII.
    let ascii = before.bytes().rev().take_while(|&byte| byte.is_ascii() && is_local(byte.into())).count();
    let run = before[..before.len() - ascii].trim_end_matches(is_part).len();
    let skipped = before[run..].find(|c: char| c.is_alphanumeric() || c == '_');
    let Some(skipped) = skipped else {
        // A quoted local part, or one in a script that is written without spaces.
        let end = before.trim_end_matches(is_invisible);
        let start = match end.strip_suffix('"') {
            Some(quoted) => {
                let line = quoted.rfind('\n').unwrap_or(0);
                quoted[line..].rfind('"').map(|quote| line + quote)?
            }
            None => end.trim_end_matches(char::is_alphanumeric).len(),
        };
        return (start < end.len()).then_some(limit + start);
    };
    let mut start = run + skipped;
    // `hong·garam@example.com`: the persons share the rest of the address.
    while let Some(joined) = before[..start].strip_suffix('·') {
        let first =
            joined.trim_end_matches(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.');
        if first.len() == joined.len() {
            break;
        }
        start = first.len();
    }
    Some(limit + start)
}

/// Returns the length of the domain at the start of `text`: labels, the last of which is a top-level domain.
fn domain_length(text: &str) -> Option<usize> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let bytes = text.as_bytes();
    let end = bytes.iter().position(|byte| !is_part(byte)).unwrap_or(bytes.len());
    if bytes.get(end).is_none_or(u8::is_ascii) {
        ascii_domain_length(&text[..end])
    } else {
        any_domain_length(text)
    }
}

fn ascii_domain_length(text: &str) -> Option<usize> {
    let mut length = None;
    let mut start = 0;
    for label in text.split('.').take_while(|label| !label.is_empty()) {
        let letters = label.bytes().take_while(u8::is_ascii_alphabetic).count();
        if start > 0 && label.len() > 4 && label.starts_with("xn--") {
            length = Some(start + label.bytes().take_while(|&byte| byte != b'_').count());
        } else if start > 0 && letters > 1 {
            length = Some(start + letters);
        }
        start += label.len() + 1;
    }
    length
}

fn any_domain_length(text: &str) -> Option<usize> {
    let mut length = None;
    let mut start = 0;
    let mut is_foreign = false;
    loop {
        let label = &text[start..start + label_length(&text[start..])];
        if label.is_empty() {
            return length;
        }
        let is_latin = |c: char| narrow(c).is_ascii() || is_invisible(c);
        let is_ascii = label.chars().all(is_latin);
        if start > 0 {
            length = top_level_length(label, is_foreign).map(|top| start + top).or(length);
            // `hong@example.com입니다`.
            if !is_ascii && label.starts_with(is_latin) {
                return length;
            }
        }
        is_foreign |= !is_ascii;
        start += label.len();
        match text[start..].chars().next() {
            Some(dot @ ('.' | '．')) => start += dot.len_utf8(),
            _ => return length,
        }
    }
}

/// Returns the length of the top-level domain at the start of a label.
fn top_level_length(label: &str, is_foreign: bool) -> Option<usize> {
    if label.starts_with("xn--") {
        let run =
            label.len() - label.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-').len();
        return (run > 4).then_some(run);
    }
    let letters = |is_letter: fn(char) -> bool| {
        let run = label.trim_start_matches(|c| is_letter(c) || is_invisible(c));
        let run = label[..label.len() - run.len()].trim_end_matches(is_invisible);
        (run.chars().filter(|&c| !is_invisible(c)).count() >= 2).then_some(run.len())
    };
    letters(|c| narrow(c).is_ascii_alphabetic()).or_else(|| {
        let listed = FOREIGN_TOP_LEVELS.iter().find(|top| label.starts_with(**top)).map(|top| top.len());
        listed.or_else(|| if is_foreign { letters(char::is_alphabetic) } else { None })
    })
}

fn label_length(text: &str) -> usize {
    let rest = text.trim_start_matches(|c: char| {
        c.is_alphanumeric() || matches!(c, '-' | '_') || is_mark(c) || is_invisible(c)
    });
    let label = &text[..text.len() - rest.len()];
    if label.chars().all(is_invisible) { 0 } else { label.len() }
}

/// Returns whether a local part may contain `c`: the characters of the standard that do not separate persons or fields.
fn is_local(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric() || "._%+-'#$*^~".contains(c),
        '’' => true,
        _ => (c.is_alphanumeric() || is_mark(c)) && !is_unspaced(c),
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Returns whether `c` is Hangul, Han or kana: an address follows them without a space.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ffdc}' | '\u{20000}'..)
}

/// Returns the ASCII character for a full-width one.
pub fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}
