//! From the arguments to the exit code.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;
use std::{env, panic, thread};

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use anyhow::{Context, Error, anyhow};
use news_ingest::census::Census;
use news_ingest::cli::{Checking, Color, Config, Reporting, Task, Writing};
use news_ingest::crawl;
use news_ingest::explain::run::Target;
use news_ingest::input::{Source, Sources};
use news_ingest::ledger::Dedup;
use news_ingest::output::destination::{Complete, Destination};
use news_ingest::output::parts::Parts;
use news_ingest::output::replacement::{Replacement, remove_drafts};
use news_ingest::output::written::Written;
use news_ingest::page::{self, About};
use news_ingest::pipeline::{Pipeline, READER};
use news_ingest::quote::{escape, quote};
use news_ingest::report::Teller;
use news_ingest::run::{self, Dropping, Streams};
use news_ingest::signals;
use news_ingest::summary::Summary;
use news_ingest::time::UtcTime;

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
        Task::Ingest(config, writing) => ingest(config, writing),
        Task::Check(config, checking) => check(config, checking),
        Task::Report(config, reporting) => report(config, reporting),
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

fn ingest(config: Config, writing: Writing) -> Result<ExitCode, Error> {
    let written = written(writing.targets(), &config)?;
    let sources = sources(&config, &written)?;
    let mut records = Parts::of(writing.output.as_deref(), writing.format, writing.fields, writing.limit)?;
    let mut rejects = writing.rejects.as_deref().map(Destination::beside).transpose()?;
    let mut comments = writing.comments.as_deref().map(Destination::beside).transpose()?;
    let totals = writing.summary.as_deref().map(Destination::beside).transpose()?;
    let page = writing
        .report
        .as_ref()
        .and_then(|report| report.output.as_deref())
        .map(Destination::beside)
        .transpose()?;
    let mut census = writing.report.is_some().then(Census::default);
    let began_at = now();
    let mut findings = coloured(io::stderr(), &config);
    let mut teller = Teller::new(&mut findings, config.format.report(), config.least(), u64::MAX);
    let rejects_too = rejects.as_mut().map(|rejects| rejects as &mut dyn Write);
    let mut stderr = io::stderr();
    let streams = Streams {
        records: &mut records,
        rejects: rejects_too,
        comments: comments.as_mut().map(|comments| comments as &mut dyn Write),
        left_out: writing.verbose.then_some(&mut stderr as &mut dyn Write),
        census: census.as_mut(),
        teller: &mut teller,
    };
    let dropping = Dropping { dedup: writing.dedup, fail_fast: config.fail_fast };
    let summary =
        run::run(&pipeline(&config, Some(&writing), writing.report.is_some()), sources, streams, dropping)?;
    let records = records.complete()?;
    let rejects = rejects.map(Destination::complete).transpose()?;
    let comments = comments.map(Destination::complete).transpose()?;
    let totals = totals.map(|mut totals| {
        totals.write_all(summary.json().as_bytes()).context("cannot write the summary")?;
        Ok::<_, Error>(totals.complete()?)
    });
    let totals = totals.transpose()?;
    let page = page.zip(writing.report.as_ref()).zip(census);
    let page = page.map(|((mut page, Reporting { language, .. }), census)| {
        let about = about(&config, &summary, began_at);
        let html = page::html(&census, &summary, &about, *language);
        page.write_all(html.as_bytes()).context("cannot write the report")?;
        Ok::<_, Error>(page.complete()?)
    });
    let page = page.transpose()?;
    // Nothing can fail any more for want of room.
    records.place()?;
    [rejects, comments, totals, page].into_iter().flatten().try_for_each(Complete::place)?;
    conclude(&config, &summary)
}

fn check(config: Config, checking: Checking) -> Result<ExitCode, Error> {
    let Checking { output, max_findings, statistics, summary_file } = checking;
    let report = config.format.report();
    let written = written(output.iter().cloned().collect(), &config)?;
    let sources = sources(&config, &written)?;
    let (summary, left_out) = match &output {
        None => {
            let mut findings = coloured(io::stdout(), &config);
            let mut teller = Teller::new(&mut findings, report, config.least(), max_findings);
            (validate(&config, sources, &mut teller, None)?, teller.left_out())
        }
        Some(path) => {
            let cannot_write = || format!("cannot write {}", quote(&path.to_string_lossy()));
            let mut file = Replacement::of(path).with_context(cannot_write)?;
            let mut findings = coloured(file.file(), &config);
            let mut teller = Teller::new(&mut findings, report, config.least(), max_findings);
            let told = (validate(&config, sources, &mut teller, None)?, teller.left_out());
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

fn report(config: Config, Reporting { output, language }: Reporting) -> Result<ExitCode, Error> {
    let written = written(output.iter().cloned().collect(), &config)?;
    let sources = sources(&config, &written)?;
    let file = output.as_deref().map(Destination::beside).transpose()?;
    let mut findings = coloured(io::stderr(), &config);
    let mut teller = Teller::new(&mut findings, config.format.report(), config.least(), u64::MAX);
    let mut census = Census::default();
    let began_at = now();
    let summary = validate(&config, sources, &mut teller, Some(&mut census))?;
    let html = page::html(&census, &summary, &about(&config, &summary, began_at), language);
    match file {
        Some(mut file) => {
            file.write_all(html.as_bytes()).context("cannot write the report")?;
            file.complete()?.place()?;
        }
        None => io::stdout().write_all(html.as_bytes()).context("cannot write the report")?,
    }
    conclude(&config, &summary)
}

/// What a page says of the run beside its counts.
fn about(config: &Config, summary: &Summary, began_at: Option<UtcTime>) -> About {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    About {
        version: env!("CARGO_PKG_VERSION"),
        command: page::command(arguments.iter().map(|argument| argument.to_string_lossy())),
        began_at,
        is_clean: is_clean(config, summary),
    }
}

/// The time, if the clock shows one that a calendar has.
fn now() -> Option<UtcTime> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
    UtcTime::of_unix_seconds(i64::try_from(since.as_secs()).ok()?)
}

/// The old files in the place of `targets`, from which nothing may be read. What is half written goes with a signal.
fn written(targets: Vec<PathBuf>, config: &Config) -> Result<Written, Error> {
    if !targets.is_empty() {
        signals::end_after(remove_drafts).context("cannot wait for signals")?;
    }
    if let Some(twice) = Written::twice(&targets) {
        return Err(anyhow!("{} is written twice", quote(&twice.to_string_lossy())));
    }
    let written = Written::of(targets);
    match config.inputs.paths.iter().find(|path| written.is_at(path).unwrap_or(false)) {
        Some(path) => Err(anyhow!("{} is both read and written", quote(&path.to_string_lossy()))),
        None => Ok(written),
    }
}

/// What `config` names, but for what is written.
fn sources<'w>(
    config: &Config,
    written: &'w Written,
) -> Result<impl Iterator<Item = Source> + Send + use<'w>, Error> {
    let sources = Sources::of(config.inputs.clone(), config.max_file_size).map_err(|missing| {
        let missing =
            missing.iter().map(|(path, error)| format!("{}: {error}", escape(&path.to_string_lossy())));
        anyhow!(missing.collect::<Vec<_>>().join("\ningest: "))
    })?;
    Ok(sources.filter(|source| !matches!(source, Source::File(path) if written.holds(path))))
}

/// Reads `sources`, and only validates.
fn validate(
    config: &Config,
    sources: impl Iterator<Item = Source> + Send,
    teller: &mut Teller<'_>,
    census: Option<&mut Census>,
) -> Result<Summary, Error> {
    let pipeline = pipeline(config, None, census.is_some());
    let streams =
        Streams { records: &mut io::sink(), rejects: None, comments: None, left_out: None, census, teller };
    let dropping = Dropping { dedup: None, fail_fast: config.fail_fast };
    Ok(run::run(&pipeline, sources, streams, dropping)?)
}

/// How to read, as `config` and what is written ask.
fn pipeline(config: &Config, writing: Option<&Writing>, sketches: bool) -> Pipeline {
    Pipeline {
        threads: config.threads,
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
        read: crawl::read,
    }
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
    let is_success = is_clean(config, summary) || config.exit_zero;
    Ok(if is_success { ExitCode::SUCCESS } else { ExitCode::from(REJECTED) })
}

/// Whether there was something to read, and no more of it was rejected than is tolerated.
fn is_clean(config: &Config, summary: &Summary) -> bool {
    !summary.is_empty() && config.max_rejected.allows(summary.rejected, summary.files())
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
