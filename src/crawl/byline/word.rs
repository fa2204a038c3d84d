//! What one word of a byline is: a name's part, a title, a place, nobody.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::hangul;
use super::lexer::{Span, is_han, is_kana, is_latin};
use super::lexicon::{ENDINGS, FOREIGN_SYLLABLES, LATIN_WORDS, LONG_SURNAMES, SURNAMES, Sense, WORDS};

/// What a word is, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) span: Span,
    pub(super) kind: Kind,
}

/// What a word can be in a byline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A title; `press` where persons of that title are listed side by side.
    Title { press: bool },
    /// What a person did for the article.
    Label,
    /// Who supplied something.
    Credit,
    /// A title's first part.
    Field,
    /// A name, or a part of one, in Hangul, Han or kana.
    Name(Shape),
    /// A town, or what ends as a team does: a name only where nothing else can be.
    LastResort,
    /// A part of a name in Latin letters.
    Latin,
    /// `BY`: a name in Latin letters follows.
    By,
    /// Joins two persons.
    Conjunction,
    /// An outlet in Latin letters, beside which other Latin words are its name.
    LatinOutlet,
    /// Nobody.
    Nobody,
}

/// How a word that can be a name looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A surname and a given name of two syllables, or a surname of two and a given name.
    Full,
    /// A surname and a given name of one syllable.
    Short,
    /// A surname alone.
    Surname,
    /// Has syllables of transcribed foreign names.
    Foreign,
    /// Two to four syllables or characters of any other kind.
    Other,
    /// A single syllable that is no surname.
    Syllable,
    /// Too long for a name of its own.
    Long,
}

/// Sorts a word, and cuts a title off that is written without a space: `홍길동기자`.
///
/// `named` says whether a name stands before it in the phrase: then `공연기자` is a title as a whole.
pub(super) fn sort(span: Span, byline: &str, named: bool) -> (Word, Option<Word>) {
    let text = span.of(byline);
    let composed = hangul::compose(text);
    match sort_text(&composed, named) {
        Sorted::Whole(kind) => (Word { span, kind }, None),
        Sorted::Glued { title, shape } => {
            let cut = match composed {
                Cow::Borrowed(_) => text.len() - title.len(),
                Cow::Owned(_) => text.len() - hangul::decomposed_len(title),
            };
            let cut = span.start + cut;
            let name = Word { span: Span { start: span.start, end: cut }, kind: Kind::Name(shape) };
            let title = Word { span: Span { start: cut, end: span.end }, kind: Kind::Title { press: true } };
            (name, Some(title))
        }
    }
}

enum Sorted<'a> {
    Whole(Kind),
    Glued { title: &'a str, shape: Shape },
}

fn sort_text(text: &str, named: bool) -> Sorted<'_> {
    if let Some(sense) = SENSES.words.get(text) {
        return Sorted::Whole(match sense {
            Sense::PressTitle => Kind::Title { press: true },
            Sense::Title => Kind::Title { press: false },
            Sense::Label => Kind::Label,
            Sense::Credit => Kind::Credit,
            Sense::Field => Kind::Field,
            Sense::Town => Kind::LastResort,
            Sense::Conjunction => Kind::Conjunction,
            Sense::Nobody | Sense::TeamAfterField => Kind::Nobody,
        });
    }
    if text.chars().all(|character| is_latin(character) || "-'’.".contains(character)) {
        return Sorted::Whole(latin(text));
    }
    let title = match ending(text) {
        None => return Sorted::Whole(plain(text)),
        Some((Sense::PressTitle, title)) => (title, true),
        Some((Sense::Title, title)) => (title, false),
        Some((Sense::TeamAfterField, end)) => {
            let before = SENSES.words.get(&text[..text.len() - end.len()]);
            return Sorted::Whole(match (before, shape(text)) {
                (Some(Sense::Field | Sense::Label), _) | (None, Shape::Long) => Kind::Nobody,
                (Some(_), Shape::Full) => Kind::LastResort,
                (Some(_), _) => Kind::Nobody,
                (None, _) => plain(text),
            });
        }
        // A name of three syllables can end as a team or an outlet does.
        Some((_, end)) => {
            let may_be_name = shape(text) == Shape::Full && end != "팀" && !is_listed_before(text, end);
            return Sorted::Whole(if may_be_name { Kind::LastResort } else { Kind::Nobody });
        }
    };
    let (title, press) = title;
    let name = &text[..text.len() - title.len()];
    let shape_of_name = match plain_name(name) {
        Some(shape) if press => shape,
        _ if !press && name.chars().count() == 1 && shape(text) == Shape::Full => {
            return Sorted::Whole(Kind::Name(Shape::Full));
        }
        _ => return Sorted::Whole(Kind::Title { press }),
    };
    let separable = match shape_of_name {
        Shape::Full => true,
        Shape::Short | Shape::Foreign => !named,
        _ => false,
    };
    if separable {
        Sorted::Glued { title, shape: shape_of_name }
    } else {
        Sorted::Whole(Kind::Title { press })
    }
}

/// Whether what stands before an ending is listed: `경제부`, `서울팀`.
fn is_listed_before(text: &str, end: &str) -> bool {
    SENSES.words.contains_key(&text[..text.len() - end.len()])
}

/// The shape of what stands before a title, where it can be a name.
fn plain_name(text: &str) -> Option<Shape> {
    let listed = SENSES.words.contains_key(text) || ending(text).is_some_and(|(_, end)| end.len() > 3);
    match plain(text) {
        Kind::Name(shape) if !listed => Some(shape),
        _ => None,
    }
}

fn plain(text: &str) -> Kind {
    let mut scripts = text
        .chars()
        .map(|character| (('가'..='힣').contains(&character), is_han(character) || is_kana(character)));
    let Some(first) = scripts.next() else { return Kind::Nobody };
    if first == (false, false) || !scripts.all(|script| script == first) {
        return Kind::Nobody;
    }
    Kind::Name(shape(text))
}

fn shape(text: &str) -> Shape {
    let syllables = text.chars().count();
    let surname = text.chars().next().is_some_and(|first| SURNAMES.contains(first));
    let foreign = text.chars().any(|character| FOREIGN_SYLLABLES.contains(character));
    if syllables == 1 {
        return match (surname, foreign) {
            (true, _) => Shape::Surname,
            (false, true) => Shape::Foreign,
            (false, false) => Shape::Syllable,
        };
    }
    let long_surname = LONG_SURNAMES.iter().any(|surname| text.starts_with(surname));
    if long_surname && syllables == 2 {
        return Shape::Surname;
    }
    if long_surname && (3..=4).contains(&syllables) {
        return Shape::Full;
    }
    match (syllables, foreign) {
        (3, _) if surname && !is_foreign_given_name(text) => Shape::Full,
        (2, _) if surname && !is_foreign_given_name(text) => Shape::Short,
        (_, true) => Shape::Foreign,
        (2..=4, false) => Shape::Other,
        _ => Shape::Long,
    }
}

/// Whether a syllable after the first is one that no Korean given name has.
fn is_foreign_given_name(text: &str) -> bool {
    text.chars().skip(1).any(|character| FOREIGN_SYLLABLES.contains(character))
}

fn latin(text: &str) -> Kind {
    let lower = text.to_lowercase();
    if lower == "by" {
        return Kind::By;
    }
    match SENSES.latin.get(lower.as_str()) {
        Some(Sense::Title) => Kind::Title { press: true },
        Some(Sense::Field) => Kind::Field,
        Some(_) => Kind::LatinOutlet,
        None if text.starts_with(char::is_uppercase) => Kind::Latin,
        None => Kind::Nobody,
    }
}

/// The longest listed ending of a word, with something before it.
fn ending(text: &str) -> Option<(Sense, &str)> {
    let mut ends = [0; LONGEST_ENDING];
    let mut known = 0;
    for (at, _) in text.char_indices().rev().take(LONGEST_ENDING) {
        if at > 0 {
            ends[known] = at;
            known += 1;
        }
    }
    ends[..known]
        .iter()
        .rev()
        .find_map(|&at| SENSES.endings.get(&text[at..]).map(|&sense| (sense, &text[at..])))
}

/// In characters.
const LONGEST_ENDING: usize = 6;

struct Senses {
    words: HashMap<&'static str, Sense>,
    endings: HashMap<&'static str, Sense>,
    latin: HashMap<&'static str, Sense>,
}

static SENSES: LazyLock<Senses> =
    LazyLock::new(|| Senses { words: map(WORDS), endings: map(ENDINGS), latin: map(LATIN_WORDS) });

fn map(lists: &'static [(Sense, &'static str)]) -> HashMap<&'static str, Sense> {
    let mut senses = HashMap::new();
    for (sense, words) in lists {
        for word in words.split(' ') {
            senses.entry(word).or_insert(*sense);
        }
    }
    senses
}
