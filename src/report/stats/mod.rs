//! Statistics of an archive for the HTML report.
//!
//! The memory grows with the number of groups, not of files, except for 20 bytes per text up to a bound; see
//! [`duplicates`].

pub mod bylines;
pub mod days;
pub mod duplicates;
pub mod groups;
pub mod lengths;
pub mod rules;
pub(crate) mod tally;

use crate::pipeline::FileResult;
use crate::report::stats::bylines::BylineStats;
use crate::report::stats::days::Days;
use crate::report::stats::duplicates::DuplicateStats;
use crate::report::stats::groups::Groups;
use crate::report::stats::lengths::{Histogram, LengthHistogram, LengthRecords};
use crate::report::stats::rules::Findings;

/// Statistics of one run. They count articles unless a field says otherwise. Skipped duplicates count only in
/// [`DuplicateStats`].
#[derive(Debug, Default)]
pub struct ArchiveStats {
    /// By publisher, with rejected files.
    pub publishers: Groups,
    /// By category, with rejected files.
    pub categories: Groups,
    /// By day of publication and of crawl.
    pub days: Days,
    /// Lengths of the texts, for a chart.
    pub histogram: Histogram,
    /// The shortest and the longest texts.
    pub length_records: LengthRecords,
    /// Counts of the bylines.
    pub people: BylineStats,
    /// Files whose stated number of comments is not 0.
    pub commented: u64,
    /// Sum of the numbers of comments that the files state.
    pub comments: u64,
    /// Findings of all files, by rule.
    pub findings: Findings,
    /// Duplicate articles and texts.
    pub duplicates: DuplicateStats,
}

impl ArchiveStats {
    /// Lengths of the texts in characters.
    pub fn lengths(&self) -> LengthHistogram {
        // Every article is in a group of publishers; one without a publisher is in the group `""`.
        self.publishers.lengths()
    }

    /// Counts one file; its labels are in `labels`. Files must come in order.
    pub fn add(&mut self, file: &FileResult, labels: &str) {
        let labelled = file.metrics.map(|metrics| (metrics, metrics.labels(labels)));
        let Some((metrics, labels)) = labelled else {
            return self.findings.add(file, None, None);
        };
        let publisher = self.publishers.index(labels.publisher);
        if !file.findings.is_empty() {
            self.findings.add(file, Some(publisher), metrics.published);
        }
        if file.is_accepted() || file.earlier.is_some() {
            self.duplicates.add(file, &metrics, &labels, publisher);
        }
        if file.is_skipped {
            return;
        }
        let category = self.categories.index(labels.category);
        let accepted = file.is_accepted().then_some(&metrics);
        self.publishers.add(publisher, accepted);
        self.categories.add(category, accepted);
        if accepted.is_none() {
            return;
        }
        self.days.add(&metrics);
        self.histogram.add(metrics.characters);
        self.length_records.add(metrics.characters, &labels, &file.path);
        self.people.add(&metrics, &labels);
        self.commented += u64::from(metrics.comments > 0);
        self.comments = self.comments.saturating_add(metrics.comments);
    }
}
