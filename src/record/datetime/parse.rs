//! The grammar of dates and times.

use jiff::civil::{Date, Time};

use crate::record::datetime::ParseTimeError;

// Python and SQL have no year 0000.
pub(super) const FIRST_YEAR: i16 = 1;

/// A parsed value whose time zone is not yet resolved.
pub(super) struct ParsedDateTime {
    pub date: Date,
    pub clock: Option<TimeOfDay>,
}

pub(super) struct TimeOfDay {
    pub time: Time,
    /// Offset of the zone from UTC in seconds; `None` if the value names no zone.
    pub zone: Option<i64>,
}

/// Parses a value.
pub(super) fn written(text: &str) -> Result<ParsedDateTime, ParseTimeError> {
    let (date, rest) = date(text.as_bytes())?;
    if rest.is_empty() {
        return Ok(ParsedDateTime { date, clock: None });
    }
    let (hour, rest) = match rest {
        [b'T' | b' ', b'0'..=b'9', ..] => two_digits(&rest[1..])?,
        _ => hour_of_half_day(rest)?,
    };
    let (minute, rest) = two_digits(rest.strip_prefix(b":").ok_or(ParseTimeError)?)?;
    let (second, nanosecond, rest) = match rest {
        [b':', seconds @ ..] => seconds_and_fraction(seconds)?,
        _ => (0, 0, rest),
    };
    let time = Time::new(hour, minute, second, nanosecond).map_err(|_| ParseTimeError)?;
    Ok(ParsedDateTime { date, clock: Some(TimeOfDay { time, zone: zone(rest)? }) })
}

/// Parses `2025-12-30`, or `2024.09.01.`, whose last point is optional.
fn date(text: &[u8]) -> Result<(Date, &[u8]), ParseTimeError> {
    let (century, rest) = two_digits(text)?;
    let (year, rest) = two_digits(rest)?;
    let year = i16::from(century) * 100 + i16::from(year);
    let [mark @ (b'-' | b'.'), rest @ ..] = rest else { return Err(ParseTimeError) };
    let (month, rest) = two_digits(rest)?;
    let (day, rest) = two_digits(rest.strip_prefix(&[*mark]).ok_or(ParseTimeError)?)?;
    let date = Date::new(year, month, day).map_err(|_| ParseTimeError)?;
    if year < FIRST_YEAR {
        return Err(ParseTimeError);
    }
    Ok((date, if *mark == b'.' { without(b'.', rest) } else { rest }))
}

/// `오전`, composed and in normal form D, to which macOS converts files.
const BEFORE_NOON: [&str; 2] = ["오전", "\u{110b}\u{1169}\u{110c}\u{1165}\u{11ab}"];
/// `오후`, composed and in normal form D.
const AFTER_NOON: [&str; 2] = ["오후", "\u{110b}\u{1169}\u{1112}\u{116e}"];

/// Parses the hour, 0 to 23, of ` 오전 9`, ` 오후 09` and the like; the spaces are optional.
fn hour_of_half_day(text: &[u8]) -> Result<(i8, &[u8]), ParseTimeError> {
    let text = without(b' ', text);
    let after = |words: [&str; 2]| words.iter().find_map(|word| text.strip_prefix(word.as_bytes()));
    let (noon, rest) = match (after(BEFORE_NOON), after(AFTER_NOON)) {
        (Some(rest), _) => (0, rest),
        (_, Some(rest)) => (12, rest),
        _ => return Err(ParseTimeError),
    };
    let rest = without(b' ', rest);
    let (hour, rest) = match rest {
        [hour @ b'0'..=b'9', b':', ..] => ((hour - b'0') as i8, &rest[1..]),
        _ => two_digits(rest)?,
    };
    if !(1..=12).contains(&hour) {
        return Err(ParseTimeError);
    }
    Ok((hour % 12 + noon, rest))
}

/// Parses `52` or `52.0135` to seconds and nanoseconds, the latter truncated to whole microseconds.
fn seconds_and_fraction(text: &[u8]) -> Result<(i8, i32, &[u8]), ParseTimeError> {
    let (second, rest) = two_digits(text)?;
    let Some(fraction) = rest.strip_prefix(b".") else { return Ok((second, 0, rest)) };
    let length = fraction.iter().take_while(|digit| digit.is_ascii_digit()).count();
    if length == 0 {
        return Err(ParseTimeError);
    }
    let (fraction, rest) = fraction.split_at(length);
    let six = fraction.iter().copied().chain(std::iter::repeat(b'0')).take(6);
    let micros = six.fold(0, |micros, digit| micros * 10 + i32::from(digit - b'0'));
    Ok((second, micros * 1000, rest))
}

/// Parses the zone at the end of a value to seconds ahead of UTC: `Z`, `+09:00` or `+0900`, with an optional space
/// before it.
fn zone(text: &[u8]) -> Result<Option<i64>, ParseTimeError> {
    if text.is_empty() {
        return Ok(None);
    }
    let (sign, rest) = match without(b' ', text) {
        [b'Z'] => return Ok(Some(0)),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return Err(ParseTimeError),
    };
    let (hours, rest) = two_digits(rest)?;
    let (minutes, rest) = two_digits(without(b':', rest))?;
    if hours > 23 || minutes > 59 || !rest.is_empty() {
        return Err(ParseTimeError);
    }
    Ok(Some(sign * (i64::from(hours) * 60 + i64::from(minutes)) * 60))
}

fn two_digits(text: &[u8]) -> Result<(i8, &[u8]), ParseTimeError> {
    match text {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] => {
            Ok((((tens - b'0') * 10 + (ones - b'0')) as i8, rest))
        }
        _ => Err(ParseTimeError),
    }
}

/// Strips `mark` from the start of `text`, if it begins with one.
fn without(mark: u8, text: &[u8]) -> &[u8] {
    text.strip_prefix(&[mark]).unwrap_or(text)
}
