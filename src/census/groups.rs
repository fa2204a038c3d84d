//! Articles by a name, such as their publisher's.

use std::collections::HashMap;

use super::lengths::Lengths;
use crate::sketch::Sketch;

/// Every name, and what its files came to.
#[derive(Debug, Default)]
pub struct Groups {
    numbers: HashMap<Box<str>, usize>,
    groups: Vec<Group>,
    last: usize,
}

/// What the files of one name came to.
#[derive(Debug, Default, Clone)]
pub struct Group {
    /// The name, cut where it is very long; `""` where files leave it empty.
    pub name: Box<str>,
    /// Whether it stands for all the names past [`MOST`].
    pub is_rest: bool,
    /// Files that gave an article.
    pub articles: u64,
    /// Those of them whose text is the one that was hashed.
    pub verified: u64,
    /// Files that gave none.
    pub rejected: u64,
    /// How long the texts of the articles are.
    pub lengths: Lengths,
}

/// So many names are counted apart. Those that come later are counted together.
pub const MOST: usize = 10_000;

impl Group {
    /// All its files.
    pub fn files(&self) -> u64 {
        self.articles + self.rejected
    }
}

impl Groups {
    /// The number of the group of this name, which stays.
    pub fn index(&mut self, name: &str) -> usize {
        if self.groups.get(self.last).is_some_and(|last| *last.name == *name && !last.is_rest) {
            return self.last;
        }
        self.last = match self.numbers.get(name) {
            Some(number) => *number,
            None => self.begin(name),
        };
        self.last
    }

    fn begin(&mut self, name: &str) -> usize {
        let is_rest = self.groups.len() >= MOST;
        if self.groups.len() <= MOST {
            let name = if is_rest { "" } else { name };
            self.groups.push(Group { name: name.into(), is_rest, ..Group::default() });
        }
        let number = self.groups.len() - 1;
        if !is_rest {
            self.numbers.insert(name.into(), number);
        }
        number
    }

    /// Counts a file of a group: its article, or that it was rejected.
    pub fn add(&mut self, number: usize, article: Option<&Sketch>) {
        let group = &mut self.groups[number];
        match article {
            Some(sketch) => {
                group.articles += 1;
                group.verified += u64::from(sketch.verified);
                group.lengths.add(sketch.characters);
            }
            None => group.rejected += 1,
        }
    }

    /// How long the texts of all groups are.
    pub fn lengths(&self) -> Lengths {
        let mut lengths = Lengths::default();
        self.groups.iter().for_each(|group| lengths.absorb(&group.lengths));
        lengths
    }

    /// The group of a number.
    pub fn get(&self, number: usize) -> &Group {
        &self.groups[number]
    }

    /// All groups that have files, the one with the most articles first, and the rest last.
    pub fn largest_first(&self) -> Vec<&Group> {
        let mut groups: Vec<&Group> = self.groups.iter().filter(|group| group.files() > 0).collect();
        groups.sort_by(|a, b| {
            let by_size = b.articles.cmp(&a.articles).then(b.files().cmp(&a.files()));
            a.is_rest.cmp(&b.is_rest).then(by_size).then_with(|| a.name.cmp(&b.name))
        });
        groups
    }
}
