//! A compact index of the article ids seen in this run: a hundred million files have as many ids.

use std::collections::hash_map::RandomState;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

use crate::crawl::StatedIdentity;
use crate::record::content_hash::ContentHash;
use crate::run::id_map::IdMap;

/// All ids so far, each with its content hash and the path of its first file.
#[derive(Debug, Default)]
pub struct IdIndex {
    entries: IdMap<Seen>,
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
    New,
    /// The file at this path has the same id and content hash.
    Duplicate(String),
    /// The file at this path has the same id and another content hash.
    Conflict(String),
}

impl IdIndex {
    /// Looks up the id and, if it is new and `insert` is set, remembers it.
    pub fn check_and_insert(&mut self, identity: &StatedIdentity, path: &str, insert: bool) -> IdStatus {
        let hash = self.keys.hash_one(identity.hash);
        let paths = &mut self.paths;
        let seen = || insert.then(|| Seen { hash, path: paths.add(path) });
        match self.entries.get_or_insert(&identity.id, seen).copied() {
            None => IdStatus::New,
            Some(seen) if seen.hash == hash => IdStatus::Duplicate(self.paths.get(seen.path)),
            Some(seen) => IdStatus::Conflict(self.paths.get(seen.path)),
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
    seen: HashSet<u64>,
    keys: RandomState,
}

impl TextIndex {
    /// Adds a text; returns `true` if it was already present.
    pub fn insert(&mut self, hash: &ContentHash) -> bool {
        !self.seen.insert(self.keys.hash_one(hash))
    }

    /// Returns `true` if the text is present.
    pub fn contains(&self, hash: &ContentHash) -> bool {
        self.seen.contains(&self.keys.hash_one(hash))
    }
}

/// Arena of paths, in chunks that are never reallocated. Each folder is stored once.
#[derive(Debug, Default)]
pub(super) struct PathArena {
    chunks: Vec<Vec<u8>>,
    folders: Vec<String>,
    folder_ids: HashMap<String, u32>,
    last_folder_id: u32,
}

const CHUNK_BYTES: usize = 1 << 20;
const ENTRY_HEADER_BYTES: usize = 8;

impl PathArena {
    /// Stores a path as the index of its folder, the length of its name and the name; returns its position.
    pub(super) fn add(&mut self, path: &str) -> u64 {
        let (folder, name) = path.split_at(path.rfind('/').map_or(0, |slash| slash + 1));
        let folder = self.intern_folder(folder);
        let length = ENTRY_HEADER_BYTES + name.len();
        if self.chunks.last().is_none_or(|chunk| chunk.len() + length > chunk.capacity()) {
            self.chunks.push(Vec::with_capacity(length.max(CHUNK_BYTES)));
        }
        let number = self.chunks.len() - 1;
        let chunk = &mut self.chunks[number];
        let at = (number as u64) << 32 | chunk.len() as u64;
        chunk.extend_from_slice(&folder.to_le_bytes());
        chunk.extend_from_slice(&(name.len() as u32).to_le_bytes());
        chunk.extend_from_slice(name.as_bytes());
        at
    }

    pub(super) fn get(&self, at: u64) -> String {
        let entry = &self.chunks[(at >> 32) as usize][(at & 0xffff_ffff) as usize..];
        let number =
            |at: usize| u32::from_le_bytes([entry[at], entry[at + 1], entry[at + 2], entry[at + 3]]) as usize;
        let name = &entry[ENTRY_HEADER_BYTES..ENTRY_HEADER_BYTES + number(4)];
        self.folders[number(0)].clone() + &String::from_utf8_lossy(name)
    }

    fn intern_folder(&mut self, folder: &str) -> u32 {
        if self.folders.get(self.last_folder_id as usize).is_some_and(|last| last == folder) {
            return self.last_folder_id;
        }
        let next = self.folders.len() as u32;
        self.last_folder_id = *self.folder_ids.entry(folder.to_owned()).or_insert(next);
        if self.last_folder_id == next {
            self.folders.push(folder.to_owned());
        }
        self.last_folder_id
    }
}
