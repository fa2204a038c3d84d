//! The subcommand `report`: a page, or the card of a data set, without records.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::args::{Config, ReportOptions};
use news_ingest::findings::render::Reporter;
use news_ingest::output::sink::Complete;
use news_ingest::report::stats::ArchiveStats;
use news_ingest::run::tracking::Tracking;
use news_ingest::run::{Observers, Sinks};

use crate::commands::page;
use crate::commands::setup::{expected, progress, sources, validate, written};
use crate::exit_status::{conclude, named};
use crate::terminal::{for_findings, is_piped};
use crate::{Context, Error};

/// Writes the page.
pub fn report(config: Config, ReportOptions { output, form }: ReportOptions) -> Result<ExitCode, Error> {
    let written = written(output.iter().cloned().collect(), output.as_deref(), &config)?;
    let sources = sources(&config, &written)?;
    let mut page = page::open(output.as_deref(), form)?;
    let progress = progress(&config, output.is_some() || !is_piped(&io::stdout()));
    let mut findings = progress.above(for_findings(io::stderr(), &config));
    let mut reporter = Reporter::new(&mut findings, config.format.report(), config.least(), u64::MAX);
    let mut stats = ArchiveStats::default();
    let began_at = page::now();
    let observers = Observers {
        reporter: &mut reporter,
        progress: &progress,
        stats: Some(&mut stats),
        tracking: Tracking::default(),
        baseline: None,
        expected: expected(&config),
    };
    let ran = validate(&config, sources, Sinks::default(), observers);
    drop(progress);
    let mut summary = ran.map_err(|failure| named(failure, None))?;
    summary.configuration.clone_from(&config.configuration);
    let report = page::render(&config, &stats, &summary, began_at, form, None);
    page.write_all(report.as_bytes()).context("cannot write the report")?;
    Complete::place_all(vec![page.complete()?], &[])?;
    conclude(&config, &summary)
}
