//! The subcommand `diff`: what differs between two manifests, folders or archives.

use std::env;
use std::fs::File;
use std::hash::RandomState;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::args::DiffOptions;
use news_ingest::findings::render::{FindingFormat, Reporter};
use news_ingest::findings::rule::Level;
use news_ingest::input::Inputs;
use news_ingest::manifest::difference::Differences;
use news_ingest::manifest::previous::ROOT_DIFFERS;
use news_ingest::manifest::reader::Manifest;
use news_ingest::manifest::side::Side;
use news_ingest::manifest::totals::Options;
use news_ingest::manifest::writer::ManifestBuilder;
use news_ingest::output::sink::name_of;
use news_ingest::pipeline::{Listing, PipelineOptions};
use news_ingest::progress::Progress;
use news_ingest::run::tracking::Tracking;
use news_ingest::run::{Observers, Sinks, SkipOptions};
use news_ingest::store::{is_url, shown};

use crate::commands::setup::{open, run};
use crate::exit_status::REJECTED;
use crate::terminal::say;
use crate::{Context, Error, FAILED, anyhow};

/// Prints the differences.
pub fn diff(options: DiffOptions) -> Result<ExitCode, Error> {
    // The hashes of values are compared within this process only.
    let keys = RandomState::new();
    let old = side(&options.old, &options, &keys)?;
    let new = side(&options.new, &options, &keys)?;
    let mut differences =
        Differences::find(old, new, &Listing::keys(), &env::temp_dir()).context("cannot compare")?;
    let mut stdout = BufWriter::new(io::stdout().lock());
    let rendered = options.format.render(&mut differences, &mut stdout).and_then(|()| stdout.flush());
    rendered.context("cannot write the differences")?;
    if differences.unknown > 0 {
        let count = differences.unknown;
        say(format_args!(
            "ingest: {count} files not compared: a folder or archive of theirs could not be read"
        ))?;
        return Ok(ExitCode::from(FAILED));
    }
    Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(REJECTED) })
}

/// Opens one side: a manifest if the file begins as one, else what a run reads there.
fn side(path: &Path, options: &DiffOptions, keys: &RandomState) -> Result<Side, Error> {
    let cannot_read = || format!("cannot read {}", name_of(path));
    if !is_url(path) && path.is_file() {
        let file = File::open(path).with_context(cannot_read)?;
        if let Some(manifest) = Manifest::detect(file, |_| Ok(())).with_context(cannot_read)? {
            if !manifest.root_holds() {
                return Err(anyhow!(ROOT_DIFFERS).context(cannot_read()));
            }
            return Side::for_manifest(&manifest).with_context(cannot_read);
        }
    }
    read(path, options, keys)
}

/// Reads what is at `path` as a run does.
fn read(path: &Path, options: &DiffOptions, keys: &RandomState) -> Result<Side, Error> {
    let inputs = Inputs { paths: vec![path.to_owned()], list: None, selection: options.selection.clone() };
    let sources = open(inputs, options.max_file_size)?;
    let pipeline = PipelineOptions {
        threads: options.threads.clone(),
        policy: options.policy.clone(),
        layouts: options.layouts.clone(),
        max_file_size: options.max_file_size,
        hash_files: true,
        manifest: Some(Listing::WithFields(keys.clone())),
        ..PipelineOptions::default()
    };
    let mut nowhere = io::sink();
    let mut reporter = Reporter::new(&mut nowhere, FindingFormat::Concise.report(), Level::Error, 0);
    let progress = Progress::default();
    let mut builder = ManifestBuilder::new(&env::temp_dir());
    let tracking = Tracking::for_manifest(&mut builder);
    let observers = Observers {
        reporter: &mut reporter,
        progress: &progress,
        stats: None,
        tracking,
        baseline: None,
        expected: None,
    };
    run(&pipeline, sources, Sinks::default(), observers, SkipOptions::default())?;
    let paths = vec![shown(path).to_string_lossy().into_owned()];
    let (lines, totals) = builder.finish(Options { paths, ..Options::default() })?;
    Ok(Side::of_run(lines, &totals))
}
