//! Lengths of the texts.

use crate::report::html::charts::histogram;
use crate::report::html::numbers::with_separators;
use crate::report::html::sanitize::sanitize;
use crate::report::html::strings::{Strings, interpolate};
use crate::report::stats::ArchiveStats;
use crate::report::stats::lengths::LengthRecord;

/// The section on lengths.
#[derive(Debug)]
pub struct LengthTable {
    /// Quantiles as a sentence; empty without articles.
    pub sentence: String,
    /// Chart, as SVG.
    pub chart: String,
    /// Numbers of the chart: from, to, texts.
    pub rows: Vec<[String; 3]>,
    pub shortest: Vec<NamedLength>,
    pub longest: Vec<NamedLength>,
}

/// A text with its article.
#[derive(Debug)]
pub struct NamedLength {
    /// Length in characters, formatted.
    pub characters: String,
    pub id: String,
    pub title: String,
    /// Path of the file.
    pub path: String,
}

pub const MAX_TITLE_CHARS: usize = 90;
pub const MAX_PATH_CHARS: usize = 300;

impl LengthTable {
    /// Summarizes the lengths of `stats`.
    pub fn new(stats: &ArchiveStats, strings: &Strings) -> LengthTable {
        let steps = stats.histogram.steps();
        let lengths = stats.lengths();
        let quantile = |percent| lengths.quantile(percent);
        let (sentence, chart) = match (quantile(50), quantile(90), quantile(99)) {
            (Some(median), Some(most), Some(nearly_all)) => {
                let values = [median, most, nearly_all].map(|length| with_separators(length as u64));
                let marks = [
                    (strings.median, median),
                    (strings.percentile_90, most),
                    (strings.percentile_99, nearly_all),
                ];
                let sentence = interpolate(strings.lengths_text, &values.each_ref().map(String::as_str));
                (sentence, histogram::draw(&steps, &marks, strings))
            }
            _ => (String::new(), String::new()),
        };
        let rows = steps.iter().enumerate().map(|(at, (from, count))| {
            let to = steps.get(at + 1).map(|(next, _)| with_separators(*next as u64 - 1));
            [with_separators(*from as u64), to.unwrap_or_default(), with_separators(*count)]
        });
        LengthTable {
            sentence,
            chart,
            rows: rows.collect(),
            shortest: stats.length_records.shortest.iter().map(NamedLength::new).collect(),
            longest: stats.length_records.longest.iter().map(NamedLength::new).collect(),
        }
    }
}

impl NamedLength {
    fn new(extreme: &LengthRecord) -> NamedLength {
        NamedLength {
            characters: with_separators(extreme.characters as u64),
            id: sanitize(&extreme.id, MAX_TITLE_CHARS),
            title: sanitize(&extreme.title, MAX_TITLE_CHARS),
            path: sanitize(&extreme.path, MAX_PATH_CHARS),
        }
    }
}
