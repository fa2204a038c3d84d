//! Dates and times: parses every form that crawlers write, and formats the one form of a record.
//!
//! A value is a date (`2025-12-30`, `2024.09.01.`), mostly with a time of day after `T` or a space (`09:48`,
//! `09:48:52`, `09:48:52.5`, `오후 11:55`), mostly without a zone (`Z`, `+09:00`, `+0900`). Years run from 0001 to
//! 9999, in UTC too. Hour 24 and second 60 are invalid. A fraction of a second is truncated to the microsecond, and
//! is written only if it is not zero.

use std::fmt;
use std::str::FromStr;

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};
use serde::{Serialize, Serializer};

/// A calendar date in Korea, from 0001-01-01 to 9999-12-31, written `2025-12-30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarDate(Date);

impl CalendarDate {
    /// Converts days since the Unix epoch; `None` outside years 1 to 9999.
    pub fn of_days(days: i32) -> Option<Self> {
        let date = UTC_EPOCH.date().checked_add(SignedDuration::from_hours(i64::from(days) * 24)).ok()?;
        (1..=9999).contains(&date.year()).then_some(CalendarDate(date))
    }

    /// Returns the year, the month from 1 to 12, and the day from 1 to 31.
    pub fn year_month_day(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// Returns the days since 1970-01-01, negative before it.
    pub fn days_since_epoch(&self) -> i32 {
        // 9999 years have fewer than four million days.
        (self.0.duration_since(UTC_EPOCH.date()).as_hours() / 24) as i32
    }
}

/// A moment in Korean time, written `2025-12-30T23:55:00+09:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KoreanTime(DateTime);

impl KoreanTime {
    /// Returns the microseconds since 1970-01-01T00:00:00Z, negative before it.
    pub fn unix_micros(&self) -> i64 {
        micros(self.0.duration_since(KOREAN_EPOCH))
    }
}

/// A moment in UTC, written `2025-12-30T09:48:52Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcTime(DateTime);

impl UtcTime {
    /// Converts seconds since the Unix epoch; `None` outside years 1 to 9999.
    pub fn of_unix_seconds(seconds: i64) -> Option<Self> {
        later(UTC_EPOCH, seconds).ok().map(Self)
    }

    /// Returns the day in Korea, which is nine hours ahead, in days since 1970-01-01.
    pub fn days_in_korea(&self) -> i32 {
        (self.unix_micros() / 1_000_000 + KOREAN_ZONE).div_euclid(24 * 60 * 60) as i32
    }

    /// Returns the microseconds since 1970-01-01T00:00:00Z, negative before it.
    pub fn unix_micros(&self) -> i64 {
        micros(self.0.duration_since(UTC_EPOCH))
    }
}

impl FromStr for UtcTime {
    type Err = ParseTimeError;

    /// Parses a value of `crawled_at`: a date with a time of day, in UTC unless it names a zone.
    fn from_str(text: &str) -> Result<Self, ParseTimeError> {
        let ParsedDateTime { date, clock } = written(text)?;
        let TimeOfDay { time, zone } = clock.ok_or(ParseTimeError)?;
        later(date.to_datetime(time), -zone.unwrap_or(0)).map(Self)
    }
}

impl FromStr for KoreanTime {
    type Err = ParseTimeError;

    /// Parses the time of a comment: a date with a time of day, Korean unless it names a zone.
    fn from_str(text: &str) -> Result<Self, ParseTimeError> {
        let ParsedDateTime { date, clock } = written(text)?;
        in_korea(date, clock.ok_or(ParseTimeError)?).map(Self)
    }
}

/// Time of publication: the day, and the time of day if the crawler knew it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Published {
    /// The Korean calendar date.
    pub on: CalendarDate,
    /// The moment; `None` at midnight in Korea, which crawlers print if the time of day is unknown.
    pub at: Option<KoreanTime>,
}

impl FromStr for Published {
    type Err = ParseTimeError;

    /// Parses a value of `published_at`: a date, or a date with a time of day, Korean unless it names a zone.
    fn from_str(text: &str) -> Result<Self, ParseTimeError> {
        let ParsedDateTime { date, clock } = written(text)?;
        let Some(clock) = clock else {
            return Ok(Self { on: CalendarDate(date), at: None });
        };
        let moment = in_korea(date, clock)?;
        let at = (moment.time() != Time::midnight()).then_some(KoreanTime(moment));
        Ok(Self { on: CalendarDate(moment.date()), at })
    }
}

/// Error: the value has an unknown form, or names a time that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseTimeError;

impl fmt::Display for ParseTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not a time that exists, in a form such as `2025-12-30 09:48`, `2025-12-30T09:48:52+09:00` \
             or `2024.09.01. 오후 11:55`",
        )
    }
}

impl std::error::Error for ParseTimeError {}

const UTC_EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
const KOREAN_EPOCH: DateTime = DateTime::constant(1970, 1, 1, 9, 0, 0, 0);

/// Offset of Korean time from UTC in seconds.
const KOREAN_ZONE: i64 = 9 * 60 * 60;

fn micros(duration: SignedDuration) -> i64 {
    duration.as_secs() * 1_000_000 + i64::from(duration.subsec_micros())
}

/// Converts to Korean time. Fails if the year in UTC has not four digits, since columns are in UTC.
fn in_korea(date: Date, TimeOfDay { time, zone }: TimeOfDay) -> Result<DateTime, ParseTimeError> {
    let shown = later(date.to_datetime(time), KOREAN_ZONE - zone.unwrap_or(KOREAN_ZONE))?;
    if shown < FIRST_IN_KOREA { Err(ParseTimeError) } else { Ok(shown) }
}

/// Adds `seconds`; fails outside years 1 to 9999.
fn later(shown: DateTime, seconds: i64) -> Result<DateTime, ParseTimeError> {
    if seconds == 0 {
        return Ok(shown);
    }
    let shown = shown.checked_add(SignedDuration::from_secs(seconds)).map_err(|_| ParseTimeError)?;
    if shown.year() < FIRST_YEAR { Err(ParseTimeError) } else { Ok(shown) }
}

// Python and SQL have no year 0000.
const FIRST_YEAR: i16 = 1;
/// Korean time at which the year 0001 begins in UTC.
const FIRST_IN_KOREA: DateTime = DateTime::constant(FIRST_YEAR, 1, 1, 9, 0, 0, 0);

/// A parsed value whose time zone is not yet resolved.
struct ParsedDateTime {
    date: Date,
    clock: Option<TimeOfDay>,
}

struct TimeOfDay {
    time: Time,
    /// Offset of the zone from UTC in seconds; `None` if the value names no zone.
    zone: Option<i64>,
}

fn written(text: &str) -> Result<ParsedDateTime, ParseTimeError> {
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

/// A date or a time as a record writes it.
#[derive(Debug, Clone, Copy)]
pub struct DateTimeText {
    line: [u8; FORM.len()],
    length: usize,
}

const FORM: [u8; 32] = *b"0000-00-00T00:00:00.000000+00:00";

// Every record has three of these: the formatting machinery would be most of their cost.
impl DateTimeText {
    fn date(date: Date) -> Self {
        let mut line = FORM;
        print_number(&mut line[..4], date.year().into());
        print_number(&mut line[5..7], date.month().into());
        print_number(&mut line[8..10], date.day().into());
        DateTimeText { line, length: 10 }
    }

    fn moment(shown: DateTime, zone: &[u8]) -> Self {
        let DateTimeText { mut line, .. } = DateTimeText::date(shown.date());
        print_number(&mut line[11..13], shown.hour().into());
        print_number(&mut line[14..16], shown.minute().into());
        print_number(&mut line[17..19], shown.second().into());
        let mut length = 19;
        let micros = shown.subsec_nanosecond() / 1000;
        if micros != 0 {
            print_number(&mut line[20..26], micros);
            length = 26;
        }
        line[length..length + zone.len()].copy_from_slice(zone);
        DateTimeText { line, length: length + zone.len() }
    }

    /// Returns the text in ASCII.
    pub fn as_bytes(&self) -> &[u8] {
        &self.line[..self.length]
    }
}

/// Fills `place` with the last digits of `number`, which must not be negative.
fn print_number(place: &mut [u8], mut number: i32) {
    for digit in place.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

impl From<CalendarDate> for DateTimeText {
    fn from(CalendarDate(date): CalendarDate) -> Self {
        DateTimeText::date(date)
    }
}

impl From<KoreanTime> for DateTimeText {
    fn from(KoreanTime(shown): KoreanTime) -> Self {
        DateTimeText::moment(shown, b"+09:00")
    }
}

impl From<UtcTime> for DateTimeText {
    fn from(UtcTime(shown): UtcTime) -> Self {
        DateTimeText::moment(shown, b"Z")
    }
}

impl fmt::Display for DateTimeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(str::from_utf8(self.as_bytes()).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Display for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        DateTimeText::from(*self).fmt(f)
    }
}

impl fmt::Display for KoreanTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        DateTimeText::from(*self).fmt(f)
    }
}

impl fmt::Display for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        DateTimeText::from(*self).fmt(f)
    }
}

impl Serialize for CalendarDate {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Serialize for KoreanTime {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Serialize for UtcTime {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}
