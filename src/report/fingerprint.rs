//! What tells a finding from all others, from run to run.

use super::File;
use crate::content_hash::ContentHash;
use crate::finding::{Finding, Rule};

/// The findings of `file`, each with its fingerprint: of the path, the rule, and which one of that rule it is.
///
/// So neither lines that move nor messages that are worded better make a new finding of an old one.
pub fn fingerprinted<'a>(file: &File<'a>) -> impl Iterator<Item = (String, &'a Finding)> {
    let File { findings, .. } = *file;
    let path = file.path_in_repository();
    let mut earlier = [0_usize; Rule::ALL.len()];
    findings.iter().map(move |finding| {
        let earlier = &mut earlier[finding.rule as usize];
        let ordinal = *earlier;
        *earlier += 1;
        let identity = format!("{path}\n{}\n{ordinal}", finding.rule);
        (ContentHash::of(identity.as_bytes()).to_string(), *finding)
    })
}
