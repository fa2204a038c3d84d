//! A compact index of the article ids seen in this run: a hundred million files have as many ids.

use std::collections::hash_map::{Entry, RandomState};
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

use crate::crawl::StatedIdentity;
use crate::record::content_hash::ContentHash;

/// All ids so far, each with its content hash and the path of its first file.
#[derive(Debug, Default)]
pub struct IdIndex {
    first_met: HashMap<u64, Seen>,
    keys: RandomState,
    paths: PathArena,
}

/// Index entry of 16 bytes: keyed hash of the content hash, and the position of the path in [`PathArena`].
#[derive(Debug, Clone, Copy)]
struct Seen {
    hash: u64,
    path: u64,
}

/// Relation of a file to earlier files with the same id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdStatus {
    /// No earlier file has this id.
    First,
    /// The file at this path has the same id and content hash.
    Duplicate(String),
    /// The file at this path has the same id and another content hash.
    Conflict(String),
}

impl IdIndex {
    /// Looks up the id and, if it is new and `counts` is set, remembers it.
    pub fn meet(&mut self, identity: &StatedIdentity, path: &str, counts: bool) -> IdStatus {
        let hash = self.keys.hash_one(identity.hash);
        match self.first_met.entry(identity.id.as_u64()) {
            Entry::Vacant(place) => {
                if counts {
                    place.insert(Seen { hash, path: self.paths.add(path) });
                }
                IdStatus::First
            }
            Entry::Occupied(met) if met.get().hash == hash => {
                IdStatus::Duplicate(self.paths.get(met.get().path))
            }
            Entry::Occupied(met) => IdStatus::Conflict(self.paths.get(met.get().path)),
        }
    }
}

/// Property by which an article counts as a duplicate of another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dedup {
    /// The id.
    Id,
    /// The text.
    Text,
}

/// Index of all texts so far: 8 bytes of keyed hash for each, at most 21 bytes including the table's free slots.
///
/// Among a hundred million texts, the chance of any collision is 1 in 3,700.
#[derive(Debug, Default)]
pub struct TextIndex {
    met: HashSet<u64>,
    keys: RandomState,
}

impl TextIndex {
    /// Adds a text; returns `true` if it was already present.
    pub fn enter(&mut self, hash: &ContentHash) -> bool {
        !self.met.insert(self.keys.hash_one(hash))
    }

    /// Returns `true` if the text is present.
    pub fn has(&self, hash: &ContentHash) -> bool {
        self.met.contains(&self.keys.hash_one(hash))
    }
}

/// Arena of paths, in chunks that are never reallocated. Each folder is stored once.
#[derive(Debug, Default)]
pub(super) struct PathArena {
    pieces: Vec<Vec<u8>>,
    folders: Vec<String>,
    numbers: HashMap<String, u32>,
    last_folder: u32,
}

const PIECE: usize = 1 << 20;
const HEADER: usize = 8;

impl PathArena {
    /// Stores a path as the index of its folder, the length of its name and the name; returns its position.
    pub(super) fn add(&mut self, path: &str) -> u64 {
        let (folder, name) = path.split_at(path.rfind('/').map_or(0, |slash| slash + 1));
        let folder = self.number(folder);
        let length = HEADER + name.len();
        if self.pieces.last().is_none_or(|piece| piece.len() + length > piece.capacity()) {
            self.pieces.push(Vec::with_capacity(length.max(PIECE)));
        }
        let number = self.pieces.len() - 1;
        let piece = &mut self.pieces[number];
        let at = (number as u64) << 32 | piece.len() as u64;
        piece.extend_from_slice(&folder.to_le_bytes());
        piece.extend_from_slice(&(name.len() as u32).to_le_bytes());
        piece.extend_from_slice(name.as_bytes());
        at
    }

    pub(super) fn get(&self, at: u64) -> String {
        let entry = &self.pieces[(at >> 32) as usize][(at & 0xffff_ffff) as usize..];
        let number =
            |at: usize| u32::from_le_bytes([entry[at], entry[at + 1], entry[at + 2], entry[at + 3]]) as usize;
        let name = &entry[HEADER..HEADER + number(4)];
        self.folders[number(0)].clone() + &String::from_utf8_lossy(name)
    }

    fn number(&mut self, folder: &str) -> u32 {
        if self.folders.get(self.last_folder as usize).is_some_and(|last| last == folder) {
            return self.last_folder;
        }
        let next = self.folders.len() as u32;
        self.last_folder = *self.numbers.entry(folder.to_owned()).or_insert(next);
        if self.last_folder == next {
            self.folders.push(folder.to_owned());
        }
        self.last_folder
    }
}
