//! What a run came to: counts, and the one line that tells them.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::crawl::text::Reading;
use crate::finding::{Level, Rule};
use crate::pipeline::FileResult;
use crate::quote::escape;

mod json;
mod markdown;
mod statistics;

/// The counts of one run.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Files that gave a record.
    pub articles: u64,
    /// Files that gave none.
    pub rejected: u64,
    /// Files that are none the worse, but whose article an earlier one has.
    pub left_out: u64,
    /// Findings of level [`Level::Warning`].
    pub warnings: u64,
    /// How many findings each rule gave, at each level.
    pub rules: BTreeMap<(Rule, Level), u64>,
    /// How many texts of articles each reading proved; the others are not verified.
    pub readings: Vec<(Reading, u64)>,
    /// Whether the run ended at its first rejected file.
    pub stopped: bool,
    /// The configuration file, if it was looked up and not named: it may have lowered levels.
    pub configuration: Option<PathBuf>,
    /// Bytes read.
    pub bytes: u64,
    /// From the start of the run to its end.
    pub elapsed: Duration,
}

impl Summary {
    /// Counts one file.
    pub fn add(&mut self, file: &FileResult) {
        match file.is_accepted() {
            true if file.is_left_out => self.left_out += 1,
            true => {
                self.articles += 1;
                if let Some(reading) = file.proven {
                    self.count(reading);
                }
            }
            false => self.rejected += 1,
        }
        for finding in &file.findings {
            *self.rules.entry((finding.rule, finding.level)).or_default() += finding.count;
            self.warnings += if finding.level == Level::Warning { finding.count } else { 0 };
        }
        self.bytes += file.bytes as u64;
    }

    /// How many files were read.
    pub fn files(&self) -> u64 {
        self.articles + self.rejected + self.left_out
    }

    /// Whether no file was found to read.
    pub fn is_empty(&self) -> bool {
        self.files() == 0
    }

    fn count(&mut self, reading: Reading) {
        // There are a handful.
        match self.readings.iter_mut().find(|(known, _)| *known == reading) {
            Some((_, count)) => *count += 1,
            None => self.readings.push((reading, 1)),
        }
    }

    /// Every rule that was broken, how it weighed, and how often: the most frequent first.
    fn counts(&self) -> Vec<(Rule, Level, u64)> {
        let mut counts: Vec<_> =
            self.rules.iter().map(|((rule, level), count)| (*rule, *level, *count)).collect();
        counts.sort_by_key(|(_, _, count)| Reverse(*count));
        counts
    }
}

impl fmt::Display for Summary {
    /// `3 articles, 1 rejected, 2 warnings (5.2 MB in 0.01 s)`, and the configuration that was found.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Summary { articles, rejected, left_out, warnings, bytes, elapsed, configuration, .. } = self;
        let plural = |count: u64| if count == 1 { "" } else { "s" };
        write!(f, "{articles} article{}, {rejected} rejected, ", plural(*articles))?;
        if *left_out > 0 {
            write!(f, "{left_out} left out, ")?;
        }
        let (unit, size) = if *bytes < 1_000_000 { ("kB", 1e3) } else { ("MB", 1e6) };
        write!(f, "{warnings} warning{} ({:.1} {unit}", plural(*warnings), *bytes as f64 / size)?;
        write!(f, " in {:.2} s)", elapsed.as_secs_f64())?;
        match configuration {
            Some(path) => write!(f, "; configured by {}", code_span(&path.to_string_lossy())),
            None => Ok(()),
        }
    }
}

/// `text`, escaped, as Markdown takes it for itself: between more backticks than stand in it.
fn code_span(text: &str) -> impl fmt::Display {
    let text = escape(text).to_string();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let (ticks, space) = ("`".repeat(longest + 1), if longest > 0 { " " } else { "" });
    fmt::from_fn(move |f| write!(f, "{ticks}{space}{text}{space}{ticks}"))
}
