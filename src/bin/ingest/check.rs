//! The subcommand `check`: findings, and no records.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use news_ingest::cli::{Checking, Config};
use news_ingest::output::replacement::Replacement;
use news_ingest::report::Teller;

use super::outcome::{cannot_write, conclude, named};
use super::terminal::{for_findings, is_piped, say};
use super::wiring::{progress, sources, validate, written};
use super::{Context, Error};

/// Validates only.
pub fn check(config: Config, checking: Checking) -> Result<ExitCode, Error> {
    let Checking { output, max_findings, statistics, summary_file } = checking;
    let written = written(output.iter().cloned().collect(), &config)?;
    let sources = sources(&config, &written)?;
    let progress = progress(&config, output.is_some() || !is_piped(&io::stdout()));
    let open = |path: &Path| Replacement::of(path).with_context(|| cannot_write(path));
    let mut file = output.as_deref().map(open).transpose()?;
    let mut findings: Box<dyn Write> = match &mut file {
        None => Box::new(progress.above(for_findings(io::stdout(), &config))),
        Some(file) => Box::new(for_findings(file.file(), &config)),
    };
    let mut teller = Teller::new(&mut findings, config.format.report(), config.least(), max_findings);
    let ran = validate(&config, sources, &mut teller, &progress, None);
    let left_out = teller.left_out();
    drop(findings);
    drop(progress);
    let mut summary = ran.map_err(|failure| named(failure, output.as_deref()))?;
    summary.configuration.clone_from(&config.configuration);
    if let Some((file, path)) = file.zip(output) {
        file.commit().with_context(|| cannot_write(&path))?;
    }
    if left_out > 0 {
        say(format_args!("ingest: {left_out} more findings, counted but not told; see --max-findings"))?;
    }
    if statistics {
        let statistics = summary.statistics().to_string();
        io::stderr().write_all(statistics.as_bytes()).context("cannot write the statistics")?;
    }
    if let Some(path) = summary_file {
        append(&path, summary.markdown()).with_context(|| cannot_write(&path))?;
    }
    conclude(&config, &summary)
}

/// Adds `text` to the end of the file at `path`.
fn append(path: &Path, text: impl Display) -> io::Result<()> {
    File::options().append(true).create(true).open(path)?.write_all(text.to_string().as_bytes())
}
