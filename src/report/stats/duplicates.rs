//! Duplicate articles (the same id), and duplicate texts under different ids, as wire copies are.
//!
//! Keeps 8 bytes of the hash of each text, with the article that had it first: 20 bytes on average with the table's
//! spare room, at most 34, for up to [`MAX_TEXTS`] texts, which is 36 MB. Later texts are only compared with those.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use crate::crawl::StatedId;
use crate::pipeline::FileResult;
use crate::record::metrics::{ArticleLabels, ArticleMetrics};

/// Duplicates of a run.
#[derive(Debug, Default)]
pub struct DuplicateStats {
    /// Files with the id of an earlier file.
    pub ids: DuplicateGroups,
    /// Articles with the non-empty text of an earlier article under another id.
    pub texts: DuplicateGroups,
    /// Texts that came after the table was full: duplicates among them are not detected.
    pub untracked: u64,
    first_seen: HashMap<u64, FirstSeen>,
    hasher: RandomState,
}

/// Groups of duplicates.
#[derive(Debug, Default)]
pub struct DuplicateGroups {
    /// Number of duplicates; the first of each group is not counted.
    pub copies: u64,
    /// Duplicates with a different content hash.
    pub with_other_content: u64,
    groups: HashMap<u64, DuplicateGroup>,
    /// Duplicates in groups after the first [`MAX_GROUPS`].
    pub unlisted: u64,
}

/// A group of files with the same id or text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct DuplicateGroup {
    /// Number of files, the first one included.
    pub files: u64,
    /// The shared id; for a text, the id of its first article, or of its second if the ids are not of 13 digits.
    pub id: String,
    /// Title of the second file.
    pub title: String,
    /// Path of the first file, if known, and of some duplicates.
    pub paths: Vec<String>,
    /// Indexes of the publishers' groups, the first few.
    pub publishers: Vec<usize>,
}

/// Id of an article, with the index of its publisher in the lower bits.
#[derive(Debug, Clone, Copy)]
struct FirstSeen(u64);

/// Maximum number of texts: the load limit of the table, beyond which it would double.
pub const MAX_TEXTS: usize = (1 << 21) / 8 * 7;
/// Maximum number of groups.
pub const MAX_GROUPS: usize = 1 << 16;
const MAX_PATHS: usize = 3;
const MAX_PUBLISHERS: usize = 8;

impl DuplicateStats {
    /// Counts a file that was accepted or has the id of an earlier one.
    pub fn add(
        &mut self,
        file: &FileResult,
        metrics: &ArticleMetrics,
        labels: &ArticleLabels<'_>,
        publisher: usize,
    ) {
        let number = file.identity.as_ref().map_or(0, |identity| self.number(&identity.id));
        if let Some((same, identity)) = file.earlier.as_ref().zip(file.identity.as_ref()) {
            self.ids.with_other_content += u64::from(same.content_differs);
            let first = || DuplicateGroup {
                id: identity.id.to_string(),
                paths: vec![same.path.clone()],
                ..DuplicateGroup::default()
            };
            self.ids.add(number, first, &file.path, labels, publisher);
        }
        // An article that comes again is not a wire copy of itself.
        let is_known = file.earlier.as_ref().is_some_and(|same| !same.content_differs);
        let counts = file.is_accepted() && metrics.characters > 0 && !is_known;
        let Some(text) = file.text_hash.filter(|_| counts) else { return };
        let key = u64::from_le_bytes(std::array::from_fn(|at| text.as_bytes()[at]));
        match self.first_seen.get(&key).copied() {
            // Nor is a file whose text was known before its id was compared.
            Some(first) if first.has_id(number) => {}
            Some(first) => {
                let (id, publisher_of_first) = first.parts();
                // Of an id that is a text only a hash is kept.
                let id = id.or_else(|| file.identity.as_ref().map(|identity| identity.id.to_string()));
                let first = || DuplicateGroup {
                    id: id.unwrap_or_default(),
                    publishers: vec![publisher_of_first],
                    ..DuplicateGroup::default()
                };
                self.texts.add(key, first, &file.path, labels, publisher);
            }
            None if self.first_seen.len() < MAX_TEXTS => {
                self.first_seen.insert(key, FirstSeen::new(number, publisher));
            }
            None => self.untracked += 1,
        }
    }

    /// Returns the digits of an id as a number, or a keyed hash of a text, which is a larger one.
    fn number(&self, id: &StatedId) -> u64 {
        match id {
            StatedId::Article(id) => id.as_u64(),
            StatedId::Text(text) => FIRST_TEXT_ID + (self.hasher.hash_one(text) & TEXT_ID_MASK),
        }
    }
}

impl DuplicateGroups {
    fn add(
        &mut self,
        key: u64,
        first: impl FnOnce() -> DuplicateGroup,
        path: &str,
        labels: &ArticleLabels<'_>,
        publisher: usize,
    ) {
        self.copies += 1;
        if self.groups.len() == MAX_GROUPS && !self.groups.contains_key(&key) {
            self.unlisted += 1;
            return;
        }
        let group = self.groups.entry(key).or_insert_with(|| DuplicateGroup {
            files: 1,
            title: labels.title.to_owned(),
            ..first()
        });
        group.files += 1;
        if group.paths.len() < MAX_PATHS {
            group.paths.push(path.to_owned());
        }
        if group.publishers.len() < MAX_PUBLISHERS && !group.publishers.contains(&publisher) {
            group.publishers.push(publisher);
        }
    }

    /// Number of groups, at most [`MAX_GROUPS`].
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// Returns the `most` largest groups; of equal ones, those with the lower id first.
    pub fn largest(&self, most: usize) -> Vec<&DuplicateGroup> {
        let mut groups: Vec<&DuplicateGroup> = self.groups.values().collect();
        groups.sort_unstable_by_key(|group| (Reverse(group.files), &group.id, &group.paths));
        groups.truncate(most);
        groups
    }
}

const PUBLISHER_BITS: u32 = 16;
const AID_DIGITS: u64 = 10_000_000_000;
/// Number after those of all ids of 13 digits.
const FIRST_TEXT_ID: u64 = 1000 * AID_DIGITS;
const TEXT_ID_MASK: u64 = (1 << 47) - 1;

impl FirstSeen {
    fn new(id: u64, publisher: usize) -> FirstSeen {
        FirstSeen(id << PUBLISHER_BITS | publisher as u64)
    }

    fn has_id(self, id: u64) -> bool {
        id != 0 && self.0 >> PUBLISHER_BITS == id
    }

    /// Returns the id, unless it is a text, and the index of the publisher.
    fn parts(self) -> (Option<String>, usize) {
        let id = self.0 >> PUBLISHER_BITS;
        let publisher = (self.0 & ((1 << PUBLISHER_BITS) - 1)) as usize;
        let digits = || format!("{:03}_{:010}", id / AID_DIGITS, id % AID_DIGITS);
        ((id < FIRST_TEXT_ID).then(digits), publisher)
    }
}
