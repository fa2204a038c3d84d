//! Readings of the texts and outcomes of the hash check.

use crate::crawl::text::{Characters, LineEnds, Reading, TextEnd};
use crate::findings::rule::Rule;
use crate::report::html::numbers::grouped;
use crate::report::html::sections::Share;
use crate::report::html::sections::verdict::verified;
use crate::report::html::strings::{Strings, fill};
use crate::report::stats::ArchiveStats;
use crate::summary::Summary;

/// The section on readings and hashes.
#[derive(Debug)]
pub struct ReadingTable {
    /// Number of verified texts by reading.
    pub readings: Vec<Share>,
    /// Number of verified texts, formatted.
    pub verified: String,
    /// Number of files by outcome of the hash check.
    pub outcomes: Vec<Share>,
    /// Number of all files, formatted.
    pub files: String,
    /// Stated numbers of comments as a sentence; empty if no file states any.
    pub comments: String,
}

impl ReadingTable {
    /// Summarizes the readings of a run.
    pub fn new(census: &ArchiveStats, summary: &Summary, words: &Strings) -> ReadingTable {
        let verified = verified(summary);
        let mut readings: Vec<Share> = summary
            .readings
            .iter()
            .map(|(reading, count)| Share::new(name(*reading, words), *count, verified, verified))
            .collect();
        readings.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        let comments = [grouped(census.commented), grouped(census.comments)];
        ReadingTable {
            readings,
            verified: grouped(verified),
            outcomes: outcomes(census, summary, words),
            files: grouped(summary.files()),
            comments: match census.commented {
                0 => String::new(),
                _ => fill(words.comments_text, &comments.each_ref().map(String::as_str)),
            },
        }
    }
}

fn name(reading: Reading, words: &Strings) -> String {
    let characters = match reading.characters {
        Characters::Escaped => words.escaped,
        Characters::AsIs => words.unescaped,
    };
    let end = (reading.end == TextEnd::Comments).then_some(words.up_to_comments);
    let line_ends = (reading.line_ends == LineEnds::CrlfToLf).then_some(words.crlf);
    [Some(characters), end, line_ends].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn outcomes(census: &ArchiveStats, summary: &Summary, words: &Strings) -> Vec<Share> {
    let files = summary.files();
    let broken = |rule| census.findings.rules.get(&rule).map_or(0, |broken| broken.files);
    let told = [
        (words.hash_matches, verified(summary)),
        (words.hash_mismatch, broken(Rule::HashMismatch)),
        (words.hash_missing, broken(Rule::HashMissing)),
        (words.hash_malformed, broken(Rule::HashMalformed)),
    ];
    let rest = files.saturating_sub(told.iter().map(|(_, count)| count).sum());
    let rows = told.into_iter().chain([(words.hash_rest, rest)]).filter(|(_, count)| *count > 0);
    rows.map(|(name, count)| Share::new(name.to_owned(), count, files, files)).collect()
}
