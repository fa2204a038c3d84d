//! Classifies a word of a byline: part of a name, title, place, not a person.

use smallvec::SmallVec;

use crate::crawl::byline::hangul;
use crate::crawl::byline::lexer::{Span, is_latin};
use crate::crawl::byline::lexicon::{Lexicon, Sense};
use crate::crawl::byline::syllables;
use crate::crawl::byline::syllables::{Look, PLAIN, STRONG, Shape};

/// A word with its class and its likeness to a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) span: Span,
    pub(super) class: WordClass,
    pub(super) look: Look,
}

/// The words of a phrase: few have more than these.
pub(super) type Words = SmallVec<[Word; 6]>;

/// What a word can be in a byline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordClass {
    /// A title; `press` if persons of that title are listed side by side.
    Title { press: bool },
    /// A person's contribution to the article.
    Label,
    /// A credit to a supplier.
    Credit,
    /// First part of a title.
    Qualifier,
    /// A name, or a part of one, in Hangul, Han or kana.
    Name,
    /// A single capital letter, in a name of several words.
    Initial,
    /// A part of a name in Latin letters.
    Latin,
    /// A particle inside a name in Latin letters.
    Particle,
    /// `BY`: a name in Latin letters follows.
    By,
    /// Joins two persons.
    Conjunction,
    /// First word of a magazine's name.
    Periodical,
    /// A name in the genitive; with the words after it, the name of a programme.
    Genitive,
    /// An outlet in Latin letters; other Latin words beside it are part of its name.
    LatinOutlet,
    /// Not a person.
    Nobody,
}

/// Look of a word that cannot be a name.
const NO_NAME: Look = Look { shape: Shape::Other, score: -9 };

/// Endings of a last sentence: `홍길동입니다`.
const COPULAS: [&str; 3] = ["이었습니다", "였습니다", "입니다"];
/// Particles after a title or a name.
const PARTICLES: [&str; 9] = ["와", "과", "랑", "의", "가", "는", "은", "이", "님"];
/// Words that are joined to a title without a space.
const QUALIFIERS: [&str; 13] =
    ["인턴", "수습", "전문", "선임", "객원", "시민", "사진", "영상", "명예", "학생", "취재", "편집", "촬영"];
/// Last syllables of offices, teams, universities and towns, which names have too.
const OFFICES: [char; 16] =
    ['팀', '부', '국', '실', '단', '과', '대', '당', '시', '군', '읍', '면', '역', '항', '청', '회'];

/// Classifies words by a lexicon.
#[derive(Debug, Clone, Copy)]
pub(super) struct Classifier<'l> {
    pub(super) lexicon: &'l Lexicon,
    pub(super) publisher: &'l str,
}

/// A word, split into its first part and the suffix that follows without a space.
struct Parts<'t> {
    class: WordClass,
    look: Look,
    suffix: &'t str,
    /// Class of the suffix; `None` if it only inflects the word.
    suffix_class: Option<WordClass>,
}

impl Parts<'_> {
    fn whole(class: WordClass) -> Self {
        Parts { class, look: NO_NAME, suffix: "", suffix_class: None }
    }

    fn name(look: Look) -> Self {
        Parts { look, ..Parts::whole(WordClass::Name) }
    }
}

impl<'l> Classifier<'l> {
    /// Appends a word, and the suffix that follows without a space: `홍길동기자`.
    ///
    /// `named` says whether a name stands before it in the phrase: then `공연기자` is a title as a whole.
    pub(super) fn classify(self, span: Span, byline: &str, named: bool, words: &mut Words) {
        let text = span.of(byline);
        let composed = hangul::compose(text);
        let parts = self.parts(&composed, named);
        let mut class = parts.class;
        let mut cut = span.end;
        if !parts.suffix.is_empty() {
            match hangul::find_suffix(text, parts.suffix) {
                Some(at) => cut = span.start + at,
                None => class = WordClass::Nobody,
            }
        }
        words.push(Word { span: Span { end: cut, ..span }, class, look: parts.look });
        if let Some(class) = parts.suffix_class.filter(|_| cut < span.end) {
            words.push(Word { span: Span { start: cut, ..span }, class, look: NO_NAME });
        }
    }

    /// Returns the score of a text that is one word: a surname with a given name, and nothing after them.
    pub(super) fn name_score(self, text: &str) -> Option<i32> {
        let Parts { class, look, suffix, .. } = self.parts(text, false);
        let is_name = class == WordClass::Name && matches!(look.shape, Shape::Full | Shape::Short);
        (is_name && suffix.is_empty()).then_some(look.score)
    }

    fn parts<'t>(self, text: &'t str, named: bool) -> Parts<'t> {
        if let Some(sense) = self.lexicon.word(text) {
            return match sense {
                Sense::Town => Parts::name(Look { shape: Shape::Other, score: 0 }),
                _ => Parts::whole(class_of(sense)),
            };
        }
        if text.chars().all(|character| is_latin(character) || matches!(character, '-' | '\'' | '’' | '.'))
        {
            return self.latin(text);
        }
        if self.is_publisher(text) {
            return Parts::whole(WordClass::Nobody);
        }
        if let Some(parts) = self.inflected(text) {
            return parts;
        }
        match self.lexicon.ending(text) {
            // A whole word; `이미지` is a name nevertheless.
            Some((sense, 0)) => match syllables::look(text) {
                Some(look) if is_name(look, STRONG) => Parts::name(look),
                _ => Parts::whole(class_of(sense)),
            },
            Some((Sense::PressTitle, at)) => match self.name_before(&text[..at], named) {
                Some((length, look)) => Parts {
                    suffix: &text[length..],
                    suffix_class: Some(WordClass::Title { press: true }),
                    ..Parts::name(look)
                },
                None => Parts::whole(WordClass::Title { press: true }),
            },
            // `정시인` is a name, `부국장` a title.
            Some((Sense::Title, at)) => match syllables::look(text) {
                Some(look) if !named && is_one(&text[..at]) && is_name(look, PLAIN) => Parts::name(look),
                _ => Parts::whole(WordClass::Title { press: false }),
            },
            Some((Sense::Qualifier, _)) => Parts::whole(WordClass::Qualifier),
            // A name of three syllables can end as an outlet does: `정방송`.
            Some((_, at)) => match syllables::look(text) {
                Some(look) if is_one(&text[..at]) && is_name(look, 1) => {
                    Parts::name(Look { score: 1, ..look })
                }
                _ => Parts::whole(WordClass::Nobody),
            },
            None => self.unlisted(text),
        }
    }

    /// Parses a title or a name with its inflection.
    fn inflected<'t>(self, text: &'t str) -> Option<Parts<'t>> {
        if !text.ends_with(['와', '과', '랑', '의', '가', '는', '은', '이', '님', '다']) {
            return None;
        }
        if let Some(base) = COPULAS.iter().find_map(|copula| text.strip_suffix(copula)) {
            let parts = self.parts(base, false);
            let rest = &text[base.len()..];
            return match parts.class {
                WordClass::Title { .. } => Some(Parts { suffix: rest, ..Parts::whole(parts.class) }),
                WordClass::Name if parts.suffix.is_empty() => {
                    Some(Parts { suffix: rest, ..Parts::name(parts.look) })
                }
                _ => None,
            };
        }
        let (base, particle) =
            PARTICLES.iter().find_map(|&suffix| Some((text.strip_suffix(suffix)?, suffix)))?;
        let rest = &text[base.len()..];
        let joins = matches!(particle, "와" | "과" | "랑");
        if let Some(Sense::PressTitle) =
            self.lexicon.word(base).or_else(|| self.lexicon.ending(base).map(|(sense, _)| sense))
        {
            let title = Parts { suffix: rest, ..Parts::whole(WordClass::Title { press: true }) };
            return Some(Parts { suffix_class: joins.then_some(WordClass::Conjunction), ..title });
        }
        if joins && self.lexicon.word(base) == Some(Sense::Nobody) {
            let nobody = Parts { suffix: rest, ..Parts::whole(WordClass::Nobody) };
            return Some(Parts { suffix_class: Some(WordClass::Conjunction), ..nobody });
        }
        let look = syllables::look(base).filter(|&look| is_name(look, STRONG))?;
        match particle {
            "의" => Some(Parts::whole(WordClass::Genitive)),
            _ if joins => {
                Some(Parts { suffix: rest, suffix_class: Some(WordClass::Conjunction), ..Parts::name(look) })
            }
            _ => None,
        }
    }

    /// Classifies an unlisted word by its last letters and its syllables.
    fn unlisted<'t>(self, text: &'t str) -> Parts<'t> {
        let look = syllables::look(text);
        // A letter distinguishes namesakes: `홍길동M`.
        if look.is_none()
            && let Some(name) = text.strip_suffix(|last: char| last.is_ascii_uppercase())
            && let Some(look) = syllables::look(name).filter(|&look| is_name(look, 2))
        {
            return Parts::name(look);
        }
        let Some(look) = look else { return Parts::whole(WordClass::Nobody) };
        if let Some((at, last)) = text.char_indices().next_back()
            && OFFICES.contains(&last)
            && at > 0
        {
            let is_office = match self.lexicon.word(&text[..at]) {
                Some(Sense::Label | Sense::Qualifier) => true,
                _ => last == '팀' || !is_name(look, 2) && !is_one(&text[..at]),
            };
            if is_office {
                return Parts::whole(WordClass::Nobody);
            }
        }
        Parts::name(look)
    }

    /// Returns length and look of the name before a title.
    fn name_before(self, before: &str, named: bool) -> Option<(usize, Look)> {
        let unqualified = QUALIFIERS
            .iter()
            .find_map(|qualifier| before.strip_suffix(qualifier))
            .filter(|name| !name.is_empty());
        if let Some(name) = unqualified.or_else(|| before.strip_suffix('대')) {
            if let Some(found) = self.name_before(name, named) {
                return Some(found);
            }
            if unqualified.is_some() {
                return None;
            }
        }
        if self.lexicon.word(before).is_some() || self.lexicon.ending(before).is_some() {
            return None;
        }
        let parts = self.unlisted(before);
        let look = parts.look;
        let is_found = parts.class == WordClass::Name
            && match look.shape {
                Shape::Full => look.score >= 2,
                Shape::Short => !named && look.score >= PLAIN,
                Shape::Other | Shape::Foreign => {
                    !named && (look.score >= 2 || look.score >= 0 && before.chars().count() >= 4)
                }
                _ => false,
            };
        is_found.then_some((before.len(), look))
    }

    fn latin<'t>(self, text: &'t str) -> Parts<'t> {
        let sense = self.lexicon.latin(text);
        let is_capital = text.starts_with(char::is_uppercase);
        Parts::whole(match sense {
            Some(Sense::Particle) if is_capital => WordClass::Latin,
            Some(Sense::Nobody) => WordClass::LatinOutlet,
            Some(sense) => class_of(sense),
            None if is_capital && text.trim_end_matches('.').chars().count() == 1 => WordClass::Initial,
            None if is_capital => WordClass::Latin,
            None => WordClass::Nobody,
        })
    }

    /// Returns whether a word is the publisher, or the first or last part of its name.
    fn is_publisher(self, text: &str) -> bool {
        !is_one(text) && (self.publisher.starts_with(text) || self.publisher.ends_with(text))
    }
}

fn class_of(sense: Sense) -> WordClass {
    match sense {
        Sense::PressTitle => WordClass::Title { press: true },
        Sense::Title => WordClass::Title { press: false },
        Sense::Label => WordClass::Label,
        Sense::Credit => WordClass::Credit,
        Sense::Qualifier => WordClass::Qualifier,
        Sense::Conjunction => WordClass::Conjunction,
        Sense::Periodical => WordClass::Periodical,
        Sense::Particle => WordClass::Particle,
        Sense::By => WordClass::By,
        Sense::Town | Sense::Nobody => WordClass::Nobody,
    }
}

fn is_name(look: Look, score: i32) -> bool {
    look.shape == Shape::Full && look.score >= score
}

fn is_one(text: &str) -> bool {
    text.chars().nth(1).is_none()
}
