//! Iterates over the personal data of a text, in order.

use std::ops::Range;

use crate::personal::number::{Number, digit, is_space, sign, starts};
use crate::personal::scan::next_hint;
use crate::personal::{Kind, Kinds, Match, account, card, passport, phone, plate, rrn};
use crate::text::email::{Addresses, is_invisible};

/// Returns the end of a kind of number.
type NumberForm = fn(&Number<'_>) -> Option<usize>;
/// Returns the bytes of a kind of number that has digits at an offset, after the end of the last match.
type NamedForm = fn(&str, usize, usize) -> Option<Range<usize>>;

/// Iterator over the personal data of a text, in order and without overlaps.
#[derive(Debug, Clone)]
pub struct Finder<'t> {
    text: &'t str,
    kinds: Kinds,
    addresses: Addresses<'t>,
    /// The next address, once one was looked for.
    next_address: Option<Option<Range<usize>>>,
    /// End of the last match.
    end: usize,
    /// Offset of the search.
    offset: usize,
    /// Offset before which no number begins that has not been found.
    tried: usize,
}

impl<'t> Finder<'t> {
    /// Finds the kinds of `kinds`.
    pub fn new(text: &'t str, kinds: Kinds) -> Self {
        Finder {
            text,
            kinds,
            addresses: Addresses::new(text),
            next_address: None,
            end: 0,
            offset: 0,
            tried: 0,
        }
    }

    /// Returns the next address that ends after `offset`.
    fn address_after(&mut self, offset: usize) -> Option<Range<usize>> {
        if !self.kinds.contains(Kind::Email) {
            return None;
        }
        loop {
            let address = self.next_address.get_or_insert_with(|| self.addresses.next()).clone()?;
            if address.end > offset {
                return Some(address);
            }
            self.next_address = None;
        }
    }

    /// Returns the number that has the digit at `offset`.
    fn number(&mut self, offset: usize) -> Option<Match> {
        const FORMS: [(Kind, NumberForm); 4] = [
            (Kind::Card, card::end),
            (Kind::Rrn, rrn::end),
            (Kind::Phone, phone::end),
            (Kind::Account, account::end),
        ];
        const NAMED_FORMS: [(Kind, NamedForm); 2] =
            [(Kind::Passport, passport::range), (Kind::Plate, plate::range)];
        let Finder { text, kinds, end: limit, .. } = *self;
        let (starts, count) = starts(text, offset, limit);
        let starts = &starts[..count];
        let run = *starts.last()?;
        for start in starts.iter().filter(|start| **start >= self.tried) {
            let number = Number::read(text, *start, limit);
            let forms = FORMS.iter().filter(|(kind, _)| kinds.contains(*kind));
            let found = forms.into_iter().find_map(|(kind, form)| Some((*kind, form(&number)?)));
            if let Some((kind, end)) = found {
                return Some(Match { kind, range: with_opening(text, *start, end, limit)..end });
            }
        }
        self.tried = run + 1;
        let mut forms = NAMED_FORMS.iter().filter(|(kind, _)| kinds.contains(*kind));
        forms.find_map(|(kind, form)| Some(Match { kind: *kind, range: form(text, run, limit)? }))
    }

    fn found(&mut self, kind: Kind, range: Range<usize>) -> Option<Match> {
        (self.end, self.offset) = (range.end, range.end);
        Some(Match { kind, range })
    }
}

impl Iterator for Finder<'_> {
    type Item = Match;

    fn next(&mut self) -> Option<Match> {
        if !self.kinds.has_numbers() {
            let address = self.address_after(self.offset)?;
            return self.found(Kind::Email, address);
        }
        loop {
            let hint = next_hint(self.text, self.offset)?;
            let c = self.text[hint..].chars().next()?;
            self.offset = hint + c.len_utf8();
            let is_digit = digit(c).is_some();
            let may_be_one = is_digit && (!c.is_ascii() || may_be_part(self.text, hint, self.end));
            let number = if may_be_one { self.number(hint) } else { None };
            if number.is_none() && is_digit {
                self.offset += digits_from(&self.text[self.offset..]);
            }
            let address = match (&number, c) {
                (Some(number), _) => {
                    self.address_after(number.range.start).filter(|address| address.start < number.range.end)
                }
                (None, '@' | '＠' | '﹫') => {
                    self.address_after(hint).filter(|address| address.start <= hint)
                }
                _ => None,
            };
            match (address, number) {
                (Some(address), _) => {
                    let start = address.start.max(self.end);
                    return self.found(Kind::Email, start..address.end);
                }
                (None, Some(number)) => return self.found(number.kind, number.range),
                (None, None) => {}
            }
        }
    }
}

/// Returns whether the ASCII digits at `offset`, the fourth of them, are many enough for a number, or others are next to
/// them. Most are a year or an amount, and need no closer look.
fn may_be_part(text: &str, offset: usize, limit: usize) -> bool {
    const ALONE: std::ops::RangeInclusive<usize> = 8..=19;
    let (before, after) = (&text[limit..offset - 3], &text[offset + 1..]);
    if is_between_words(before.as_bytes(), after.as_bytes()) {
        return false;
    }
    let length = 4 + after.bytes().take_while(u8::is_ascii_digit).count();
    let mut chars = before.chars().rev();
    let nearest = before.bytes().next_back();
    let letter = next_other(&mut chars);
    ALONE.contains(&length)
        // A passport, a card or a telephone number, a plate.
        || nearest.is_some_and(|byte| byte.is_ascii_alphabetic())
        || letter.is_some_and(|c| digit(c).is_some())
        || next_other(&mut after[length - 4..].chars()).is_some_and(|c| digit(c).is_some())
        || letter.is_some_and(|c| matches!(c, '가'..='힣'))
            && next_other(&mut chars).is_some_and(|c| digit(c).is_some())
}

/// Returns whether digits come after two letters of Hangul, with or without a space, and before one: `지난 2024년`.
fn is_between_words(before: &[u8], after: &[u8]) -> bool {
    let is_lead = |byte: &u8| matches!(byte, 0xea..=0xed);
    let before = before.strip_suffix(b" ").unwrap_or(before);
    let Some([first, _, _, second, _, _]) = before.last_chunk() else { return false };
    is_lead(first) && is_lead(second) && after.first().is_some_and(is_lead)
}

/// Returns the next character that may not be between two groups of digits.
fn next_other(chars: &mut impl Iterator<Item = char>) -> Option<char> {
    chars.find(|c| !is_space(*c) && sign(*c).is_none() && !is_invisible(*c))
}

/// Returns the length of the digits at the start of `text`.
fn digits_from(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c| digit(c).is_some()).len()
}

/// Returns the start of a number with the `+` or the bracket before it: `+82…`, `(02) 123-4567`.
fn with_opening(text: &str, start: usize, end: usize, limit: usize) -> usize {
    let before = text[limit..start].trim_end_matches(is_invisible);
    let before = before.strip_suffix(['+', '＋']).unwrap_or(before);
    let is_closed = text[start..end]
        .chars()
        .find(|c| matches!(c, '(' | ')' | '（' | '）'))
        .is_some_and(|c| matches!(c, ')' | '）'));
    let before = if is_closed { before.strip_suffix(['(', '（']).unwrap_or(before) } else { before };
    if before.len() == text[limit..start].trim_end_matches(is_invisible).len() {
        start
    } else {
        limit + before.len()
    }
}
