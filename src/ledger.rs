//! The ids that a run has met, in little memory: a hundred million files have a hundred million of them.

use std::collections::hash_map::{Entry, RandomState};
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

use crate::content_hash::ContentHash;
use crate::crawl::Identity;

/// Every id so far, with its hash and the path it was first met at.
#[derive(Debug, Default)]
pub struct Ledger {
    first_met: HashMap<u64, Met>,
    keys: RandomState,
    paths: Paths,
}

/// What an id was met with, 16 bytes: the content hash under a secret key, and a place in [`Paths`].
#[derive(Debug, Clone, Copy)]
struct Met {
    hash: u64,
    path: u64,
}

/// How a file stands to those before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// No file before it has its id.
    First,
    /// The file at this path has its id and its hash.
    Duplicate(String),
    /// The file at this path has its id and another hash.
    Conflict(String),
}

impl Ledger {
    /// How a file stands to those entered before. One whose id is new is entered, if it `counts`.
    pub fn meet(&mut self, identity: &Identity, path: &str, counts: bool) -> Standing {
        let hash = self.keys.hash_one(identity.hash);
        match self.first_met.entry(identity.id.as_u64()) {
            Entry::Vacant(place) => {
                if counts {
                    place.insert(Met { hash, path: self.paths.add(path) });
                }
                Standing::First
            }
            Entry::Occupied(met) if met.get().hash == hash => {
                Standing::Duplicate(self.paths.get(met.get().path))
            }
            Entry::Occupied(met) => Standing::Conflict(self.paths.get(met.get().path)),
        }
    }
}

/// What makes an article the same as an earlier one, so that it is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dedup {
    /// Its id.
    Id,
    /// Its text.
    Text,
}

/// Every text so far: 8 bytes of its hash under a secret key, which with the table's own room are 21 at most.
///
/// Among a hundred million texts, the chance that any is taken for another is 1 in 3,700.
#[derive(Debug, Default)]
pub struct Texts {
    met: HashSet<u64>,
    keys: RandomState,
}

impl Texts {
    /// Enters a text; says whether it was there already.
    pub fn enter(&mut self, hash: &ContentHash) -> bool {
        !self.met.insert(self.keys.hash_one(hash))
    }

    /// Whether a text was entered.
    pub fn has(&self, hash: &ContentHash) -> bool {
        self.met.contains(&self.keys.hash_one(hash))
    }
}

/// Paths in pieces of memory that never move, each folder stored once.
#[derive(Debug, Default)]
struct Paths {
    pieces: Vec<Vec<u8>>,
    folders: Vec<String>,
    numbers: HashMap<String, u32>,
    last_folder: u32,
}

const PIECE: usize = 1 << 20;
const HEADER: usize = 8;

impl Paths {
    /// Adds a path: the number of its folder, its name's length, its name.
    fn add(&mut self, path: &str) -> u64 {
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

    fn get(&self, at: u64) -> String {
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
