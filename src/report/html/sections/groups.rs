//! Tables of publishers and categories, in descending order.

use crate::report::html::charts::bar;
use crate::report::html::numbers::{grouped, percent};
use crate::report::html::sanitize::shown;
use crate::report::html::strings::{Strings, fill};
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
    pub shown: String,
    /// Share of all articles.
    pub share: String,
    /// Bar, as SVG.
    pub bar: String,
    pub files: u64,
    pub files_shown: String,
    /// Verified articles, as a share of the group's files.
    pub verified: String,
    /// Sort key of `verified`: its share in thousandths.
    pub verified_rank: u64,
    /// Median length of the texts in characters, 0 without texts.
    pub median: usize,
    pub median_shown: String,
}

const MAX_ROWS: usize = 300;
const MAX_NAME_CHARS: usize = 80;

impl GroupTable {
    /// Builds the table of `groups`.
    pub fn new(
        groups: &Groups,
        [id, heading, of]: [&'static str; 3],
        articles: u64,
        words: &Strings,
    ) -> GroupTable {
        let largest = groups.largest_first();
        let most = largest.first().map_or(0, |group| group.articles);
        let row = |group: &&GroupStats| GroupRow::new(group, name(group, words), articles, most);
        let (shown, rest) = largest.split_at(largest.len().min(MAX_ROWS));
        let others = fill(words.others, &[&grouped(rest.len() as u64)]);
        let rest = (!rest.is_empty()).then(|| GroupRow::new(&together(rest), others, articles, most));
        GroupTable {
            id,
            heading,
            of,
            articles: grouped(articles),
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
            shown: grouped(group.articles),
            share: percent(group.articles, articles),
            bar: bar(group.articles, most),
            files: group.files(),
            files_shown: grouped(group.files()),
            verified: percent(group.verified, group.files()),
            verified_rank: group.verified * 1_000 / group.files().max(1),
            median: median.unwrap_or_default(),
            median_shown: median.map_or_else(|| "–".to_owned(), |median| grouped(median as u64)),
        }
    }
}

/// Display name of a group.
pub fn name(group: &GroupStats, words: &Strings) -> String {
    match &*group.name {
        _ if group.is_rest => words.past_bound.to_owned(),
        "" => words.none_given.to_owned(),
        name => shown(name, MAX_NAME_CHARS),
    }
}

/// Sums up groups, except for the lengths.
fn together(groups: &[&GroupStats]) -> GroupStats {
    groups.iter().fold(GroupStats::default(), |sum, group| GroupStats {
        articles: sum.articles + group.articles,
        verified: sum.verified + group.verified,
        rejected: sum.rejected + group.rejected,
        ..sum
    })
}
