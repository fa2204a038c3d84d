//! Reads a phrase: the words between two marks of a byline.

use super::lexer::Span;
use super::names::{self, Context};
use super::people::People;
use super::shape::Shape;
use super::word::{self, Kind, Word};

/// What ends a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// An address, or a bracket that holds one.
    Address,
    /// Any other bracket.
    Bracket,
    /// A sign between persons.
    Joint,
    /// A bar.
    Bar,
    /// `=` or `:`.
    Sign,
    /// The end of the line.
    Line,
}

/// The words since the last mark.
#[derive(Debug)]
pub(super) struct Phrase<'a, 'p> {
    byline: &'a str,
    publisher: &'p str,
    words: Vec<Word>,
    named: bool,
}

impl<'a, 'p> Phrase<'a, 'p> {
    pub(super) fn of(byline: &'a str, publisher: &'p str) -> Self {
        Phrase { byline, publisher, words: Vec::with_capacity(4), named: false }
    }

    pub(super) fn push(&mut self, span: Span) {
        if span.of(self.byline) == self.publisher {
            self.words.push(Word { span, kind: Kind::Nobody });
            return;
        }
        let (word, title) = word::sort(span, self.byline, self.named);
        self.named |= matches!(word.kind, Kind::Name(Shape::Full | Shape::Short | Shape::Foreign));
        self.words.push(word);
        self.words.extend(title);
    }

    /// Tells `people` whom the phrase names, and begins the next.
    pub(super) fn end(&mut self, ending: Ending, people: &mut People<'a>) {
        if !self.words.is_empty() {
            self.read(ending, people);
            people.words_seen();
            self.words.clear();
            self.named = false;
        }
    }

    fn read(&self, ending: Ending, people: &mut People<'a>) {
        let words = &self.words[..];
        let bare = if ending == Ending::Address { Context::Address } else { Context::Bare };
        let mut from = 0;
        let mut at = 0;
        while at < words.len() {
            match words[at].kind {
                Kind::Title { press } => {
                    let first = self.first_of_title(from, at);
                    let context = Context::Title { press };
                    names::tell(&words[from..first], self.byline, context, people);
                    let title = self.span(first, at);
                    if !people.title(title.of(self.byline))
                        && (at + 1 < words.len() || people.is_line_empty())
                    {
                        people.label(title);
                    }
                }
                Kind::Label if !self.is_before_title(at) => {
                    let last = self.last_of_label(at);
                    let named = names::tell(&words[from..at], self.byline, bare, people);
                    let label = self.span(at, last);
                    let is_last = last + 1 == words.len() && ending != Ending::Sign;
                    let is_after_name = is_last && (named || ending == Ending::Line);
                    if !(is_after_name && people.title(label.of(self.byline))) {
                        people.label(label);
                    }
                    at = last;
                }
                Kind::Credit => {
                    names::tell(&words[from..at], self.byline, bare, people);
                    people.credit();
                }
                Kind::Conjunction => {
                    names::tell(&words[from..at], self.byline, bare, people);
                }
                Kind::By => {
                    people.expect_latin_name();
                }
                _ => {
                    at += 1;
                    continue;
                }
            }
            at += 1;
            from = at;
        }
        names::tell(&words[from..], self.byline, bare, people);
    }

    /// The first word of the title that ends at `at`: fields and labels before it belong to it.
    fn first_of_title(&self, from: usize, at: usize) -> usize {
        let mut first = at;
        while first > from
            && matches!(self.words[first - 1].kind, Kind::Field | Kind::Label)
            && names::touch(&self.words[first - 1], &self.words[first], self.byline)
        {
            first -= 1;
        }
        first
    }

    /// Whether the label at `at` is the beginning of a title: `사진 기자`.
    fn is_before_title(&self, at: usize) -> bool {
        let after =
            self.words[at + 1..].iter().take(4).find(|word| !matches!(word.kind, Kind::Field | Kind::Label));
        after.is_some_and(|word| matches!(word.kind, Kind::Title { .. }))
    }

    fn last_of_label(&self, at: usize) -> usize {
        let mut last = at;
        while let Some(next) = self.words.get(last + 1)
            && next.kind == Kind::Label
            && names::touch(&self.words[last], next, self.byline)
        {
            last += 1;
        }
        last
    }

    fn span(&self, first: usize, last: usize) -> Span {
        Span { start: self.words[first].span.start, end: self.words[last].span.end }
    }
}
