//! Identities that tell a finding from all others, from run to run.

use std::collections::HashMap;
use std::hash::BuildHasher;

use super::File;
use super::repository::path_in_repository;
use crate::content_hash::ContentHash;
use crate::finding::{Finding, Rule};

/// The fingerprints of one report: of the path, the rule, and which one of that rule it is in the file.
///
/// So neither lines that move nor messages that are worded better make a new finding of an old one. An archive can have
/// several members of one name: those after the first are told apart by their number.
#[derive(Debug, Default)]
pub struct Fingerprints {
    /// How many files of a name came so far, by its hash.
    files: HashMap<u64, u32>,
}

impl Fingerprints {
    /// The path of `file` in the repository, and its findings, each with its fingerprint.
    pub fn file<'a>(&mut self, file: &File<'a>) -> (String, impl Iterator<Item = (String, &'a Finding)>) {
        let File { path, findings, .. } = *file;
        let path = path_in_repository(path).into_owned();
        let earlier = if findings.is_empty() { 0 } else { self.count(&path) };
        let mut counts = [0_usize; Rule::ALL.len()];
        let name = path.clone();
        let fingerprinted = findings.iter().map(move |finding| {
            let count = &mut counts[finding.rule as usize];
            let mut identity = format!("{name}\n{}\n{count}", finding.rule);
            *count += 1;
            if earlier > 0 {
                identity.push_str(&format!("\n{earlier}"));
            }
            (ContentHash::of(identity.as_bytes()).to_string(), *finding)
        });
        (path, fingerprinted)
    }

    /// Counts a file called `path`, and returns how many were so called before it.
    fn count(&mut self, path: &str) -> u32 {
        let hash = self.files.hasher().hash_one(path);
        let count = self.files.entry(hash).or_default();
        *count += 1;
        *count - 1
    }
}
