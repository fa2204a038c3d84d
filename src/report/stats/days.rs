//! Articles by day of publication and day of crawl, and the lag between the two.

use std::collections::BTreeMap;

use crate::record::metrics::ArticleMetrics;
use crate::report::stats::tally::SparseCounts;

/// Counts by day. A day is a Korean calendar day, as a number of days since 1970-01-01.
#[derive(Debug, Default)]
pub struct Days {
    published: SparseCounts,
    crawled: SparseCounts,
    lags: SparseCounts,
    /// Articles without a date of publication.
    pub undated: u64,
}

/// Counts of one day.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct DayCounts {
    /// Articles published on it.
    pub published: u64,
    /// Articles crawled on it.
    pub crawled: u64,
}

/// Offset that makes every day, and every difference of two days, an index: 9,999 years have fewer days.
const ORIGIN: i32 = -3_700_000;

impl Days {
    /// Counts the dates of one article.
    pub fn add(&mut self, metrics: &ArticleMetrics) {
        match metrics.published {
            Some(day) => self.published.add(number(day), 1),
            None => self.undated += 1,
        }
        if let Some(day) = metrics.crawled {
            self.crawled.add(number(day), 1);
        }
        if let (Some(published), Some(crawled)) = (metrics.published, metrics.crawled) {
            self.lags.add(number(crawled - published), 1);
        }
    }

    /// Returns the counts of each day that has any.
    pub fn by_day(&self) -> BTreeMap<i32, DayCounts> {
        let mut days: BTreeMap<i32, DayCounts> = BTreeMap::new();
        for (day, count) in counts(&self.published) {
            days.entry(day).or_default().published = count;
        }
        for (day, count) in counts(&self.crawled) {
            days.entry(day).or_default().crawled = count;
        }
        days
    }

    /// Articles by lag: days from publication to crawl, negative if the crawl came first.
    pub fn lags(&self) -> BTreeMap<i32, u64> {
        counts(&self.lags).collect()
    }

    /// Returns the lowest lag that covers `percent` of the articles, or `None` without articles.
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
    // Dates in the range of years 1 to 9999 are never out of bounds.
    usize::try_from(days - ORIGIN).unwrap_or_default()
}

fn counts(tally: &SparseCounts) -> impl Iterator<Item = (i32, u64)> {
    tally.iter().map(|(number, count)| (number as i32 + ORIGIN, u64::from(count)))
}
