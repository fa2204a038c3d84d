//! Who wrote the articles, in counts.

use super::Share;
use crate::census::people::People;
use crate::page::figures::grouped;
use crate::page::shown::shown;
use crate::page::words::{Words, fill};

/// The part of the page.
#[derive(Debug)]
pub struct PeopleTable {
    /// Bylines, names and addresses.
    pub shares: Vec<Share>,
    /// Of so many articles.
    pub articles: String,
    /// All addresses.
    pub addresses: String,
    /// The most frequent roles.
    pub roles: Vec<Share>,
    /// Of so many people.
    pub people: String,
}

const MOST_ROLES: usize = 20;
const LONGEST_ROLE: usize = 40;

impl PeopleTable {
    /// What the bylines of so many articles say.
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
