//! Judges the counts of an archive.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

use crate::expect::fall::{FallenDay, fallen_days};
use crate::expect::{ArchiveCounts, Day, DayCount, Expectation, Expectations, Fall};
use crate::findings::finding::Finding;
use crate::findings::rule::{Level, Levels, Rule};
use crate::text::escape::quote;

/// Maximum number of listed findings of one expectation. Further ones are summed up in one finding.
const MAX_FINDINGS: usize = 1000;

impl Expectations {
    /// Returns a finding for everything in which `counts` do not meet the expectations on the day `as_of`.
    pub fn judge(&self, counts: &ArchiveCounts, as_of: Day, levels: &Levels) -> Vec<Finding> {
        let all = counts.by_day(None);
        let archive = JudgedRun { counts, window: self.window(&all, as_of), all, as_of };
        let mut findings = Vec::new();
        for (place, expectation) in &self.each {
            let rule = expectation.rule();
            let level = levels.level(rule);
            if level != Level::Off {
                let mut messages = Messages::default();
                archive.report(expectation, &mut messages);
                let finding = |(message, count)| Finding {
                    rule,
                    level,
                    location: *place,
                    message,
                    snippet: None,
                    width: 1,
                    count,
                };
                findings.extend(messages.into_counted().map(finding));
            }
        }
        findings
    }

    /// The days that are judged one by one; empty without articles.
    fn window(&self, all: &BTreeMap<Day, u64>, as_of: Day) -> RangeInclusive<Day> {
        let to = self.to.unwrap_or(as_of.plus(-1));
        let last = self.last_days.map(|days| as_of.plus(-i32::try_from(days).unwrap_or(i32::MAX)));
        let oldest = all.keys().next().copied();
        self.from.or(last).or(oldest).unwrap_or(to.plus(1))..=to
    }
}

impl Expectation {
    /// The rule that an archive breaks which does not meet the expectation.
    pub fn rule(&self) -> Rule {
        match self {
            Expectation::NewestPublished(_) | Expectation::NewestCrawled(_) => Rule::StaleArchive,
            Expectation::EveryDay => Rule::MissingDay,
            Expectation::DayCount(_) => Rule::DayCount,
            Expectation::Publisher(_) => Rule::MissingPublisher,
            Expectation::Verified(_) | Expectation::EmptyBylines(_) | Expectation::Duplicates(_) => {
                Rule::ShareLimit
            }
            Expectation::Fall(_) => Rule::FallingCount,
        }
    }
}

/// Messages about one expectation, of which the first are kept.
#[derive(Default)]
struct Messages {
    listed: Vec<String>,
    more: u64,
}

impl Messages {
    fn add(&mut self, message: fmt::Arguments<'_>) {
        match self.listed.len() < MAX_FINDINGS {
            true => self.listed.push(message.to_string()),
            false => self.more += 1,
        }
    }

    /// Returns the messages, each with the number of findings that it represents.
    fn into_counted(self) -> impl Iterator<Item = (String, u64)> {
        let more = self.more;
        let rest = format!("{more} more findings of this expectation are not listed");
        self.listed.into_iter().map(|message| (message, 1)).chain((more > 0).then_some((rest, more)))
    }
}

/// Counts, and the days by which they are judged.
struct JudgedRun<'a> {
    counts: &'a ArchiveCounts,
    /// Articles of all publishers by day.
    all: BTreeMap<Day, u64>,
    window: RangeInclusive<Day>,
    as_of: Day,
}

impl JudgedRun<'_> {
    /// Adds a message for each way in which the expectation is not met.
    fn report(&self, expectation: &Expectation, to: &mut Messages) {
        let ArchiveCounts { articles, verified, without_byline, duplicates, left_out, .. } = *self.counts;
        let read = articles.saturating_add(left_out);
        match expectation {
            Expectation::NewestPublished(days) => self.report_age(&self.all, *days, "published", to),
            Expectation::NewestCrawled(days) => self.report_age(&self.counts.crawled, *days, "crawled", to),
            Expectation::EveryDay => self.report_missing_days(to),
            Expectation::DayCount(range) => self.report_odd_days(range, to),
            Expectation::Publisher(name) if self.counts.published.contains_key(name.as_str()) => {}
            Expectation::Publisher(name) => to.add(format_args!("no article is by {}", quote(name))),
            Expectation::Verified(share) if share.is_missed(verified, articles) => {
                to.add(format_args!("{verified} of {articles} articles are verified, less than {share}"));
            }
            Expectation::EmptyBylines(share) if share.is_exceeded(without_byline, articles) => {
                to.add(format_args!(
                    "{without_byline} of {articles} articles have an empty byline, more than {share}"
                ));
            }
            Expectation::Duplicates(share) if share.is_exceeded(duplicates, read) => {
                to.add(format_args!(
                    "{duplicates} of {read} articles have the id of another file, more than {share}"
                ));
            }
            Expectation::Verified(_) | Expectation::EmptyBylines(_) | Expectation::Duplicates(_) => {}
            Expectation::Fall(fall) => self.report_falls(fall, to),
        }
    }

    fn report_age(&self, days: &BTreeMap<Day, u64>, most: u32, verb: &str, to: &mut Messages) {
        let as_of = self.as_of;
        // A date in the future does not make an archive new.
        match days.range(..=as_of).next_back() {
            None => to.add(format_args!("no article was {verb} up to {as_of}")),
            Some((newest, _)) => {
                let age = as_of.since(*newest);
                if i64::from(age) > i64::from(most) {
                    to.add(format_args!(
                        "the newest article was {verb} on {newest}, {age} days before {as_of}; the limit is {most}"
                    ));
                }
            }
        }
    }

    /// Reports days in a row together.
    fn report_missing_days(&self, to: &mut Messages) {
        let (first, last) = (*self.window.start(), *self.window.end());
        let mut expected = first;
        let days = self.all.range(first..).map(|(day, _)| *day).take_while(|day| *day <= last);
        for day in days.chain([last.plus(1)]) {
            match day.since(expected) {
                ..=0 => {}
                1 => to.add(format_args!("no article was published on {expected}")),
                days => to.add(format_args!(
                    "no article was published from {expected} to {}, {days} days",
                    day.plus(-1)
                )),
            }
            expected = day.plus(1);
        }
    }

    fn report_odd_days(&self, DayCount { publisher, min, max, except }: &DayCount, to: &mut Messages) {
        let days = match publisher {
            None => &self.all,
            Some(publisher) => &self.counts.by_day(Some(publisher)),
        };
        let by = publisher.as_ref().map_or(String::new(), |name| format!(" by {}", quote(name)));
        let judged = (self.window.start().0..=self.window.end().0).map(Day);
        for day in judged.filter(|day| !except.contains(&day.weekday())) {
            let articles = days.get(&day).copied().unwrap_or_default();
            if articles < *min {
                to.add(format_args!("{} on {day}{by}, fewer than {min}", counted(articles)));
            } else if articles > *max {
                to.add(format_args!("{} on {day}{by}, more than {max}", counted(articles)));
            }
        }
    }

    fn report_falls(&self, fall: &Fall, to: &mut Messages) {
        let Some(first) = self.all.keys().next() else { return };
        for (publisher, days) in &self.counts.published {
            for FallenDay { day, articles, median } in fallen_days(days, *first, &self.window, fall) {
                to.add(format_args!(
                    "{} on {day} by {}, less than {} of {median}, the median of this weekday in the {} weeks before",
                    counted(articles),
                    quote(publisher),
                    fall.below,
                    fall.weeks
                ));
            }
        }
    }
}

fn counted(articles: u64) -> String {
    format!("{articles} article{}", if articles == 1 { "" } else { "s" })
}
