//! Paths that could not be read: what is below one of them is unknown, not gone.

use std::collections::BTreeSet;

/// Set of files, folders and archives that could not be read.
#[derive(Debug, Default)]
pub struct UnreadablePaths(BTreeSet<Vec<u8>>);

impl UnreadablePaths {
    /// Adds a path.
    pub fn add(&mut self, path: &[u8]) {
        self.0.insert(path.to_vec());
    }

    /// Returns `true` if `path` is one of them, or below one of them.
    pub fn cover(&self, path: &[u8]) -> bool {
        let ends = path.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(end, _)| end);
        // The argument `seeds/` is the folder `seeds`.
        let has =
            |end: usize| self.0.contains(&path[..end]) || self.0.contains(&path[..(end + 1).min(path.len())]);
        !self.0.is_empty() && ends.chain([path.len()]).any(has)
    }
}
