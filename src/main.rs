//! From the arguments to the exit code.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;
use std::{env, panic, thread};

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use anyhow::{Context, Error, anyhow};
use news_ingest::census::Census;
use news_ingest::cli::{Checking, Color, Config, Reporting, Showing, Task, Writing};
use news_ingest::crawl;
use news_ingest::explain::run::Target;
use news_ingest::input::count::count;
use news_ingest::input::{Source, Sources};
use news_ingest::ledger::Dedup;
use news_ingest::output::destination::{CannotWrite, Complete, Destination};
use news_ingest::output::parts::Parts;
use news_ingest::output::replacement::{Replacement, remove_drafts};
use news_ingest::output::written::Written;
use news_ingest::page::{self, About};
use news_ingest::pipeline::{Pipeline, READER};
use news_ingest::progress::Progress;
use news_ingest::quote::{escape, quote};
use news_ingest::report::Teller;
use news_ingest::run::{self, Audience, Dropping, Kind, Streams};
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
            let _ = io::stderr().write_all(format!("ingest: {error:#}\n").as_bytes());
            ExitCode::from(FAILED)
        }
    }
}

fn perform(task: Task) -> Result<ExitCode, Error> {
    signals::outlive_size_limits().context("cannot wait for signals")?;
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
    let beside = [(Kind::Comments, &writing.comments), (Kind::Rejects, &writing.rejects)];
    let beside = beside.into_iter().filter_map(|(kind, path)| Some((kind, path.as_deref()?)));
    let beside = beside.map(|(kind, path)| Ok((kind, Destination::beside(path)?)));
    let mut beside = beside.collect::<Result<Vec<_>, CannotWrite>>()?;
    let totals = writing.summary.as_deref().map(Destination::beside).transpose()?;
    let page = writing.report.as_ref().and_then(|report| report.output.as_deref());
    let page = page.map(Destination::beside).transpose()?;
    let mut census = writing.report.is_some().then(Census::default);
    let began_at = now();
    let has_room = writing.output.is_some() || !io::stdout().is_terminal() && !is_piped(&io::stdout());
    let progress = progress(&config, has_room);
    let mut left_out = progress.above(io::stderr());
    let mut streams: Streams<'_> = vec![(Kind::Records, &mut records)];
    streams.extend(beside.iter_mut().map(|(kind, stream)| (*kind, stream as &mut dyn Write)));
    if writing.verbose {
        streams.push((Kind::LeftOut, &mut left_out));
    }
    let mut findings = progress.above(coloured(io::stderr(), &config));
    let mut teller = Teller::new(&mut findings, config.format.report(), config.least(), u64::MAX);
    let audience = Audience { teller: &mut teller, progress: &progress, census: census.as_mut() };
    let dropping = Dropping { dedup: writing.dedup, fail_fast: config.fail_fast };
    let pipeline = pipeline(&config, Some(&writing), writing.report.is_some());
    let ran = run::run(&pipeline, progress.watch(sources), streams, audience, dropping);
    drop(progress);
    let summary = ran.map_err(|failure| {
        let path = match failure {
            run::Failure::Writing(Kind::Records, _) => &writing.output,
            run::Failure::Writing(Kind::Rejects, _) => &writing.rejects,
            run::Failure::Writing(Kind::Comments, _) => &writing.comments,
            _ => &None,
        };
        named(failure, path.as_deref())
    })?;
    let records = records.complete()?;
    let mut complete =
        beside.into_iter().map(|(_, stream)| stream.complete()).collect::<Result<Vec<_>, _>>()?;
    if let Some(mut totals) = totals {
        totals.write_all(summary.json().as_bytes()).context("cannot write the summary")?;
        complete.push(totals.complete()?);
    }
    if let Some(((mut page, Reporting { language, .. }), census)) =
        page.zip(writing.report.as_ref()).zip(census)
    {
        let html = page::html(&census, &summary, &about(&config, &summary, began_at), *language);
        page.write_all(html.as_bytes()).context("cannot write the report")?;
        complete.push(page.complete()?);
    }
    // Nothing can fail any more for want of room.
    records.place()?;
    complete.into_iter().try_for_each(Complete::place)?;
    conclude(&config, &summary)
}

fn check(config: Config, checking: Checking) -> Result<ExitCode, Error> {
    let Checking { output, max_findings, statistics, summary_file } = checking;
    let report = config.format.report();
    let written = written(output.iter().cloned().collect(), &config)?;
    let sources = sources(&config, &written)?;
    let progress = progress(&config, output.is_some() || !is_piped(&io::stdout()));
    let (summary, left_out) = match &output {
        None => {
            let mut findings = progress.above(coloured(io::stdout(), &config));
            let mut teller = Teller::new(&mut findings, report, config.least(), max_findings);
            let ran = validate(&config, sources, &mut teller, &progress, None);
            (ran.map_err(|failure| named(failure, None))?, teller.left_out())
        }
        Some(path) => {
            let mut file = Replacement::of(path).with_context(|| cannot_write(path))?;
            let mut findings = coloured(file.file(), &config);
            let mut teller = Teller::new(&mut findings, report, config.least(), max_findings);
            let ran = validate(&config, sources, &mut teller, &progress, None);
            let told = (ran.map_err(|failure| named(failure, Some(path)))?, teller.left_out());
            file.commit().with_context(|| cannot_write(path))?;
            told
        }
    };
    drop(progress);
    if left_out > 0 {
        say(format_args!("ingest: {left_out} more findings, counted but not told; see --max-findings"))?;
    }
    if statistics {
        let statistics = summary.statistics().to_string();
        io::stderr().write_all(statistics.as_bytes()).context("cannot write the statistics")?;
    }
    if let Some(path) = summary_file {
        append(&path, summary.markdown()).with_context(|| cannot_write(&path))?;
    }
    conclude(&config, &summary)
}

fn report(config: Config, Reporting { output, language }: Reporting) -> Result<ExitCode, Error> {
    let written = written(output.iter().cloned().collect(), &config)?;
    let sources = sources(&config, &written)?;
    let file = output.as_deref().map(Destination::beside).transpose()?;
    let progress = progress(&config, output.is_some() || !is_piped(&io::stdout()));
    let mut findings = progress.above(coloured(io::stderr(), &config));
    let mut teller = Teller::new(&mut findings, config.format.report(), config.least(), u64::MAX);
    let mut census = Census::default();
    let began_at = now();
    let ran = validate(&config, sources, &mut teller, &progress, Some(&mut census));
    drop(progress);
    let summary = ran.map_err(|failure| named(failure, None))?;
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
    let written = Written::of(targets)?;
    match config.inputs.paths.iter().find(|path| written.is_at(path).unwrap_or(false)) {
        Some(path) => Err(anyhow!("{} is both read and written", quote(&path.to_string_lossy()))),
        None => Ok(written),
    }
}

/// What `config` names, but for what is written.
fn sources<'w>(config: &Config, written: &'w Written) -> Result<Sources<'w>, Error> {
    let sources = Sources::of(config.inputs.clone(), config.max_file_size).map_err(|missing| {
        let missing =
            missing.iter().map(|(path, error)| format!("{}: {error}", escape(&path.to_string_lossy())));
        anyhow!(missing.collect::<Vec<_>>().join("\ningest: "))
    })?;
    Ok(sources.without(|path| written.holds(path)))
}

/// Reads `sources`, and only validates.
fn validate(
    config: &Config,
    sources: impl Iterator<Item = Source> + Send,
    teller: &mut Teller<'_>,
    progress: &Progress,
    census: Option<&mut Census>,
) -> Result<Summary, run::Failure> {
    let pipeline = pipeline(config, None, census.is_some());
    let dropping = Dropping { dedup: None, fail_fast: config.fail_fast };
    let audience = Audience { teller, progress, census };
    run::run(&pipeline, progress.watch(sources), Vec::new(), audience, dropping)
}

/// The progress of a run that reads what `config` names, if it is to be shown.
fn progress(config: &Config, has_room: bool) -> Progress {
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

/// Whether another program reads `stream`, which may write to the same terminal.
fn is_piped(stream: &impl AsFd) -> bool {
    let stream = stream.as_fd().try_clone_to_owned().map(File::from);
    let kind = stream.and_then(|stream| stream.metadata()).map(|metadata| metadata.file_type());
    kind.is_ok_and(|kind| kind.is_fifo() || kind.is_socket())
}

/// How to read, as `config` and what is written ask.
fn pipeline(config: &Config, writing: Option<&Writing>, sketches: bool) -> Pipeline {
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

/// Writes a line to stderr, in one piece: others may write there too.
fn say(line: impl Display) -> Result<(), Error> {
    io::stderr().write_all(format!("{line}\n").as_bytes()).context("cannot write the summary")
}

/// What could not be done, by the name of the file that it was done to, if it was one.
fn named(failure: run::Failure, path: Option<&Path>) -> Error {
    match path {
        Some(path) => Error::new(failure.into_source()).context(cannot_write(path)),
        None => failure.into(),
    }
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", quote(&path.to_string_lossy()))
}

/// Adds `text` to the end of the file at `path`.
fn append(path: &Path, text: impl Display) -> io::Result<()> {
    File::options().append(true).create(true).open(path)?.write_all(text.to_string().as_bytes())
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
