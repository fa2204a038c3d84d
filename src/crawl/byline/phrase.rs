//! Reads a phrase: the words between two separators of a byline.

use std::ops::Range;

use smallvec::SmallVec;

use crate::crawl::byline::candidates::{Anchor, Candidate, Stretch, is_agent};
use crate::crawl::byline::lexer::{Joint, Span};
use crate::crawl::byline::owner;
use crate::crawl::byline::people::People;
use crate::crawl::byline::syllables::{PLAIN, STRONG, Shape};
use crate::crawl::byline::word::{Classifier, Word, WordClass, Words};

/// Token that ends a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Terminator<'a> {
    /// An address, or a bracket that holds one.
    Address(&'a str),
    /// Any other opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// A sign between persons.
    Joint(Joint),
    /// A bar.
    Bar,
    /// `=` or `:`.
    Sign,
    /// The end of the line.
    Line,
}

/// The words since the last separator.
#[derive(Debug)]
pub(super) struct Phrase<'a, 'l> {
    byline: &'a str,
    classifier: Classifier<'l>,
    words: Words,
    is_named: bool,
    after_by: bool,
    /// Joining sign before the phrase, if there is one.
    after: Option<Joint>,
    /// First half of a reversed name: `Doe` of `Doe, Jane`.
    surname: Option<Span>,
}

impl<'a, 'l> Phrase<'a, 'l> {
    pub(super) fn new(byline: &'a str, classifier: Classifier<'l>) -> Self {
        Phrase {
            byline,
            classifier,
            words: SmallVec::new(),
            is_named: false,
            after_by: false,
            after: None,
            surname: None,
        }
    }

    /// Returns whether a comma separates the words from the phrase before.
    pub(super) fn is_after_comma(&self) -> bool {
        !self.words.is_empty() && self.after == Some(Joint::Comma)
    }

    pub(super) fn push(&mut self, span: Span) {
        self.classifier.classify(span, self.byline, self.is_named, &mut self.words);
        self.is_named |= self.words.last().is_some_and(|word| {
            word.class == WordClass::Name
                && match word.look.shape {
                    Shape::Full | Shape::Short => word.look.score >= 2,
                    Shape::Foreign => true,
                    _ => false,
                }
        });
    }

    /// Reports the persons that the phrase names, and begins the next phrase.
    pub(super) fn end(&mut self, terminator: Terminator<'a>, people: &mut People<'a>) {
        if !self.words.is_empty() {
            if !self.read_reversed(terminator, people) {
                self.read(terminator, people);
            }
            people.words_seen();
            self.words.clear();
            self.is_named = false;
            self.after = None;
        }
        match terminator {
            Terminator::Joint(joint) => self.after = Some(joint),
            Terminator::Line => (self.after, self.after_by, self.surname) = (None, false, None),
            _ => {}
        }
    }

    /// Reads a reversed name, such as `Doe, Jane`, which ends with its second half.
    fn read_reversed(&mut self, terminator: Terminator<'a>, people: &mut People<'a>) -> bool {
        let [only] = self.words[..] else {
            self.surname = None;
            return false;
        };
        let is_latin = only.class == WordClass::Latin && !self.after_by;
        let surname = self.surname.take();
        match (surname, terminator) {
            (None, Terminator::Joint(Joint::Comma)) if is_latin && !people.has_words() => {
                self.surname = Some(only.span);
                true
            }
            (Some(surname), Terminator::Line | Terminator::Address(_)) if is_latin => {
                people.person(surname.to(only.span).of(self.byline), PLAIN);
                true
            }
            _ => false,
        }
    }

    fn read(&mut self, terminator: Terminator<'a>, people: &mut People<'a>) {
        let mut from = 0;
        let mut at = 0;
        while at < self.words.len() {
            match self.words[at].class {
                WordClass::Title { press } => self.read_title(from, at, press, terminator, people),
                WordClass::Label if !self.is_before_title(at) => {
                    let last = self.last_of_label(at);
                    let named = self.names(from, at, self.bare(terminator), people);
                    let label = self.span(at, last);
                    let is_last = last + 1 == self.words.len() && terminator != Terminator::Sign;
                    let is_after_name = is_last && (named || terminator == Terminator::Line);
                    if !(is_after_name && people.title(label.of(self.byline))) {
                        people.label(self.after == Some(Joint::Dot) && at == 0);
                    }
                    at = last;
                }
                WordClass::Credit => {
                    self.names(from, at, self.bare(terminator), people);
                    people.credit();
                }
                WordClass::Conjunction => {
                    self.names(from, at, Anchor::None, people);
                }
                WordClass::Periodical => {
                    self.names(from, at, Anchor::None, people);
                    at += usize::from(at + 1 < self.words.len());
                }
                // The words before it belong to the programme, too.
                WordClass::Genitive => {}
                WordClass::By => self.after_by = true,
                _ => {
                    at += 1;
                    continue;
                }
            }
            at += 1;
            from = at;
        }
        let programme = self.words.iter().any(|word| word.class == WordClass::Genitive);
        if !programme {
            self.read_rest(from, terminator, people);
        }
    }

    fn read_title(
        &self,
        from: usize,
        at: usize,
        press: bool,
        terminator: Terminator<'a>,
        people: &mut People<'a>,
    ) {
        let first = self.first_of_title(from, at);
        let role = self.span(first, at).of(self.byline);
        let leads = self.is_name_next(from..first, at, people);
        let begins = from == 0 && (self.after.is_some() || !people.has_words() || people.has_lead());
        if leads && begins {
            return people.lead(role);
        }
        let named = self.names(from, first, Anchor::Title { press }, people);
        if named && leads && people.has_lead() {
            return people.lead(role);
        }
        if people.title(role) {
            return;
        }
        if at + 1 < self.words.len() || people.is_line_empty() {
            people.lead(role);
        } else if self.after == Some(Joint::Comma) && !matches!(terminator, Terminator::Close) {
            people.replace_title(role);
        }
    }

    /// Returns whether the title at `at` belongs to a name after it rather than to one among the words `before`.
    fn is_name_next(&self, before: Range<usize>, at: usize, people: &People<'a>) -> bool {
        let after = &self.words[at + 1..];
        let next = after.iter().position(|word| {
            matches!(word.class, WordClass::Title { .. } | WordClass::Label | WordClass::Conjunction)
        });
        let after = self.stretch(at + 1, at + 1 + next.unwrap_or(after.len()), people);
        let name = after.strong(Anchor::None).next().or_else(|| after.best(Anchor::None));
        name.is_some_and(|name| name.score >= PLAIN) && {
            let before = self.stretch(before.start, before.end, people).best(Anchor::Title { press: true });
            before.is_none_or(|before| before.score < PLAIN)
        }
    }

    /// Reads the words after the last title or label.
    fn read_rest(&self, from: usize, terminator: Terminator<'a>, people: &mut People<'a>) {
        let anchor = self.bare(terminator);
        let stretch = self.stretch(from, self.words.len(), people);
        let name = self.names_in(stretch, anchor, terminator, people);
        let Some(last) = self.words.last().filter(|_| from < self.words.len()) else { return };
        let is_unlisted = last.class == WordClass::Name
            && last.span.of(self.byline).chars().nth(1).is_some()
            && (last.look.score < STRONG || is_agent(last.span.of(self.byline)));
        match name {
            Some(name) => {
                let is_title = is_unlisted && name.score >= 2 && terminator != Terminator::Sign;
                if is_title && name.end < stretch.words.len() {
                    let end = self.words.len() - 1;
                    let first = self.first_of_title(from + name.end, end);
                    people.title(self.span(first, end).of(self.byline));
                }
            }
            // `홍길동(언론인)`, `홍길동 군사 및 방산 평론인`.
            None if is_unlisted && self.may_be_title(last, terminator, stretch.floor, people) => {
                people.title(last.span.of(self.byline));
            }
            None => {}
        }
    }

    /// Returns whether a word without a name beside it is the title of the previous person.
    fn may_be_title(&self, word: &Word, terminator: Terminator<'a>, floor: i32, people: &People<'a>) -> bool {
        let text = word.span.of(self.byline);
        let is_certain = people.is_after_certain_name();
        let is_long =
            word.look.shape != Shape::Cjk && word.look.score < PLAIN && text.chars().nth(2).is_some();
        match terminator {
            Terminator::Close => people.is_in_bracket() && (is_agent(text) || is_certain && is_long),
            _ => floor == AFTER_CONJUNCTION && is_agent(text),
        }
    }

    /// Reports the names among some words; returns whether there are any.
    fn names(&self, from: usize, end: usize, anchor: Anchor, people: &mut People<'a>) -> bool {
        self.names_in(self.stretch(from, end, people), anchor, Terminator::Line, people).is_some()
    }

    /// Reports the names of a stretch, and returns the last one.
    fn names_in(
        &self,
        stretch: Stretch<'_, 'a>,
        anchor: Anchor,
        terminator: Terminator<'a>,
        people: &mut People<'a>,
    ) -> Option<Candidate> {
        if stretch.words.is_empty() {
            return None;
        }
        let mut found = None;
        for name in stretch.strong(anchor) {
            people.person(stretch.text(name), name.score);
            found = Some(name);
        }
        if found.is_some() {
            return found;
        }
        let name = stretch.best(anchor)?;
        let text = stretch.text(name);
        let is_told = match anchor {
            Anchor::Title { .. } => true,
            Anchor::Address => match terminator {
                Terminator::Address(address) => owner::can_own(text, name.score, address),
                _ => true,
            },
            // A title or an address may still follow.
            Anchor::None => {
                name.score >= people.expected_score()
                    || terminator != Terminator::Sign && stretch.words.len() == 1 && name.score >= -1
            }
        };
        if !is_told {
            return None;
        }
        people.person(text, name.score);
        (anchor != Anchor::None || name.score >= people.expected_score()).then_some(name)
    }

    fn bare(&self, terminator: Terminator<'a>) -> Anchor {
        if matches!(terminator, Terminator::Address(_)) { Anchor::Address } else { Anchor::None }
    }

    fn stretch(&self, from: usize, end: usize, people: &People<'_>) -> Stretch<'_, 'a> {
        let words = &self.words[from..end];
        let is_joined = from > 0 && self.words[from - 1].class == WordClass::Conjunction;
        let is_career = || words.iter().any(|word| CAREER.contains(&word.span.of(self.byline)));
        let floor = if people.is_in_bracket() {
            PLAIN
        } else if self.after == Some(Joint::Comma) && people.is_titled() && is_career() {
            STRONG
        } else if is_joined {
            AFTER_CONJUNCTION
        } else {
            i32::MIN
        };
        Stretch { words, byline: self.byline, after_by: self.after_by, floor }
    }

    /// Returns the first word of the title that ends at `at`, including the qualifiers and labels before it.
    fn first_of_title(&self, from: usize, at: usize) -> usize {
        let mut first = at;
        while first > from && self.touch(first - 1) {
            let before = &self.words[first - 1];
            let is_of_specialist = self.words[first].span.of(self.byline).starts_with("전문")
                && matches!(before.class, WordClass::Name | WordClass::Nobody)
                && before.look.score < STRONG
                && first - 1 > from;
            if !is_of_specialist && !matches!(before.class, WordClass::Qualifier | WordClass::Label) {
                break;
            }
            first -= 1;
        }
        first
    }

    /// Returns whether the label at `at` begins a title: `사진 기자`.
    fn is_before_title(&self, at: usize) -> bool {
        let after = self.words[at + 1..]
            .iter()
            .take(4)
            .find(|word| !matches!(word.class, WordClass::Qualifier | WordClass::Label));
        after.is_some_and(|word| matches!(word.class, WordClass::Title { .. }))
    }

    fn last_of_label(&self, at: usize) -> usize {
        let mut last = at;
        while self.words.get(last + 1).is_some_and(|next| next.class == WordClass::Label) && self.touch(last)
        {
            last += 1;
        }
        last
    }

    fn touch(&self, at: usize) -> bool {
        self.byline.get(self.words[at].span.end..self.words[at + 1].span.start) == Some(" ")
    }

    fn span(&self, first: usize, last: usize) -> Span {
        self.words[first].span.to(self.words[last].span)
    }
}

/// Words before a current or former office.
const CAREER: [&str; 2] = ["현", "전"];

/// Minimum score of a name after `및`.
const AFTER_CONJUNCTION: i32 = 2;
