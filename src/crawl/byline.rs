//! Reads a byline: who wrote the article, with which title, at which address.
//!
//! ```text
//! byline ─ lexer ─► tokens ─ word (lexicon, syllables) ─► classes and scores ─ phrase (candidates) ─► names, titles ─► people
//! ```
//!
//! The form comes first, words second:
//! * Lines, joints, brackets, `=`, addresses and titles cut a byline into phrases. A phrase names one person, unless
//!   Korean names in full stand side by side.
//! * A title or an address makes the word before it the name, whatever it looks like. Where several words could be
//!   the name, the one wins that looks most like one; their place breaks the tie.
//! * What stands between the name and the end of the phrase is a title or an affiliation, listed or not. Place,
//!   outlet and desk stand before the name.
//! * What stands side by side (`이름·이름 기자`) shares a title. A title in front reaches up to the next.
//! * An address belongs to the name before it; of several names, to the one whom it spells, else to the first who
//!   shares the title. One that no name takes is that of a team, and stays in the byline.
//! * Initials (`IP SM`) name nobody: they say no name that a reader could use.
//! * What stands before `=`, `:` or `|` is a place or a label where a name follows.
//! * A name in brackets counts where a title or an address comes with it, or where no other name does.
//! * Entries near one another with the same name that do not contradict each other are one person.

mod candidates;
mod hangul;
mod lexer;
mod lexicon;
mod owner;
mod people;
mod phrase;
mod syllables;
mod word;

use self::lexer::{Lexer, Span, Token};
use self::lexicon::Lexicon;
use self::people::People;
use self::phrase::{Phrase, Terminator};
use self::word::Classifier;
use crate::article::Author;

pub use self::lexicon::{Sense, listed_words};

/// Appends to `into` the record's `byline`: lines trimmed, runs of white space one space, empty lines
/// dropped, lines joined with `\n`.
pub fn normalize(raw: &str, into: &mut String) {
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

/// Who a normalized byline names: one entry a person, in order, parts it does not say `""`. The article's publisher is
/// no person.
pub fn authors<'a>(byline: &'a str, publisher: &str) -> Vec<Author<'a>> {
    read(byline, publisher, Lexicon::full())
}

/// A reader that knows only some of the listed words, to measure what it makes of words that it does not know.
#[derive(Debug)]
pub struct Reader(Lexicon);

impl Reader {
    /// Knows the listed words that `keep` accepts.
    pub fn with_words(keep: impl Fn(&str) -> bool) -> Self {
        Reader(Lexicon::with(keep))
    }

    /// Reads as [`authors`] does.
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
                // A known place leaves the names before it alone: `뉴욕=이름, 서울=이름 기자`.
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
    let is_common = (role.is_empty() || classifier.lexicon.word(role) == Some(Sense::PressTitle))
        && classifier.is_certain_name(name);
    is_common.then_some(Author { name, role, email })
}
