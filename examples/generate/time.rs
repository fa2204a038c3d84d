//! Times of publication and of crawling, in every printed form, beside what they mean.

use crate::random::Random;

/// Minutes of a day.
const DAY: i64 = 24 * 60;
/// Korea is nine hours ahead of UTC.
const KOREA: i64 = 9 * 60;
/// 2015-01-01 in days since 1970-01-01.
const FIRST_DAY: i64 = 16_436;

/// A time of publication: as the file prints it, and as a record does.
#[derive(Default)]
pub struct Published {
    pub printed: String,
    pub on: Option<String>,
    pub at: Option<String>,
}

impl Published {
    /// A date without a time of day, as nearly all files have it; now and then another form, or nothing.
    pub fn invent(random: &mut Random) -> Self {
        let day = FIRST_DAY + random.below(4200) as i64;
        let minute = random.below(DAY as usize) as i64;
        let second = random.between(1, 59);
        let date = date(day);
        let clock = clock(minute);
        let at = |printed: String, seconds: usize| Published {
            printed,
            on: Some(date.clone()),
            at: (minute > 0 || seconds > 0).then(|| format!("{date}T{clock}:{seconds:02}+09:00")),
        };
        match random.below(200) {
            0 => Published::default(),
            1 => at(format!("{date} {clock}"), 0),
            2 => at(format!("{date} {clock}:{second:02}"), second),
            3 => at(format!("{date}T{clock}:{second:02}+09:00"), second),
            4 => at(dotted(day, minute), 0),
            5 => Published::from_utc(day, minute),
            6 => Published { printed: dotted(day, 0), on: Some(date), at: None },
            _ => Published { printed: format!("{date} 00:00"), on: Some(date), at: None },
        }
    }

    fn from_utc(day: i64, minute: i64) -> Self {
        let korean = minute + KOREA;
        let (korean_day, korean_minute) = (day + korean / DAY, korean % DAY);
        let on = date(korean_day);
        Published {
            printed: format!("{}T{}:00Z", date(day), clock(minute)),
            at: (korean_minute > 0).then(|| format!("{on}T{}:00+09:00", clock(korean_minute))),
            on: Some(on),
        }
    }
}

/// A time of crawling: as the file prints it, and as a record does.
pub struct Crawled {
    pub printed: String,
    pub utc: String,
}

impl Crawled {
    pub fn invent(random: &mut Random) -> Self {
        let day = FIRST_DAY + 4200 + random.below(300) as i64;
        let minute = random.below(DAY as usize) as i64;
        let second = random.below(60);
        let (date, clock) = (date(day), clock(minute));
        let utc = format!("{date}T{clock}:{second:02}Z");
        let printed = match random.below(100) {
            0 => utc.clone(),
            1 => korean(day, minute, second),
            _ => format!("{date} {clock}:{second:02}"),
        };
        Crawled { printed, utc }
    }
}

fn korean(day: i64, minute: i64, second: usize) -> String {
    let minute = minute + KOREA;
    format!("{}T{}:{second:02}+09:00", date(day + minute / DAY), clock(minute % DAY))
}

fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// `2024.09.01. 오후 11:55`
fn dotted(day: i64, minute: i64) -> String {
    let half = if minute < DAY / 2 { "오전" } else { "오후" };
    let hour = match minute / 60 % 12 {
        0 => 12,
        hour => hour,
    };
    format!("{}. {half} {hour}:{:02}", date(day).replace('-', "."), minute % 60)
}

/// The Gregorian date of a day counted from 1970-01-01.
fn date(day: i64) -> String {
    let mut left = day;
    let mut year = 1970;
    while left >= year_length(year) {
        left -= year_length(year);
        year += 1;
    }
    let february = year_length(year) - 337;
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", left + 1)
}

fn year_length(year: i64) -> i64 {
    if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) { 366 } else { 365 }
}
