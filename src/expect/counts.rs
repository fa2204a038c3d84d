//! Counts of an archive by day and publisher: all that expectations are judged by.
//!
//! Every value is a number that can be added up, so the counts of the parts of an archive add up to those of the whole.
//! Duplicates are the exception: a run does not see those of another part.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};

use crate::expect::day::Day;
use crate::record::metrics::ArticleMetrics;
use crate::text::json;

/// Counts of the articles of one run or more.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchiveCounts {
    /// Articles, without those that `--dedup` skips.
    pub articles: u64,
    /// Articles whose text has the stated hash.
    pub verified: u64,
    /// Articles with an empty byline.
    pub without_byline: u64,
    /// Articles whose id another file of the run has, those that `--dedup` skips included.
    pub duplicates: u64,
    /// Articles that `--dedup` skips.
    pub left_out: u64,
    /// Articles by publisher, then day of publication. Those without a publisher have the name `""`.
    pub published: BTreeMap<Box<str>, BTreeMap<Day, u64>>,
    /// Articles by day of the crawl, in Korea.
    pub crawled: BTreeMap<Day, u64>,
}

/// Maximum number of publishers. Articles of further ones are counted with those without a publisher.
const MAX_PUBLISHERS: usize = 10_000;

impl ArchiveCounts {
    /// Reads the counts of a line that `--summary` has written; `None` if its run expected nothing.
    ///
    /// # Errors
    /// The line is not JSON of this shape.
    pub fn from_summary(line: &[u8]) -> io::Result<Option<ArchiveCounts>> {
        #[derive(Deserialize)]
        struct SummaryLine {
            archive: Option<ArchiveCounts>,
        }
        json::parse::<SummaryLine>(line).map(|summary| summary.archive)
    }

    /// Counts one article. `is_duplicate`: another file has its id; `is_left_out`: its record is not written.
    pub fn add(&mut self, article: &ArticleMetrics, publisher: &str, is_duplicate: bool, is_left_out: bool) {
        self.duplicates += u64::from(is_duplicate);
        if is_left_out {
            self.left_out += 1;
            return;
        }
        self.articles += 1;
        self.verified += u64::from(article.verified);
        self.without_byline += u64::from(!article.has_byline);
        let days = self.days_of(publisher);
        if let Some(day) = article.published {
            *days.entry(Day(day)).or_default() += 1;
        }
        if let Some(day) = article.crawled {
            *self.crawled.entry(Day(day)).or_default() += 1;
        }
    }

    /// Adds the counts of another part of the archive.
    pub fn add_all(&mut self, other: &ArchiveCounts) {
        let ArchiveCounts { articles, verified, without_byline, duplicates, left_out, published, crawled } =
            other;
        for (sum, part) in [
            (&mut self.articles, articles),
            (&mut self.verified, verified),
            (&mut self.without_byline, without_byline),
            (&mut self.duplicates, duplicates),
            (&mut self.left_out, left_out),
        ] {
            *sum = sum.saturating_add(*part);
        }
        for (publisher, days) in published {
            add_days(self.days_of(publisher), days);
        }
        add_days(&mut self.crawled, crawled);
    }

    /// Returns the number of articles that each publisher, or `None` for all, published on each day that has any.
    pub fn by_day(&self, publisher: Option<&str>) -> BTreeMap<Day, u64> {
        let mut days = BTreeMap::new();
        for (name, more) in &self.published {
            if publisher.is_none_or(|publisher| publisher == &**name) {
                add_days(&mut days, more);
            }
        }
        days
    }

    fn days_of(&mut self, publisher: &str) -> &mut BTreeMap<Day, u64> {
        let is_known = self.published.contains_key(publisher);
        let name = if is_known || self.published.len() < MAX_PUBLISHERS { publisher } else { "" };
        if !self.published.contains_key(name) {
            self.published.insert(name.into(), BTreeMap::new());
        }
        self.published.get_mut(name).expect("the name has just been inserted")
    }
}

fn add_days(sums: &mut BTreeMap<Day, u64>, parts: &BTreeMap<Day, u64>) {
    for (day, count) in parts {
        let sum = sums.entry(*day).or_default();
        *sum = sum.saturating_add(*count);
    }
}
