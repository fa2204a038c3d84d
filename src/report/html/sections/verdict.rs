//! Verdict on the archive, with reasons.

use std::cmp::Reverse;

use crate::findings::rule::Level;
use crate::report::html::numbers::{percent, seconds, size, with_separators};
use crate::report::html::run_info::RunInfo;
use crate::report::html::sanitize::sanitize;
use crate::report::html::strings::{Strings, interpolate};
use crate::summary::Summary;

/// The head of the page.
#[derive(Debug)]
pub struct VerdictSection {
    /// Set if the run is a success, which is shown in green.
    pub is_success: bool,
    /// Verdict in a few words.
    pub headline: String,
    /// Reasons as sentences.
    pub reasons: Vec<String>,
    /// Totals.
    pub tiles: Vec<Tile>,
    /// Command line of the run.
    pub command: String,
    /// Start of the run.
    pub started_at: String,
}

/// A number with its label.
#[derive(Debug)]
pub struct Tile {
    pub label: &'static str,
    /// Number, formatted.
    pub value: String,
    /// Share of a whole, or empty.
    pub note: String,
}

const MAX_RULES: usize = 3;
const MAX_COMMAND_CHARS: usize = 600;

impl VerdictSection {
    /// Summarizes a run.
    pub fn new(summary: &Summary, run_info: &RunInfo, strings: &Strings) -> VerdictSection {
        VerdictSection {
            is_success: run_info.is_clean,
            headline: headline(summary, run_info, strings),
            reasons: reasons(summary, run_info, strings),
            tiles: tiles(summary, strings),
            command: sanitize(&run_info.command, MAX_COMMAND_CHARS),
            started_at: run_info.started_at.map(|moment| moment.to_string()).unwrap_or_default(),
        }
    }
}

fn headline(summary: &Summary, run_info: &RunInfo, strings: &Strings) -> String {
    let counts = [with_separators(summary.rejected), with_separators(summary.files())];
    let sentence = match summary.rejected {
        _ if summary.is_empty() => strings.nothing_read,
        0 => strings.all_accepted,
        _ if run_info.is_clean => strings.some_tolerated,
        1 => strings.one_rejected,
        _ => strings.some_rejected,
    };
    interpolate(sentence, &[&counts[0], &counts[1]])
}

fn reasons(summary: &Summary, run_info: &RunInfo, strings: &Strings) -> Vec<String> {
    let Summary { articles, rejected, left_out, excluded, warnings, .. } = *summary;
    let mut reasons = Vec::new();
    let mut say = |is_so: bool, sentence: &str, values: &[&str]| {
        if is_so {
            reasons.push(interpolate(sentence, values));
        }
    };
    let files = with_separators(summary.files());
    let unverified = articles - verified(summary);
    say(summary.is_empty(), strings.why_nothing, &[]);
    say(rejected > 0 && run_info.is_clean, strings.why_tolerated, &[&with_separators(rejected), &files]);
    say(rejected > 0, strings.why_rejected, &[&frequent_errors(summary, strings)]);
    say(articles > 0 && unverified == 0, strings.why_verified, &[]);
    say(unverified > 0, strings.why_unverified, &[&with_separators(unverified), &with_separators(articles)]);
    say(warnings > 0, strings.why_warnings, &[&with_separators(warnings)]);
    say(left_out > 0, strings.why_skipped, &[&with_separators(left_out)]);
    say(excluded > 0, strings.why_excluded, &[&with_separators(excluded)]);
    say(summary.stopped, strings.why_stopped, &[]);
    reasons
}

/// Formats as `hash-mismatch (8), missing-field (3), 2 more`.
fn frequent_errors(summary: &Summary, strings: &Strings) -> String {
    let errors = summary.rules.iter().filter(|((_, level), _)| *level == Level::Error);
    let mut errors: Vec<_> = errors.map(|((rule, _), count)| (*rule, *count)).collect();
    errors.sort_by_key(|(_, count)| Reverse(*count));
    let named =
        errors.iter().take(MAX_RULES).map(|(rule, count)| format!("{rule} ({})", with_separators(*count)));
    let rest = errors.len().saturating_sub(MAX_RULES);
    let more = (rest > 0).then(|| interpolate(strings.more_rules, &[&with_separators(rest as u64)]));
    named.chain(more).collect::<Vec<_>>().join(", ")
}

fn tiles(summary: &Summary, strings: &Strings) -> Vec<Tile> {
    let (files, articles, rejected) = (summary.files(), summary.articles, summary.rejected);
    let part = |sentence, part, whole| match whole {
        0 => String::new(),
        _ => interpolate(sentence, &[&percent(part, whole), &with_separators(whole)]),
    };
    let tile = |label, value, note| Tile { label, value, note };
    let verified = verified(summary);
    vec![
        tile(strings.files, with_separators(files), String::new()),
        tile(strings.articles, with_separators(articles), part(strings.of_files, articles, files)),
        tile(strings.rejected, with_separators(rejected), part(strings.of_files, rejected, files)),
        tile(strings.verified, with_separators(verified), part(strings.of_articles, verified, articles)),
        tile(strings.size, size(summary.bytes), String::new()),
        tile(strings.time, seconds(summary.elapsed), String::new()),
    ]
}

/// Number of articles whose text has the stated hash.
pub fn verified(summary: &Summary) -> u64 {
    summary.readings.iter().map(|(_, count)| count).sum()
}
