//! Who wrote the articles, as far as their bylines say: counted, never kept.

use std::cmp::Reverse;

use crate::sketch::{Names, Sketch};

/// The counts.
#[derive(Debug, Default)]
pub struct People {
    /// Articles with a byline.
    pub bylines: u64,
    /// Articles whose byline names someone.
    pub named: u64,
    /// Articles whose byline holds an e-mail address.
    pub addressed: u64,
    /// E-mail addresses.
    pub addresses: u64,
    /// Those that are met often stand first, where they are found at once.
    roles: Vec<(Box<str>, u64)>,
    /// People of roles past the first so many.
    pub other_roles: u64,
}

/// So many roles are counted apart. Those that come later are counted together.
const MOST_ROLES: usize = 1_000;

impl People {
    /// Counts one article.
    pub fn add(&mut self, sketch: &Sketch, names: &Names<'_>) {
        self.bylines += u64::from(sketch.has_byline);
        self.named += u64::from(sketch.has_name);
        self.addressed += u64::from(sketch.addresses > 0);
        self.addresses += sketch.addresses as u64;
        for role in names.roles() {
            match self.roles.iter().position(|(known, _)| **known == *role) {
                Some(at) => {
                    self.roles[at].1 += 1;
                    if at > 0 && self.roles[at - 1].1 < self.roles[at].1 {
                        self.roles.swap(at - 1, at);
                    }
                }
                None if self.roles.len() < MOST_ROLES => self.roles.push((role.into(), 1)),
                None => self.other_roles += 1,
            }
        }
    }

    /// Every role with how many people have it, the most frequent first.
    pub fn roles(&self) -> Vec<(&str, u64)> {
        let mut roles: Vec<(&str, u64)> = self.roles.iter().map(|(role, count)| (&**role, *count)).collect();
        roles.sort_by_key(|(role, count)| (Reverse(*count), *role));
        roles
    }
}
