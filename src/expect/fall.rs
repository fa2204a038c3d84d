//! Days on which a publisher has far fewer articles than on the same weekday of the weeks before.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::RangeInclusive;

use crate::expect::{Day, Fall};

/// One such day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FallenDay {
    /// The day.
    pub day: Day,
    /// Its articles.
    pub articles: u64,
    /// Articles of the same weekday.
    pub median: Median,
}

/// A median, doubled, so that the mean of two numbers is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Median {
    doubled: u64,
}

impl Median {
    /// Returns the median of `numbers`, 0 if there are none.
    fn new(mut numbers: Vec<u64>) -> Median {
        numbers.sort_unstable();
        let (low, high) = (numbers.len().saturating_sub(1) / 2, numbers.len() / 2);
        let at = |place: usize| numbers.get(place).copied().unwrap_or_default();
        Median { doubled: at(low).saturating_add(at(high)) }
    }
}

impl fmt::Display for Median {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.doubled / 2, if self.doubled % 2 == 1 { ".5" } else { "" })
    }
}

/// Returns the fallen days of one publisher in `window`. `days` has the publisher's articles by day; `first` is the first
/// day of the archive, before which there is nothing to compare with.
pub fn fallen_days(
    days: &BTreeMap<Day, u64>,
    first: Day,
    window: &RangeInclusive<Day>,
    fall: &Fall,
) -> Vec<FallenDay> {
    let weeks = i32::try_from(fall.weeks).unwrap_or(i32::MAX);
    let count = |day: Day| days.get(&day).copied().unwrap_or_default();
    // A day without articles in the weeks before it has the median 0, so these are all days that can fall.
    let candidates: BTreeSet<Day> =
        days.keys().flat_map(|day| (1..=weeks).map(|week| day.plus(week * 7))).collect();
    let has_history = |day: &Day| day.plus(-weeks * 7) >= first && window.contains(day);
    let judged = candidates.into_iter().filter(has_history).filter_map(|day| {
        let median = Median::new((1..=weeks).map(|week| count(day.plus(-week * 7))).collect());
        let articles = count(day);
        let is_fallen = median.doubled >= fall.min.saturating_mul(2)
            && fall.below.is_missed(articles.saturating_mul(2), median.doubled);
        is_fallen.then_some(FallenDay { day, articles, median })
    });
    judged.collect()
}
