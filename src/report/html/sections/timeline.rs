//! Articles over time, gaps, and the lag of the crawler.

use crate::report::html::charts::timeline;
use crate::report::html::charts::timeline::Bin;
use crate::report::html::numbers::with_separators;
use crate::report::html::sections::ShareRow;
use crate::report::html::strings::{Strings, interpolate};
use crate::report::html::time_axis::{DaySpan, Unit, date};
use crate::report::stats::days::{DayCounts, Days};

/// The section on time.
#[derive(Debug)]
pub struct Timeline {
    pub heading: String,
    /// Facts about the dates as sentences.
    pub sentences: Vec<String>,
    /// Set if the chart marks gaps.
    pub has_gaps: bool,
    /// Chart, as SVG; empty without dates.
    pub chart: String,
    /// Numbers of the chart.
    pub rows: Vec<BinRow>,
    /// The longest times without an article: first day, last day, number of days.
    pub gaps: Vec<(String, String, u64)>,
    /// Articles by days from publication to crawl.
    pub lags: Vec<ShareRow>,
    /// Number of articles with both dates, formatted.
    pub lagged: String,
}

/// Row for one bar of the chart.
#[derive(Debug)]
pub struct BinRow {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    pub published: String,
    pub crawled: String,
    /// Days without an article.
    pub empty_days: u64,
}

const MAX_BARS: u64 = 120;
const MAX_GAPS: usize = 10;
/// Criteria of an outlier: minimum distance in days, and maximum share of the dates (1 in 200).
const OUTLIER_GAP_DAYS: i32 = 3650;
const OUTLIER_SHARE: u64 = 200;

impl Timeline {
    /// Summarizes the dates of the articles.
    pub fn new(days: &Days, articles: u64, strings: &Strings) -> Timeline {
        let all: Vec<(i32, DayCounts)> = days.by_day().into_iter().collect();
        let (near, far) = trim_outliers(&all);
        let published = published(near);
        let (unit, bins) = bins(near, published);
        let gaps = gaps(near);
        let mut sentences = Vec::new();
        if let Some(DaySpan { first, last }) = published {
            let whole = DaySpan { first, last }.days();
            let empty = gaps.iter().map(|gap| gap.days()).sum();
            let values = [date(first), date(last), with_separators(whole), with_separators(empty)];
            sentences.push(interpolate(strings.span_text, &values.each_ref().map(String::as_str)));
        }
        if days.undated > 0 {
            sentences.push(interpolate(
                strings.undated,
                &[&with_separators(days.undated), &with_separators(articles)],
            ));
        }
        if !far.is_empty() {
            let named: Vec<String> = far.iter().take(5).map(|day| date(*day)).collect();
            let more = if far.len() > named.len() { ", …" } else { "" };
            sentences.push(interpolate(strings.outside, &[&(named.join(", ") + more)]));
        }
        Timeline {
            heading: heading(unit, strings),
            sentences,
            has_gaps: bins.iter().any(|bin| bin.is_gap),
            chart: if bins.is_empty() { String::new() } else { timeline::draw(&bins, unit, strings) },
            rows: bins.iter().map(BinRow::new).collect(),
            gaps: longest(gaps),
            lags: lags(days, strings),
            lagged: with_separators(days.lags().values().sum()),
        }
    }

    /// Returns the sentence with the median and the 90% quantile of the lag, or `None` without lags.
    pub fn lag_sentence(days: &Days, strings: &Strings) -> Option<String> {
        let [half, most] = [50, 90].map(|percent| days.lag(percent).map(signed_days));
        Some(interpolate(strings.lag_text, &[&half?, &most?]))
    }
}

impl BinRow {
    fn new(bin: &Bin) -> BinRow {
        BinRow {
            from: date(bin.span.first),
            to: date(bin.span.last),
            published: with_separators(bin.published),
            crawled: with_separators(bin.crawled),
            empty_days: bin.empty_days,
        }
    }
}

fn heading(unit: Unit, strings: &Strings) -> String {
    match unit {
        Unit::Day => strings.days_title.to_owned(),
        Unit::Week => strings.weeks_title.to_owned(),
        Unit::Month => strings.months_title.to_owned(),
        Unit::Years(1) => strings.years_title.to_owned(),
        Unit::Years(years) => interpolate(strings.per_years, &[&years.to_string()]),
    }
}

/// Splits off the outliers: one mistyped date would shrink all others to a dot in the chart.
pub fn trim_outliers(all: &[(i32, DayCounts)]) -> (&[(i32, DayCounts)], Vec<i32>) {
    let weigh =
        |days: &[(i32, DayCounts)]| days.iter().map(|(_, day)| day.published + day.crawled).sum::<u64>();
    let few = weigh(all) / OUTLIER_SHARE;
    let mut near = all;
    let is_far = |pair: &[(i32, DayCounts)]| pair[1].0 - pair[0].0 > OUTLIER_GAP_DAYS;
    while near.len() > 1 && is_far(&near[..2]) && weigh(&all[..all.len() - near[1..].len()]) <= few {
        near = &near[1..];
    }
    let first = all.len() - near.len();
    while near.len() > 1 && is_far(&near[near.len() - 2..]) && weigh(&all[first + near.len() - 1..]) <= few {
        near = &near[..near.len() - 1];
    }
    let far = all[..first].iter().chain(&all[first + near.len()..]).map(|(day, _)| *day).collect();
    (near, far)
}

/// Returns the span from the first publication to the last.
fn published(days: &[(i32, DayCounts)]) -> Option<DaySpan> {
    let mut published = days.iter().filter(|(_, day)| day.published > 0).map(|(day, _)| *day);
    let first = published.next()?;
    Some(DaySpan { first, last: published.next_back().unwrap_or(first) })
}

/// Formats as `1,234` or `-1`.
fn signed_days(lag: i32) -> String {
    let sign = if lag < 0 { "-" } else { "" };
    sign.to_owned() + &with_separators(lag.unsigned_abs().into())
}

/// Marks a bin as a gap if its share of empty days is more than twice the average.
fn mark_gaps(bins: &mut [Bin]) {
    let empty: u64 = bins.iter().map(|bin| bin.empty_days).sum();
    let observed: u64 = bins.iter().map(|bin| bin.observed_days).sum();
    for bin in bins {
        bin.is_gap = bin.empty_days * observed > 2 * empty * bin.observed_days;
    }
}

fn bins(days: &[(i32, DayCounts)], published: Option<DaySpan>) -> (Unit, Vec<Bin>) {
    let Some(((first, _), (last, _))) = days.first().zip(days.last()) else { return (Unit::Day, Vec::new()) };
    let (unit, spans) = DaySpan { first: *first, last: *last }.divided(MAX_BARS);
    let bins = spans.into_iter().map(|span| {
        let start = days.partition_point(|(day, _)| *day < span.first);
        let end = days.partition_point(|(day, _)| *day <= span.last);
        let within = &days[start..end];
        let observed = published.map_or(0, |published| {
            let first = published.first.max(span.first);
            DaySpan { first, last: published.last.min(span.last) }.days()
        });
        Bin {
            span,
            published: within.iter().map(|(_, day)| day.published).sum(),
            crawled: within.iter().map(|(_, day)| day.crawled).sum(),
            observed_days: observed,
            is_gap: false,
            empty_days: observed - within.iter().filter(|(_, day)| day.published > 0).count() as u64,
        }
    });
    let mut bins: Vec<Bin> = bins.collect();
    mark_gaps(&mut bins);
    (unit, bins)
}

/// Returns the spans of days without a publication between two days with one.
fn gaps(days: &[(i32, DayCounts)]) -> Vec<DaySpan> {
    let published: Vec<i32> = days.iter().filter(|(_, day)| day.published > 0).map(|(day, _)| *day).collect();
    let gaps = published.windows(2).map(|pair| DaySpan { first: pair[0] + 1, last: pair[1] - 1 });
    gaps.filter(|gap| gap.days() > 0).collect()
}

fn longest(mut gaps: Vec<DaySpan>) -> Vec<(String, String, u64)> {
    gaps.sort_by_key(|gap| (std::cmp::Reverse(gap.days()), gap.first));
    gaps.into_iter().take(MAX_GAPS).map(|gap| (date(gap.first), date(gap.last), gap.days())).collect()
}

/// Lower bounds of the rows in days; the last row has no upper bound.
const LAGS: [i32; 9] = [i32::MIN, 0, 1, 2, 3, 7, 30, 90, 365];

fn lags(days: &Days, strings: &Strings) -> Vec<ShareRow> {
    let all = days.lags();
    let counts = LAGS.iter().enumerate().map(|(at, from)| {
        let to = LAGS.get(at + 1).map_or(i32::MAX, |next| next - 1);
        (*from, to, all.range(from..=&to).map(|(_, count)| *count).sum::<u64>())
    });
    let counts: Vec<(i32, i32, u64)> = counts.collect();
    let whole = counts.iter().map(|(_, _, count)| count).sum();
    let most = counts.iter().map(|(_, _, count)| *count).max().unwrap_or_default();
    let filled = counts.iter().skip_while(|(_, _, count)| *count == 0);
    let last = counts.iter().rposition(|(_, _, count)| *count > 0).map_or(i32::MIN, |last| counts[last].0);
    let rows = filled.filter(|(from, _, _)| whole > 0 && *from <= last).map(|(from, to, count)| {
        let name = match (*from, *to) {
            (i32::MIN, _) => strings.lag_before.to_owned(),
            (0, _) => strings.lag_same.to_owned(),
            (from, i32::MAX) => interpolate(strings.lag_or_more, &[&from.to_string()]),
            (from, to) if from == to => from.to_string(),
            (from, to) => format!("{from}–{to}"),
        };
        ShareRow::new(name, *count, whole, most)
    });
    rows.collect()
}
