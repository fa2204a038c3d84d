//! Findings by rule: how many files have them, the first of them, and where they cluster.

use std::collections::BTreeMap;

use crate::finding::{Finding, Rule};
use crate::pipeline::FileResult;

/// Every rule that was broken.
#[derive(Debug, Default)]
pub struct Findings {
    /// Files that break any.
    pub files: u64,
    /// What is known of each.
    pub rules: BTreeMap<Rule, Broken>,
}

/// One rule.
#[derive(Debug, Default)]
pub struct Broken {
    /// How many files break it.
    pub files: u64,
    /// The first findings, one a file, in order.
    pub examples: Vec<Example>,
    /// How many files of each publisher break it, by the number of the publisher's group; none for files that do not
    /// say who published them, or could not be read so far.
    pub publishers: BTreeMap<Option<usize>, u64>,
    /// How many files of each day of publication break it, in days since 1970-01-01; none for files without a day.
    pub days: BTreeMap<Option<i32>, u64>,
}

/// One finding.
#[derive(Debug)]
pub struct Example {
    /// The file.
    pub path: String,
    /// What is wrong.
    pub finding: Finding,
}

const MOST_EXAMPLES: usize = 3;

impl Findings {
    /// Counts what is wrong with a file.
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
            if broken.examples.len() < MOST_EXAMPLES {
                broken.examples.push(Example { path: file.path.clone(), finding: finding.clone() });
            }
        }
    }
}
