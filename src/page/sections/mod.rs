//! What the page says, part by part: numbers and sentences, ready for the template.

pub mod findings;
pub mod groups;
pub mod heat;
pub mod lengths;
pub mod people;
pub mod readings;
pub mod repeats;
pub mod timeline;
pub mod verdict;

/// A line of a table that tells how many of a whole something is.
#[derive(Debug)]
pub struct Share {
    /// What.
    pub name: String,
    /// How many.
    pub count: u64,
    /// The same, for people.
    pub shown: String,
    /// Of the whole, in percent.
    pub percent: String,
    /// The bar, as SVG.
    pub bar: String,
}

impl Share {
    /// `count` of `whole`, the bar as long as it is of `most`.
    fn of(name: String, count: u64, whole: u64, most: u64) -> Share {
        use super::figures::{grouped, percent};
        let bar = super::charts::bar(count, most);
        Share { name, count, shown: grouped(count), percent: percent(count, whole), bar }
    }
}
