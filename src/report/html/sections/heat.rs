//! Heat map of findings: a field for each rule and publisher, or for each rule and time; darker means more.

use crate::report::html::numbers::with_separators;

/// A heat map.
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
