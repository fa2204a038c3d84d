//! From the arguments to the exit code.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use std::{panic, thread};

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use anyhow::{Context, Error, anyhow};
use news_ingest::cli::{Color, Config, Task};
use news_ingest::crawl;
use news_ingest::finding::Level;
use news_ingest::input::Sources;
use news_ingest::pipeline::{Pipeline, READER};
use news_ingest::quote::escape;
use news_ingest::report::text::Text;
use news_ingest::run;

const REJECTED: u8 = 1;
const FAILED: u8 = 2;
/// What a shell reports of a program that SIGPIPE ended.
const READER_WENT_AWAY: u8 = 128 + 13;

fn main() -> ExitCode {
    let task = match Task::from_args() {
        Ok(task) => task,
        Err(usage) => {
            let code = if usage.use_stderr() { ExitCode::from(FAILED) } else { ExitCode::SUCCESS };
            return if usage.print().is_ok() { code } else { ExitCode::from(FAILED) };
        }
    };
    keep_contained_panics_quiet();
    match perform(task) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::from(READER_WENT_AWAY),
        Err(error) => {
            // Where even this cannot be written, the exit status has to say it.
            let _ = writeln!(io::stderr(), "ingest: {error:#}");
            ExitCode::from(FAILED)
        }
    }
}

fn perform(task: Task) -> Result<ExitCode, Error> {
    match task {
        Task::Ingest(config) => {
            let mut findings = AutoStream::new(io::stderr(), choice(config.color, &io::stderr()));
            read(config, Some(&mut io::stdout().lock()), &mut findings)
        }
        Task::Check(config) => {
            let mut findings = AutoStream::new(io::stdout(), choice(config.color, &io::stdout()));
            read(config, None, &mut findings)
        }
    }
}

/// Reads what `config` names. Without `records` it only validates.
fn read(
    config: Config,
    records: Option<&mut dyn Write>,
    findings: &mut dyn Write,
) -> Result<ExitCode, Error> {
    let sources = Sources::of(config.paths).map_err(|missing| {
        let missing =
            missing.iter().map(|(path, error)| format!("{}: {error}", escape(&path.to_string_lossy())));
        anyhow!(missing.collect::<Vec<_>>().join("\ningest: "))
    })?;
    let pipeline = Pipeline {
        threads: config.threads,
        levels: config.levels,
        max_file_size: config.max_file_size,
        records: records.is_some(),
        read: crawl::read,
    };
    let least = if config.warnings { Level::Warning } else { Level::Error };
    let mut report = Text::new(findings, least);
    let summary = run::run(&pipeline, sources, records.unwrap_or(&mut io::sink()), &mut report)?;
    if summary.is_empty() {
        say("ingest: nothing to read: no *.md, *.markdown or *.txt here").context("cannot write")?;
    }
    if config.summary {
        say(&summary).context("cannot write the summary")?;
    }
    let is_clean = summary.rejected == 0 && !summary.is_empty();
    Ok(if is_clean || config.exit_zero { ExitCode::SUCCESS } else { ExitCode::from(REJECTED) })
}

/// Writes a line to stderr.
fn say(line: impl Display) -> io::Result<()> {
    writeln!(io::stderr(), "{line}")
}

fn choice(color: Color, stream: &impl RawStream) -> ColorChoice {
    match color {
        Color::Auto => AutoStream::choice(stream),
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
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
