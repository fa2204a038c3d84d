//! Tables of publishers and categories, in descending order.

use crate::report::html::charts::bar;
use crate::report::html::numbers::{percent, with_separators};
use crate::report::html::sanitize::sanitize;
use crate::report::html::strings::{Strings, interpolate};
use crate::report::stats::groups::{GroupStats, Groups};

/// Table of publishers or of categories.
#[derive(Debug)]
pub struct GroupTable {
    /// Id of the element in the page.
    pub id: &'static str,
    pub heading: &'static str,
    /// Head of the first column.
    pub of: &'static str,
    /// Number of all articles, formatted.
    pub articles: String,
    pub rows: Vec<GroupRow>,
    /// Sum of the groups after the last row.
    pub rest: Option<GroupRow>,
}

/// Row for one group.
#[derive(Debug)]
pub struct GroupRow {
    pub name: String,
    pub articles: u64,
    pub articles_text: String,
    /// Share of all articles.
    pub share: String,
    /// Bar, as SVG.
    pub bar: String,
    pub files: u64,
    pub files_text: String,
    /// Verified articles, as a share of the group's files.
    pub verified: String,
    /// Sort key of `verified`: its share in thousandths.
    pub verified_rank: u64,
    /// Median length of the texts in characters, 0 without texts.
    pub median: usize,
    pub median_text: String,
}

const MAX_ROWS: usize = 300;
const MAX_NAME_CHARS: usize = 80;

impl GroupTable {
    /// Builds the table of `groups`.
    pub fn new(
        groups: &Groups,
        [id, heading, of]: [&'static str; 3],
        articles: u64,
        strings: &Strings,
    ) -> GroupTable {
        let largest = groups.largest_first();
        let most = largest.first().map_or(0, |group| group.articles);
        let row = |group: &&GroupStats| GroupRow::new(group, name(group, strings), articles, most);
        let (shown, rest) = largest.split_at(largest.len().min(MAX_ROWS));
        let others = interpolate(strings.others, &[&with_separators(rest.len() as u64)]);
        let rest = (!rest.is_empty()).then(|| GroupRow::new(&sum_groups(rest), others, articles, most));
        GroupTable {
            id,
            heading,
            of,
            articles: with_separators(articles),
            rows: shown.iter().map(row).collect(),
            rest,
        }
    }
}

impl GroupRow {
    fn new(group: &GroupStats, name: String, articles: u64, most: u64) -> GroupRow {
        let median = group.lengths.quantile(50);
        GroupRow {
            name,
            articles: group.articles,
            articles_text: with_separators(group.articles),
            share: percent(group.articles, articles),
            bar: bar(group.articles, most),
            files: group.files(),
            files_text: with_separators(group.files()),
            verified: percent(group.verified, group.files()),
            verified_rank: group.verified * 1_000 / group.files().max(1),
            median: median.unwrap_or_default(),
            median_text: median.map_or_else(|| "–".to_owned(), |median| with_separators(median as u64)),
        }
    }
}

/// Display name of a group.
pub fn name(group: &GroupStats, strings: &Strings) -> String {
    match &*group.name {
        _ if group.is_overflow => strings.past_bound.to_owned(),
        "" => strings.none_given.to_owned(),
        name => sanitize(name, MAX_NAME_CHARS),
    }
}

/// Sums up groups, except for the lengths.
fn sum_groups(groups: &[&GroupStats]) -> GroupStats {
    groups.iter().fold(GroupStats::default(), |sum, group| GroupStats {
        articles: sum.articles + group.articles,
        verified: sum.verified + group.verified,
        rejected: sum.rejected + group.rejected,
        ..sum
    })
}
