//! The subcommand `check`: findings without records.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::args::{CheckOptions, Config};
use news_ingest::findings::render::Reporter;
use news_ingest::output::sink::atomic_file::AtomicFile;
use news_ingest::output::sink::{Complete, Sink, name_of};
use news_ingest::run::{Observers, OutputKind, RunError, Sinks};

use crate::commands::known::Known;
use crate::commands::manifests;
use crate::commands::manifests::{ManifestCheck, Manifests};
use crate::commands::setup::{expected, progress, sources, validate, written};
use crate::commands::totals;
use crate::commands::totals::Totals;
use crate::exit_status::{REJECTED, cannot_write, conclude, named};
use crate::terminal::{for_findings, is_piped, say};
use crate::{Context, Error};

/// Validates the inputs.
pub fn check(config: Config, checking: CheckOptions) -> Result<ExitCode, Error> {
    let written = written(checking.targets(), checking.output.as_deref(), &config)?;
    let CheckOptions { output, ending_differs, max_findings, totals: options, manifests, against, .. } =
        checking;
    let mut baseline = Known::open(checking.baseline, checking.write_baseline)?;
    let totals = Totals::open(&options)?;
    let mut rejects = options.rejects.as_deref().map(Sink::beside).transpose()?;
    let sources = sources(&config, &written)?;
    let run = manifests::options(&config, None);
    let mut against = against.as_deref().map(|path| ManifestCheck::open(path, run.clone())).transpose()?;
    let mut manifests = Manifests::open(&manifests, run)?;
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
    let rejected = rejects.as_mut().map(|stream| (OutputKind::Rejects, stream as &mut dyn Write));
    let observers = Observers {
        reporter: &mut reporter,
        progress: &progress,
        stats: None,
        tracking,
        baseline: baseline.get_mut(),
        expected: expected(&config),
    };
    let ran =
        validate(&config, sources, Sinks { records: None, lines: rejected.into_iter().collect() }, observers);
    let left_out = reporter.left_out();
    drop(findings);
    drop(progress);
    let mut summary = ran.map_err(|failure| {
        let path = match failure {
            RunError::Output(OutputKind::Rejects, _) => &options.rejects,
            _ => &output,
        };
        named(failure, path.as_deref())
    })?;
    summary.configuration.clone_from(&config.configuration);
    if let Some((file, path)) = file.zip(output.as_deref()) {
        file.commit().with_context(|| cannot_write(path))?;
    }
    let mut complete = Vec::new();
    if let Some(totals) = totals {
        complete.push(totals.complete(&summary)?);
    }
    complete.extend(rejects.map(Sink::complete).transpose()?);
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
    totals::report(&options, left_out, &summary)?;
    let is_same = against.map_or(Ok(true), ManifestCheck::finish)?;
    let status = conclude(&config, &summary)?;
    Ok(if is_same || config.exit_zero { status } else { ExitCode::from(REJECTED) })
}
