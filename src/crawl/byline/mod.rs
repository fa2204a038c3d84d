//! Parses a byline into its persons, each with title and e-mail address.
//!
//! ```text
//! byline ─ lexer ─► tokens ─ word (lexicon, syllables) ─► classes and scores ─ phrase (candidates) ─► names, titles ─► people
//! ```
//!
//! The form decides first, words second:
//! * Lines, joints, brackets, `=`, addresses and titles split a byline into phrases. A phrase names one person, unless
//!   it has several Korean names in full.
//! * A title or an address makes the word before it the name, whatever it looks like. If several words could be the
//!   name, the one that looks most like a name is taken; its position breaks a tie.
//! * The words between the name and the end of the phrase are a title or an affiliation, listed or not. Place, outlet
//!   and desk precede the name.
//! * Joined names (`이름·이름 기자`) share a title. A title in front applies up to the next title.
//! * An address belongs to the name before it; of several names, to the one that it spells, otherwise to the first that
//!   shares the title. An address without a name belongs to a team, and is kept in the byline only.
//! * Initials (`IP SM`) are not a name: a reader could not use them.
//! * Text before `=`, `:` or `|` is a place or a label if a name follows.
//! * A name in brackets counts if it has a title or an address, or if there is no other name.
//! * Nearby entries with the same name that do not contradict each other are one person.

mod candidates;
mod hangul;
mod lexer;
mod lexicon;
mod owner;
mod people;
mod phrase;
mod syllables;
mod word;

use crate::crawl::byline::lexer::{Lexer, Span, Token};
use crate::crawl::byline::lexicon::Lexicon;
use crate::crawl::byline::people::People;
use crate::crawl::byline::phrase::{Phrase, Terminator};
use crate::crawl::byline::syllables::PLAIN;
use crate::crawl::byline::word::Classifier;
use crate::record::article::Author;

pub use crate::crawl::byline::lexicon::{Sense, listed_words};

/// Appends the record's `byline` to `into`: lines trimmed, runs of white space collapsed to one space, empty lines
/// dropped, lines joined with `\n`.
pub fn normalize(raw: &str, into: &mut String) {
    if is_normal(raw) {
        into.push_str(raw);
        return;
    }
    let mut first_line = true;
    for line in raw.split('\n') {
        for (at, word) in line.split_whitespace().enumerate() {
            match at {
                0 if first_line => {}
                0 => into.push('\n'),
                _ => into.push(' '),
            }
            first_line = false;
            into.push_str(word);
        }
    }
}

/// Returns whether `raw` surely is as [`normalize`] leaves it: its only white space are single spaces between words.
fn is_normal(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    // White space that is not ASCII begins with these bytes, as do signs and jamo that are rare in bylines.
    let may_be_space = |byte: u8| (byte < b' ') | matches!(byte, 0xc2 | 0xe1 | 0xe2 | 0xe3);
    let is_end_space = bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ');
    // No branch inside, so that both loops are vectorized.
    !is_end_space
        && !bytes.iter().fold(false, |found, &byte| found | may_be_space(byte))
        && !bytes.windows(2).fold(false, |found, pair| found | (pair[0] == b' ') & (pair[1] == b' '))
}

/// Returns the persons that a normalized byline names, in order. Missing parts are `""`. The article's publisher is
/// not a person.
pub fn authors<'a>(byline: &'a str, publisher: &str) -> Vec<Author<'a>> {
    read(byline, publisher, Lexicon::full())
}

/// A parser that knows only some of the listed words, to measure its results for unknown words.
#[derive(Debug)]
pub struct Reader(Lexicon);

impl Reader {
    /// Creates a parser that knows the listed words that `keep` accepts.
    pub fn with_words(keep: impl Fn(&str) -> bool) -> Self {
        Reader(Lexicon::with(keep))
    }

    /// Parses a byline like [`authors`].
    pub fn authors<'a>(&self, byline: &'a str, publisher: &str) -> Vec<Author<'a>> {
        read(byline, publisher, &self.0)
    }
}

fn read<'a>(byline: &'a str, publisher: &str, lexicon: &Lexicon) -> Vec<Author<'a>> {
    let lexer = Lexer::new(byline);
    let classifier = Classifier { lexicon, publisher };
    if let Some(author) = read_common(byline, lexer.address(), classifier) {
        return vec![author];
    }
    let mut people = People::new();
    let mut phrase = Phrase::new(byline, classifier);
    let mut brackets = 0_usize;
    let mut tokens = lexer.peekable();
    while let Some(token) = tokens.next() {
        match token {
            Token::Word(span) => phrase.push(span),
            Token::Address(span) => {
                let address = span.of(byline);
                phrase.end(Terminator::Address(address), &mut people);
                people.address(address);
            }
            Token::Open => {
                let terminator = match tokens.peek() {
                    Some(Token::Address(span)) => Terminator::Address(span.of(byline)),
                    _ => Terminator::Open,
                };
                phrase.end(terminator, &mut people);
                brackets += 1;
                if brackets == 1 {
                    people.open_bracket();
                }
            }
            Token::Close => {
                phrase.end(Terminator::Close, &mut people);
                if brackets == 1 {
                    people.close_bracket();
                }
                brackets = brackets.saturating_sub(1);
            }
            Token::Joint(joint) => phrase.end(Terminator::Joint(joint), &mut people),
            Token::Bar => {
                phrase.end(Terminator::Bar, &mut people);
                people.mark_tentative();
            }
            Token::Sign => {
                let (is_after_comma, count) = (phrase.is_after_comma(), people.count());
                phrase.end(Terminator::Sign, &mut people);
                // A known place does not drop the names before it: `뉴욕=이름, 서울=이름 기자`.
                if is_after_comma && people.count() == count {
                    people.expect_after_sign();
                } else {
                    people.mark_tentative();
                }
            }
            Token::LineEnd => {
                phrase.end(Terminator::Line, &mut people);
                people.end_line();
                brackets = 0;
            }
        }
    }
    phrase.end(Terminator::Line, &mut people);
    people.end_line();
    people.into_authors()
}

/// Reads the form of four bylines in five, with or without title and address: `이름 기자(E)`, `이름 기자 E`. All its
/// tokens are known at once, and the reading of them all comes to the same.
fn read_common<'a>(byline: &'a str, address: Span, classifier: Classifier<'_>) -> Option<Author<'a>> {
    let email = address.of(byline);
    let before = &byline[..address.start];
    let words = match &byline[address.end..] {
        "" if email.is_empty() => before,
        "" => before.strip_suffix(' ')?,
        ")" => before.strip_suffix(" (").or_else(|| before.strip_suffix('('))?,
        _ => return None,
    };
    let (name, role) = words.split_once(' ').unwrap_or((words, ""));
    let score = classifier.name_score(name)?;
    let is_common = match role {
        "" if email.is_empty() => score >= PLAIN,
        "" => owner::can_own(name, score, email),
        role => score >= 0 && matches!(classifier.lexicon.word(role), Some(Sense::PressTitle | Sense::Title)),
    };
    is_common.then_some(Author { name, role, email })
}
