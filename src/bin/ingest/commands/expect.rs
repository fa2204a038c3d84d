//! The subcommand `expect`: judges summaries, those of the parts of an archive together.

use std::borrow::Cow;
use std::io::{self, BufRead};
use std::path::Path;
use std::process::ExitCode;

use crate::args::ExpectOptions;
use news_ingest::expect::{ArchiveCounts, Expectation};
use news_ingest::findings::render::Reporter;
use news_ingest::findings::rule::Level;

use crate::commands::lines::{cannot_read, open};
use crate::exit_status::REJECTED;
use crate::terminal::{coloured, say};
use crate::{Context, Error, anyhow};

/// Judges the sum of the summaries. Findings go to stdout.
pub fn expect(options: ExpectOptions) -> Result<ExitCode, Error> {
    let ExpectOptions { summaries, expectations, as_of, policy, format, color } = options;
    let mut counts = ArchiveCounts::default();
    let mut parts = 0;
    for path in &summaries {
        parts += add(path, &mut counts)?;
    }
    let levels = policy.levels_for(|| Cow::Borrowed(&expectations.path));
    let findings = expectations.judge(&counts, as_of, &levels);
    let is_met = findings.iter().all(|finding| finding.level < Level::Error);
    let mut stream = coloured(io::stdout(), color);
    let mut reporter = Reporter::new(&mut stream, format.report(), Level::Warning, u64::MAX);
    let reported = reporter.file(&expectations.path, is_met, &findings, &[]);
    reported.and_then(|()| reporter.finish()).context("cannot write the findings")?;
    let expects = |wanted: fn(&Expectation) -> bool| expectations.each.iter().any(|(_, each)| wanted(each));
    if parts > 1 && expects(|each| matches!(each, Expectation::Duplicates(_))) {
        say("ingest: `duplicates` counts those within each summary: no run sees the ids of another one")?;
    }
    let unmet: u64 = findings.iter().map(|finding| finding.count).sum();
    say(format_args!(
        "{} articles in {parts} summar{}, {unmet} expectation{} not met",
        counts.articles,
        if parts == 1 { "y" } else { "ies" },
        if unmet == 1 { "" } else { "s" }
    ))?;
    Ok(if is_met { ExitCode::SUCCESS } else { ExitCode::from(REJECTED) })
}

/// Adds the counts of each summary in the file at `path`; returns their number, at least 1.
fn add(path: &Path, counts: &mut ArchiveCounts) -> Result<u64, Error> {
    let mut parts = 0;
    for (number, line) in open(path)?.split(b'\n').enumerate() {
        let line = line.with_context(|| cannot_read(path))?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let part = ArchiveCounts::from_summary(&line);
        let part =
            part.with_context(|| format!("{}: line {} is not a summary", cannot_read(path), number + 1))?;
        let part = part.ok_or_else(|| {
            let place = format!("{}: line {}", cannot_read(path), number + 1);
            anyhow!("{place} has no counts of the archive: its run had no `[expect]` in its configuration")
        })?;
        counts.add_all(&part);
        parts += 1;
    }
    match parts {
        0 => Err(anyhow!("{}: there is no summary in it", cannot_read(path))),
        parts => Ok(parts),
    }
}
