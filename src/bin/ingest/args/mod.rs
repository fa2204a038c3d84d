//! The command line: arguments as typed (`Arguments`), and the resolved [`Task`].

mod check;
mod command_line;
mod common;
mod diff;
mod documents;
mod exclusions;
mod expect;
mod explain;
mod files;
mod infer;
mod input;
mod language;
mod manifest;
pub mod names;
pub mod number;
mod records;
mod redaction;
mod report;
mod rules;
pub mod size;
mod tolerance;
mod totals;

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{
    Arg, ArgAction, ArgMatches, Args, Command as Syntax, CommandFactory, Error, FromArgMatches, Parser,
    Subcommand, ValueEnum,
};

pub use clap::Error as UsageError;

pub use crate::args::check::CheckOptions;
pub use crate::args::common::{Color, Config, When};
pub use crate::args::diff::DiffOptions;
pub use crate::args::expect::ExpectOptions;
pub use crate::args::files::FileFormat;
pub use crate::args::infer::InferOptions;
pub use crate::args::manifest::ManifestOptions;
pub use crate::args::records::WriteOptions;
pub use crate::args::report::{ReportForm, ReportOptions};
pub use crate::args::tolerance::MaxRejected;
pub use crate::args::totals::{TotalsOptions, is_markdown};

use crate::args::check::Check;
use crate::args::common::{CommonArgs, usual_threads};
use crate::args::diff::DiffArgs;
use crate::args::documents::DocumentCommand;
use crate::args::expect::ExpectArgs;
use crate::args::explain::Explain;
use crate::args::files::FilesArgs;
use crate::args::infer::InferArgs;
use crate::args::manifest::ManifestArgs;
use crate::args::records::RecordArgs;
use crate::args::totals::TotalsArgs;
use news_ingest::explain::run::Explainer;
use news_ingest::findings::render::FindingFormat;
use news_ingest::findings::rule::Rule;
use news_ingest::input::Inputs;
use news_ingest::text::suggest::unknown;

/// The command line as typed.
#[derive(Debug, Parser)]
#[command(
    name = "ingest", version, about, long_about = LONG_ABOUT, max_term_width = 80,
    help_template = HELP, before_help = EXAMPLES, after_help = STATUS,
    args_conflicts_with_subcommands = true, subcommand_negates_reqs = true, disable_help_subcommand = true,
    propagate_version = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    ingest: Ingest,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Validate only: findings to stdout, a summary to stderr, no records
    #[command(help_template = HELP, before_help = check::EXAMPLES, after_help = STATUS)]
    Check(Check),

    /// Show an archive at a glance: one HTML page, no records
    #[command(help_template = HELP, before_help = report::EXAMPLES, after_help = STATUS)]
    Report(report::ReportArgs),

    /// Show how files are read, step by step, or what rules mean
    #[command(help_template = HELP, before_help = explain::EXAMPLES, after_help = explain::STATUS)]
    Explain(Explain),

    /// Judge the sum of summaries by `[expect]` of the configuration
    #[command(help_template = HELP, before_help = expect::EXAMPLES, after_help = expect::STATUS)]
    Expect(ExpectArgs),

    /// Show what differs between two manifests, folders or archives
    #[command(help_template = HELP, before_help = diff::EXAMPLES, after_help = diff::STATUS)]
    Diff(DiffArgs),

    /// List the files that would be read, without reading them
    #[command(help_template = HELP, before_help = files::EXAMPLES, after_help = files::STATUS)]
    Files(FilesArgs),

    /// Propose the `[layout]` of another writer's files, with the evidence
    #[command(help_template = HELP, before_help = infer::EXAMPLES, after_help = infer::STATUS)]
    Infer(InferArgs),

    #[command(flatten)]
    Document(DocumentCommand),

    /// Print this help, or that of a command
    #[command(help_template = HELP, before_help = HELP_EXAMPLES)]
    Help {
        /// The command
        #[arg(value_name = "COMMAND")]
        of: Option<String>,
    },
}

/// Arguments of the bare command.
#[derive(Debug, Args)]
struct Ingest {
    #[command(flatten)]
    shared: CommonArgs,

    #[command(flatten)]
    records: RecordArgs,

    #[command(flatten)]
    totals: TotalsArgs,

    #[command(flatten)]
    manifest: ManifestArgs,
}

const LONG_ABOUT: &str = "\
Turns an archive of crawled news into verified articles.

Each crawl file (front matter, then a Markdown body) becomes one line of JSON on stdout, its text verified by \
the file's own SHA-256. What could not be trusted, and why, is told on stderr.";

/// Help template with the examples first.
const HELP: &str = "\
{about-with-newline}
{usage-heading} {usage}

{before-help}{all-args}{after-help}";

const STATUS: &str = "\
Exit status: 0 all files accepted, 1 a file rejected or none found,
2 the work could not be done.";

const EXAMPLES: &str = "\
Examples:
  ingest seeds/ > articles.jsonl          every article of a folder
  ingest -D warnings seeds/ > /dev/null   accept nothing doubtful
  ingest -W hash-mismatch seeds/          unverified articles too, as such
  ingest -o articles.jsonl seeds/         the old file until the new is complete
  ingest - < article.md | jq .title       one crawl file on stdin

A folder named like a command is written `./check`.";

const HELP_EXAMPLES: &str = "\
Examples:
  ingest help                             the commands, and the options of `ingest`
  ingest help check                       the options of `ingest check`";

/// A resolved command.
#[derive(Debug)]
pub enum Task {
    /// Write records.
    Ingest(Config, WriteOptions),
    /// Validate only.
    Check(Config, CheckOptions),
    /// Write the HTML report.
    Report(Config, ReportOptions),
    /// Compare two manifests, folders or archives.
    Diff(DiffOptions),
    /// Explain files and rules.
    Explain(Explainer, Vec<PathBuf>, Color),
    /// Judge summaries.
    Expect(ExpectOptions),
    /// List the files that would be read.
    Files(Inputs, FileFormat),
    /// Propose a layout.
    Infer(InferOptions),
    /// Print a document.
    Print(Vec<u8>),
}

/// Creates a usage error.
fn wrong(kind: ErrorKind, message: String) -> Error {
    Arguments::command().error(kind, message)
}

/// Refuses two outputs to stdout. Each output has its option's name and a flag that is set if it goes to stdout.
fn refuse_two_on_stdout(outputs: &[(&str, bool)]) -> Result<(), Error> {
    let on_stdout: Vec<_> = outputs.iter().filter(|(_, is_there)| *is_there).map(|(name, _)| *name).collect();
    match on_stdout[..] {
        [first, second, ..] => Err(wrong(
            ErrorKind::ArgumentConflict,
            format!("{first} and {second} both go to the standard output: give one of them a file"),
        )),
        _ => Ok(()),
    }
}

impl Task {
    /// Parses the arguments of this process.
    ///
    /// # Errors
    /// A usage error, or the requested help or version text.
    pub fn from_args() -> Result<Self, Error> {
        let matches = matches(env::args_os().skip(1).collect())?;
        let Arguments { command, ingest } = Arguments::from_arg_matches(&matches)?;
        // The positions of options are known only to the matches of their own command.
        let given = matches.subcommand().map_or(&matches, |(_, given)| given);
        match command {
            None => {
                let writing = ingest.records.writing(ingest.manifest.resolve()?, ingest.totals.resolve()?)?;
                Ok(Task::Ingest(Config::resolve(ingest.shared, FindingFormat::Concise, given)?, writing))
            }
            Some(Command::Check(check)) => check.task(given),
            Some(Command::Report(report)) => report.task(given),
            Some(Command::Diff(diff)) => diff.task(given),
            Some(Command::Explain(explain)) => explain.task(given),
            Some(Command::Expect(expect)) => expect.task(given),
            Some(Command::Files(files)) => files.task(),
            Some(Command::Infer(infer)) => infer.task(),
            Some(Command::Document(document)) => document.print().map(Task::Print),
            Some(Command::Help { of }) => Err(help(of.as_deref())),
        }
    }
}

/// Parses `arguments`, those after the program's name. Options may stand before the subcommand.
fn matches(arguments: Vec<OsString>) -> Result<ArgMatches, Error> {
    let syntax = Arguments::command();
    let arguments = command_line::subcommand_first(&syntax, arguments)?;
    let typed = arguments.first().map(|first| first.to_string_lossy().into_owned());
    let line = [OsString::from(syntax.get_name())].into_iter().chain(arguments);
    syntax.clone().try_get_matches_from(line).map_err(|error| match error.kind() {
        // A subcommand would call itself `ingest-check`.
        ErrorKind::DisplayVersion => {
            syntax.clone().try_get_matches_from(["ingest", "-V"]).err().unwrap_or(error)
        }
        _ => {
            let typed = typed.as_deref().filter(|typed| syntax.find_subcommand(typed).is_some());
            command_line::with_owner(error, syntax.clone(), typed)
        }
    })
}

/// Returns the help of the command called `name`, or of the program, as clap's error.
fn help(name: Option<&str>) -> Error {
    let syntax = Arguments::command();
    let names = syntax.get_subcommands().map(Syntax::get_name);
    match name {
        Some(name) if syntax.find_subcommand(name).is_none() => {
            let hint = match name.parse::<Rule>() {
                Ok(rule) => format!("`{rule}` is a rule: see `ingest explain {rule}`"),
                Err(_) => unknown("command", name, names),
            };
            wrong(ErrorKind::InvalidSubcommand, hint)
        }
        name => {
            let line = ["ingest"].into_iter().chain(name).chain(["--help"]);
            let asked = Arguments::command().try_get_matches_from(line);
            asked.err().unwrap_or_else(|| Error::new(ErrorKind::DisplayHelp))
        }
    }
}
