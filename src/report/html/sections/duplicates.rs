//! Lists of duplicate articles and texts.

use crate::report::html::numbers::grouped;
use crate::report::html::sanitize::shown;
use crate::report::html::sections::groups;
use crate::report::html::sections::lengths::{MAX_PATH_CHARS, MAX_TITLE_CHARS};
use crate::report::html::strings::{Strings, fill};
use crate::report::stats::ArchiveStats;
use crate::report::stats::duplicates::{Again, DuplicateGroup, MAX_TEXTS};

/// List of files with the same id, or with the same text.
#[derive(Debug)]
pub struct RepeatTable {
    /// Id of the element in the page.
    pub id: &'static str,
    pub heading: &'static str,
    /// Totals as sentences.
    pub sentences: Vec<String>,
    /// The largest groups.
    pub groups: Vec<DuplicateRow>,
}

/// Row for one group.
#[derive(Debug)]
pub struct DuplicateRow {
    pub files: u64,
    pub shown: String,
    /// Shared id, or id of the first article.
    pub id: String,
    /// Title of the second file.
    pub title: String,
    /// Publishers, separated by commas.
    pub publishers: String,
    /// Paths of some of the files.
    pub paths: Vec<String>,
}

const MAX_ROWS: usize = 10;

impl RepeatTable {
    /// Builds both lists.
    pub fn both(census: &ArchiveStats, words: &Strings) -> Vec<RepeatTable> {
        let repeats = &census.repeats;
        let ids = [grouped(repeats.ids.copies), grouped(repeats.ids.differing)];
        let texts = [grouped(repeats.texts.copies), grouped(repeats.texts.groups() as u64)];
        let mut ids = RepeatTable::new(
            "same-id",
            words.same_id,
            &repeats.ids,
            (words.same_id_text, ids),
            census,
            words,
        );
        let mut texts = RepeatTable::new(
            "same-text",
            words.same_text,
            &repeats.texts,
            (words.same_text_text, texts),
            census,
            words,
        );
        for (table, again) in [(&mut ids, &repeats.ids), (&mut texts, &repeats.texts)] {
            if again.unlisted > 0 {
                table.sentences.push(fill(words.unlisted, &[&grouped(again.unlisted)]));
            }
        }
        if repeats.unwatched > 0 {
            let bound = grouped(MAX_TEXTS as u64);
            texts.sentences.push(fill(words.unwatched, &[&grouped(repeats.unwatched), &bound]));
        }
        vec![ids, texts]
    }

    fn new(
        id: &'static str,
        heading: &'static str,
        again: &Again,
        (sentence, values): (&str, [String; 2]),
        census: &ArchiveStats,
        words: &Strings,
    ) -> RepeatTable {
        let sentence = match again.copies {
            0 => words.none_repeated.to_owned(),
            _ => fill(sentence, &values.each_ref().map(String::as_str)),
        };
        let rows = again.largest(MAX_ROWS).into_iter().map(|group| DuplicateRow::new(group, census, words));
        RepeatTable { id, heading, sentences: vec![sentence], groups: rows.collect() }
    }
}

impl DuplicateRow {
    fn new(group: &DuplicateGroup, census: &ArchiveStats, words: &Strings) -> DuplicateRow {
        let publishers =
            group.publishers.iter().map(|number| groups::name(census.publishers.get(*number), words));
        DuplicateRow {
            files: group.files,
            shown: grouped(group.files),
            id: group.id.clone(),
            title: shown(&group.title, MAX_TITLE_CHARS),
            publishers: publishers.collect::<Vec<_>>().join(", "),
            paths: group.paths.iter().map(|path| shown(path, MAX_PATH_CHARS)).collect(),
        }
    }
}
