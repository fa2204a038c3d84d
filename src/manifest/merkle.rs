//! The root of a manifest: a Merkle tree over its lines, as RFC 6962 (2.1) builds it over the entries of a log.

use crate::record::content_hash::ContentHash;

/// First byte of what is hashed for a line, and for two subtrees, so that neither can stand for the other.
const LEAF: u8 = 0;
const NODE: u8 = 1;

/// The tree over the lines so far: one hash for each bit of their number that is set.
#[derive(Debug, Default)]
pub struct MerkleTree {
    lines: u64,
    /// Roots of the complete subtrees, from the largest to the smallest.
    subtrees: Vec<ContentHash>,
    buffer: Vec<u8>,
}

impl MerkleTree {
    /// Adds a line, without its line end.
    pub fn add(&mut self, line: &[u8]) {
        self.buffer.clear();
        self.buffer.push(LEAF);
        self.buffer.extend_from_slice(line);
        let mut hash = ContentHash::digest(&self.buffer);
        self.lines += 1;
        for _ in 0..self.lines.trailing_zeros() {
            if let Some(left) = self.subtrees.pop() {
                hash = node(&left, &hash);
            }
        }
        self.subtrees.push(hash);
    }

    /// Returns the root; that of no lines is the hash of nothing.
    pub fn root(&self) -> ContentHash {
        let mut subtrees = self.subtrees.iter().rev();
        let Some(last) = subtrees.next() else { return ContentHash::digest(b"") };
        subtrees.fold(*last, |right, left| node(left, &right))
    }
}

fn node(left: &ContentHash, right: &ContentHash) -> ContentHash {
    let mut bytes = [NODE; 65];
    bytes[1..33].copy_from_slice(left.as_bytes());
    bytes[33..].copy_from_slice(right.as_bytes());
    ContentHash::digest(&bytes)
}
