//! Findings by rule: number of files, first examples, and counts by publisher and day.

use std::collections::BTreeMap;

use crate::findings::finding::Finding;
use crate::findings::rule::Rule;
use crate::pipeline::FileResult;

/// Statistics of all rules that were broken.
#[derive(Debug, Default)]
pub struct Findings {
    /// Files with at least one finding.
    pub files: u64,
    /// Statistics of each rule.
    pub rules: BTreeMap<Rule, RuleStats>,
}

/// Statistics of one rule.
#[derive(Debug, Default)]
pub struct RuleStats {
    /// Files that break the rule.
    pub files: u64,
    /// The first findings, one per file, in order.
    pub examples: Vec<Example>,
    /// Files by the index of the publisher's group; `None` for files that could not be read as an article.
    pub publishers: BTreeMap<Option<usize>, u64>,
    /// Files by day of publication, in days since 1970-01-01; `None` for files without a date.
    pub days: BTreeMap<Option<i32>, u64>,
}

/// An example of a finding.
#[derive(Debug)]
pub struct Example {
    /// Path of the file.
    pub path: String,
    /// The finding, with its snippet if there is one.
    pub finding: Finding,
}

const MAX_EXAMPLES: usize = 3;

impl Findings {
    /// Counts the findings of one file.
    pub fn add(&mut self, file: &FileResult, publisher: Option<usize>, day: Option<i32>) {
        self.files += u64::from(!file.findings.is_empty());
        for (index, finding) in file.findings.iter().enumerate() {
            if file.findings[..index].iter().any(|earlier| earlier.rule == finding.rule) {
                continue;
            }
            let broken = self.rules.entry(finding.rule).or_default();
            broken.files += 1;
            *broken.publishers.entry(publisher).or_default() += 1;
            *broken.days.entry(day).or_default() += 1;
            if broken.examples.len() < MAX_EXAMPLES {
                broken.examples.push(Example { path: file.path.clone(), finding: finding.clone() });
            }
        }
    }
}
