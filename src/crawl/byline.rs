//! Reads a byline: who wrote the article, with which title, at which address.
//!
//! ```text
//! byline ─ lexer ─► words, addresses, marks ─ word (lexicon) ─► sorted words ─ phrase ─► names, titles ─► people
//! ```
//!
//! A byline is free text, so this is a reading by rules of thumb:
//! * What stands side by side (`이름·이름 기자`) shares a title. A title is the whole word that it stands in
//!   (`의학전문기자`), with the fields before it (`인턴 기자`). A label (`사진`, `영상편집`) is the title of who has no other.
//! * An address belongs to the name before it. As many addresses as names belong to them in order; one
//!   address after several names that share a title belongs to the first, as newspapers print it.
//! * An address that no name takes is an entry without a name. A word with `@` and no whole domain is nothing.
//! * Initials (`IP SM`) name nobody: they say no name that a reader could use.
//! * What stands before `=`, `:` or `|` is a place or a label where a name follows.
//! * A name in brackets counts where a title or an address comes with it, or where no other name does.
//! * Entries near one another with the same name that do not contradict each other are one person.

mod hangul;
mod lexer;
mod lexicon;
mod names;
mod people;
mod phrase;
mod senses;
mod shape;
mod word;

use self::lexer::{Piece, Pieces};
use self::people::People;
use self::phrase::{Ending, Phrase};
use crate::article::Author;

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
    let mut people = People::of(byline);
    let mut phrase = Phrase::of(byline, publisher);
    let mut brackets = 0_usize;
    let mut pieces = Pieces::of(byline).peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Word(span) => phrase.push(span),
            Piece::Address(span) => {
                phrase.end(Ending::Address, &mut people);
                people.address(span.of(byline));
            }
            Piece::Open => {
                let ending = match pieces.peek() {
                    Some(Piece::Address(_)) => Ending::Address,
                    _ => Ending::Bracket,
                };
                phrase.end(ending, &mut people);
                brackets += 1;
                if brackets == 1 {
                    people.open_bracket();
                }
            }
            Piece::Close => {
                phrase.end(Ending::Bracket, &mut people);
                if brackets == 1 {
                    people.close_bracket();
                }
                brackets = brackets.saturating_sub(1);
            }
            Piece::Joint => phrase.end(Ending::Joint, &mut people),
            Piece::Bar => {
                phrase.end(Ending::Bar, &mut people);
                people.doubt();
            }
            Piece::Sign => {
                phrase.end(Ending::Sign, &mut people);
                people.doubt();
            }
            Piece::LineEnd => {
                phrase.end(Ending::Line, &mut people);
                people.end_line();
                brackets = 0;
            }
        }
    }
    phrase.end(Ending::Line, &mut people);
    people.end_line();
    people.into_authors()
}
