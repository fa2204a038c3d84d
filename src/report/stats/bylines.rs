//! Counts of the people in bylines. No name or address is kept.

use std::cmp::Reverse;

use crate::record::metrics::{ArticleLabels, ArticleMetrics};

/// Counts of the people in bylines.
#[derive(Debug, Default)]
pub struct BylineStats {
    /// Articles with a byline.
    pub bylines: u64,
    /// Articles whose byline names a person.
    pub named: u64,
    /// Articles whose byline has an e-mail address.
    pub addressed: u64,
    /// E-mail addresses.
    pub addresses: u64,
    /// Frequent roles move to the front, where the linear search finds them first.
    roles: Vec<(Box<str>, u64)>,
    /// People with roles after the first 1,000 roles.
    pub other_roles: u64,
}

/// Maximum number of roles. People with later ones are counted together.
const MAX_ROLES: usize = 1_000;

impl BylineStats {
    /// Counts the byline of one article.
    pub fn add(&mut self, metrics: &ArticleMetrics, labels: &ArticleLabels<'_>) {
        self.bylines += u64::from(metrics.has_byline);
        self.named += u64::from(metrics.has_name);
        self.addressed += u64::from(metrics.addresses > 0);
        self.addresses += metrics.addresses as u64;
        for role in labels.roles() {
            match self.roles.iter().position(|(known, _)| **known == *role) {
                Some(at) => {
                    self.roles[at].1 += 1;
                    if at > 0 && self.roles[at - 1].1 < self.roles[at].1 {
                        self.roles.swap(at - 1, at);
                    }
                }
                None if self.roles.len() < MAX_ROLES => self.roles.push((role.into(), 1)),
                None => self.other_roles += 1,
            }
        }
    }

    /// Returns each role with its number of people, in descending order.
    pub fn roles(&self) -> Vec<(&str, u64)> {
        let mut roles: Vec<(&str, u64)> = self.roles.iter().map(|(role, count)| (&**role, *count)).collect();
        roles.sort_by_key(|(role, count)| (Reverse(*count), *role));
        roles
    }
}
