//! Finds the owner of an e-mail address by its local part.

use crate::crawl::byline::hangul;
use crate::crawl::byline::lexer::is_latin;
use crate::crawl::byline::syllables::PLAIN;

/// Mailboxes of teams.
const MAILBOXES: [&str; 14] = [
    "news",
    "desk",
    "photo",
    "jebo",
    "webmaster",
    "editor",
    "press",
    "media",
    "info",
    "help",
    "admin",
    "online",
    "contact",
    "team",
];

/// Returns whether an address makes a person of the word before it, which may be a name with this score.
pub(super) fn can_own(name: &str, score: i32, address: &str) -> bool {
    let name = hangul::compose(name);
    if score >= PLAIN || name.chars().all(|character| is_latin(character) || !character.is_alphabetic()) {
        return true;
    }
    let is_mailbox = MAILBOXES.contains(&local_part(address));
    match name.chars().count() {
        0..=3 => score >= if is_mailbox { 2 } else { 0 },
        _ => score >= 0 && affinity(&name, address) > 0,
    }
}

/// Returns the number of persons who share an address: two share `hong·garam@example.com`.
pub(super) fn sharers(address: &str) -> usize {
    if address.contains('·') { 1 + local_part(address).matches('·').count() } else { 1 }
}

/// Scores how much of a name the local part of an address spells; 0 for nothing.
pub(super) fn affinity(name: &str, address: &str) -> usize {
    let local = local_part(address).to_lowercase();
    let name = hangul::compose(name);
    let spelled = consonants(&local);
    let mut best = 0;
    for word in name.split([' ', '-', '.']).filter(|word| word.chars().all(is_latin)) {
        let word = word.to_lowercase();
        if word.len() > 2 && local.contains(&word) {
            best += word.len();
        }
    }
    let syllables: Vec<RomanSyllable> = name.chars().filter_map(RomanSyllable::new).collect();
    if syllables.len() > 1 {
        let given: String = syllables[1..].iter().flat_map(|syllable| syllable.consonants()).collect();
        if given.chars().count() > 1 && spelled.contains(&given) {
            best = best.max(2 + given.len());
        }
        let surname: String = syllables[0].consonants().collect();
        if surname.chars().count() > 1 && spelled.starts_with(&surname) {
            best = best.max(1 + surname.len());
        }
        let letters: Vec<char> = local.chars().filter(char::is_ascii_alphabetic).collect();
        let are_initials = letters.len() == syllables.len()
            && letters.iter().zip(&syllables).all(|(&letter, syllable)| syllable.starts_with(letter));
        if are_initials {
            best = best.max(2 + letters.len());
        }
    }
    best
}

fn local_part(address: &str) -> &str {
    address.split(['@', '＠', '﹫']).next().unwrap_or_default()
}

/// A Hangul syllable, by its initial and final consonant.
#[derive(Debug, Clone, Copy)]
struct RomanSyllable {
    initial: usize,
    tail: usize,
}

impl RomanSyllable {
    fn new(character: char) -> Option<Self> {
        let number =
            u32::from(character).checked_sub(u32::from('가')).filter(|&number| number < 11_172)? as usize;
        Some(RomanSyllable { initial: number / 588, tail: number % 28 })
    }

    /// Returns its consonants, spelled as by [`consonants`].
    fn consonants(self) -> impl Iterator<Item = char> {
        // ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ
        const INITIALS: [char; 19] =
            ['k', 'k', 'n', 't', 't', 'l', 'm', 'p', 'p', 's', 's', ' ', 'j', 'j', 'j', 'k', 't', 'p', 'h'];
        const TAILS: [char; 28] = [
            ' ', 'k', 'k', 'k', 'n', 'n', 'n', 't', 'l', 'k', 'm', 'p', 'l', 'l', 'p', 'l', 'm', 'p', 'p',
            't', 't', 'N', 't', 't', 'k', 't', 'p', 't',
        ];
        [INITIALS[self.initial], TAILS[self.tail]].into_iter().filter(|&consonant| consonant != ' ')
    }

    fn starts_with(self, letter: char) -> bool {
        let mut spelled = consonants(letter.encode_utf8(&mut [0; 4])).chars().next();
        if letter == 'c' {
            spelled = Some('j');
        }
        match self.consonants().next().filter(|_| self.initial != SILENT) {
            Some(initial) => spelled == Some(initial),
            // `이` is written `Lee`, `Yi` or `I`.
            None => "aeiouywl".contains(letter),
        }
    }
}

/// Index of the silent initial ㅇ.
const SILENT: usize = 11;

/// Returns the consonants of a word in Latin letters; those that Hangul does not distinguish are merged.
fn consonants(text: &str) -> String {
    let letters: Vec<char> = text.chars().filter(char::is_ascii_lowercase).collect();
    let mut spelled = String::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        let next = letters.get(at + 1).copied();
        let (consonant, length) = match (letters[at], next) {
            ('n', Some('g')) => (Some('N'), 2),
            ('c', Some('h')) => (Some('j'), 2),
            ('s', Some('h')) => (Some('s'), 2),
            ('k' | 'g' | 'c' | 'q', _) => (Some('k'), 1),
            ('d' | 't', _) => (Some('t'), 1),
            ('b' | 'p' | 'v' | 'f', _) => (Some('p'), 1),
            ('r' | 'l', _) => (Some('l'), 1),
            ('j' | 'z', _) => (Some('j'), 1),
            (letter @ ('n' | 'm' | 's' | 'h'), _) => (Some(letter), 1),
            _ => (None, 1),
        };
        spelled.extend(consonant);
        at += length;
    }
    spelled
}
