//! Publishers and categories, the largest first.

use crate::census::groups::{Group, Groups};
use crate::page::charts::bar;
use crate::page::figures::{grouped, percent};
use crate::page::shown::shown;
use crate::page::words::{Words, fill};

/// One of the two tables.
#[derive(Debug)]
pub struct GroupTable {
    /// Its id in the page.
    pub id: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// What a line is of.
    pub of: &'static str,
    /// All articles.
    pub articles: String,
    /// A line each.
    pub rows: Vec<Row>,
    /// Those past the last line, put together.
    pub rest: Option<Row>,
}

/// One line.
#[derive(Debug)]
pub struct Row {
    /// The name.
    pub name: String,
    /// How many articles.
    pub articles: u64,
    /// The same, for people.
    pub shown: String,
    /// Of all articles.
    pub share: String,
    /// The bar, as SVG.
    pub bar: String,
    /// How many files.
    pub files: u64,
    /// The same, for people.
    pub files_shown: String,
    /// Its verified articles, of its files.
    pub verified: String,
    /// The same, of a thousand, to sort by.
    pub verified_rank: u64,
    /// The median length of its texts, 0 without any.
    pub median: usize,
    /// The same, for people.
    pub median_shown: String,
}

const MOST_ROWS: usize = 300;
const LONGEST_NAME: usize = 80;

impl GroupTable {
    /// The table of `groups`.
    pub fn of(
        groups: &Groups,
        [id, heading, of]: [&'static str; 3],
        articles: u64,
        words: &Words,
    ) -> GroupTable {
        let largest = groups.largest_first();
        let most = largest.first().map_or(0, |group| group.articles);
        let row = |group: &&Group| Row::of(group, name(group, words), articles, most);
        let (shown, rest) = largest.split_at(largest.len().min(MOST_ROWS));
        let others = fill(words.others, &[&grouped(rest.len() as u64)]);
        let rest = (!rest.is_empty()).then(|| Row::of(&together(rest), others, articles, most));
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

impl Row {
    fn of(group: &Group, name: String, articles: u64, most: u64) -> Row {
        let median = group.lengths.quantile(50);
        Row {
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

/// What a group is called.
pub fn name(group: &Group, words: &Words) -> String {
    match &*group.name {
        _ if group.is_rest => words.past_bound.to_owned(),
        "" => words.none_given.to_owned(),
        name => shown(name, LONGEST_NAME),
    }
}

/// What all of them come to, without a median.
fn together(groups: &[&Group]) -> Group {
    groups.iter().fold(Group::default(), |sum, group| Group {
        articles: sum.articles + group.articles,
        verified: sum.verified + group.verified,
        rejected: sum.rejected + group.rejected,
        ..sum
    })
}
