//! The summary in Markdown, for CI systems. The only text from outside is the configuration file's path, which is a
//! code span.

use std::fmt;

use crate::summary::Summary;

impl Summary {
    /// Formats a heading, the totals, and a table of findings by rule.
    pub fn markdown(&self) -> impl fmt::Display {
        fmt::from_fn(move |f| {
            let heading = match (self.rejected_anew(), self.is_empty()) {
                (_, true) if self.list_is_empty => "an empty list".to_owned(),
                (_, true) => "nothing to read".to_owned(),
                (0, false) if self.unmet > 0 => "the archive is not as expected".to_owned(),
                (0, false) if self.rejected > 0 => "no new fault".to_owned(),
                (0, false) => "every file accepted".to_owned(),
                (1, false) => "1 file rejected".to_owned(),
                (rejected, false) => format!("{rejected} files rejected"),
            };
            writeln!(f, "## ingest: {heading}\n\n{self}")?;
            if self.stopped {
                writeln!(f, "\nStopped at the first rejected file.")?;
            }
            if !self.rules.is_empty() {
                writeln!(f, "\n| findings | level | rule | found when |\n| ---: | --- | --- | --- |")?;
            }
            for (rule, level, count) in self.counts() {
                writeln!(f, "| {count} | {level} | `{rule}` | {} |", rule.summary())?;
            }
            writeln!(f)
        })
    }
}
