//! `[expect]` of the configuration file.
//!
//! ```toml
//! [expect]
//! newest-published = 2
//! newest-crawled = 1
//! every-day = true
//! publishers = ["가나일보", "다라신문"]
//! verified = "100%"
//! empty-bylines = "5%"
//! duplicates = "1%"
//! fall = { below = "50%", weeks = 4, min = 10 }
//! last-days = 60
//!
//! [[expect.day-count]]
//! publisher = "가나일보"
//! min = 100
//! max = 5000
//! except = ["sat", "sun"]
//! ```

use std::env;
use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use crate::config_file::{Invalid, SpannedValue, check_keys, items, parsed, strings};
use news_ingest::expect::{Day, DayCount, Expectation, Expectations, Fall, Share, Weekday};
use news_ingest::findings::location::Location;
use news_ingest::text::suggest::unknown;

const KEYS: [&str; 12] = [
    "newest-published",
    "newest-crawled",
    "every-day",
    "publishers",
    "verified",
    "empty-bylines",
    "duplicates",
    "fall",
    "day-count",
    "from",
    "to",
    "last-days",
];
const DAY_COUNT_KEYS: [&str; 4] = ["publisher", "min", "max", "except"];
const FALL_KEYS: [&str; 3] = ["below", "weeks", "min"];

/// Number of weeks that give the usual number of articles, unless `weeks` says otherwise, and at most.
const DEFAULT_WEEKS: u32 = 4;
const MAX_WEEKS: u32 = 52;

/// Reads the table at `[expect]` of `source`, the configuration at `path`.
pub fn parse(value: &SpannedValue<'_>, source: &str, path: &Path) -> Result<Expectations, Invalid> {
    let table = table(value, "a table: `[expect]`")?;
    check_keys(table, &KEYS)?;
    let mut each = Vec::new();
    let mut add = |span: Range<usize>, expectation| {
        each.push((Location::at_offset(source.as_bytes(), span.start), expectation));
    };
    for (key, of_days) in [
        ("newest-published", Expectation::NewestPublished as fn(u32) -> Expectation),
        ("newest-crawled", Expectation::NewestCrawled),
    ] {
        if let Some(value) = table.get(key) {
            add(value.span(), of_days(number(value)?));
        }
    }
    for (key, of_share) in [
        ("verified", Expectation::Verified as fn(Share) -> Expectation),
        ("empty-bylines", Expectation::EmptyBylines),
        ("duplicates", Expectation::Duplicates),
    ] {
        if let Some(value) = table.get(key) {
            add(value.span(), of_share(share(value)?));
        }
    }
    if let Some(value) = table.get("every-day") {
        match value.get_ref().as_bool() {
            Some(true) => add(value.span(), Expectation::EveryDay),
            Some(false) => {}
            None => return Err(Invalid::at(value, "not `true` or `false`")),
        }
    }
    for name in table.get("publishers").map(strings).transpose()?.into_iter().flatten() {
        add(name.span(), Expectation::Publisher((*name.get_ref()).to_owned()));
    }
    if let Some(value) = table.get("fall") {
        add(value.span(), Expectation::Fall(fall(value)?));
    }
    if let Some(list) = table.get("day-count") {
        for value in items(list, "a list of tables: `[[expect.day-count]]`")? {
            add(value.span(), Expectation::DayCount(day_count(value)?));
        }
    }
    each.sort_by_key(|(place, _)| *place);
    let [from, to] = ["from", "to"].map(|key| table.get(key).map(day).transpose());
    let (from, to, last_days) = (from?, to?, table.get("last-days").map(number).transpose()?);
    if let Some(value) = table.get("last-days").filter(|_| from.is_some()) {
        return Err(Invalid::at(value, "`last-days` and `from` both set the first day: take one of them"));
    }
    let working_folder = env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(working_folder).unwrap_or(path).to_string_lossy().into_owned();
    Ok(Expectations { path, each, from, to, last_days })
}

fn fall(value: &SpannedValue<'_>) -> Result<Fall, Invalid> {
    let table = table(value, "a table: `fall = { below = \"50%\", weeks = 4 }`")?;
    check_keys(table, &FALL_KEYS)?;
    let below = table.get("below").ok_or_else(|| Invalid::at(value, "`below` is missing"))?;
    let weeks = table.get("weeks").map(|value| match number(value)? {
        weeks @ 1..=MAX_WEEKS => Ok(weeks),
        _ => Err(Invalid::at(value, format!("not a number of weeks from 1 to {MAX_WEEKS}"))),
    });
    Ok(Fall {
        below: share(below)?,
        weeks: weeks.transpose()?.unwrap_or(DEFAULT_WEEKS),
        min: table.get("min").map(number).transpose()?.map_or(1, u64::from),
    })
}

fn day_count(value: &SpannedValue<'_>) -> Result<DayCount, Invalid> {
    let table = table(value, "a table: `[[expect.day-count]]`")?;
    check_keys(table, &DAY_COUNT_KEYS)?;
    let publisher = table.get("publisher").map(|value| match value.get_ref().as_str() {
        Some(name) => Ok(name.to_owned()),
        None => Err(Invalid::at(value, "not a string")),
    });
    let [min, max] = ["min", "max"].map(|key| table.get(key).map(number).transpose());
    let (min, max) = (min?.map_or(0, u64::from), max?.map_or(u64::MAX, u64::from));
    if min > max {
        return Err(Invalid::at(value, "`min` is more than `max`: no day can be between them"));
    }
    let except = table.get("except").map(strings).transpose()?.into_iter().flatten().map(|name| {
        Weekday::parse(name.get_ref()).ok_or_else(|| {
            let message = unknown("day of the week", name.get_ref(), Weekday::NAMES);
            Invalid::at(&name, message)
        })
    });
    Ok(DayCount { publisher: publisher.transpose()?, min, max, except: except.collect::<Result<_, _>>()? })
}

fn table<'v, 'i>(value: &'v SpannedValue<'i>, wanted: &str) -> Result<&'v DeTable<'i>, Invalid> {
    value.get_ref().as_table().ok_or_else(|| Invalid::at(value, format!("not {wanted}")))
}

fn number(value: &SpannedValue<'_>) -> Result<u32, Invalid> {
    parsed(value, |text| {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| is_plain).ok_or_else(|| "not a number from 0 to 4294967295".to_owned())
    })
}

fn share(value: &SpannedValue<'_>) -> Result<Share, Invalid> {
    parsed(value, |text| text.parse::<Share>().map_err(|error| error.to_string()))
}

fn day(value: &SpannedValue<'_>) -> Result<Day, Invalid> {
    match value.get_ref() {
        // TOML has dates of its own.
        DeValue::Datetime(date) => date.to_string().parse().map_err(|_| "not a day such as 2026-11-28"),
        DeValue::String(text) => text.parse().map_err(|_| "not a day such as 2026-11-28"),
        _ => Err("not a day such as 2026-11-28"),
    }
    .map_err(|message| Invalid::at(value, message))
}
