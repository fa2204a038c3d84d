//! What one word of a byline is: a name's part, a title, a place, nobody.

use super::lexer::{Span, is_latin};
use super::lexicon::Sense;
use super::shape::Shape;
use super::{hangul, senses};

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

/// Sorts a word, and cuts a title off that is written without a space: `홍길동기자`.
///
/// `named` says whether a name stands before it in the phrase: then `공연기자` is a title as a whole.
pub(super) fn sort(span: Span, byline: &str, named: bool) -> (Word, Option<Word>) {
    let text = span.of(byline);
    let composed = hangul::compose(text);
    let text_sorted = sort_text(&composed, named);
    let cut = match text_sorted {
        Sorted::Glued { title, .. } => hangul::find_ending(text, title),
        Sorted::Whole(_) => None,
    };
    match (text_sorted, cut) {
        (Sorted::Whole(kind), _) => (Word { span, kind }, None),
        (Sorted::Glued { .. }, None) => (Word { span, kind: Kind::Nobody }, None),
        (Sorted::Glued { shape, .. }, Some(cut)) => {
            let (name, title) =
                (Span { end: span.start + cut, ..span }, Span { start: span.start + cut, ..span });
            let title = Word { span: title, kind: Kind::Title { press: true } };
            (Word { span: name, kind: Kind::Name(shape) }, Some(title))
        }
    }
}

enum Sorted<'a> {
    Whole(Kind),
    Glued { title: &'a str, shape: Shape },
}

fn sort_text(text: &str, named: bool) -> Sorted<'_> {
    if let Some(sense) = senses::whole(text) {
        return Sorted::Whole(listed(sense));
    }
    if text.chars().all(|character| is_latin(character) || matches!(character, '-' | '\'' | '’' | '.')) {
        return Sorted::Whole(latin(text));
    }
    let Some((sense, end)) = senses::ending(text) else { return Sorted::Whole(unlisted(text)) };
    let before = &text[..text.len() - end.len()];
    Sorted::Whole(match sense {
        Sense::PressTitle => match name_before(before) {
            Some(Shape::Full) => return Sorted::Glued { title: end, shape: Shape::Full },
            Some(shape @ (Shape::Short | Shape::Foreign)) if !named => {
                return Sorted::Glued { title: end, shape };
            }
            _ => Kind::Title { press: true },
        },
        // `정시인` is a name, `부국장` a title.
        Sense::Title if before.chars().count() == 1 && is_full_name(text) => Kind::Name(Shape::Full),
        Sense::Title => Kind::Title { press: false },
        Sense::TeamAfterField => match senses::whole(before) {
            Some(Sense::Field | Sense::Label) => Kind::Nobody,
            Some(_) if is_full_name(text) => Kind::LastResort,
            Some(_) => Kind::Nobody,
            None if Shape::of(text) == Some(Shape::Long) => Kind::Nobody,
            None => unlisted(text),
        },
        // A name of three syllables can end as an outlet or a team does: `정방송`.
        _ if is_full_name(text) && end != "팀" && senses::whole(before).is_none() => Kind::LastResort,
        _ => Kind::Nobody,
    })
}

fn listed(sense: Sense) -> Kind {
    match sense {
        Sense::PressTitle => Kind::Title { press: true },
        Sense::Title => Kind::Title { press: false },
        Sense::Label => Kind::Label,
        Sense::Credit => Kind::Credit,
        Sense::Field => Kind::Field,
        Sense::Town => Kind::LastResort,
        Sense::Conjunction => Kind::Conjunction,
        Sense::Nobody | Sense::TeamAfterField => Kind::Nobody,
    }
}

fn unlisted(text: &str) -> Kind {
    Shape::of(text).map_or(Kind::Nobody, Kind::Name)
}

fn is_full_name(text: &str) -> bool {
    Shape::of(text) == Some(Shape::Full)
}

/// The shape of what stands before a title, where it can be a name.
fn name_before(text: &str) -> Option<Shape> {
    // An ending of one syllable, such as a department's, is a name's last syllable more often.
    let has_ending = || senses::ending(text).is_some_and(|(_, end)| end.chars().count() > 1);
    if senses::whole(text).is_some() || has_ending() { None } else { Shape::of(text) }
}

fn latin(text: &str) -> Kind {
    let lower = text.to_lowercase();
    if lower == "by" {
        return Kind::By;
    }
    match senses::latin(&lower) {
        Some(Sense::Title) => Kind::Title { press: true },
        Some(Sense::Field) => Kind::Field,
        Some(_) => Kind::LatinOutlet,
        None if text.starts_with(char::is_uppercase) => Kind::Latin,
        None => Kind::Nobody,
    }
}
