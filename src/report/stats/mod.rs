//! Statistics of an archive for the HTML report.
//!
//! The memory grows with the number of groups, not of files, except for 20 bytes per text up to a bound; see
//! [`duplicates`].

pub mod bylines;
pub mod days;
pub mod duplicates;
pub mod extremes;
pub mod groups;
pub mod histogram;
pub mod lengths;
pub mod rules;
pub(crate) mod tally;

use crate::pipeline::FileResult;
use crate::report::stats::bylines::BylineStats;
use crate::report::stats::days::Days;
use crate::report::stats::duplicates::DuplicateStats;
use crate::report::stats::extremes::LengthRecords;
use crate::report::stats::groups::Groups;
use crate::report::stats::histogram::Histogram;
use crate::report::stats::lengths::LengthHistogram;
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
    pub extremes: LengthRecords,
    /// Counts of the bylines.
    pub people: BylineStats,
    /// Files whose stated number of comments is not 0.
    pub commented: u64,
    /// Sum of the numbers of comments that the files state.
    pub comments: u64,
    /// Findings of all files, by rule.
    pub findings: Findings,
    /// Duplicate articles and texts.
    pub repeats: DuplicateStats,
}

impl ArchiveStats {
    /// Lengths of the texts in characters.
    pub fn lengths(&self) -> LengthHistogram {
        // Every article is in a group of publishers; one without a publisher is in the group `""`.
        self.publishers.lengths()
    }

    /// Counts one file; its labels are in `names`. Files must come in order.
    pub fn add(&mut self, file: &FileResult, names: &str) {
        let sketched = file.metrics.map(|sketch| (sketch, sketch.names(names)));
        let Some((sketch, names)) = sketched else {
            return self.findings.add(file, None, None);
        };
        let publisher = self.publishers.index(names.publisher);
        if !file.findings.is_empty() {
            self.findings.add(file, Some(publisher), sketch.published);
        }
        if file.is_accepted() || file.earlier.is_some() {
            self.repeats.add(file, &sketch, &names, publisher);
        }
        if file.is_skipped {
            return;
        }
        let category = self.categories.index(names.category);
        let accepted = file.is_accepted().then_some(&sketch);
        self.publishers.add(publisher, accepted);
        self.categories.add(category, accepted);
        if accepted.is_none() {
            return;
        }
        self.days.add(&sketch);
        self.histogram.add(sketch.characters);
        self.extremes.add(sketch.characters, &names, &file.path);
        self.people.add(&sketch, &names);
        self.commented += u64::from(sketch.comments > 0);
        self.comments = self.comments.saturating_add(sketch.comments);
    }
}
