//! Stable fingerprints for findings.

use std::collections::HashMap;
use std::hash::BuildHasher;

use crate::findings::finding::Finding;
use crate::findings::render::File;
use crate::findings::render::repository::path_in_repository;
use crate::findings::rule::Rule;
use crate::record::content_hash::ContentHash;

/// Computes the fingerprints of a report from the path, the rule, and the index among the findings of that rule in the
/// file.
///
/// A fingerprint therefore survives moved lines and reworded messages. An archive can have several members with one
/// name: the fingerprints of those after the first include a number.
#[derive(Debug, Default)]
pub struct Fingerprints {
    /// Number of files so far by hash of the path.
    files: HashMap<u64, u32>,
}

impl Fingerprints {
    /// Returns the path of `file` in the repository, and its findings, marked as by [`File::marked`], with their
    /// fingerprints.
    pub fn file<'a>(
        &mut self,
        file: &File<'a>,
    ) -> (String, impl Iterator<Item = (String, &'a Finding, Option<bool>)>) {
        let path = path_in_repository(file.path).into_owned();
        let mut findings = file.marked().peekable();
        let earlier = if findings.peek().is_none() { 0 } else { self.count(&path) };
        let mut counts = [0_usize; Rule::ALL.len()];
        let name = path.clone();
        let fingerprinted = findings.map(move |(finding, known)| {
            let count = &mut counts[finding.rule as usize];
            let mut identity = format!("{name}\n{}\n{count}", finding.rule);
            *count += 1;
            if earlier > 0 {
                identity.push_str(&format!("\n{earlier}"));
            }
            (ContentHash::digest(identity.as_bytes()).to_string(), finding, known)
        });
        (path, fingerprinted)
    }

    /// Counts a file at `path` and returns the number of earlier files with that path.
    fn count(&mut self, path: &str) -> u32 {
        let hash = self.files.hasher().hash_one(path);
        let count = self.files.entry(hash).or_default();
        *count += 1;
        *count - 1
    }
}
