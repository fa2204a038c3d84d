//! Verdict on the archive, with reasons.

use std::cmp::Reverse;

use crate::findings::rule::Level;
use crate::report::html::RunInfo;
use crate::report::html::numbers::{grouped, percent, seconds, size};
use crate::report::html::sanitize::shown;
use crate::report::html::strings::{Strings, fill};
use crate::summary::Summary;

/// The head of the page.
#[derive(Debug)]
pub struct VerdictSection {
    /// Set if the run is a success, which is shown in green.
    pub is_good: bool,
    /// Verdict in a few words.
    pub headline: String,
    /// Reasons as sentences.
    pub reasons: Vec<String>,
    /// Totals.
    pub tiles: Vec<Tile>,
    /// Command line of the run.
    pub command: String,
    /// Start of the run.
    pub began_at: String,
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
    pub fn new(summary: &Summary, about: &RunInfo, words: &Strings) -> VerdictSection {
        VerdictSection {
            is_good: about.is_clean,
            headline: headline(summary, about, words),
            reasons: reasons(summary, about, words),
            tiles: tiles(summary, words),
            command: shown(&about.command, MAX_COMMAND_CHARS),
            began_at: about.began_at.map(|moment| moment.to_string()).unwrap_or_default(),
        }
    }
}

fn headline(summary: &Summary, about: &RunInfo, words: &Strings) -> String {
    let counts = [grouped(summary.rejected), grouped(summary.files())];
    let sentence = match summary.rejected {
        _ if summary.is_empty() => words.nothing_read,
        0 => words.all_accepted,
        _ if about.is_clean => words.some_tolerated,
        1 => words.one_rejected,
        _ => words.some_rejected,
    };
    fill(sentence, &[&counts[0], &counts[1]])
}

fn reasons(summary: &Summary, about: &RunInfo, words: &Strings) -> Vec<String> {
    let Summary { articles, rejected, left_out, warnings, .. } = *summary;
    let mut reasons = Vec::new();
    let mut say = |is_so: bool, sentence: &str, values: &[&str]| {
        if is_so {
            reasons.push(fill(sentence, values));
        }
    };
    let files = grouped(summary.files());
    let unverified = articles - verified(summary);
    say(summary.is_empty(), words.why_nothing, &[]);
    say(rejected > 0 && about.is_clean, words.why_tolerated, &[&grouped(rejected), &files]);
    say(rejected > 0, words.why_rejected, &[&frequent_errors(summary, words)]);
    say(articles > 0 && unverified == 0, words.why_verified, &[]);
    say(unverified > 0, words.why_unverified, &[&grouped(unverified), &grouped(articles)]);
    say(warnings > 0, words.why_warnings, &[&grouped(warnings)]);
    say(left_out > 0, words.why_left_out, &[&grouped(left_out)]);
    say(summary.stopped, words.why_stopped, &[]);
    reasons
}

/// Formats as `hash-mismatch (8), missing-field (3), 2 more`.
fn frequent_errors(summary: &Summary, words: &Strings) -> String {
    let errors = summary.rules.iter().filter(|((_, level), _)| *level == Level::Error);
    let mut errors: Vec<_> = errors.map(|((rule, _), count)| (*rule, *count)).collect();
    errors.sort_by_key(|(_, count)| Reverse(*count));
    let named = errors.iter().take(MAX_RULES).map(|(rule, count)| format!("{rule} ({})", grouped(*count)));
    let rest = errors.len().saturating_sub(MAX_RULES);
    let more = (rest > 0).then(|| fill(words.more_rules, &[&grouped(rest as u64)]));
    named.chain(more).collect::<Vec<_>>().join(", ")
}

fn tiles(summary: &Summary, words: &Strings) -> Vec<Tile> {
    let (files, articles, rejected) = (summary.files(), summary.articles, summary.rejected);
    let part = |sentence, part, whole| match whole {
        0 => String::new(),
        _ => fill(sentence, &[&percent(part, whole), &grouped(whole)]),
    };
    let tile = |label, value, note| Tile { label, value, note };
    let verified = verified(summary);
    vec![
        tile(words.files, grouped(files), String::new()),
        tile(words.articles, grouped(articles), part(words.of_files, articles, files)),
        tile(words.rejected, grouped(rejected), part(words.of_files, rejected, files)),
        tile(words.verified, grouped(verified), part(words.of_articles, verified, articles)),
        tile(words.size, size(summary.bytes), String::new()),
        tile(words.time, seconds(summary.elapsed), String::new()),
    ]
}

/// Number of articles whose text has the stated hash.
pub fn verified(summary: &Summary) -> u64 {
    summary.readings.iter().map(|(_, count)| count).sum()
}
