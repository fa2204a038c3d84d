//! The bare command: records, and the outputs beside them.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use crate::args::{Config, ManifestOptions, WriteOptions};
use news_ingest::findings::render::Reporter;
use news_ingest::output::sink::{Complete, Sink, WriteError, name_of};
use news_ingest::output::split::SplitWriter;
use news_ingest::report::stats::ArchiveStats;
use news_ingest::run;
use news_ingest::run::{Observers, OutputKind, Sinks, SkipOptions};
use news_ingest::sys::tasks::TaskQueue;

use crate::commands::manifests;
use crate::commands::manifests::Manifests;
use crate::commands::page;
use crate::commands::setup::{expected, latest, pipeline, progress, run, sources, written};
use crate::commands::totals;
use crate::commands::totals::Totals;
use crate::exit_status::{conclude, keeps_the_old, named};
use crate::terminal::{for_findings, is_piped, say};
use crate::{Context, Error, anyhow};

/// Writes the records of the inputs.
pub fn write(config: Config, writing: WriteOptions) -> Result<ExitCode, Error> {
    if writing.manifests.trust_mtime && config.expectations.is_some() {
        return Err(anyhow!(
            "`--trust-mtime` and `[expect]` exclude each other: only files that are read are counted"
        ));
    }
    let written = written(writing.targets(), writing.output.as_deref(), &config)?;
    let sources = sources(&config, &written)?;
    let tasks = TaskQueue::new(*config.threads.start());
    let mut records = SplitWriter::create(
        writing.output.as_deref(),
        writing.format,
        writing.fields,
        writing.limit,
        tasks.clone(),
    )?;
    let beside = [
        (OutputKind::Comments, &writing.comments),
        (OutputKind::Redactions, &writing.redactions),
        (OutputKind::Rejects, &writing.totals.rejects),
    ];
    let beside = beside.into_iter().filter_map(|(kind, path)| Some((kind, path.as_deref()?)));
    let beside = beside.map(|(kind, path)| Ok((kind, Sink::beside(path)?)));
    let mut beside = beside.collect::<Result<Vec<_>, WriteError>>()?;
    let mut manifests = Manifests::open(&writing.manifests, manifests::options(&config, Some(&writing)))?;
    let totals = Totals::open(&writing.totals)?;
    let page = writing.report.as_ref().map(|report| page::open(report.output.as_deref(), report.form));
    let page = page.transpose()?;
    let mut stats = writing.report.is_some().then(ArchiveStats::default);
    let began_at = page::now();
    let has_room = !writing.uses_stdout() || !io::stdout().is_terminal() && !is_piped(&io::stdout());
    let progress = progress(&config, has_room);
    let mut left_out = progress.above(io::stderr());
    let lines = beside.iter_mut().map(|(kind, stream)| (*kind, stream as &mut dyn Write)).collect();
    let mut sinks = Sinks { records: Some(&mut records), lines };
    if config.verbose {
        sinks.lines.push((OutputKind::LeftOut, &mut left_out));
    }
    let mut findings = progress.above(for_findings(io::stderr(), &config));
    let max_findings = writing.totals.max_findings.unwrap_or(u64::MAX);
    let mut reporter = Reporter::new(&mut findings, config.format.report(), config.least(), max_findings);
    let mut pipeline = pipeline(&config, Some(&writing), writing.report.is_some());
    pipeline.tasks = tasks.clone();
    manifests.configure(&mut pipeline);
    let tracking = manifests.tracking();
    let observers = Observers {
        reporter: &mut reporter,
        progress: &progress,
        stats: stats.as_mut(),
        tracking,
        baseline: None,
        expected: expected(&config),
    };
    let latest = writing.keeps_latest.then(|| latest(&config, &written, &progress)).transpose()?;
    let skip = SkipOptions { dedup: writing.dedup, latest, fail_fast: config.fail_fast };
    let ran = run(&pipeline, sources, sinks, observers, skip);
    let suppressed = reporter.left_out();
    drop(progress);
    let mut summary = ran.map_err(|failure| {
        let path = match failure {
            run::RunError::Output(OutputKind::Records, _) => &writing.output,
            run::RunError::Output(OutputKind::Rejects, _) => &writing.totals.rejects,
            run::RunError::Output(OutputKind::Comments, _) => &writing.comments,
            run::RunError::Output(OutputKind::Redactions, _) => &writing.redactions,
            run::RunError::Output(OutputKind::Manifest, _) => &writing.manifests.output,
            _ => &None,
        };
        named(failure, path.as_deref())
    })?;
    summary.configuration.clone_from(&config.configuration);
    let (records, mut removed_parts) = match writing.format.is_text() {
        true => records.complete(),
        // Nothing is left to read, so all threads encode the last rows.
        false => tasks.with_workers(|| records.complete()),
    }?;
    // Comments, redactions and manifests are replaced together with the records; the other outputs describe this run in
    // any case.
    let (mut with_records, mut complete) = (Vec::new(), Vec::new());
    for (kind, stream) in beside {
        let new = stream.complete()?;
        match kind {
            OutputKind::Comments => with_records.push((&writing.comments, new)),
            OutputKind::Redactions => with_records.push((&writing.redactions, new)),
            _ => complete.push(new),
        }
    }
    if let Some(totals) = totals {
        complete.push(totals.complete(&summary)?);
    }
    if let Some(((mut page, reporting), stats)) = page.zip(writing.report.as_ref()).zip(stats) {
        let report = page::render(&config, &stats, &summary, began_at, reporting.form, Some(&writing));
        page.write_all(report.as_bytes()).context("cannot write the report")?;
        complete.push(page.complete()?);
    }
    let (removed_ids, manifest) = manifests.complete()?;
    // All outputs are complete here, so a full disk can no longer break a commit.
    match keeps_the_old(&config, &summary) {
        // The manifest is never newer than the records.
        None => {
            let with_records = with_records.into_iter().map(|(_, new)| new);
            complete.extend(records.into_iter().chain(with_records).chain(removed_ids).chain(manifest));
        }
        Some(reason) => {
            removed_parts.clear();
            let ManifestOptions { output, removed, .. } = &writing.manifests;
            let replaces = |new: &[Complete]| new.iter().any(Complete::replaces);
            let manifests = [(removed, removed_ids.as_slice()), (output, manifest.as_slice())];
            let kept = [(&writing.output, replaces(&records))].into_iter();
            let kept = kept.chain(with_records.iter().map(|(path, new)| (*path, new.replaces())));
            let kept = kept.chain(manifests.map(|(path, new)| (path, replaces(new))));
            for (path, replaces) in kept {
                if let Some(path) = path.as_deref().filter(|_| replaces) {
                    say(format_args!("ingest: {} is left as it was: {reason}", name_of(path)))?;
                }
            }
        }
    }
    Complete::place_all(complete, &removed_parts)?;
    totals::report(&writing.totals, suppressed, &summary)?;
    conclude(&config, &summary)
}
