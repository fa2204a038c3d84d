//! How often each rule was broken, as a table for people.

use std::fmt;

use super::Summary;

impl Summary {
    /// A line for each rule that was broken, the most frequent first.
    pub fn statistics(&self) -> impl fmt::Display {
        fmt::from_fn(move |f| {
            for (rule, level, count) in self.counts() {
                writeln!(f, "{count:>9}  {level:<7}  {rule}")?;
            }
            Ok(())
        })
    }
}
