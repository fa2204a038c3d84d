//! The subcommand `report`: an HTML page without records.

use std::io::{self, Write};
use std::process::ExitCode;

use news_ingest::census::Census;
use news_ingest::cli::{Config, Reporting};
use news_ingest::output::destination::{Complete, Destination};
use news_ingest::report::Teller;

use super::outcome::{conclude, named};
use super::page::{html, now};
use super::terminal::{for_findings, is_piped};
use super::wiring::{progress, sources, validate, written};
use super::{Context, Error};

/// Writes the page.
pub fn report(config: Config, Reporting { output, language }: Reporting) -> Result<ExitCode, Error> {
    let written = written(output.iter().cloned().collect(), output.as_deref(), &config)?;
    let sources = sources(&config, &written)?;
    let mut page = Destination::of_page(output.as_deref())?;
    let progress = progress(&config, output.is_some() || !is_piped(&io::stdout()));
    let mut findings = progress.above(for_findings(io::stderr(), &config));
    let mut teller = Teller::new(&mut findings, config.format.report(), config.least(), u64::MAX);
    let mut census = Census::default();
    let began_at = now();
    let ran = validate(&config, sources, &mut teller, &progress, Some(&mut census));
    drop(progress);
    let mut summary = ran.map_err(|failure| named(failure, None))?;
    summary.configuration.clone_from(&config.configuration);
    let html = html(&config, &census, &summary, began_at, language);
    page.write_all(html.as_bytes()).context("cannot write the report")?;
    Complete::place_all(vec![page.complete()?], &[])?;
    conclude(&config, &summary)
}
