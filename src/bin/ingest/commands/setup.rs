//! Sets up a run from its arguments.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::args::{Config, When, WriteOptions};
use news_ingest::crawl;
use news_ingest::input::count::count;
use news_ingest::input::{Inputs, Sources};
use news_ingest::output::sink::atomic_file::remove_drafts;
use news_ingest::output::sink::name_of;
use news_ingest::output::sink::overlap::OutputPaths;
use news_ingest::pipeline::PipelineOptions;
use news_ingest::progress::Progress;
use news_ingest::run;
use news_ingest::run::Expected;
use news_ingest::run::id_index::Dedup;
use news_ingest::run::revisions::Revisions;
use news_ingest::run::{Observers, Sinks, SkipOptions};
use news_ingest::store::{abort_uploads, shown};
use news_ingest::summary::Summary;
use news_ingest::sys::signals;
use news_ingest::sys::write_without_waiting;
use news_ingest::text::escape::{escape, quote};

use crate::{Context, Error, anyhow};

/// Checks outputs against inputs and installs the signal clean-up, which removes temporary files and leaves `output` as
/// it was.
pub fn written(targets: Vec<PathBuf>, output: Option<&Path>, config: &Config) -> Result<OutputPaths, Error> {
    if !targets.is_empty() {
        let name = output.map(name_of);
        let clean_up = move |signal| {
            let (drafts, held) = remove_drafts();
            if let Some(name) = name.filter(|_| drafts > 0) {
                let line = format!("ingest: {name} is left as it was: signal {signal} ended the run\n");
                write_without_waiting(io::stderr(), line.as_bytes());
            }
            (held, abort_uploads())
        };
        signals::end_after(clean_up).context("cannot wait for signals")?;
    }
    if let Some(twice) = OutputPaths::twice(&targets)? {
        return Err(anyhow!("{} is written twice", quote(&twice.to_string_lossy())));
    }
    let written = OutputPaths::new(targets)?;
    match config.inputs.paths.iter().find(|path| written.is_at(path).unwrap_or(false)) {
        Some(path) => Err(anyhow!("{} is both read and written", quote(&path.to_string_lossy()))),
        None => Ok(written),
    }
}

/// Opens the inputs of `config` without the outputs of the run.
pub fn sources<'w>(config: &Config, written: &'w OutputPaths) -> Result<Sources<'w>, Error> {
    let sources = open(config.inputs.clone(), config.max_file_size)?;
    Ok(sources.excluding(|path| written.holds(path)))
}

/// Opens all inputs.
pub fn open(inputs: Inputs, max_file_size: usize) -> Result<Sources<'static>, Error> {
    Sources::new(inputs, max_file_size).map_err(|missing| {
        let missing = missing
            .iter()
            .map(|(path, error)| format!("{}: {error}", escape(&shown(path).to_string_lossy())));
        anyhow!(missing.collect::<Vec<_>>().join("\nerror: "))
    })
}

/// Validates `sources` without records.
pub fn validate(
    config: &Config,
    sources: Sources<'_>,
    sinks: Sinks<'_>,
    observers: Observers<'_, '_>,
) -> Result<Summary, run::RunError> {
    let mut pipeline = pipeline(config, None, observers.stats.is_some());
    pipeline.hash_files |= observers.baseline.is_some() || !sinks.lines.is_empty();
    if observers.tracking.is_on() {
        pipeline.list_files();
    }
    let skip = SkipOptions { fail_fast: config.fail_fast, ..SkipOptions::default() };
    run(&pipeline, sources, sinks, observers, skip)
}

/// Expectations of the run, which are judged if it reads the whole archive.
pub fn expected(config: &Config) -> Option<Expected<'_>> {
    let as_of = (!config.is_partial()).then_some(config.as_of);
    config.expectations.as_ref().map(|expectations| Expected { expectations, as_of })
}

/// Reads the inputs of `config` to find the latest copy of each article.
///
/// # Errors
/// An input can be read only once, or a thread cannot be started.
pub fn latest(config: &Config, written: &OutputPaths, progress: &Progress) -> Result<Revisions, Error> {
    let list = config.inputs.list.as_ref().map(|list| &list.path);
    if let Some(path) = config.inputs.paths.iter().chain(list).find(|path| is_read_once(path)) {
        return Err(anyhow!(
            "`--keep latest` reads the files twice, and {} can be read only once: save it as a file",
            name_of(path)
        ));
    }
    let pipeline = PipelineOptions { collect_metrics: false, ..pipeline(config, None, false) };
    let mut inputs = config.inputs.clone();
    // The second reading tells what it skips.
    inputs.selection.skip_listener = None;
    let mut sources = open(inputs, config.max_file_size)?.excluding(|path| written.holds(path));
    Ok(run::latest(&pipeline, progress.watch(&mut sources), progress)?)
}

/// Returns `true` for the standard input, pipes and devices.
fn is_read_once(path: &Path) -> bool {
    path.as_os_str() == "-" || path.metadata().is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

/// Reads `sources` and records in the summary if they were an empty list.
pub fn run(
    pipeline: &PipelineOptions,
    mut sources: Sources<'_>,
    sinks: Sinks<'_>,
    observers: Observers<'_, '_>,
    skip: SkipOptions,
) -> Result<Summary, run::RunError> {
    let summary = run::run(pipeline, observers.progress.watch(&mut sources), sinks, observers, skip)?;
    Ok(Summary { list_is_empty: sources.names_nothing(), ..summary })
}

/// Creates the progress display, which is invisible unless `config` asks for it.
pub fn progress(config: &Config, has_room: bool) -> Progress {
    let is_shown = match config.progress {
        When::Auto => has_room && !config.verbose && config.summary && io::stderr().is_terminal(),
        When::Always => true,
        When::Never => false,
    };
    if !is_shown {
        return Progress::default();
    }
    let (progress, mut inputs) = (Progress::shown(), config.inputs.clone());
    inputs.selection.skip_listener = None;
    progress.expect(|| count(inputs));
    progress
}

/// Derives the options of the pipeline from the arguments.
pub fn pipeline(config: &Config, writing: Option<&WriteOptions>, collect_metrics: bool) -> PipelineOptions {
    PipelineOptions {
        threads: config.threads.clone(),
        policy: config.policy.clone(),
        layouts: config.layouts.clone(),
        max_file_size: config.max_file_size,
        exclusions: config.exclusions.clone(),
        encode: writing.map(|writing| writing.format.encoding(writing.fields)),
        encode_comments: writing.is_some_and(|writing| writing.comments.is_some()),
        redactor: writing.and_then(|writing| writing.redactor.clone()).map(Arc::new),
        list_redactions: writing.is_some_and(|writing| writing.redactions.is_some()),
        hash_texts: collect_metrics || writing.is_some_and(|writing| writing.dedup == Some(Dedup::Text)),
        hash_files: writing.is_some_and(|writing| writing.totals.rejects.is_some()),
        manifest: None,
        trusted_times: None,
        attach_snippets: config.format.shows_lines() || collect_metrics,
        collect_metrics: collect_metrics || config.expectations.is_some(),
        read_batch: crawl::read_batch,
        ..PipelineOptions::default()
    }
}
