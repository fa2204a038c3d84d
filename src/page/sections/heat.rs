//! Where findings cluster: a field for each rule and publisher, or rule and time, the darker the more.

use crate::page::figures::grouped;

/// A table of fields.
#[derive(Debug)]
pub struct Heat {
    /// What it shows.
    pub caption: &'static str,
    /// Whether its columns are times.
    pub is_of_times: bool,
    /// The heads of its columns.
    pub columns: Vec<String>,
    /// A line for each rule.
    pub rows: Vec<HeatRow>,
}

/// One line.
#[derive(Debug)]
pub struct HeatRow {
    /// The rule.
    pub rule: &'static str,
    /// A field for each column.
    pub fields: Vec<Field>,
}

/// One field.
#[derive(Debug)]
pub struct Field {
    /// How many files; nothing for none.
    pub shown: String,
    /// How dark it is, from 0 to 5.
    pub shade: u64,
}

impl HeatRow {
    /// The line of a rule with these counts.
    pub fn of(rule: &'static str, counts: &[u64]) -> HeatRow {
        let whole = counts.iter().sum::<u64>();
        let field = |count: &u64| Field {
            shown: if *count == 0 { String::new() } else { grouped(*count) },
            shade: (count * 5).div_ceil(whole.max(1)),
        };
        HeatRow { rule, fields: counts.iter().map(field).collect() }
    }
}
