//! Number of findings by rule, as a plain-text table.

use std::fmt;

use crate::summary::Summary;

impl Summary {
    /// Formats one line for each rule and level, most frequent first.
    pub fn statistics(&self) -> impl fmt::Display {
        fmt::from_fn(move |f| {
            for (rule, level, count) in self.counts() {
                writeln!(f, "{count:>9}  {level:<7}  {rule}")?;
            }
            Ok(())
        })
    }
}
