//! Entry point: from the arguments to the exit status.

mod args;
mod commands;
mod config_file;
mod exit_status;
mod terminal;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use std::{panic, thread};

use crate::args::Task;
use anyhow::{Context, Error, anyhow};
use news_ingest::explain::run::ExplainTarget;
use news_ingest::pipeline::WORKER_NAME;
use news_ingest::run;
use news_ingest::sys::signals;

use crate::exit_status::REJECTED;

const FAILED: u8 = 2;
/// Exit status that a shell reports for a program killed by SIGPIPE.
const READER_WENT_AWAY: u8 = 128 + 13;

fn main() -> ExitCode {
    let task = match Task::from_args() {
        Ok(task) => task,
        Err(usage) => {
            let code = if usage.use_stderr() { ExitCode::from(FAILED) } else { ExitCode::SUCCESS };
            return if terminal::print_usage(&usage).is_ok() { code } else { ExitCode::from(FAILED) };
        }
    };
    keep_contained_panics_quiet();
    match perform(task) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::from(READER_WENT_AWAY),
        Err(error) => {
            // If stderr cannot be written either, the exit status is all that is left.
            let _ = terminal::say_error(format_args!("{error:#}"));
            ExitCode::from(FAILED)
        }
    }
}

fn perform(task: Task) -> Result<ExitCode, Error> {
    signals::outlive_size_limits().context("cannot wait for signals")?;
    match task {
        Task::Ingest(config, writing) => commands::write::write(config, writing),
        Task::Check(config, checking) => commands::check::check(config, checking),
        Task::Report(config, reporting) => commands::report::report(config, reporting),
        Task::Diff(options) => commands::diff::diff(options),
        Task::Explain(explainer, targets, color) => {
            let mut pages = terminal::coloured(io::stdout(), color);
            let targets = ExplainTarget::all(targets, explainer.max_file_size)
                .map_err(|wrong| anyhow!(wrong.join("\nerror: ")))?;
            let all_accepted = explainer.run(targets, &mut pages).context("cannot write")?;
            Ok(if all_accepted { ExitCode::SUCCESS } else { ExitCode::from(REJECTED) })
        }
        Task::Expect(options) => commands::expect::expect(options),
        Task::Files(inputs, format) => commands::files::files(inputs, format),
        Task::Infer(options) => commands::infer::infer(options),
        Task::Print(document) => {
            io::stdout().write_all(&document).context("cannot write")?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Silences panics of worker threads: each becomes a finding of its file.
fn keep_contained_panics_quiet() {
    let default = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if thread::current().name() != Some(WORKER_NAME) {
            default(panic);
        }
    }));
}

fn is_broken_pipe(error: &Error) -> bool {
    let system = error.chain().find_map(|cause| match cause.downcast_ref::<run::RunError>() {
        Some(failure) => Some(failure.source()),
        None => cause.downcast_ref::<io::Error>(),
    });
    system.is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
