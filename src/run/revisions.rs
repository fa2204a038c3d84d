//! The newest copy of each article, for `--dedup id --keep latest`.
//!
//! The newest copy may come last, so the files are read twice: the first reading, [`Revisions::observe`], finds the newest
//! copy of each id; the second one keeps it alone. Between the two there are at most 118 bytes for each id with a path
//! of 20 bytes.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use crate::pipeline::FileResult;
use crate::run::id_index::PathArena;
use crate::run::id_map::IdMap;

/// The newest copy of each id.
#[derive(Debug, Default)]
pub struct Revisions {
    /// Number of the newest copy of each id.
    newest: IdMap<u64>,
    copies: LatestCopyArena,
    paths: PathArena,
    keys: RandomState,
    /// Number of files that the current reading has passed.
    passed: u64,
    /// Number of newest copies that the second reading has met.
    met: u64,
}

/// The newest copy of one id so far.
#[derive(Debug, Clone, Copy)]
struct LatestCopy {
    rank: u64,
    /// Number of the file in the order of the run, from 1.
    file: u64,
    /// Keyed hash of the content hash.
    hash: u64,
    path: u64,
}

/// Relation of a file to the newest copy of its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Revision {
    /// The file is the newest copy, or has no id.
    Newest,
    /// The file at `path` is the newest copy.
    Older {
        /// Path of the newest copy.
        path: String,
        /// `true` if the content hashes differ.
        content_differs: bool,
    },
    /// The first reading did not meet this id.
    Unknown,
}

impl Revisions {
    /// Compares a file of the first reading with the newest copy of its id. Rejected files do not count.
    ///
    /// A verified copy is newer than one that is not; then the later `crawled_at` counts, then the order of the files.
    pub fn observe(&mut self, file: &FileResult) {
        self.passed += 1;
        let Some(identity) = file.identity.as_ref().filter(|_| file.is_accepted()) else { return };
        let (rank, hash) = (rank(file), self.keys.hash_one(identity.hash));
        let Revisions { newest, copies, paths, passed, .. } = self;
        let copy =
            |paths: &mut PathArena| LatestCopy { rank, file: *passed, hash, path: paths.add(&file.path) };
        if let Some(known) = newest.get_or_insert(&identity.id, || Some(copies.add(copy(paths)))).copied() {
            let newest = copies.get_mut(known);
            if newest.rank <= rank {
                *newest = copy(paths);
            }
        }
    }

    /// Ends the first reading.
    pub fn rewind(&mut self) {
        self.passed = 0;
    }

    /// Returns the relation of a file of the second reading to the newest copy of its id.
    pub fn check(&mut self, file: &FileResult) -> Revision {
        self.passed += 1;
        let Some(identity) = &file.identity else { return Revision::Newest };
        let Some(newest) = self.newest.get(&identity.id) else {
            return if file.is_accepted() { Revision::Unknown } else { Revision::Newest };
        };
        let newest = *self.copies.get_mut(*newest);
        if newest.file == self.passed && newest.rank == rank(file) && file.is_accepted() {
            self.met += 1;
            return Revision::Newest;
        }
        let content_differs = newest.hash != self.keys.hash_one(identity.hash);
        Revision::Older { path: self.paths.get(newest.path), content_differs }
    }

    /// Returns `true` if the second reading has met every newest copy.
    pub fn is_complete(&self) -> bool {
        self.met == self.newest.len() as u64
    }
}

/// A number that is larger for the newer copy of an article.
fn rank(file: &FileResult) -> u64 {
    /// Makes the microseconds of every year from 1 to 9999 positive.
    const ORIGIN: i64 = 1 << 62;
    let crawled = file.crawled_at.map_or(0, |moment| (moment.unix_micros() + ORIGIN).cast_unsigned());
    u64::from(file.verified_reading.is_some()) << 63 | crawled
}

/// Copies in chunks that are never reallocated: a growing vector would need the memory three times for a moment.
#[derive(Debug, Default)]
struct LatestCopyArena(Vec<Vec<LatestCopy>>);

const CHUNK_LEN: usize = 1 << 12;

impl LatestCopyArena {
    fn add(&mut self, copy: LatestCopy) -> u64 {
        if self.0.last().is_none_or(|chunk| chunk.len() == CHUNK_LEN) {
            self.0.push(Vec::with_capacity(CHUNK_LEN));
        }
        let chunk = self.0.len() - 1;
        self.0[chunk].push(copy);
        (chunk * CHUNK_LEN + self.0[chunk].len() - 1) as u64
    }

    fn get_mut(&mut self, number: u64) -> &mut LatestCopy {
        let number = number as usize;
        &mut self.0[number / CHUNK_LEN][number % CHUNK_LEN]
    }
}
