//! Articles grouped by a name, such as the publisher's.

use std::collections::HashMap;

use crate::record::metrics::ArticleMetrics;
use crate::report::stats::lengths::LengthHistogram;

/// Statistics of every name.
#[derive(Debug, Default)]
pub struct Groups {
    numbers: HashMap<Box<str>, usize>,
    groups: Vec<GroupStats>,
    last: usize,
}

/// Statistics of the files with one name.
#[derive(Debug, Default, Clone)]
pub struct GroupStats {
    /// The name, truncated if it is very long; `""` for files that leave it empty.
    pub name: Box<str>,
    /// Marks the group of all names after the first [`MAX_GROUPS`].
    pub is_overflow: bool,
    /// Files with an article.
    pub articles: u64,
    /// Articles whose text has the stated hash.
    pub verified: u64,
    /// Files without an article.
    pub rejected: u64,
    /// Lengths of the articles' texts.
    pub lengths: LengthHistogram,
}

/// Maximum number of groups. Names that come later share one more group.
pub const MAX_GROUPS: usize = 10_000;

impl GroupStats {
    /// Number of files, accepted or rejected.
    pub fn files(&self) -> u64 {
        self.articles + self.rejected
    }
}

impl Groups {
    /// Returns the index of the group with this name and adds the group if it is new. An index never changes.
    pub fn index(&mut self, name: &str) -> usize {
        if self.groups.get(self.last).is_some_and(|last| *last.name == *name && !last.is_overflow) {
            return self.last;
        }
        self.last = match self.numbers.get(name) {
            Some(number) => *number,
            None => self.add_group(name),
        };
        self.last
    }

    fn add_group(&mut self, name: &str) -> usize {
        let is_overflow = self.groups.len() >= MAX_GROUPS;
        if self.groups.len() <= MAX_GROUPS {
            let name = if is_overflow { "" } else { name };
            self.groups.push(GroupStats { name: name.into(), is_overflow, ..GroupStats::default() });
        }
        let number = self.groups.len() - 1;
        if !is_overflow {
            self.numbers.insert(name.into(), number);
        }
        number
    }

    /// Counts a file of a group; `article` is `None` if the file was rejected.
    pub fn add(&mut self, number: usize, article: Option<&ArticleMetrics>) {
        let group = &mut self.groups[number];
        match article {
            Some(metrics) => {
                group.articles += 1;
                group.verified += u64::from(metrics.verified);
                group.lengths.add(metrics.characters);
            }
            None => group.rejected += 1,
        }
    }

    /// Lengths of the texts of all groups.
    pub fn lengths(&self) -> LengthHistogram {
        let mut lengths = LengthHistogram::default();
        self.groups.iter().for_each(|group| lengths.merge(&group.lengths));
        lengths
    }

    /// Returns the group with this index.
    pub fn get(&self, number: usize) -> &GroupStats {
        &self.groups[number]
    }

    /// Returns the groups that have files, by descending number of articles, with the rest last.
    pub fn largest_first(&self) -> Vec<&GroupStats> {
        let mut groups: Vec<&GroupStats> = self.groups.iter().filter(|group| group.files() > 0).collect();
        groups.sort_by(|a, b| {
            let by_size = b.articles.cmp(&a.articles).then(b.files().cmp(&a.files()));
            a.is_overflow.cmp(&b.is_overflow).then(by_size).then_with(|| a.name.cmp(&b.name))
        });
        groups
    }
}
