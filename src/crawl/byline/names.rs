//! Tells the names among words that could be names.

use super::people::People;
use super::shape::Shape;
use super::word::{Kind, Word};

/// What comes after the words, and so how sure a name among them is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// A title; `press` where persons of that title are listed side by side.
    Title { press: bool },
    /// An address.
    Address,
    /// Neither.
    Bare,
}

/// More words are not one name.
const MOST_WORDS: usize = 4;

/// Tells `people` the names among `words`, and the caller whether there is one.
pub(super) fn tell<'a>(words: &[Word], byline: &'a str, context: Context, people: &mut People<'a>) -> bool {
    if words.is_empty() {
        return false;
    }
    let before = people.count();
    if words.iter().any(|word| matches!(word.kind, Kind::Name(_))) {
        tell_native(words, byline, context, people);
    } else if let Some(word) = words.iter().rfind(|word| word.kind == Kind::LastResort) {
        if context != Context::Bare {
            people.person(word.span.of(byline));
        }
    } else {
        tell_latin(words, byline, context, people);
    }
    people.count() != before
}

/// Whether one space, and nothing else, parts two words.
pub(super) fn touch(word: &Word, next: &Word, byline: &str) -> bool {
    byline.get(word.span.end..next.span.start) == Some(" ")
}

fn tell_native<'a>(words: &[Word], byline: &'a str, context: Context, people: &mut People<'a>) {
    let lists_persons = !matches!(context, Context::Title { press: false });
    let mut told = false;
    let mut at = 0;
    while at < words.len() && (lists_persons || !told) {
        let length = korean_name(&words[at..], byline);
        if length > 0 {
            people.person(slice(&words[at..at + length], byline));
            told = true;
        }
        at += length.max(1);
    }
    if told {
        return;
    }
    let is_name = |word: &Word| matches!(word.kind, Kind::Name(_));
    let Some(first) = words.iter().position(is_name) else { return };
    let mut run = &words[first..first + 1];
    while let Some(next) = words.get(first + run.len())
        && is_name(next)
        && touch(&run[run.len() - 1], next, byline)
    {
        run = &words[first..first + run.len() + 1];
    }
    let foreign = run.iter().any(|word| word.kind == Kind::Name(Shape::Foreign));
    if run.len() > 1 && foreign && run.len() <= MOST_WORDS {
        people.person(slice(run, byline));
        return;
    }
    let last = words.iter().rfind(|word| match word.kind {
        Kind::Name(Shape::Short) => true,
        Kind::Name(Shape::Surname) => word.span.of(byline).chars().nth(1).is_some(),
        Kind::Name(Shape::Other | Shape::Foreign) => context != Context::Bare || people.expects_name(),
        _ => false,
    });
    if let Some(word) = last.filter(|word| word.span.of(byline).chars().count() <= LONGEST_NAME) {
        people.person(word.span.of(byline));
    }
}

/// In characters; conjoining jamo count singly.
const LONGEST_NAME: usize = 15;

/// How many words from the first on are a Korean name in full: none, one (`홍길동`), or more (`홍 길동`, `홍 길 동`).
fn korean_name(words: &[Word], byline: &str) -> usize {
    let is_syllable = |word: &Word| matches!(word.kind, Kind::Name(Shape::Surname | Shape::Syllable));
    let is_given_name = |word: &Word| matches!(word.kind, Kind::Name(Shape::Short | Shape::Other));
    match words {
        [Word { kind: Kind::Name(Shape::Full), .. }, ..] => 1,
        [surname @ Word { kind: Kind::Name(Shape::Surname), .. }, given, rest @ ..]
            if touch(surname, given, byline) =>
        {
            match rest {
                _ if is_given_name(given) => 2,
                [last, ..] if is_syllable(given) && is_syllable(last) && touch(given, last, byline) => 3,
                _ => 2 * usize::from(is_syllable(given)),
            }
        }
        _ => 0,
    }
}

fn tell_latin<'a>(words: &[Word], byline: &'a str, context: Context, people: &mut People<'a>) {
    let expected = people.expects_latin_name();
    if !expected && words.iter().any(|word| word.kind == Kind::LatinOutlet) {
        return;
    }
    let Some(first) = words.iter().position(|word| word.kind == Kind::Latin) else { return };
    let mut run = &words[first..first + 1];
    while let Some(next) = words.get(first + run.len())
        && next.kind == Kind::Latin
        && touch(&run[run.len() - 1], next, byline)
    {
        run = &words[first..first + run.len() + 1];
    }
    let surely = expected || context != Context::Bare || !are_initials(run, byline);
    if surely && (run.len() > 1 || expected) && run.len() <= MOST_WORDS + 1 {
        people.person(slice(run, byline));
    }
}

/// Whether Latin words are the initials of photographers and agencies, which name nobody to a reader.
fn are_initials(words: &[Word], byline: &str) -> bool {
    let is_short = |word: &Word| word.span.end - word.span.start <= 3;
    let text = slice(words, byline);
    let in_capitals = !text.contains(char::is_lowercase);
    if in_capitals { words.iter().any(is_short) && !text.contains('-') } else { words.iter().all(is_short) }
}

fn slice<'a>(words: &[Word], byline: &'a str) -> &'a str {
    match words {
        [first, .., last] => &byline[first.span.start..last.span.end],
        [only] => only.span.of(byline),
        [] => "",
    }
}
