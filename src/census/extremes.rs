//! The shortest and the longest texts, with their articles.

use crate::sketch::Names;

/// A few texts at either end; of equal lengths, the first ones.
#[derive(Debug, Default)]
pub struct Extremes {
    /// In ascending order of length.
    pub shortest: Vec<Extreme>,
    /// In descending order of length.
    pub longest: Vec<Extreme>,
}

/// A text with its article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extreme {
    /// Length of the text in characters.
    pub characters: usize,
    /// Id of the article.
    pub id: String,
    /// Title of the article.
    pub title: String,
    /// Path of the file.
    pub path: String,
}

const MOST: usize = 5;

impl Extremes {
    /// Adds an article if it belongs to either list.
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

/// Inserts after all entries for which `stays_before` holds, if that is among the first few.
fn insert(into: &mut Vec<Extreme>, stays_before: impl Fn(&Extreme) -> bool, extreme: impl Fn() -> Extreme) {
    if into.len() == MOST && into.last().is_some_and(&stays_before) {
        return;
    }
    into.insert(into.partition_point(stays_before), extreme());
    into.truncate(MOST);
}
