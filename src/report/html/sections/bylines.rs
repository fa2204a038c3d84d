//! Counts of bylines, people and roles.

use crate::report::html::numbers::grouped;
use crate::report::html::sanitize::shown;
use crate::report::html::sections::Share;
use crate::report::html::strings::{Strings, fill};
use crate::report::stats::bylines::BylineStats;

/// The section on bylines.
#[derive(Debug)]
pub struct PeopleTable {
    /// Articles with a byline, a name and an address.
    pub shares: Vec<Share>,
    /// Number of all articles, formatted.
    pub articles: String,
    /// Number of all addresses, formatted.
    pub addresses: String,
    /// The most frequent roles.
    pub roles: Vec<Share>,
    /// Number of people with a role, formatted.
    pub people: String,
}

const MAX_ROLES: usize = 20;
const MAX_ROLE_CHARS: usize = 40;

impl PeopleTable {
    /// Summarizes the bylines of the articles.
    pub fn new(people: &BylineStats, articles: u64, words: &Strings) -> PeopleTable {
        let all = people.roles();
        let with_role = all.iter().map(|(_, count)| count).sum::<u64>() + people.other_roles;
        let (named, rest) = all.split_at(all.len().min(MAX_ROLES));
        let most = named.first().map_or(0, |(_, count)| *count);
        let mut roles: Vec<Share> = named
            .iter()
            .map(|(role, count)| Share::new(shown(role, MAX_ROLE_CHARS), *count, with_role, most))
            .collect();
        let others = rest.iter().map(|(_, count)| count).sum::<u64>() + people.other_roles;
        if others > 0 {
            let name = fill(words.others, &[&grouped(rest.len() as u64)]);
            roles.push(Share::new(name, others, with_role, most));
        }
        let of_articles = |name: &str, count| Share::new(name.to_owned(), count, articles, articles);
        PeopleTable {
            shares: vec![
                of_articles(words.with_byline, people.bylines),
                of_articles(words.with_name, people.named),
                of_articles(words.with_address, people.addressed),
            ],
            articles: grouped(articles),
            addresses: grouped(people.addresses),
            roles,
            people: grouped(with_role),
        }
    }
}
