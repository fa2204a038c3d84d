//! The root of a manifest: a Merkle tree over its lines, as RFC 6962 (2.1) builds it over the entries of a log.

use std::array;

use crate::record::content_hash::ContentHash;

/// First byte of what is hashed for a line, and for two subtrees, so that neither can stand for the other.
const LEAF: u8 = 0;
const NODE: u8 = 1;

/// Number of lines that are hashed together, which is faster. They are a complete subtree.
const TOGETHER: usize = 8;

/// The tree over the lines so far.
#[derive(Debug, Default, Clone)]
pub struct MerkleTree {
    /// Number of lines in `subtrees`.
    lines: u64,
    /// Roots of the complete subtrees, from the largest to the smallest: one for each bit of `lines` that is set.
    subtrees: Vec<ContentHash>,
    /// What is hashed for the lines after those, which are fewer than [`TOGETHER`].
    waiting: Vec<u8>,
    /// End of each in `waiting`.
    ends: Vec<usize>,
}

impl MerkleTree {
    /// Adds a line, without its line end.
    pub fn add(&mut self, line: &[u8]) {
        self.waiting.push(LEAF);
        self.waiting.extend_from_slice(line);
        self.ends.push(self.waiting.len());
        if self.ends.len() == TOGETHER {
            let [first, second] = nodes(nodes::<4>(&self.leaves()).as_slice());
            self.add_subtree(node(&first, &second), TOGETHER as u64);
            self.waiting.clear();
            self.ends.clear();
        }
    }

    /// Returns the root; that of no lines is the hash of nothing.
    pub fn root(&self) -> ContentHash {
        let mut tree = self.clone();
        for leaf in &self.leaves()[..self.ends.len()] {
            tree.add_subtree(*leaf, 1);
        }
        let mut subtrees = tree.subtrees.iter().rev();
        let Some(last) = subtrees.next() else { return ContentHash::digest(b"") };
        subtrees.fold(*last, |right, left| node(left, &right))
    }

    /// Returns the hashes of the lines that wait; those after the last one mean nothing.
    fn leaves(&self) -> [ContentHash; TOGETHER] {
        let mut start = 0;
        ContentHash::digest_each(array::from_fn(|number| {
            let end = self.ends.get(number).copied().unwrap_or(start);
            &self.waiting[std::mem::replace(&mut start, end)..end]
        }))
    }

    /// Adds a complete subtree of so many lines, a power of two that no subtree before is smaller than.
    fn add_subtree(&mut self, mut hash: ContentHash, lines: u64) {
        self.lines += lines;
        for _ in 0..self.lines.trailing_zeros() - lines.trailing_zeros() {
            if let Some(left) = self.subtrees.pop() {
                hash = node(&left, &hash);
            }
        }
        self.subtrees.push(hash);
    }
}

/// Returns the hash of each two of `below`, which has twice as many.
fn nodes<const N: usize>(below: &[ContentHash]) -> [ContentHash; N] {
    let bytes: [[u8; 65]; N] =
        array::from_fn(|number| node_bytes(&below[2 * number], &below[2 * number + 1]));
    ContentHash::digest_each(bytes.each_ref().map(|bytes| bytes.as_slice()))
}

fn node(left: &ContentHash, right: &ContentHash) -> ContentHash {
    ContentHash::digest(&node_bytes(left, right))
}

fn node_bytes(left: &ContentHash, right: &ContentHash) -> [u8; 65] {
    let mut bytes = [NODE; 65];
    bytes[1..33].copy_from_slice(left.as_bytes());
    bytes[33..].copy_from_slice(right.as_bytes());
    bytes
}
