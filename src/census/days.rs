//! Articles by the day of publication and the day of the crawl, and how long one came after the other.

use std::collections::BTreeMap;

use crate::sketch::Sketch;

/// All days are those of Korea, in days since 1970-01-01.
#[derive(Debug, Default)]
pub struct Days {
    /// How many articles each day has.
    pub by_day: BTreeMap<i32, Day>,
    /// Articles that do not say when they were published.
    pub undated: u64,
    /// Days from publication to crawl, with how many articles took so long; negative where the crawl came first.
    pub lags: BTreeMap<i32, u64>,
}

/// One day.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Articles published on it.
    pub published: u64,
    /// Articles crawled on it.
    pub crawled: u64,
}

impl Days {
    /// Counts one article.
    pub fn add(&mut self, sketch: &Sketch) {
        match sketch.published {
            Some(day) => self.by_day.entry(day).or_default().published += 1,
            None => self.undated += 1,
        }
        if let Some(day) = sketch.crawled {
            self.by_day.entry(day).or_default().crawled += 1;
        }
        if let (Some(published), Some(crawled)) = (sketch.published, sketch.crawled) {
            *self.lags.entry(crawled - published).or_default() += 1;
        }
    }

    /// The least lag that so many percent of the articles do not pass; none without any.
    pub fn lag(&self, percent: u64) -> Option<i32> {
        let rank = (self.lags.values().sum::<u64>() * percent).div_ceil(100).max(1);
        let mut passed = 0;
        let reaches = |(_, count): &(&i32, &u64)| {
            passed += **count;
            passed >= rank
        };
        self.lags.iter().find(reaches).map(|(lag, _)| *lag)
    }
}
