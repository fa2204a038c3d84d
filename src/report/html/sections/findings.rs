//! Findings by rule, with examples, and by publisher and day.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::findings::rule::{Level, Rule};
use crate::report::html::numbers::with_separators;
use crate::report::html::run_info::RunInfo;
use crate::report::html::sanitize::{HighlightedLine, highlight, sanitize};
use crate::report::html::sections::groups;
use crate::report::html::sections::lengths::MAX_PATH_CHARS;
use crate::report::html::sections::timeline::trim_outliers;
use crate::report::html::strings::{Strings, interpolate};
use crate::report::html::time_axis::{DaySpan, name};
use crate::report::stats::ArchiveStats;
use crate::report::stats::days::DayCounts;
use crate::report::stats::rules::{Example, RuleStats};
use crate::summary::Summary;

/// The section on findings.
#[derive(Debug)]
pub struct FindingTable {
    /// Totals as a sentence; empty without findings.
    pub sentence: String,
    /// A row for each rule and level.
    pub rows: Vec<RuleRow>,
    /// The first findings of each rule.
    pub examples: Vec<Examples>,
    /// Counts by publisher and by time.
    pub heats: Vec<Heatmap>,
}

/// Row of the table of rules.
#[derive(Debug)]
pub struct RuleRow {
    pub rule: &'static str,
    /// Level, in the page's language.
    pub level: &'static str,
    pub is_error: bool,
    /// Number of findings.
    pub count: u64,
    pub count_text: String,
    /// Number of files, formatted.
    pub files: String,
    /// Condition of the rule, as a list of pieces; the flag marks code.
    pub summary: Vec<(bool, &'static str)>,
}

/// The first findings of a rule.
#[derive(Debug)]
pub struct Examples {
    pub rule: &'static str,
    /// Number of examples and of files, formatted.
    pub count: String,
    pub examples: Vec<ExampleView>,
    /// Command that lists all findings of the rule.
    pub list_command: String,
}

/// An example of a finding.
#[derive(Debug)]
pub struct ExampleView {
    /// `path:line:column`.
    pub place: String,
    pub message: String,
    /// Source line, if there is one.
    pub line: Option<HighlightedLine>,
}

/// Heat map: a field for each rule and publisher, or for each rule and time; darker means more.
#[derive(Debug)]
pub struct Heatmap {
    pub caption: &'static str,
    /// Set if the columns are times.
    pub is_of_times: bool,
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// A row for each rule.
    pub rows: Vec<HeatRow>,
}

/// Row of one rule.
#[derive(Debug)]
pub struct HeatRow {
    pub rule: &'static str,
    /// A field for each column.
    pub fields: Vec<HeatCell>,
}

/// A field of the map.
#[derive(Debug)]
pub struct HeatCell {
    /// Number of files, formatted; empty for 0.
    pub count_text: String,
    /// Shade from 0 (light) to 5 (dark).
    pub shade: u64,
}

const MAX_MESSAGE_CHARS: usize = 500;
const MAX_PUBLISHERS: usize = 8;
const MAX_RATIO: u64 = 15;

impl FindingTable {
    /// Summarizes the findings of a run.
    pub fn new(
        stats: &ArchiveStats,
        summary: &Summary,
        run_info: &RunInfo,
        strings: &Strings,
    ) -> FindingTable {
        let mut rules: Vec<(Rule, &RuleStats)> =
            stats.findings.rules.iter().map(|(rule, rule_stats)| (*rule, rule_stats)).collect();
        rules.sort_by_key(|(_, rule_stats)| Reverse(rule_stats.files));
        let examples =
            rules.iter().map(|(rule, rule_stats)| Examples::new(*rule, rule_stats, run_info, strings));
        FindingTable {
            sentence: sentence(stats, summary, strings),
            rows: rows(stats, summary, strings),
            examples: examples.collect(),
            heats: if rules.is_empty() {
                Vec::new()
            } else {
                vec![by_publisher(&rules, stats, strings), by_day(&rules, strings)]
            },
        }
    }
}

fn sentence(stats: &ArchiveStats, summary: &Summary, strings: &Strings) -> String {
    let errors = summary.rules.iter().filter(|((_, level), _)| *level == Level::Error);
    let values =
        [errors.map(|(_, count)| count).sum(), summary.warnings, stats.findings.files].map(with_separators);
    match stats.findings.files {
        0 => String::new(),
        _ => interpolate(strings.findings_text, &values.each_ref().map(String::as_str)),
    }
}

fn rows(stats: &ArchiveStats, summary: &Summary, strings: &Strings) -> Vec<RuleRow> {
    let rows = summary.rules.iter().map(|((rule, level), count)| {
        let is_error = *level == Level::Error;
        RuleRow {
            rule: rule.code(),
            level: if is_error { strings.error } else { strings.warning },
            is_error,
            count: *count,
            count_text: with_separators(*count),
            files: with_separators(stats.findings.rules.get(rule).map_or(0, |rule_stats| rule_stats.files)),
            summary: strings
                .rule_summary(*rule)
                .split('`')
                .enumerate()
                .map(|(at, piece)| (at % 2 == 1, piece))
                .collect(),
        }
    });
    let mut rows: Vec<RuleRow> = rows.collect();
    rows.sort_by_key(|row| (!row.is_error, Reverse(row.count)));
    rows
}

impl Examples {
    fn new(rule: Rule, rule_stats: &RuleStats, run_info: &RunInfo, strings: &Strings) -> Examples {
        let count = [with_separators(rule_stats.examples.len() as u64), with_separators(rule_stats.files)];
        Examples {
            rule: rule.code(),
            count: interpolate(strings.examples_of, &count.each_ref().map(String::as_str)),
            examples: rule_stats.examples.iter().map(ExampleView::new).collect(),
            list_command: format!("{} | grep '\"rule\":\"{rule}\"'", run_info.list_command),
        }
    }
}

impl ExampleView {
    fn new(Example { path, finding }: &Example) -> ExampleView {
        ExampleView {
            place: format!(
                "{}:{}:{}",
                sanitize(path, MAX_PATH_CHARS),
                finding.location.line,
                finding.location.column
            ),
            message: sanitize(&finding.message, MAX_MESSAGE_CHARS),
            line: finding
                .snippet
                .as_ref()
                .map(|snippet| highlight(snippet))
                .filter(|line| *line != HighlightedLine::default()),
        }
    }
}

impl HeatRow {
    /// Builds the row of a rule from its counts.
    pub fn new(rule: &'static str, counts: &[u64]) -> HeatRow {
        let whole = counts.iter().sum::<u64>();
        let field = |count: &u64| HeatCell {
            count_text: if *count == 0 { String::new() } else { with_separators(*count) },
            shade: (count * 5).div_ceil(whole.max(1)),
        };
        HeatRow { rule, fields: counts.iter().map(field).collect() }
    }
}

/// Counts files by publisher: those with the most findings, then all others, then files without a known publisher.
fn by_publisher(rules: &[(Rule, &RuleStats)], stats: &ArchiveStats, strings: &Strings) -> Heatmap {
    let mut sums: BTreeMap<usize, u64> = BTreeMap::new();
    for (_, rule_stats) in rules {
        for (publisher, files) in &rule_stats.publishers {
            publisher.map(|publisher| *sums.entry(publisher).or_default() += files);
        }
    }
    let mut largest: Vec<(usize, u64)> = sums.into_iter().collect();
    largest.sort_by_key(|(_, files)| Reverse(*files));
    largest.truncate(MAX_PUBLISHERS);
    let named: Vec<usize> = largest.into_iter().map(|(publisher, _)| publisher).collect();
    let column = |publisher: Option<usize>| match publisher {
        None => named.len() + 1,
        Some(publisher) => named.iter().position(|named| *named == publisher).unwrap_or(named.len()),
    };
    let names = named.iter().map(|publisher| groups::name(stats.publishers.get(*publisher), strings));
    let ends = [strings.other_publishers, strings.unknown_publisher].map(str::to_owned);
    heat(strings.clusters_publishers, names.chain(ends).collect(), rules, |rule_stats, count| {
        rule_stats.publishers.iter().for_each(|(publisher, files)| count(column(*publisher), *files));
    })
}

/// Counts files by time of publication, then those without a date or with one far from all others.
fn by_day(rules: &[(Rule, &RuleStats)], strings: &Strings) -> Heatmap {
    let mut days: BTreeMap<i32, DayCounts> = BTreeMap::new();
    for (day, files) in rules.iter().flat_map(|(_, rule_stats)| &rule_stats.days) {
        day.map(|day| days.entry(day).or_default().published += files);
    }
    let days: Vec<(i32, DayCounts)> = days.into_iter().collect();
    let (near, _) = trim_outliers(&days);
    let ends = near.first().zip(near.last());
    let spans = ends.map(|((first, _), (last, _))| DaySpan { first: *first, last: *last }.divided(MAX_RATIO));
    let (names, spans): (Vec<String>, Vec<DaySpan>) = match spans {
        Some((unit, spans)) => {
            spans.into_iter().map(|span| (break_after_year(name(span.first, unit)), span)).unzip()
        }
        None => (Vec::new(), Vec::new()),
    };
    let names = names.into_iter().chain([strings.unknown_day.to_owned()]).collect();
    let heat = heat(strings.clusters_days, names, rules, |rule_stats, count| {
        for (day, files) in &rule_stats.days {
            let column =
                day.and_then(|day| spans.iter().position(|span| span.first <= day && day <= span.last));
            count(column.unwrap_or(spans.len()), *files);
        }
    });
    Heatmap { is_of_times: true, ..heat }
}

/// Returns `2024 09‑01` with a non-breaking hyphen, so that a line can break only after the year.
fn break_after_year(name: String) -> String {
    if name.len() == 10 { name.replacen('-', " ", 1).replace('-', "\u{2011}") } else { name }
}

/// Builds the table in which `interpolate` counts the files of each rule by column. Empty columns are dropped.
fn heat(
    caption: &'static str,
    columns: Vec<String>,
    rules: &[(Rule, &RuleStats)],
    interpolate: impl Fn(&RuleStats, &mut dyn FnMut(usize, u64)),
) -> Heatmap {
    let counts: Vec<(Rule, Vec<u64>)> = rules
        .iter()
        .map(|(rule, rule_stats)| {
            let mut counts = vec![0; columns.len()];
            interpolate(rule_stats, &mut |column, files| counts[column] += files);
            (*rule, counts)
        })
        .collect();
    let is_used: Vec<bool> =
        (0..columns.len()).map(|column| counts.iter().any(|(_, counts)| counts[column] > 0)).collect();
    let used = |counts: &[u64]| -> Vec<u64> {
        counts.iter().zip(&is_used).filter(|(_, used)| **used).map(|(count, _)| *count).collect()
    };
    let rows = counts.iter().map(|(rule, counts)| HeatRow::new(rule.code(), &used(counts)));
    Heatmap {
        caption,
        is_of_times: false,
        rows: rows.collect(),
        columns: columns.into_iter().zip(&is_used).filter(|(_, used)| **used).map(|(name, _)| name).collect(),
    }
}
