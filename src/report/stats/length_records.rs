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

const MAX_LENGTH_RECORDS: usize = 5;

impl LengthRecords {
    /// Adds an article if it belongs to either list.
    pub fn add(&mut self, characters: usize, labels: &ArticleLabels<'_>, path: &str) {
        let record = || LengthRecord {
            characters,
            id: labels.id.to_owned(),
            title: labels.title.to_owned(),
            path: path.to_owned(),
        };
        insert(&mut self.shortest, |other| other.characters <= characters, record);
        insert(&mut self.longest, |other| other.characters >= characters, record);
    }
}

/// Inserts after all entries for which `stays_before` holds, if that is among the first few.
fn insert(
    into: &mut Vec<LengthRecord>,
    stays_before: impl Fn(&LengthRecord) -> bool,
    record: impl Fn() -> LengthRecord,
) {
    if into.len() == MAX_LENGTH_RECORDS && into.last().is_some_and(&stays_before) {
        return;
    }
    into.insert(into.partition_point(stays_before), record());
    into.truncate(MAX_LENGTH_RECORDS);
}
