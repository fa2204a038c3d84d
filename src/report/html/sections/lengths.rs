//! Lengths of the texts.

use crate::report::html::charts::histogram;
use crate::report::html::numbers::grouped;
use crate::report::html::sanitize::shown;
use crate::report::html::strings::{Strings, fill};
use crate::report::stats::ArchiveStats;
use crate::report::stats::extremes::LengthRecord;

/// The section on lengths.
#[derive(Debug)]
pub struct LengthTable {
    /// Quantiles as a sentence; empty without articles.
    pub sentence: String,
    /// Chart, as SVG.
    pub chart: String,
    /// Numbers of the chart: from, to, texts.
    pub rows: Vec<[String; 3]>,
    pub shortest: Vec<Named>,
    pub longest: Vec<Named>,
}

/// A text with its article.
#[derive(Debug)]
pub struct Named {
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
    /// Summarizes the lengths of `census`.
    pub fn new(census: &ArchiveStats, words: &Strings) -> LengthTable {
        let steps = census.histogram.steps();
        let lengths = census.lengths();
        let quantile = |percent| lengths.quantile(percent);
        let (sentence, chart) = match (quantile(50), quantile(90), quantile(99)) {
            (Some(median), Some(most), Some(nearly_all)) => {
                let values = [median, most, nearly_all].map(|length| grouped(length as u64));
                let marks =
                    [(words.median, median), (words.percentile_90, most), (words.percentile_99, nearly_all)];
                let sentence = fill(words.lengths_text, &values.each_ref().map(String::as_str));
                (sentence, histogram::draw(&steps, &marks, words))
            }
            _ => (String::new(), String::new()),
        };
        let rows = steps.iter().enumerate().map(|(at, (from, count))| {
            let to = steps.get(at + 1).map(|(next, _)| grouped(*next as u64 - 1));
            [grouped(*from as u64), to.unwrap_or_default(), grouped(*count)]
        });
        LengthTable {
            sentence,
            chart,
            rows: rows.collect(),
            shortest: census.extremes.shortest.iter().map(Named::new).collect(),
            longest: census.extremes.longest.iter().map(Named::new).collect(),
        }
    }
}

impl Named {
    fn new(extreme: &LengthRecord) -> Named {
        Named {
            characters: grouped(extreme.characters as u64),
            id: shown(&extreme.id, MAX_TITLE_CHARS),
            title: shown(&extreme.title, MAX_TITLE_CHARS),
            path: shown(&extreme.path, MAX_PATH_CHARS),
        }
    }
}
