//! The totals of a run in Markdown, as a CI system shows them. They hold no text of strangers but the configuration's path, as code.

use std::fmt;

use super::Summary;

impl Summary {
    /// A heading, the totals, and a table of the rules that were broken.
    pub fn markdown(&self) -> impl fmt::Display {
        fmt::from_fn(move |f| {
            let heading = match (self.rejected, self.is_empty()) {
                (_, true) => "nothing to read".to_owned(),
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
                writeln!(f, "| {count} | {level} | `{rule}` | {} |", rule.when())?;
            }
            writeln!(f)
        })
    }
}
