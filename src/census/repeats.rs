//! The same article again, by its id, and the same text again under whatever id, as wire copies are.
//!
//! Of each text, 8 bytes of its hash are kept with the article that had it first: with the table's own room 20 bytes at
//! the mean, 34 at most, up to [`MOST_TEXTS`] texts, which is 36 MB. Later texts are only held against those.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::pipeline::FileResult;
use crate::sketch::{Names, Sketch};

/// What came again.
#[derive(Debug, Default)]
pub struct Repeats {
    /// The same id.
    pub ids: Again,
    /// The same text under another id, unless it is empty.
    pub texts: Again,
    /// Texts that came when the table was full, and may have come again unnoticed.
    pub unwatched: u64,
    first_met: HashMap<u64, First>,
}

/// All groups of things that came again.
#[derive(Debug, Default)]
pub struct Again {
    /// How often something came again: the first of each group is not counted.
    pub copies: u64,
    /// Those of them whose content hash is another one.
    pub differing: u64,
    groups: HashMap<u64, Group>,
    /// Copies in groups past the first so many.
    pub unlisted: u64,
}

/// What has one id, or one text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Group {
    /// How many there are, the first one counted.
    pub files: u64,
    /// The id; of a text, that of the first article with it.
    pub id: String,
    /// The title of the second one.
    pub title: String,
    /// Where the first one is, if that is known, and some of those that came again.
    pub paths: Vec<String>,
    /// The numbers of the publishers' groups, the first few.
    pub publishers: Vec<usize>,
}

/// The number of an article's id, and the number of its publisher, which is the lower one.
#[derive(Debug, Clone, Copy)]
struct First(u64);

/// So many texts are kept; the table is full then, and would have to double.
pub const MOST_TEXTS: usize = (1 << 21) / 8 * 7;
/// So many groups are told apart.
pub const MOST_GROUPS: usize = 1 << 16;
const MOST_PATHS: usize = 3;
const MOST_PUBLISHERS: usize = 8;

impl Repeats {
    /// Looks at a file whose article is accepted or has the id of an earlier one.
    pub fn add(&mut self, file: &FileResult, sketch: &Sketch, names: &Names<'_>, publisher: usize) {
        if let Some((same, identity)) = file.same_id.as_ref().zip(file.identity) {
            self.ids.differing += u64::from(same.differs);
            let first =
                || Group { id: identity.id.to_string(), paths: vec![same.path.clone()], ..Group::default() };
            self.ids.add(identity.id.as_u64(), first, &file.path, names, publisher);
        }
        // The same article is no wire copy of itself.
        let is_known = file.same_id.as_ref().is_some_and(|same| !same.differs);
        let counts = file.is_accepted() && sketch.characters > 0 && !is_known;
        let Some(text) = file.text.filter(|_| counts) else { return };
        let key = u64::from_le_bytes(std::array::from_fn(|at| text.as_bytes()[at]));
        let id = file.identity.map_or(0, |identity| identity.id.as_u64());
        match self.first_met.get(&key).copied() {
            // Nor is one whose id was not looked at because its text was known.
            Some(first) if first.has(id) => {}
            Some(first) => {
                let (id, publisher_of_first) = first.parts();
                let first = || Group { id, publishers: vec![publisher_of_first], ..Group::default() };
                self.texts.add(key, first, &file.path, names, publisher);
            }
            None if self.first_met.len() < MOST_TEXTS => {
                self.first_met.insert(key, First::of(id, publisher));
            }
            None => self.unwatched += 1,
        }
    }
}

impl Again {
    fn add(
        &mut self,
        key: u64,
        first: impl FnOnce() -> Group,
        path: &str,
        names: &Names<'_>,
        publisher: usize,
    ) {
        self.copies += 1;
        if self.groups.len() == MOST_GROUPS && !self.groups.contains_key(&key) {
            self.unlisted += 1;
            return;
        }
        let group = self.groups.entry(key).or_insert_with(|| Group {
            files: 1,
            title: names.title.to_owned(),
            ..first()
        });
        group.files += 1;
        if group.paths.len() < MOST_PATHS {
            group.paths.push(path.to_owned());
        }
        if group.publishers.len() < MOST_PUBLISHERS && !group.publishers.contains(&publisher) {
            group.publishers.push(publisher);
        }
    }

    /// How many groups there are, as far as they are told apart.
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// The largest groups; of equals, those with the lower id.
    pub fn largest(&self, most: usize) -> Vec<&Group> {
        let mut groups: Vec<&Group> = self.groups.values().collect();
        groups.sort_unstable_by_key(|group| (Reverse(group.files), &group.id, &group.paths));
        groups.truncate(most);
        groups
    }
}

const PUBLISHER_BITS: u32 = 16;
const AID_DIGITS: u64 = 10_000_000_000;

impl First {
    fn of(id: u64, publisher: usize) -> First {
        First(id << PUBLISHER_BITS | publisher as u64)
    }

    fn has(self, id: u64) -> bool {
        id != 0 && self.0 >> PUBLISHER_BITS == id
    }

    fn parts(self) -> (String, usize) {
        let id = self.0 >> PUBLISHER_BITS;
        let publisher = (self.0 & ((1 << PUBLISHER_BITS) - 1)) as usize;
        (format!("{:03}_{:010}", id / AID_DIGITS, id % AID_DIGITS), publisher)
    }
}
