//! The shortest and the longest texts, with their articles.

use crate::record::metrics::ArticleLabels;

/// A few texts at either end; of equal lengths, the first ones.
#[derive(Debug, Default)]
pub struct LengthRecords {
    /// In ascending order of length.
    pub shortest: Vec<LengthRecord>,
    /// In descending order of length.
    pub longest: Vec<LengthRecord>,
}

/// A text with its article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LengthRecord {
    /// Length of the text in characters.
    pub characters: usize,
    /// Id of the article.
    pub id: String,
    /// Title of the article.
    pub title: String,
    /// Path of the file.
    pub path: String,
}

const MAX_EXTREMES: usize = 5;

impl LengthRecords {
    /// Adds an article if it belongs to either list.
    pub fn add(&mut self, characters: usize, names: &ArticleLabels<'_>, path: &str) {
        let extreme = || LengthRecord {
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
fn insert(
    into: &mut Vec<LengthRecord>,
    stays_before: impl Fn(&LengthRecord) -> bool,
    extreme: impl Fn() -> LengthRecord,
) {
    if into.len() == MAX_EXTREMES && into.last().is_some_and(&stays_before) {
        return;
    }
    into.insert(into.partition_point(stays_before), extreme());
    into.truncate(MAX_EXTREMES);
}
