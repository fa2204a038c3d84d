//! Lists of duplicate articles and texts.

use crate::report::html::numbers::with_separators;
use crate::report::html::sanitize::sanitize;
use crate::report::html::sections::groups;
use crate::report::html::sections::lengths::{MAX_PATH_CHARS, MAX_TITLE_CHARS};
use crate::report::html::strings::{Strings, interpolate};
use crate::report::stats::ArchiveStats;
use crate::report::stats::duplicates::{DuplicateGroup, DuplicateGroups, MAX_TEXTS};

/// List of files with the same id, or with the same text.
#[derive(Debug)]
pub struct DuplicateTable {
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
    pub files_text: String,
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

impl DuplicateTable {
    /// Builds both lists.
    pub fn both(stats: &ArchiveStats, strings: &Strings) -> Vec<DuplicateTable> {
        let duplicates = &stats.duplicates;
        let ids =
            [with_separators(duplicates.ids.copies), with_separators(duplicates.ids.with_other_content)];
        let texts =
            [with_separators(duplicates.texts.copies), with_separators(duplicates.texts.groups() as u64)];
        let mut ids = DuplicateTable::new(
            "same-id",
            strings.same_id,
            &duplicates.ids,
            (strings.same_id_text, ids),
            stats,
            strings,
        );
        let mut texts = DuplicateTable::new(
            "same-text",
            strings.same_text,
            &duplicates.texts,
            (strings.same_text_text, texts),
            stats,
            strings,
        );
        for (table, again) in [(&mut ids, &duplicates.ids), (&mut texts, &duplicates.texts)] {
            if again.unlisted > 0 {
                table.sentences.push(interpolate(strings.unlisted, &[&with_separators(again.unlisted)]));
            }
        }
        if duplicates.untracked > 0 {
            let bound = with_separators(MAX_TEXTS as u64);
            texts
                .sentences
                .push(interpolate(strings.untracked, &[&with_separators(duplicates.untracked), &bound]));
        }
        vec![ids, texts]
    }

    fn new(
        id: &'static str,
        heading: &'static str,
        again: &DuplicateGroups,
        (sentence, values): (&str, [String; 2]),
        stats: &ArchiveStats,
        strings: &Strings,
    ) -> DuplicateTable {
        let sentence = match again.copies {
            0 => strings.none_repeated.to_owned(),
            _ => interpolate(sentence, &values.each_ref().map(String::as_str)),
        };
        let rows = again.largest(MAX_ROWS).into_iter().map(|group| DuplicateRow::new(group, stats, strings));
        DuplicateTable { id, heading, sentences: vec![sentence], groups: rows.collect() }
    }
}

impl DuplicateRow {
    fn new(group: &DuplicateGroup, stats: &ArchiveStats, strings: &Strings) -> DuplicateRow {
        let publishers =
            group.publishers.iter().map(|number| groups::name(stats.publishers.get(*number), strings));
        DuplicateRow {
            files: group.files,
            files_text: with_separators(group.files),
            id: group.id.clone(),
            title: sanitize(&group.title, MAX_TITLE_CHARS),
            publishers: publishers.collect::<Vec<_>>().join(", "),
            paths: group.paths.iter().map(|path| sanitize(path, MAX_PATH_CHARS)).collect(),
        }
    }
}
