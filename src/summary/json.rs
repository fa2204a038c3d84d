//! The summary as JSON. All values but the version are numbers that can be added up over runs.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::expect::ArchiveCounts;
use crate::findings::rule::{Level, Rule};
use crate::summary::Summary;
use crate::text::json;

#[derive(Debug, Serialize)]
struct SummaryTotals<'a> {
    version: &'static str,
    files: u64,
    articles: u64,
    rejected: u64,
    left_out: u64,
    excluded: u64,
    unchanged: u64,
    verified: u64,
    warnings: u64,
    /// Number of findings by level and rule.
    findings: BTreeMap<Level, BTreeMap<Rule, u64>>,
    /// Number of verified texts by reading.
    readings: BTreeMap<String, u64>,
    /// Number of replacements of personal data by kind.
    redactions: BTreeMap<&'static str, u64>,
    bytes: u64,
    seconds: f64,
    /// Counts of the archive, if something is expected of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    archive: Option<&'a ArchiveCounts>,
}

impl Summary {
    /// Serializes the summary as one line of JSON.
    pub fn json(&self) -> String {
        let mut findings =
            BTreeMap::from([(Level::Error, BTreeMap::new()), (Level::Warning, BTreeMap::new())]);
        for ((rule, level), count) in &self.rules {
            findings.entry(*level).or_default().insert(*rule, *count);
        }
        let readings = self.readings.iter().map(|(reading, count)| (reading.to_string(), *count));
        let redactions = self.redacted.iter().filter(|(_, count)| *count > 0);
        let totals = SummaryTotals {
            version: env!("CARGO_PKG_VERSION"),
            files: self.files(),
            articles: self.articles,
            rejected: self.rejected,
            left_out: self.left_out,
            excluded: self.excluded,
            unchanged: self.unchanged,
            verified: self.readings.iter().map(|(_, count)| count).sum(),
            warnings: self.warnings,
            findings,
            readings: readings.collect(),
            redactions: redactions.map(|(kind, count)| (kind.name(), count)).collect(),
            bytes: self.bytes,
            seconds: self.elapsed.as_secs_f64(),
            archive: self.archive.as_ref(),
        };
        json::text(&totals) + "\n"
    }
}
