//! From the arguments to the exit code.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use std::{panic, thread};

use anstream::AutoStream;
use anyhow::{Context, Error, anyhow};
use news_ingest::cli::{Color, Config};
use news_ingest::crawl;
use news_ingest::finding::Level;
use news_ingest::input::Sources;
use news_ingest::pipeline::{Pipeline, READER};
use news_ingest::quote::escape;
use news_ingest::report::text::Text;
use news_ingest::run;
use news_ingest::summary::Summary;

const REJECTED: u8 = 1;
const FAILED: u8 = 2;
/// What a shell reports of a program that SIGPIPE ended.
const READER_WENT_AWAY: u8 = 128 + 13;

fn main() -> ExitCode {
    let config = match Config::from_args() {
        Ok(config) => config,
        Err(usage) => {
            let code = if usage.use_stderr() { ExitCode::from(FAILED) } else { ExitCode::SUCCESS };
            return if usage.print().is_ok() { code } else { ExitCode::from(FAILED) };
        }
    };
    let exit_zero = config.exit_zero;
    keep_contained_panics_quiet();
    match ingest(config) {
        Ok(summary) if exit_zero || summary.rejected == 0 && !summary.is_empty() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(REJECTED),
        Err(error) if is_broken_pipe(&error) => ExitCode::from(READER_WENT_AWAY),
        Err(error) => {
            // Where even this cannot be written, the exit status has to say it.
            let _ = writeln!(io::stderr(), "ingest: {error:#}");
            ExitCode::from(FAILED)
        }
    }
}

fn ingest(config: Config) -> Result<Summary, Error> {
    let sources = Sources::of(config.paths).map_err(|missing| {
        let missing =
            missing.iter().map(|(path, error)| format!("{}: {error}", escape(&path.to_string_lossy())));
        anyhow!(missing.collect::<Vec<_>>().join("\ningest: "))
    })?;
    let pipeline = Pipeline {
        threads: config.threads,
        levels: config.levels,
        max_file_size: config.max_file_size,
        read: crawl::read,
    };
    let color = match config.color {
        Color::Auto => AutoStream::choice(&io::stderr()),
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    };
    let least = if config.warnings { Level::Warning } else { Level::Error };
    let mut findings = Text::new(AutoStream::new(io::stderr(), color), least);
    let summary = run::run(&pipeline, sources, &mut io::stdout().lock(), &mut findings)?;
    if summary.is_empty() {
        findings
            .line("ingest: nothing to read: no *.md, *.markdown or *.txt here")
            .context("cannot write")?;
    }
    if config.summary {
        findings.line(&summary).context("cannot write the summary")?;
    }
    Ok(summary)
}

/// A panic while a file is read becomes a finding of that file: the default message would only add noise.
fn keep_contained_panics_quiet() {
    let default = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if thread::current().name() != Some(READER) {
            default(panic);
        }
    }));
}

fn is_broken_pipe(error: &Error) -> bool {
    let system = error.chain().find_map(|cause| match cause.downcast_ref::<run::Failure>() {
        Some(failure) => Some(failure.source()),
        None => cause.downcast_ref::<io::Error>(),
    });
    system.is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
