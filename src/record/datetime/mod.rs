//! Dates and times: parses every form that crawlers write, and formats the one form of a record.
//!
//! A value is a date (`2025-12-30`, `2024.09.01.`), mostly with a time of day after `T` or a space (`09:48`,
//! `09:48:52`, `09:48:52.5`, `오후 11:55`), mostly without a zone (`Z`, `+09:00`, `+0900`). Years run from 0001 to
//! 9999, in UTC too. Hour 24 and second 60 are invalid. A fraction of a second is truncated to the microsecond, and
//! is written only if it is not zero.

mod parse;

use std::fmt;
use std::str::FromStr;

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};
use serde::{Serialize, Serializer};

use crate::record::datetime::parse::{FIRST_YEAR, ParsedDateTime, TimeOfDay, written};

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

/// Digits in which a fraction of a second is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum FractionDigits {
    /// Six.
    Micros,
    /// Three, unless they are too few.
    Millis,
}

/// A moment in Korean time, written `2025-12-30T23:55:00+09:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KoreanTime(DateTime, FractionDigits);

impl KoreanTime {
    /// Returns the microseconds since 1970-01-01T00:00:00Z, negative before it.
    pub fn unix_micros(&self) -> i64 {
        micros(self.0.duration_since(KOREAN_EPOCH))
    }
}

/// A moment in UTC, written `2025-12-30T09:48:52Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcTime(DateTime, FractionDigits);

impl UtcTime {
    /// Converts seconds since the Unix epoch; `None` outside years 1 to 9999.
    pub fn of_unix_seconds(seconds: i64) -> Option<Self> {
        later(UTC_EPOCH, seconds).ok().map(|moment| Self(moment, FractionDigits::Micros))
    }

    /// Parses a date with a time of day, `zone` seconds ahead of UTC unless it names a zone. It is written with its
    /// milliseconds as they are.
    ///
    /// # Errors
    /// See [`ParseTimeError`].
    pub fn parse_in(text: &str, zone: i64) -> Result<Self, ParseTimeError> {
        Ok(Self(in_utc(text, zone)?, FractionDigits::Millis))
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
        Ok(Self(in_utc(text, 0)?, FractionDigits::Micros))
    }
}

impl FromStr for KoreanTime {
    type Err = ParseTimeError;

    /// Parses the time of a comment: a date with a time of day, Korean unless it names a zone.
    fn from_str(text: &str) -> Result<Self, ParseTimeError> {
        let ParsedDateTime { date, clock } = written(text)?;
        Ok(Self(in_korea(date, clock.ok_or(ParseTimeError)?)?, FractionDigits::Micros))
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
        let at = (moment.time() != Time::midnight()).then_some(KoreanTime(moment, FractionDigits::Micros));
        Ok(Self { on: CalendarDate(moment.date()), at })
    }
}

impl Published {
    /// Parses a date, or a date with a time of day, `zone` seconds ahead of UTC unless it names a zone. Midnight in the
    /// zone of the value is no time of day.
    ///
    /// # Errors
    /// See [`ParseTimeError`].
    pub fn parse_in(text: &str, zone: i64) -> Result<Self, ParseTimeError> {
        let ParsedDateTime { date, clock } = written(text)?;
        match clock {
            Some(clock) if clock.time != Time::midnight() => {
                let moment = in_korea(date, TimeOfDay { zone: clock.zone.or(Some(zone)), ..clock })?;
                let at = Some(KoreanTime(moment, FractionDigits::Millis));
                Ok(Self { on: CalendarDate(moment.date()), at })
            }
            _ => Ok(Self { on: CalendarDate(date), at: None }),
        }
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

/// Parses a date with a time of day, `zone` seconds ahead of UTC unless it names a zone.
fn in_utc(text: &str, zone: i64) -> Result<DateTime, ParseTimeError> {
    let ParsedDateTime { date, clock } = written(text)?;
    let clock = clock.ok_or(ParseTimeError)?;
    later(date.to_datetime(clock.time), -clock.zone.unwrap_or(zone))
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

/// Korean time at which the year 0001 begins in UTC.
const FIRST_IN_KOREA: DateTime = DateTime::constant(FIRST_YEAR, 1, 1, 9, 0, 0, 0);

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

    fn moment(shown: DateTime, digits: FractionDigits, zone: &[u8]) -> Self {
        let DateTimeText { mut line, .. } = DateTimeText::date(shown.date());
        print_number(&mut line[11..13], shown.hour().into());
        print_number(&mut line[14..16], shown.minute().into());
        print_number(&mut line[17..19], shown.second().into());
        let mut length = 19;
        let micros = shown.subsec_nanosecond() / 1000;
        if micros != 0 {
            print_number(&mut line[20..26], micros);
            let is_short = digits == FractionDigits::Millis && micros % 1000 == 0;
            length = if is_short { 23 } else { 26 };
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
    fn from(KoreanTime(shown, digits): KoreanTime) -> Self {
        DateTimeText::moment(shown, digits, b"+09:00")
    }
}

impl From<UtcTime> for DateTimeText {
    fn from(UtcTime(shown, digits): UtcTime) -> Self {
        DateTimeText::moment(shown, digits, b"Z")
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
