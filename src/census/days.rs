//! Articles by the day of publication and the day of the crawl, and how long one came after the other.

use std::collections::BTreeMap;

use super::tally::Tally;
use crate::sketch::Sketch;

/// All days are those of Korea, in days since 1970-01-01.
#[derive(Debug, Default)]
pub struct Days {
    published: Tally,
    crawled: Tally,
    lags: Tally,
    /// Articles that do not say when they were published.
    pub undated: u64,
}

/// One day.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Articles published on it.
    pub published: u64,
    /// Articles crawled on it.
    pub crawled: u64,
}

/// From here to the other end, all days and what lies between two of them have numbers: 9,999 years are fewer days.
const ORIGIN: i32 = -3_700_000;

impl Days {
    /// Counts one article.
    pub fn add(&mut self, sketch: &Sketch) {
        match sketch.published {
            Some(day) => self.published.add(number(day), 1),
            None => self.undated += 1,
        }
        if let Some(day) = sketch.crawled {
            self.crawled.add(number(day), 1);
        }
        if let (Some(published), Some(crawled)) = (sketch.published, sketch.crawled) {
            self.lags.add(number(crawled - published), 1);
        }
    }

    /// How many articles each day has.
    pub fn by_day(&self) -> BTreeMap<i32, Day> {
        let mut days: BTreeMap<i32, Day> = BTreeMap::new();
        for (day, count) in counts(&self.published) {
            days.entry(day).or_default().published = count;
        }
        for (day, count) in counts(&self.crawled) {
            days.entry(day).or_default().crawled = count;
        }
        days
    }

    /// Days from publication to crawl, with how many articles took so long; negative where the crawl came first.
    pub fn lags(&self) -> BTreeMap<i32, u64> {
        counts(&self.lags).collect()
    }

    /// The least lag that so many percent of the articles do not pass; none without any.
    pub fn lag(&self, percent: u64) -> Option<i32> {
        let lags = self.lags();
        let rank = (lags.values().sum::<u64>() * percent).div_ceil(100).max(1);
        let mut passed = 0;
        let reaches = |(_, count): &(i32, u64)| {
            passed += count;
            passed >= rank
        };
        lags.into_iter().find(reaches).map(|(lag, _)| lag)
    }
}

fn number(days: i32) -> usize {
    // What lies outside has no date that could be read.
    usize::try_from(days - ORIGIN).unwrap_or_default()
}

fn counts(tally: &Tally) -> impl Iterator<Item = (i32, u64)> {
    tally.iter().map(|(number, count)| (number as i32 + ORIGIN, u64::from(count)))
}
