//! What an archive holds, counted while it is read: by day, publisher, category, length, rule and person.
//!
//! The memory grows with the groups, not with the files, but for 20 bytes a text up to a bound: see [`repeats`].

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

/// The counts of one run, of articles unless it says otherwise. Those that are left out count among [`Repeats`] alone.
#[derive(Debug, Default)]
pub struct Census {
    /// By publisher, files that are rejected too.
    pub publishers: Groups,
    /// By category, files that are rejected too.
    pub categories: Groups,
    /// By day.
    pub days: Days,
    /// How long the texts are, for a chart.
    pub histogram: Histogram,
    /// The shortest and the longest texts.
    pub extremes: Extremes,
    /// Who wrote them.
    pub people: People,
    /// Files that state that they hold comments.
    pub commented: u64,
    /// Comments that the files state.
    pub comments: u64,
    /// By rule, in all files.
    pub findings: Findings,
    /// The same article or text again.
    pub repeats: Repeats,
}

impl Census {
    /// How long the texts are, in characters.
    pub fn lengths(&self) -> Lengths {
        // Every article is of one publisher, even if of none.
        self.publishers.lengths()
    }

    /// Counts one file, whose names are among `names`. Files have to come in order.
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
