//! Counts of bylines, people and roles.

use crate::report::html::numbers::with_separators;
use crate::report::html::sanitize::sanitize;
use crate::report::html::sections::ShareRow;
use crate::report::html::strings::{Strings, interpolate};
use crate::report::stats::bylines::BylineStats;

/// The section on bylines.
#[derive(Debug)]
pub struct BylineTable {
    /// Articles with a byline, a name and an address.
    pub shares: Vec<ShareRow>,
    /// Number of all articles, formatted.
    pub articles: String,
    /// Number of all addresses, formatted.
    pub addresses: String,
    /// The most frequent roles.
    pub roles: Vec<ShareRow>,
    /// Number of people with a role, formatted.
    pub people: String,
}

const MAX_ROLES: usize = 20;
const MAX_ROLE_CHARS: usize = 40;

impl BylineTable {
    /// Summarizes the bylines of the articles.
    pub fn new(people: &BylineStats, articles: u64, strings: &Strings) -> BylineTable {
        let all = people.roles();
        let with_role = all.iter().map(|(_, count)| count).sum::<u64>() + people.other_roles;
        let (named, rest) = all.split_at(all.len().min(MAX_ROLES));
        let most = named.first().map_or(0, |(_, count)| *count);
        let mut roles: Vec<ShareRow> = named
            .iter()
            .map(|(role, count)| ShareRow::new(sanitize(role, MAX_ROLE_CHARS), *count, with_role, most))
            .collect();
        let others = rest.iter().map(|(_, count)| count).sum::<u64>() + people.other_roles;
        if others > 0 {
            let name = interpolate(strings.others, &[&with_separators(rest.len() as u64)]);
            roles.push(ShareRow::new(name, others, with_role, most));
        }
        let of_articles = |name: &str, count| ShareRow::new(name.to_owned(), count, articles, articles);
        BylineTable {
            shares: vec![
                of_articles(strings.with_byline, people.bylines),
                of_articles(strings.with_name, people.named),
                of_articles(strings.with_address, people.addressed),
            ],
            articles: with_separators(articles),
            addresses: with_separators(people.addresses),
            roles,
            people: with_separators(with_role),
        }
    }
}
