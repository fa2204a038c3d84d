//! The shortest and the longest texts, by name.

use crate::sketch::Names;

/// The few at either end; of equals, those that came first.
#[derive(Debug, Default)]
pub struct Extremes {
    /// From the shortest on.
    pub shortest: Vec<Extreme>,
    /// From the longest on.
    pub longest: Vec<Extreme>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extreme {
    /// How long its text is.
    pub characters: usize,
    /// The article's id.
    pub id: String,
    /// The article's title.
    pub title: String,
    /// The file.
    pub path: String,
}

const MOST: usize = 5;

impl Extremes {
    /// Looks at one article.
    pub fn add(&mut self, characters: usize, names: &Names<'_>, path: &str) {
        let extreme = || Extreme {
            characters,
            id: names.id.to_owned(),
            title: names.title.to_owned(),
            path: path.to_owned(),
        };
        insert(&mut self.shortest, |other| other.characters <= characters, extreme);
        insert(&mut self.longest, |other| other.characters >= characters, extreme);
    }
}

/// Inserts behind all that `stays_before`, if that is among the first few.
fn insert(into: &mut Vec<Extreme>, stays_before: impl Fn(&Extreme) -> bool, extreme: impl Fn() -> Extreme) {
    if into.len() == MOST && into.last().is_some_and(&stays_before) {
        return;
    }
    into.insert(into.partition_point(stays_before), extreme());
    into.truncate(MOST);
}
