//! Summary of a run: counts, and their display on one line.

mod json;
mod markdown;
mod statistics;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::expect::ArchiveCounts;
use crate::findings::finding::Finding;
use crate::findings::rule::{Level, Rule};
use crate::personal::KindCounts;
use crate::pipeline::{FileResult, VerifiedReading};
use crate::text::escape::escape;

/// Counts of one run.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Number of files whose record was written.
    pub articles: u64,
    /// Number of rejected files.
    pub rejected: u64,
    /// The first files that are rejected by a finding that is not known, at most [`MAX_REJECTED_PATHS`].
    pub rejected_paths: Vec<String>,
    /// Number of valid files that were skipped, since an earlier file has the same article.
    pub left_out: u64,
    /// Number of articles that the lists of the run leave out, whether or not their files are valid.
    pub excluded: u64,
    /// Number of accepted files whose record a run before has written.
    pub unchanged: u64,
    /// Number of findings of level [`Level::Warning`].
    pub warnings: u64,
    /// Number of findings of each rule, at each level.
    pub rules: BTreeMap<(Rule, Level), u64>,
    /// Number of verified texts by the reading that the content hash verifies.
    pub readings: Vec<(VerifiedReading, u64)>,
    /// Number of replacements of personal data in records and comments.
    pub redacted: KindCounts,
    /// Findings of the baseline, if there is one. They are among the other counts too.
    pub known: Option<KnownCounts>,
    /// Number of expectations of level [`Level::Error`] that the archive does not meet, one for each finding.
    pub unmet: u64,
    /// Counts of the archive, if something is expected of it.
    pub archive: Option<ArchiveCounts>,
    /// `true` if the run ended at the first rejected file.
    pub stopped: bool,
    /// `true` if the run read a list that is empty.
    pub list_is_empty: bool,
    /// The configuration file, if it was discovered and not named. It is reported, since it may have lowered levels.
    pub configuration: Option<PathBuf>,
    /// Number of bytes read.
    pub bytes: u64,
    /// Duration of the run.
    pub elapsed: Duration,
}

/// Maximum number of rejected files whose paths are kept.
pub const MAX_REJECTED_PATHS: usize = 10;

/// Counts of what the baseline knows.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct KnownCounts {
    /// Rejected files, all of whose errors are known.
    pub files: u64,
    /// Findings that are known.
    pub findings: u64,
    /// Known findings that the run did not find.
    pub stale: u64,
}

impl Summary {
    /// Counts one file.
    pub fn add(&mut self, file: &FileResult) {
        self.bytes += file.bytes as u64;
        if file.is_excluded {
            self.excluded += 1;
            return;
        }
        match file.is_accepted() {
            true if file.is_skipped => self.left_out += 1,
            true if file.is_unchanged => self.unchanged += 1,
            true => {
                self.articles += 1;
                self.redacted.add_all(&file.redacted);
                if let Some(reading) = file.verified_reading {
                    self.count(reading);
                }
            }
            false => {
                self.rejected += 1;
                if file.is_rejected_anew() && self.rejected_paths.len() < MAX_REJECTED_PATHS {
                    self.rejected_paths.push(file.path.clone());
                }
            }
        }
        file.findings.iter().chain(&file.known).for_each(|finding| self.add_finding(finding));
        if let Some(known) = &mut self.known {
            known.files += u64::from(!file.is_accepted() && !file.is_rejected_anew());
            known.findings += file.known.iter().map(|finding| finding.count).sum::<u64>();
        }
    }

    /// Counts findings about the archive as a whole.
    pub fn add_unmet(&mut self, findings: &[Finding]) {
        for finding in findings {
            self.add_finding(finding);
            self.unmet += if finding.level == Level::Error { finding.count } else { 0 };
        }
    }

    fn add_finding(&mut self, finding: &Finding) {
        *self.rules.entry((finding.rule, finding.level)).or_default() += finding.count;
        self.warnings += if finding.level == Level::Warning { finding.count } else { 0 };
    }

    /// Number of files that are rejected by a finding that is not known.
    pub fn rejected_anew(&self) -> u64 {
        self.rejected - self.known.map_or(0, |known| known.files)
    }

    /// Number of files read.
    pub fn files(&self) -> u64 {
        self.articles + self.rejected + self.left_out + self.excluded + self.unchanged
    }

    /// Returns `true` if no files were found.
    pub fn is_empty(&self) -> bool {
        self.files() == 0
    }

    fn count(&mut self, reading: VerifiedReading) {
        // A handful of readings occur, so a linear search is enough.
        match self.readings.iter_mut().find(|(known, _)| *known == reading) {
            Some((_, count)) => *count += 1,
            None => self.readings.push((reading, 1)),
        }
    }

    /// Number of findings by rule and level, most frequent first.
    fn counts(&self) -> Vec<(Rule, Level, u64)> {
        let mut counts: Vec<_> =
            self.rules.iter().map(|((rule, level), count)| (*rule, *level, *count)).collect();
        counts.sort_by_key(|(_, _, count)| Reverse(*count));
        counts
    }
}

impl fmt::Display for Summary {
    /// Writes `3 articles, 1 rejected, 2 warnings (5.2 MB in 0.01 s)`, and the configuration file that was discovered.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Summary { articles, rejected, left_out, unchanged, warnings, known, unmet, .. } = self;
        let Summary { excluded, bytes, elapsed, configuration, .. } = self;
        let plural = |count: u64| if count == 1 { "" } else { "s" };
        write!(f, "{articles} article{}, {rejected} rejected", plural(*articles))?;
        if let Some(KnownCounts { files: files @ 1.., .. }) = known {
            write!(f, " ({files} known)")?;
        }
        write!(f, ", ")?;
        if *left_out > 0 {
            write!(f, "{left_out} left out, ")?;
        }
        if *excluded > 0 {
            write!(f, "{excluded} excluded, ")?;
        }
        if *unchanged > 0 {
            write!(f, "{unchanged} unchanged, ")?;
        }
        let (unit, size) = if *bytes < 1_000_000 { ("kB", 1e3) } else { ("MB", 1e6) };
        write!(f, "{warnings} warning{}", plural(*warnings))?;
        if let Some(KnownCounts { findings, stale, .. }) = known {
            write!(f, ", {findings} known finding{}, {stale} stale", plural(*findings))?;
        }
        if *unmet > 0 {
            write!(f, ", {unmet} expectation{} not met", plural(*unmet))?;
        }
        write!(f, " ({:.1} {unit}", *bytes as f64 / size)?;
        write!(f, " in {:.2} s)", elapsed.as_secs_f64())?;
        match configuration {
            Some(path) => write!(f, "; configured by {}", code_span(&path.to_string_lossy())),
            None => Ok(()),
        }
    }
}

/// Formats `text`, escaped, as a Markdown code span: delimited by more backticks than it contains in a row.
fn code_span(text: &str) -> impl fmt::Display {
    let text = escape(text).to_string();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let (ticks, space) = ("`".repeat(longest + 1), if longest > 0 { " " } else { "" });
    fmt::from_fn(move |f| write!(f, "{ticks}{space}{text}{space}{ticks}"))
}
