//! Counts of bylines, people and roles.

use super::Share;
use crate::census::people::People;
use crate::page::figures::grouped;
use crate::page::shown::shown;
use crate::page::words::{Words, fill};

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

const MOST_ROLES: usize = 20;
const LONGEST_ROLE: usize = 40;

impl PeopleTable {
    /// Summarizes the bylines of the articles.
    pub fn of(people: &People, articles: u64, words: &Words) -> PeopleTable {
        let all = people.roles();
        let with_role = all.iter().map(|(_, count)| count).sum::<u64>() + people.other_roles;
        let (named, rest) = all.split_at(all.len().min(MOST_ROLES));
        let most = named.first().map_or(0, |(_, count)| *count);
        let mut roles: Vec<Share> = named
            .iter()
            .map(|(role, count)| Share::of(shown(role, LONGEST_ROLE), *count, with_role, most))
            .collect();
        let others = rest.iter().map(|(_, count)| count).sum::<u64>() + people.other_roles;
        if others > 0 {
            let name = fill(words.others, &[&grouped(rest.len() as u64)]);
            roles.push(Share::of(name, others, with_role, most));
        }
        let of_articles = |name: &str, count| Share::of(name.to_owned(), count, articles, articles);
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
