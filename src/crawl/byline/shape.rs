//! How a word that can be a name looks.

use std::sync::LazyLock;

use super::lexer::{is_han, is_kana};
use super::lexicon::{FOREIGN_SYLLABLES, LONG_SURNAMES, SURNAMES};

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

impl Shape {
    /// The shape of a word of syllables, or of Han and kana; none of any other word.
    pub(super) fn of(word: &str) -> Option<Self> {
        let is_hangul = |character: char| ('가'..='힣').contains(&character);
        let is_cjk = |character: char| is_han(character) || is_kana(character);
        let written = !word.is_empty() && (word.chars().all(is_hangul) || word.chars().all(is_cjk));
        written.then(|| shape_of(word))
    }
}

fn shape_of(text: &str) -> Shape {
    let syllables = text.chars().count();
    let surname = text.chars().next().is_some_and(|first| SURNAME.hold(first));
    let foreign = text.chars().any(|character| FOREIGN.hold(character));
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
    text.chars().skip(1).any(|character| FOREIGN.hold(character))
}

static SURNAME: LazyLock<Syllables> = LazyLock::new(|| Syllables::of(SURNAMES));
static FOREIGN: LazyLock<Syllables> = LazyLock::new(|| Syllables::of(FOREIGN_SYLLABLES));

/// Hangul has so many syllables, one behind the other from this one on.
const COUNT: usize = 11_172;
const FIRST: u32 = '가' as u32;

/// A set of Hangul syllables.
struct Syllables(Box<[bool; COUNT]>);

impl Syllables {
    fn of(list: &str) -> Self {
        let mut held = Box::new([false; COUNT]);
        for syllable in list.chars() {
            held[(u32::from(syllable) - FIRST) as usize] = true;
        }
        Syllables(held)
    }

    fn hold(&self, character: char) -> bool {
        let number = u32::from(character).wrapping_sub(FIRST) as usize;
        self.0.get(number).copied().unwrap_or(false)
    }
}
