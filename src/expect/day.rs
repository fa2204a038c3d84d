//! A calendar day in Korea, as a key of counts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::record::datetime::{CalendarDate, Published};

/// A day, as the number of days since 1970-01-01; written `2026-11-28`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Day(pub i32);

/// A day of the week, Monday is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weekday(u8);

/// Error for a text that is not a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseDayError;

impl Day {
    /// Returns the day `days` later, or earlier if negative.
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// Returns the number of days from `earlier` to this day.
    pub fn since(self, earlier: Day) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// Returns the day of the week.
    pub fn weekday(self) -> Weekday {
        /// 1970-01-01 was a Thursday.
        const OFFSET: i64 = 3;
        Weekday((i64::from(self.0) + OFFSET).rem_euclid(7) as u8)
    }
}

impl Weekday {
    /// Names, as in the configuration.
    pub const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// Parses one of [`NAMES`](Weekday::NAMES).
    pub fn parse(name: &str) -> Option<Weekday> {
        Weekday::NAMES.iter().position(|known| *known == name).map(|number| Weekday(number as u8))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match CalendarDate::of_days(self.0) {
            Some(date) => date.fmt(f),
            None => write!(f, "{} days since 1970-01-01", self.0),
        }
    }
}

impl FromStr for Day {
    type Err = ParseDayError;

    /// Parses `2026-11-28`.
    fn from_str(text: &str) -> Result<Day, ParseDayError> {
        let has_form = text.len() == 10 && [4, 7].iter().all(|&at| text.as_bytes()[at] == b'-');
        let date = text.parse::<Published>().ok().filter(|_| has_form).ok_or(ParseDayError)?;
        Ok(Day(date.on.days_since_epoch()))
    }
}

impl fmt::Display for ParseDayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a day such as 2026-11-28")
    }
}

impl std::error::Error for ParseDayError {}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = ParseDayError;

    fn try_from(text: String) -> Result<Day, ParseDayError> {
        text.parse()
    }
}
