//! A number as people write it: groups of digits, with signs and spaces between them.
//!
//! Digits are ASCII or full-width. Characters of no width may be anywhere and do not count.

use crate::text::email::is_invisible;

/// Maximum number of digits that are read from a start; longer numbers are none of any kind.
pub const MAX_DIGITS: usize = 20;
/// Maximum number of groups of digits.
const MAX_GROUPS: usize = 8;
/// Maximum number of bytes before a run of four digits in which its number begins.
const MAX_BYTES_BEFORE: usize = 64;
/// Maximum number of spaces on either side of a sign.
const MAX_SPACES: usize = 2;

/// Sign between two groups of digits, apart from spaces around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Spaces alone, or nothing where ASCII and full-width digits meet.
    Space,
    /// A hyphen, a dash, or a letter that looks like one.
    Dash,
    /// A full stop or a middle dot.
    Dot,
    /// A bracket or two.
    Bracket,
}

/// One group of digits.
#[derive(Debug, Clone, Copy)]
struct Group {
    /// Number of digits up to its end, from the start of the number.
    digits: usize,
    /// Byte offset of its end in the text.
    end: usize,
    /// Sign before it.
    sign: Sign,
}

/// Groups of digits from one start on.
#[derive(Debug, Clone)]
pub struct Number<'t> {
    text: &'t str,
    /// Byte offset of the first digit.
    pub start: usize,
    /// Byte offset before which the text belongs to an earlier match.
    pub limit: usize,
    digits: [u8; MAX_DIGITS],
    groups: [Group; MAX_GROUPS],
    group_count: usize,
}

/// Value of an ASCII or full-width digit, as an ASCII digit.
pub fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8),
        '０'..='９' => Some((u32::from(c) - u32::from('０')) as u8 + b'0'),
        _ => None,
    }
}

/// Returns whether `c` is a space within a line.
pub fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}')
}

/// Returns the sign that `c` is between two groups of digits.
pub fn sign(c: char) -> Option<Sign> {
    match c {
        '-'
        | '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{2500}'
        | '\u{2501}'
        | '－'
        | '﹣'
        | 'ー'
        | 'ㅡ'
        | '⁃' => Some(Sign::Dash),
        '.' | '．' | '·' | '•' | '‧' | '∙' | '⋅' | '・' | 'ㆍ' | '･' => Some(Sign::Dot),
        '(' | ')' | '（' | '）' => Some(Sign::Bracket),
        _ => None,
    }
}

impl<'t> Number<'t> {
    /// Reads the groups of digits from `start`, the offset of a digit, on.
    pub fn read(text: &'t str, start: usize, limit: usize) -> Self {
        let empty = Group { digits: 0, end: start, sign: Sign::Space };
        let mut number = Number {
            text,
            start,
            limit,
            digits: [0; MAX_DIGITS],
            groups: [empty; MAX_GROUPS],
            group_count: 0,
        };
        let (mut count, mut at, mut before) = (0, start, Sign::Space);
        while number.group_count < MAX_GROUPS {
            let first = count;
            let mut end = at;
            for (offset, c) in text[at..].char_indices() {
                match digit(c) {
                    Some(_) if count == MAX_DIGITS => return number,
                    Some(digit) => {
                        number.digits[count] = digit;
                        count += 1;
                        end = at + offset + c.len_utf8();
                    }
                    None if is_invisible(c) => {}
                    None => break,
                }
            }
            if count == first {
                break;
            }
            number.groups[number.group_count] = Group { digits: count, end, sign: before };
            number.group_count += 1;
            let Some((sign, length)) = separator(text[end..].chars()) else { break };
            (before, at) = (sign, end + length);
        }
        number
    }

    /// ASCII digits of all groups.
    pub fn digits(&self) -> &[u8] {
        &self.digits[..self.groups[..self.group_count].last().map_or(0, |group| group.digits)]
    }

    /// Returns the byte offset after the first `count` digits if they are whole groups that end only after the
    /// numbers of digits in `ends`, which include `count`.
    pub fn end_if_cut(&self, count: usize, ends: &[usize]) -> Option<usize> {
        let groups = &self.groups[..self.group_count];
        let last = groups.iter().position(|group| group.digits == count)?;
        groups[..=last].iter().all(|group| ends.contains(&group.digits)).then(|| groups[last].end)
    }

    /// Returns the byte offset after the first `count` digits if they are whole groups.
    pub fn end(&self, count: usize) -> Option<usize> {
        self.groups[..self.group_count].iter().find(|group| group.digits == count).map(|group| group.end)
    }

    /// Signs between the groups of the first `count` digits.
    pub fn signs(&self, count: usize) -> impl Iterator<Item = Sign> {
        let groups = &self.groups[..self.group_count];
        groups.iter().skip(1).take_while(move |group| group.digits <= count).map(|group| group.sign)
    }

    /// Numbers of digits in the groups up to `count` digits; unused places are 0.
    pub fn lengths(&self, count: usize) -> [usize; MAX_GROUPS] {
        let mut lengths = [0; MAX_GROUPS];
        let mut before = 0;
        let groups = self.groups[..self.group_count].iter().take_while(|group| group.digits <= count);
        for (length, group) in lengths.iter_mut().zip(groups) {
            *length = group.digits - before;
            before = group.digits;
        }
        lengths
    }

    /// Number of digits at the end of each group.
    pub fn ends(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.groups[..self.group_count].iter().map(|group| group.digits)
    }

    /// Returns whether a sign joins the number to a digit before it, or to one after `end`: it is a part of a longer
    /// one then.
    pub fn goes_on(&self, end: usize) -> bool {
        let mut before = self.before().chars().rev().filter(|c| !is_invisible(*c));
        let is_joined_before = before.next().is_some_and(is_joint) && before.next().and_then(digit).is_some();
        let mut after = self.text[end..].chars().filter(|c| !is_invisible(*c));
        let is_joined_after = after.next().is_some_and(is_joint) && after.next().and_then(digit).is_some();
        is_joined_before || is_joined_after
    }

    /// Returns whether digits without a sign between them, up to `end`, are a number of their own: no part of a word,
    /// of a link, of a price or of an id.
    pub fn is_alone(&self, end: usize) -> bool {
        let is_word = |c: char| {
            c.is_ascii_alphanumeric() || matches!(c, '_' | '#' | '%' | '&' | '=' | '$' | '￦' | '₩')
        };
        let before = self.before();
        let after = self.text[end..].trim_start_matches(is_invisible);
        !before.trim_end_matches(is_invisible).ends_with(is_word)
            && !after.starts_with(is_word)
            && !is_unit(after)
            && !self.is_in_link()
    }

    /// Returns whether the number is a part of a web address.
    pub fn is_in_link(&self) -> bool {
        const MAX_LINK_BYTES: usize = 256;
        let before =
            &self.text.as_bytes()[self.limit.max(self.start.saturating_sub(MAX_LINK_BYTES))..self.start];
        let word = before.iter().rposition(|byte| !byte.is_ascii_graphic()).map_or(0, |space| space + 1);
        let word = &before[word..];
        if !word.contains(&b'/') {
            return false;
        }
        let has = |needle: &[u8]| word.windows(needle.len()).any(|window| window == needle);
        has(b"://") || has(b"www.") || has(b".kr/") || has(b".com/") || has(b".net/") || has(b".org/")
    }

    /// Returns whether a `+` stands before the number.
    pub fn has_plus(&self) -> bool {
        self.before().trim_end_matches(is_invisible).ends_with(['+', '＋'])
    }

    /// Text before the number, not before the end of an earlier match.
    pub fn before(&self) -> &'t str {
        &self.text[self.limit..self.start]
    }

    /// Text after `end`.
    pub fn after(&self, end: usize) -> &'t str {
        &self.text[end..]
    }
}

fn is_joint(c: char) -> bool {
    sign(c) == Some(Sign::Dash) || matches!(c, '.' | '．' | '_')
}

/// Returns whether a text begins with a unit, so that the digits before it count something.
pub fn is_unit(text: &str) -> bool {
    const MONEY: [&str; 9] = ["원", "만", "억", "조", "천", "달러", "위안", "엔", "유로"];
    const OTHERS: [&str; 18] = [
        "여", "명", "개", "건", "년", "월", "주", "표", "대", "호", "회", "톤", "배럴", "%", "％", "㎡",
        "kg", "km",
    ];
    let next = text.trim_start_matches(is_space);
    MONEY.iter().any(|unit| next.starts_with(unit)) || OTHERS.iter().any(|unit| text.starts_with(unit))
}

/// Reads what separates two groups of digits: spaces, one sign or two brackets, and spaces. Returns its length.
fn separator(chars: impl Iterator<Item = char>) -> Option<(Sign, usize)> {
    let mut found = None;
    let (mut length, mut spaces) = (0, 0);
    for c in chars {
        match sign(c) {
            _ if digit(c).is_some() => return Some((found.unwrap_or(Sign::Space), length)),
            Some(Sign::Bracket) if matches!(found, None | Some(Sign::Bracket | Sign::Dash)) => {
                found = Some(Sign::Bracket);
                spaces = 0;
            }
            Some(Sign::Dash) if found == Some(Sign::Bracket) => spaces = 0,
            Some(sign) if found.is_none() => (found, spaces) = (Some(sign), 0),
            Some(_) => return None,
            None if is_space(c) && spaces < MAX_SPACES => spaces += 1,
            None if is_invisible(c) => {}
            None => return None,
        }
        length += c.len_utf8();
        if length > MAX_BYTES_BEFORE {
            return None;
        }
    }
    None
}

/// Returns the starts of the groups of digits that a number with the digit at `offset` may begin with, the first one
/// first, and their number.
pub fn starts(text: &str, offset: usize, limit: usize) -> ([usize; MAX_GROUPS], usize) {
    let mut starts = [0; MAX_GROUPS];
    let mut count = 0;
    let mut start = group_start(text, offset, limit);
    loop {
        starts[count] = start;
        count += 1;
        let floor = limit.max(offset.saturating_sub(MAX_BYTES_BEFORE));
        if count == MAX_GROUPS || start <= floor {
            break;
        }
        let before = &text[limit..start];
        let Some((_, length)) = separator(before.chars().rev()) else { break };
        let last = before[..before.len() - length].chars().next_back().map_or(1, char::len_utf8);
        start = group_start(text, start - length - last, limit);
    }
    starts[..count].reverse();
    (starts, count)
}

/// Returns the start of the group of digits that has one at `offset`.
fn group_start(text: &str, offset: usize, limit: usize) -> usize {
    let mut start = offset;
    // A longer run of digits is no number of any kind, wherever it begins.
    for (at, c) in text[limit..offset].char_indices().rev().take(2 * MAX_DIGITS) {
        match digit(c) {
            Some(_) => start = limit + at,
            None if is_invisible(c) => {}
            None => break,
        }
    }
    start
}

/// Maximum number of characters between a word that names a number and the number.
const MAX_CUE_CHARS: usize = 30;

/// Returns the text of the same line that is near the end of `before`.
pub fn near_end(before: &str) -> &str {
    let near = before.char_indices().rev().take(MAX_CUE_CHARS).take_while(|(_, c)| *c != '\n').last();
    &before[near.map_or(before.len(), |(start, _)| start)..]
}

/// Returns the text of the same line that is near the start of `after`.
pub fn near_start(after: &str) -> &str {
    let end = after.char_indices().take_while(|(_, c)| *c != '\n').take(MAX_CUE_CHARS / 2).last();
    &after[..end.map_or(0, |(start, c)| start + c.len_utf8())]
}

/// Returns whether a text contains one of `words`.
pub fn names(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}
