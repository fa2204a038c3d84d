//! Splits a byline into words, addresses and marks.

use crate::text::email::{Addresses, is_invisible};

/// A range of the byline, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    pub(super) fn of(self, byline: &str) -> &str {
        &byline[self.start..self.end]
    }

    pub(super) fn to(self, last: Span) -> Span {
        Span { end: last.end, ..self }
    }
}

/// A token of a byline. White space and other signs only separate tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// Letters and digits.
    Word(Span),
    /// An e-mail address.
    Address(Span),
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// A sign between persons: `·`, `,`, `/`, `&`.
    Joint(Joint),
    /// A bar, which separates a place from a person or a person from another.
    Bar,
    /// `=` or `:`, after a place, a label or a person.
    Sign,
    /// The end of a line.
    LineEnd,
}

/// A sign between persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// Joins names that share what follows.
    Dot,
    /// Joins names, or separates the two halves of one: `Doe, Jane`.
    Comma,
    /// Joins names, or a place and a name.
    Slash,
}

/// The tokens of a byline, in order.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    byline: &'a str,
    offset: usize,
    addresses: Addresses<'a>,
    /// Range of the next address; empty at the end of the byline if there is no further one.
    address: Span,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(byline: &'a str) -> Self {
        let mut lexer = Lexer {
            byline,
            offset: 0,
            addresses: Addresses::new(byline),
            address: Span { start: 0, end: 0 },
        };
        lexer.find_address();
        lexer
    }

    /// The next address, or the end of the byline.
    pub(super) fn address(&self) -> Span {
        self.address
    }

    fn find_address(&mut self) {
        let end = self.byline.len();
        let next = self.addresses.next().unwrap_or(end..end);
        self.address = Span { start: next.start, end: next.end };
    }

    fn word(&mut self, start: usize) -> Span {
        let rest = &self.byline[start..self.address.start];
        let mut end = 0;
        let mut before = None;
        for (at, character) in rest.char_indices() {
            if !is_hangul(character) && is_invisible(character) {
                continue;
            }
            let after = || rest[at + character.len_utf8()..].chars().next();
            let goes_on = is_letter(character)
                || match character {
                    '-' | '\'' | '’' => before.is_some_and(is_latin) && after().is_some_and(is_latin),
                    '.' => {
                        before.is_some_and(is_latin)
                            && (after().is_some_and(is_latin) || is_initial(&rest[..at]))
                    }
                    _ => false,
                };
            if !goes_on {
                break;
            }
            before = Some(character);
            end = at + character.len_utf8();
        }
        self.offset = start + end;
        Span { start, end: start + end }
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let character = self.byline[self.offset..].chars().next()?;
            if self.offset >= self.address.start {
                let address = self.address;
                self.offset = address.end;
                self.find_address();
                return Some(Token::Address(address));
            }
            if is_letter(character) {
                let word = self.word(self.offset);
                // A handle, or part of an incomplete address.
                let is_handle = self.byline[..word.start].ends_with('@')
                    || word.of(self.byline).is_ascii() && self.byline[word.end..].starts_with('@');
                if is_handle {
                    continue;
                }
                return Some(Token::Word(word));
            }
            if character == '('
                && let Some(mark) =
                    COMPANY_MARKS.iter().find(|mark| self.byline[self.offset..].starts_with(**mark))
            {
                self.offset += mark.len();
                continue;
            }
            self.offset += character.len_utf8();
            return Some(match character {
                '\n' => Token::LineEnd,
                '(' | '[' | '{' | '<' | '（' | '［' | '＜' | '〈' | '《' | '【' | '〔' | '「' => {
                    Token::Open
                }
                ')' | ']' | '}' | '>' | '）' | '］' | '＞' | '〉' | '》' | '】' | '〕' | '」' => {
                    Token::Close
                }
                ',' | '，' | '、' | ';' => Token::Joint(Joint::Comma),
                '/' | '／' => Token::Joint(Joint::Slash),
                '&' | '＆' | '+' | '·' | '•' | '‧' | '・' | '･' | '∙' | '⋅' | 'ㆍ' | '\u{119e}'
                | '\u{0387}' => Token::Joint(Joint::Dot),
                '|' | '｜' | '│' | '┃' | 'ㅣ' => Token::Bar,
                '=' | '＝' | ':' | '：' => Token::Sign,
                _ => continue,
            });
        }
    }
}

/// Marks before the names of companies and other organisations.
const COMPANY_MARKS: [&str; 4] = ["(주)", "(유)", "(사)", "(재)"];

/// Returns whether a word so far ends with a single letter: `J` and `J.K` of `J.K. Doe`.
fn is_initial(word: &str) -> bool {
    let last = word.rsplit('.').next().unwrap_or_default();
    last.chars().count() == 1 && last.chars().all(char::is_uppercase)
}

/// Returns whether words may contain the character; signs like `ⓒ` and single jamo are excluded.
fn is_letter(character: char) -> bool {
    match character {
        _ if is_hangul(character) => true,
        '\0'..='\x7f' => character.is_ascii_alphanumeric(),
        '\u{119e}' => false,
        '\u{1100}'..='\u{11ff}' | '々' => true,
        _ => is_latin(character) || is_han(character) || is_kana(character),
    }
}

/// Returns whether the character is a letter of an alphabet with capitals, or a combining mark.
pub(super) fn is_latin(character: char) -> bool {
    match character {
        '\0'..='\x7f' => character.is_ascii_alphabetic(),
        '\u{300}'..='\u{36f}' => true,
        '\u{80}'..='\u{10ff}' | '\u{1e00}'..='\u{1fff}' => character.is_alphabetic(),
        _ => false,
    }
}

pub(super) fn is_hangul(character: char) -> bool {
    ('가'..='힣').contains(&character)
}

pub(super) fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '々')
}

pub(super) fn is_kana(character: char) -> bool {
    matches!(character, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー')
}
