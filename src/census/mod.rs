//! Statistics of an archive for the HTML report.
//!
//! The memory grows with the number of groups, not of files, except for 20 bytes per text up to a bound; see
//! [`repeats`].

pub mod days;
pub mod extremes;
pub mod findings;
pub mod groups;
pub mod histogram;
pub mod lengths;
pub mod people;
pub mod repeats;
mod tally;

use self::days::Days;
use self::extremes::Extremes;
use self::findings::Findings;
use self::groups::Groups;
use self::histogram::Histogram;
use self::lengths::Lengths;
use self::people::People;
use self::repeats::Repeats;
use crate::pipeline::FileResult;

/// Statistics of one run. They count articles unless a field says otherwise. Skipped duplicates count only in
/// [`Repeats`].
#[derive(Debug, Default)]
pub struct Census {
    /// By publisher, with rejected files.
    pub publishers: Groups,
    /// By category, with rejected files.
    pub categories: Groups,
    /// By day of publication and of crawl.
    pub days: Days,
    /// Lengths of the texts, for a chart.
    pub histogram: Histogram,
    /// The shortest and the longest texts.
    pub extremes: Extremes,
    /// Counts of the bylines.
    pub people: People,
    /// Files whose stated number of comments is not 0.
    pub commented: u64,
    /// Sum of the numbers of comments that the files state.
    pub comments: u64,
    /// Findings of all files, by rule.
    pub findings: Findings,
    /// Duplicate articles and texts.
    pub repeats: Repeats,
}

impl Census {
    /// Lengths of the texts in characters.
    pub fn lengths(&self) -> Lengths {
        // Every article is in a group of publishers; one without a publisher is in the group `""`.
        self.publishers.lengths()
    }

    /// Counts one file; its labels are in `names`. Files must come in order.
    pub fn add(&mut self, file: &FileResult, names: &str) {
        let sketched = file.sketch.map(|sketch| (sketch, sketch.names(names)));
        let Some((sketch, names)) = sketched else {
            return self.findings.add(file, None, None);
        };
        let publisher = self.publishers.index(names.publisher);
        if !file.findings.is_empty() {
            self.findings.add(file, Some(publisher), sketch.published);
        }
        if file.is_accepted() || file.same_id.is_some() {
            self.repeats.add(file, &sketch, &names, publisher);
        }
        if file.is_left_out {
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
