//! The subcommand `check`: findings without records.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::args::{CheckOptions, Config};
use news_ingest::findings::render::Reporter;
use news_ingest::output::sink::atomic_file::AtomicFile;
use news_ingest::output::sink::{Complete, Sink, is_stdout, name_of};

use crate::commands::known::Known;
use crate::commands::manifests;
use crate::commands::manifests::{ManifestCheck, Manifests};
use crate::commands::setup::{progress, sources, validate, written};
use crate::exit_status::{REJECTED, cannot_write, conclude, named};
use crate::terminal::{for_findings, is_piped, say};
use crate::{Context, Error};

/// Validates the inputs.
pub fn check(config: Config, checking: CheckOptions) -> Result<ExitCode, Error> {
    let written = written(checking.targets(), checking.output.as_deref(), &config)?;
    let CheckOptions { output, ending_differs, max_findings, statistics, summary_file, .. } = checking;
    let CheckOptions { manifests, against, .. } = checking;
    let mut baseline = Known::open(checking.baseline, checking.write_baseline)?;
    let totals = checking.summary.as_deref().map(Sink::beside).transpose()?;
    let sources = sources(&config, &written)?;
    let options = manifests::options(&config, None);
    let mut against =
        against.as_deref().map(|path| ManifestCheck::open(path, options.clone())).transpose()?;
    let mut manifests = Manifests::open(&manifests, options)?;
    let progress = progress(&config, output.is_some() || !is_piped(&io::stdout()));
    let open = |path: &Path| AtomicFile::create(path).with_context(|| cannot_write(path));
    let mut file = output.as_deref().map(open).transpose()?;
    let mut findings: Box<dyn Write> = match &mut file {
        None => Box::new(progress.above(for_findings(io::stdout(), &config))),
        Some(file) => Box::new(for_findings(file.file(), &config)),
    };
    let mut reporter = Reporter::new(&mut findings, config.format.report(), config.least(), max_findings);
    if baseline.is_read() {
        reporter = reporter.with_baseline();
    }
    let tracking = match &mut against {
        Some(against) => against.tracking(),
        None => manifests.tracking(),
    };
    let ran = validate(&config, sources, &mut reporter, &progress, None, tracking, baseline.get_mut());
    let left_out = reporter.left_out();
    drop(findings);
    drop(progress);
    let mut summary = ran.map_err(|failure| named(failure, output.as_deref()))?;
    summary.configuration.clone_from(&config.configuration);
    if let Some((file, path)) = file.zip(output.as_deref()) {
        file.commit().with_context(|| cannot_write(path))?;
    }
    let mut complete = Vec::new();
    if let Some(mut totals) = totals {
        totals.write_all(summary.json().as_bytes()).context("cannot write the summary")?;
        complete.push(totals.complete()?);
    }
    complete.extend(baseline.finish(&config, &mut summary)?);
    if !summary.stopped {
        let (_, manifest) = manifests.complete()?;
        complete.extend(manifest);
    }
    Complete::place_all(complete, &[])?;
    if let Some(path) = output.as_deref().filter(|_| ending_differs) {
        let (name, format) = (name_of(path), config.format.name());
        say(format_args!(
            "ingest: {name} is written as `{format}`, as --format says, and not as its ending does"
        ))?;
    }
    if left_out > 0 {
        say(format_args!("ingest: {left_out} more findings not shown; see --max-findings"))?;
    }
    if statistics {
        let statistics = summary.statistics().to_string();
        io::stderr().write_all(statistics.as_bytes()).context("cannot write the statistics")?;
    }
    match summary_file.as_deref() {
        Some(path) if is_stdout(path) => {
            io::stdout()
                .write_all(summary.markdown().to_string().as_bytes())
                .context("cannot write the summary")?;
        }
        Some(path) => append(path, summary.markdown()).with_context(|| cannot_write(path))?,
        None => {}
    }
    let is_same = against.map_or(Ok(true), ManifestCheck::finish)?;
    let status = conclude(&config, &summary)?;
    Ok(if is_same || config.exit_zero { status } else { ExitCode::from(REJECTED) })
}

/// Appends `text` to the file at `path`.
fn append(path: &Path, text: impl Display) -> io::Result<()> {
    File::options().append(true).create(true).open(path)?.write_all(text.to_string().as_bytes())
}
