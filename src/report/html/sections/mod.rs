//! Sections of the page: numbers and sentences, ready for the template.

pub mod bylines;
pub mod duplicates;
pub mod findings;
pub mod groups;
pub mod lengths;
pub mod readings;
pub mod timeline;
pub mod verdict;

/// Row of a table with a share of a whole.
#[derive(Debug)]
pub struct ShareRow {
    pub name: String,
    pub count: u64,
    pub count_text: String,
    /// Share of the whole in percent.
    pub percent: String,
    /// Bar, as SVG.
    pub bar: String,
}

impl ShareRow {
    /// Creates the row of `count` out of `whole`; the bar is relative to `most`.
    fn new(name: String, count: u64, whole: u64, most: u64) -> ShareRow {
        use crate::report::html::numbers::{percent, with_separators};
        let bar = crate::report::html::charts::bar(count, most);
        ShareRow { name, count, count_text: with_separators(count), percent: percent(count, whole), bar }
    }
}
