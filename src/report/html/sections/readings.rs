//! Readings of the texts and outcomes of the hash check.

use crate::crawl::text::{Characters, LineEnds, TextEnd};
use crate::findings::rule::Rule;
use crate::pipeline::VerifiedReading;
use crate::report::html::numbers::with_separators;
use crate::report::html::sections::ShareRow;
use crate::report::html::sections::verdict::verified;
use crate::report::html::strings::{Strings, interpolate};
use crate::report::stats::ArchiveStats;
use crate::summary::Summary;

/// The section on readings and hashes.
#[derive(Debug)]
pub struct ReadingTable {
    /// Number of verified texts by reading.
    pub readings: Vec<ShareRow>,
    /// Number of verified texts, formatted.
    pub verified: String,
    /// Number of files by outcome of the hash check.
    pub outcomes: Vec<ShareRow>,
    /// Number of all files, formatted.
    pub files: String,
    /// Stated numbers of comments as a sentence; empty if no file states any.
    pub comments: String,
}

impl ReadingTable {
    /// Summarizes the readings of a run.
    pub fn new(stats: &ArchiveStats, summary: &Summary, strings: &Strings) -> ReadingTable {
        let verified = verified(summary);
        let mut readings: Vec<ShareRow> = summary
            .readings
            .iter()
            .map(|(reading, count)| ShareRow::new(name(*reading, strings), *count, verified, verified))
            .collect();
        readings.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        let comments = [with_separators(stats.commented), with_separators(stats.comments)];
        ReadingTable {
            readings,
            verified: with_separators(verified),
            outcomes: outcomes(stats, summary, strings),
            files: with_separators(summary.files()),
            comments: match stats.commented {
                0 => String::new(),
                _ => interpolate(strings.comments_text, &comments.each_ref().map(String::as_str)),
            },
        }
    }
}

fn name(reading: VerifiedReading, strings: &Strings) -> String {
    let VerifiedReading::BuiltIn(reading) = reading else { return strings.by_layout.to_owned() };
    let characters = match reading.characters {
        Characters::Escaped => strings.escaped,
        Characters::AsIs => strings.unescaped,
    };
    let end = (reading.end == TextEnd::Comments).then_some(strings.up_to_comments);
    let line_ends = (reading.line_ends == LineEnds::CrlfToLf).then_some(strings.crlf);
    [Some(characters), end, line_ends].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn outcomes(stats: &ArchiveStats, summary: &Summary, strings: &Strings) -> Vec<ShareRow> {
    let files = summary.files();
    let broken = |rule| stats.findings.rules.get(&rule).map_or(0, |broken| broken.files);
    let told = [
        (strings.hash_matches, verified(summary)),
        (strings.hash_mismatch, broken(Rule::HashMismatch)),
        (strings.hash_missing, broken(Rule::HashMissing)),
        (strings.hash_malformed, broken(Rule::HashMalformed)),
    ];
    let rest = files.saturating_sub(told.iter().map(|(_, count)| count).sum());
    let rows = told.into_iter().chain([(strings.hash_rest, rest)]).filter(|(_, count)| *count > 0);
    rows.map(|(name, count)| ShareRow::new(name.to_owned(), count, files, files)).collect()
}
