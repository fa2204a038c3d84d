//! The subcommand `report`: a page, and no records.

use std::io::{self, Write};
use std::process::ExitCode;

use news_ingest::census::Census;
use news_ingest::cli::{Config, Reporting};
use news_ingest::output::destination::Destination;
use news_ingest::report::Teller;

use super::outcome::{conclude, named};
use super::terminal::{for_findings, is_piped};
use super::wiring::{progress, sources, validate, written};
use super::{Context, Error, page};

/// Makes a page.
pub fn report(config: Config, Reporting { output, language }: Reporting) -> Result<ExitCode, Error> {
    let written = written(output.iter().cloned().collect(), &config)?;
    let sources = sources(&config, &written)?;
    let file = output.as_deref().map(Destination::beside).transpose()?;
    let progress = progress(&config, output.is_some() || !is_piped(&io::stdout()));
    let mut findings = progress.above(for_findings(io::stderr(), &config));
    let mut teller = Teller::new(&mut findings, config.format.report(), config.least(), u64::MAX);
    let mut census = Census::default();
    let began_at = page::now();
    let ran = validate(&config, sources, &mut teller, &progress, Some(&mut census));
    drop(progress);
    let mut summary = ran.map_err(|failure| named(failure, None))?;
    summary.configuration.clone_from(&config.configuration);
    let html = page::html(&config, &census, &summary, began_at, language);
    match file {
        Some(mut file) => {
            file.write_all(html.as_bytes()).context("cannot write the report")?;
            file.complete()?.place()?;
        }
        None => io::stdout().write_all(html.as_bytes()).context("cannot write the report")?,
    }
    conclude(&config, &summary)
}
