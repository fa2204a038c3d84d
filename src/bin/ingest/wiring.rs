//! Sets up a run from its arguments.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use news_ingest::census::Census;
use news_ingest::cli::{Config, Showing, Writing};
use news_ingest::crawl;
use news_ingest::input::count::count;
use news_ingest::input::{Inputs, Sources};
use news_ingest::ledger::Dedup;
use news_ingest::output::destination::name_of;
use news_ingest::output::replacement::remove_drafts;
use news_ingest::output::written::Written;
use news_ingest::pipeline::Pipeline;
use news_ingest::progress::Progress;
use news_ingest::quote::{escape, quote};
use news_ingest::report::Teller;
use news_ingest::run::{self, Audience, Dropping, Streams};
use news_ingest::signals;
use news_ingest::store::{abort_uploads, shown};
use news_ingest::summary::Summary;
use news_ingest::system::write_without_waiting;

use super::{Context, Error, anyhow};

/// Checks outputs against inputs and installs the signal clean-up, which removes temporary files and leaves `output` as
/// it was.
pub fn written(targets: Vec<PathBuf>, output: Option<&Path>, config: &Config) -> Result<Written, Error> {
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
    if let Some(twice) = Written::twice(&targets)? {
        return Err(anyhow!("{} is written twice", quote(&twice.to_string_lossy())));
    }
    let written = Written::of(targets)?;
    match config.inputs.paths.iter().find(|path| written.is_at(path).unwrap_or(false)) {
        Some(path) => Err(anyhow!("{} is both read and written", quote(&path.to_string_lossy()))),
        None => Ok(written),
    }
}

/// Opens the inputs of `config` without the outputs of the run.
pub fn sources<'w>(config: &Config, written: &'w Written) -> Result<Sources<'w>, Error> {
    let sources = open(config.inputs.clone(), config.max_file_size)?;
    Ok(sources.without(|path| written.holds(path)))
}

/// Opens all inputs.
pub fn open(inputs: Inputs, max_file_size: usize) -> Result<Sources<'static>, Error> {
    Sources::of(inputs, max_file_size).map_err(|missing| {
        let missing = missing
            .iter()
            .map(|(path, error)| format!("{}: {error}", escape(&shown(path).to_string_lossy())));
        anyhow!(missing.collect::<Vec<_>>().join("\ningest: "))
    })
}

/// Validates `sources` without output.
pub fn validate(
    config: &Config,
    sources: Sources<'_>,
    teller: &mut Teller<'_>,
    progress: &Progress,
    census: Option<&mut Census>,
) -> Result<Summary, run::Failure> {
    let pipeline = pipeline(config, None, census.is_some());
    let dropping = Dropping { dedup: None, fail_fast: config.fail_fast };
    run(&pipeline, sources, Vec::new(), Audience { teller, progress, census }, dropping)
}

/// Reads `sources` and records in the summary if they were an empty list.
pub fn run(
    pipeline: &Pipeline,
    mut sources: Sources<'_>,
    streams: Streams<'_>,
    audience: Audience<'_, '_>,
    dropping: Dropping,
) -> Result<Summary, run::Failure> {
    let summary = run::run(pipeline, audience.progress.watch(&mut sources), streams, audience, dropping)?;
    Ok(Summary { list_is_empty: sources.names_nothing(), ..summary })
}

/// Creates the progress display, which is invisible unless `config` asks for it.
pub fn progress(config: &Config, has_room: bool) -> Progress {
    let is_shown = match config.progress {
        Showing::Auto => has_room && config.summary && io::stderr().is_terminal(),
        Showing::Always => true,
        Showing::Never => false,
    };
    if !is_shown {
        return Progress::default();
    }
    let (progress, inputs) = (Progress::shown(), config.inputs.clone());
    progress.expect(|| count(inputs));
    progress
}

/// Derives the options of the pipeline from the arguments.
pub fn pipeline(config: &Config, writing: Option<&Writing>, sketches: bool) -> Pipeline {
    Pipeline {
        threads: config.threads.clone(),
        policy: config.policy.clone(),
        max_file_size: config.max_file_size,
        records: writing.is_some(),
        rows: writing.is_some_and(|writing| writing.format.takes_rows()),
        fields: writing.and_then(|writing| writing.fields),
        comments: writing.is_some_and(|writing| writing.comments.is_some()),
        redacts: writing.is_some_and(|writing| writing.redacts),
        texts: sketches || writing.is_some_and(|writing| writing.dedup == Some(Dedup::Text)),
        digests: writing.is_some_and(|writing| writing.rejects.is_some()),
        excerpts: config.format.shows_lines() || sketches,
        sketches,
        read: crawl::read_together,
    }
}
