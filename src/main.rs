//! From the arguments to the exit code.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;
use std::{panic, thread};

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use anyhow::{Context, Error, anyhow};
use news_ingest::cli::{Checking, Color, Config, Task};
use news_ingest::crawl;
use news_ingest::explain::run::Target;
use news_ingest::input::Sources;
use news_ingest::output::replacement::Replacement;
use news_ingest::pipeline::{Pipeline, READER};
use news_ingest::quote::{escape, quote};
use news_ingest::report::Teller;
use news_ingest::run;
use news_ingest::summary::Summary;

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
        Task::Ingest(config) => ingest(config),
        Task::Check(config, checking) => check(config, checking),
        Task::Explain(explainer, targets, color) => {
            let mut pages = AutoStream::new(io::stdout(), choice(color, &io::stdout()));
            let targets = Target::all(targets).map_err(|wrong| anyhow!(wrong.join("\ningest: ")))?;
            let all_accepted = explainer.run(targets, &mut pages).context("cannot write")?;
            Ok(if all_accepted { ExitCode::SUCCESS } else { ExitCode::from(REJECTED) })
        }
        Task::Print(document) => {
            io::stdout().write_all(&document).context("cannot write")?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn ingest(config: Config) -> Result<ExitCode, Error> {
    let mut findings = coloured(io::stderr(), &config);
    let mut teller = Teller::new(&mut findings, config.format.report(), config.least(), u64::MAX);
    let summary = read(&config, Some(&mut io::stdout().lock()), &mut teller)?;
    conclude(&config, &summary)
}

fn check(config: Config, checking: Checking) -> Result<ExitCode, Error> {
    let Checking { output, max_findings, statistics, summary_file } = checking;
    let report = config.format.report();
    let (summary, left_out) = match &output {
        None => {
            let mut findings = coloured(io::stdout(), &config);
            let mut teller = Teller::new(&mut findings, report, config.least(), max_findings);
            (read(&config, None, &mut teller)?, teller.left_out())
        }
        Some(path) => {
            let cannot_write = || format!("cannot write {}", quote(&path.to_string_lossy()));
            let mut file = Replacement::of(path).with_context(cannot_write)?;
            let mut findings = coloured(file.file(), &config);
            let mut teller = Teller::new(&mut findings, report, config.least(), max_findings);
            let told = (read(&config, None, &mut teller)?, teller.left_out());
            file.commit().with_context(cannot_write)?;
            told
        }
    };
    if left_out > 0 {
        say(format_args!("ingest: {left_out} more findings, counted but not told; see --max-findings"))?;
    }
    if statistics {
        write!(io::stderr(), "{}", summary.statistics()).context("cannot write the statistics")?;
    }
    if let Some(path) = summary_file {
        append(&path, summary.markdown())
            .with_context(|| format!("cannot write {}", quote(&path.to_string_lossy())))?;
    }
    conclude(&config, &summary)
}

/// Reads what `config` names. Without `records` it only validates.
fn read(config: &Config, records: Option<&mut dyn Write>, teller: &mut Teller<'_>) -> Result<Summary, Error> {
    let sources = Sources::of(config.inputs.clone(), config.max_file_size).map_err(|missing| {
        let missing =
            missing.iter().map(|(path, error)| format!("{}: {error}", escape(&path.to_string_lossy())));
        anyhow!(missing.collect::<Vec<_>>().join("\ningest: "))
    })?;
    let pipeline = Pipeline {
        threads: config.threads,
        policy: config.policy.clone(),
        max_file_size: config.max_file_size,
        records: records.is_some(),
        excerpts: config.format.shows_lines(),
        read: crawl::read,
    };
    Ok(run::run(&pipeline, sources, records.unwrap_or(&mut io::sink()), teller, config.fail_fast)?)
}

/// Says what the run came to, and turns it into the exit status.
fn conclude(config: &Config, summary: &Summary) -> Result<ExitCode, Error> {
    if summary.is_empty() {
        say(format_args!("ingest: nothing to read: no {} here", config.inputs.selection))?;
    }
    if config.summary {
        if summary.stopped {
            say("ingest: stopped at the first rejected file")?;
        }
        say(summary)?;
    }
    let is_clean = !summary.is_empty() && config.max_rejected.allows(summary.rejected, summary.files());
    Ok(if is_clean || config.exit_zero { ExitCode::SUCCESS } else { ExitCode::from(REJECTED) })
}

/// Writes a line to stderr.
fn say(line: impl Display) -> Result<(), Error> {
    writeln!(io::stderr(), "{line}").context("cannot write the summary")
}

/// Adds `text` to the end of the file at `path`.
fn append(path: &Path, text: impl Display) -> io::Result<()> {
    write!(File::options().append(true).create(true).open(path)?, "{text}")
}

/// `stream`, with colours only where they are wanted.
fn coloured<S: RawStream>(stream: S, config: &Config) -> AutoStream<S> {
    // What programs read is passed on as it is.
    let color = if config.format.is_coloured() { config.color } else { Color::Always };
    let choice = choice(color, &stream);
    AutoStream::new(stream, choice)
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
