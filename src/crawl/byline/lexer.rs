//! Cuts a byline into words, addresses and marks.

/// A stretch of the byline, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    pub(super) fn of(self, byline: &str) -> &str {
        &byline[self.start..self.end]
    }
}

/// One piece of a byline. White space and other signs only part the pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// Letters and digits.
    Word(Span),
    /// An e-mail address.
    Address(Span),
    /// A bracket that opens.
    Open,
    /// A bracket that closes.
    Close,
    /// A sign between persons: `·`, `,`, `/`, `&`.
    Joint,
    /// A bar, which parts a place from a person or a person from another.
    Bar,
    /// `=` or `:`, after a place, a label or a person.
    Sign,
    /// The end of a line.
    LineEnd,
}

/// The pieces of a byline, in order.
#[derive(Debug, Clone)]
pub(super) struct Pieces<'a> {
    byline: &'a str,
    at: usize,
    /// Up to here no address begins: what was looked at once is not looked at again.
    no_address_before: usize,
}

impl<'a> Pieces<'a> {
    pub(super) fn of(byline: &'a str) -> Self {
        Pieces { byline, at: 0, no_address_before: 0 }
    }

    /// An address, or none where something like one was passed over or does not begin here.
    fn address(&mut self) -> Option<Span> {
        if self.at < self.no_address_before {
            return None;
        }
        let rest = &self.byline.as_bytes()[self.at..];
        let local = rest.iter().take_while(|&&byte| is_local(byte)).count();
        self.no_address_before = self.at + local;
        if local == 0 || rest.get(local) != Some(&b'@') {
            return None;
        }
        let domain = &rest[local + 1..];
        let domain = &domain[..domain.iter().take_while(|&&byte| is_domain(byte)).count()];
        let skipped = rest[..local].iter().take_while(|&&byte| b".-+%".contains(&byte)).count();
        let start = self.at + skipped;
        let at_sign = self.at + local;
        let trailing = domain.iter().rev().take_while(|&&byte| b".-".contains(&byte)).count();
        let named = &domain[..domain.len() - trailing];
        self.at = at_sign + 1 + domain.len();
        (start < at_sign && is_host(named)).then_some(Span { start, end: at_sign + 1 + named.len() })
    }

    /// Whether an address is written without a space after a word: `기자hong@example.com`.
    fn is_address_next(&self, at: usize) -> bool {
        let rest = &self.byline.as_bytes()[at..];
        rest.iter().find(|&&byte| !is_local(byte)) == Some(&b'@')
    }

    fn word(&mut self, start: usize) -> Span {
        let rest = &self.byline[start..];
        let mut end = 0;
        let mut before = None;
        for (at, character) in rest.char_indices() {
            let goes_on = is_letter(character)
                || match character {
                    '-' | '\'' | '’' => {
                        before.is_some_and(is_latin)
                            && rest[at + character.len_utf8()..].chars().next().is_some_and(is_latin)
                    }
                    '.' => at == 1 && before.is_some_and(is_latin),
                    _ => false,
                };
            let may_begin_address = character.is_ascii() && before.is_some_and(|before| !before.is_ascii());
            if !goes_on || may_begin_address && self.is_address_next(start + at) {
                break;
            }
            before = Some(character);
            end = at + character.len_utf8();
        }
        self.at = start + end;
        Span { start, end: start + end }
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            let character = self.byline[self.at..].chars().next()?;
            if is_local(self.byline.as_bytes()[self.at]) {
                let before = self.at;
                if let Some(address) = self.address() {
                    return Some(Piece::Address(address));
                }
                if self.at != before {
                    continue;
                }
            }
            if is_letter(character) {
                return Some(Piece::Word(self.word(self.at)));
            }
            self.at += character.len_utf8();
            return Some(match character {
                '\n' => Piece::LineEnd,
                '(' | '[' | '{' | '<' | '（' | '［' | '＜' | '〈' | '《' | '【' | '〔' | '「' => {
                    Piece::Open
                }
                ')' | ']' | '}' | '>' | '）' | '］' | '＞' | '〉' | '》' | '】' | '〕' | '」' => {
                    Piece::Close
                }
                ',' | '，' | '、' | ';' | '/' | '／' | '&' | '＆' | '+' | '·' | '•' | '‧' | '・' | '･'
                | '∙' | '⋅' | 'ㆍ' | '\u{119e}' | '\u{0387}' => Piece::Joint,
                '|' | '｜' | '│' | '┃' | 'ㅣ' => Piece::Bar,
                '=' | '＝' | ':' | '：' => Piece::Sign,
                _ => continue,
            });
        }
    }
}

/// Letters that words are made of; signs like `ⓒ` and single jamo are none.
fn is_letter(character: char) -> bool {
    match character {
        '\0'..='\x7f' => character.is_ascii_alphanumeric(),
        '\u{80}'..='\u{10ff}' => is_latin(character),
        '\u{119e}' => false,
        '\u{1100}'..='\u{11ff}' => true,
        '가'..='힣' | '々' => true,
        _ => is_han(character) || is_kana(character),
    }
}

pub(super) fn is_latin(character: char) -> bool {
    character.is_ascii_alphabetic()
        || ('\u{c0}'..'\u{10ff}').contains(&character) && character.is_alphabetic()
}

pub(super) fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '々')
}

pub(super) fn is_kana(character: char) -> bool {
    matches!(character, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー')
}

fn is_local(byte: u8) -> bool {
    ADDRESS[usize::from(byte)] & LOCAL != 0
}

fn is_domain(byte: u8) -> bool {
    ADDRESS[usize::from(byte)] & DOMAIN != 0
}

const LOCAL: u8 = 1;
const DOMAIN: u8 = 2;

/// In which parts of an address each byte can stand.
const ADDRESS: [u8; 256] = {
    let mut parts = [0; 256];
    let mut byte = 0;
    while byte < parts.len() {
        let is_alphanumeric = (byte as u8).is_ascii_alphanumeric();
        if is_alphanumeric || matches!(byte as u8, b'.' | b'-') {
            parts[byte] = LOCAL | DOMAIN;
        } else if matches!(byte as u8, b'_' | b'%' | b'+') {
            parts[byte] = LOCAL;
        }
        byte += 1;
    }
    parts
};

/// Whether a domain has labels, and a last one that can be a top-level domain.
fn is_host(domain: &[u8]) -> bool {
    let mut labels = domain.rsplit(|&byte| byte == b'.');
    let top = labels.next().is_some_and(|top| top.len() >= 2 && top.iter().all(u8::is_ascii_alphabetic));
    let mut others = labels.peekable();
    top && others.peek().is_some() && others.all(|label| !label.is_empty())
}
