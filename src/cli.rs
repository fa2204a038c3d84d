//! The command line: what was typed (`Arguments`), and what it means ([`Task`]).

mod check;
mod configuration;
mod documents;
mod explain;
mod inputs;
mod language;
mod report;
mod size;
mod tolerance;
mod writing;

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::thread;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{
    ArgMatches, Args, Command as Syntax, CommandFactory, Error, FromArgMatches, Parser, Subcommand, ValueEnum,
};

pub use self::check::Checking;
pub use self::report::Reporting;
pub use self::tolerance::Tolerance;
pub use self::writing::Writing;

use self::check::Check;
use self::configuration::{Configuration, Names};
use self::documents::Document;
use self::explain::Explain;
use self::writing::Records;
use crate::explain::run::Explainer;
use crate::finding::{Level, Rule};
use crate::input::Inputs;
use crate::input::shard::Shard;
use crate::policy::Policy;
use crate::policy::setting::{self, Denied, Setting, WARNINGS};
use crate::report::Format;

/// What was typed.
#[derive(Debug, Parser)]
#[command(
    name = "ingest", version, about, long_about = LONG_ABOUT, max_term_width = 80,
    help_template = HELP, before_help = EXAMPLES, after_help = STATUS,
    args_conflicts_with_subcommands = true, subcommand_negates_reqs = true, disable_help_subcommand = true
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
    Report(report::Report),

    /// Show how files are read, step by step, or what rules mean
    #[command(help_template = HELP, before_help = explain::EXAMPLES, after_help = explain::STATUS)]
    Explain(Explain),

    #[command(flatten)]
    Document(Document),
}

/// The bare command.
#[derive(Debug, Args)]
struct Ingest {
    #[command(flatten)]
    shared: Shared,

    #[command(flatten)]
    records: Records,
}

/// What the bare command, `check` and `report` have in common.
#[derive(Debug, Args)]
struct Shared {
    #[command(flatten)]
    inputs: inputs::Typed,

    #[command(flatten)]
    rules: Rules,

    #[command(flatten)]
    work: Work,

    #[command(flatten)]
    beside: Beside,

    #[command(flatten)]
    terminal: Terminal,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Rules")]
struct Rules {
    /// Deny: findings of RULE are errors; `warnings` stands for all that are warnings
    #[arg(short = 'D', long, value_name = "RULE", value_parser = denied(), hide_possible_values = true)]
    deny: Vec<Denied>,

    /// Warn: findings of RULE are warnings
    #[arg(short = 'W', long, value_name = "RULE", value_parser = rule(), hide_possible_values = true)]
    warn: Vec<Rule>,

    /// Allow: RULE is not looked for
    #[arg(short = 'A', long, value_name = "RULE", value_parser = rule(), hide_possible_values = true)]
    allow: Vec<Rule>,
}

/// What is set beside the command line.
#[derive(Debug, Args)]
#[command(next_help_heading = "Configuration")]
struct Beside {
    /// Read the configuration from FILE [default: the nearest `ingest.toml`, from the working folder upwards]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Read no configuration
    #[arg(long, conflicts_with = "config")]
    isolated: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Work")]
struct Work {
    /// Read files with N threads [default: one for each core, and more, up to 32, while they wait for the disk]
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,

    /// Reject files of more bytes; K, M and G stand for KiB, MiB and GiB [default: 16M]
    #[arg(long, value_name = "SIZE", value_parser = size::parse)]
    max_file_size: Option<usize>,

    /// Read only the I-th of N parts of the files
    ///
    /// The parts are disjoint, about as large, and together the whole. Which part a file is in follows from its path
    /// relative to PATH alone: it is the same in every run and on every machine. Articles are held against those of
    /// their own part.
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,

    /// Exit with 1 only where more than N files, or more than N% of them, were rejected
    #[arg(long, value_name = "N|N%", default_value = "0", hide_default_value = true)]
    max_rejected: Tolerance,

    /// Stop after the first rejected file
    #[arg(long, conflicts_with = "max_rejected")]
    fail_fast: bool,

    /// Exit with 0 even where files were rejected or none was found
    #[arg(long)]
    exit_zero: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
struct Terminal {
    /// How findings are written [default: concise; text for check]
    #[arg(long, value_name = "FORMAT", value_parser = format())]
    format: Option<Format>,

    /// No summary; twice: no warnings either
    #[arg(short, long, action = clap::ArgAction::Count)]
    quiet: u8,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value_t = Color::Auto, value_enum)]
    color: Color,

    /// When to show on stderr how far the run is
    #[arg(long, value_name = "WHEN", default_value_t = Showing::Auto, value_enum)]
    progress: Showing,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// When to show how far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Showing {
    /// On a terminal, where what goes to stdout goes neither there nor into a pipe, unless `-q` is given.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

const USUAL_MAX_FILE_SIZE: usize = 16 << 20;

const LONG_ABOUT: &str = "\
Turns an archive of crawled news into verified articles.

Each crawl file (front matter, then a Markdown body) becomes one line of JSON on stdout, its text verified by \
the file's own SHA-256. What could not be trusted, and why, is told on stderr.";

/// Examples come first.
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

/// What is to be done.
#[derive(Debug)]
pub enum Task {
    /// Write records.
    Ingest(Config, Writing),
    /// Validate only.
    Check(Config, Checking),
    /// Make a page of it.
    Report(Config, Reporting),
    /// Explain files and rules.
    Explain(Explainer, Vec<PathBuf>, Color),
    /// Print a document.
    Print(Vec<u8>),
}

/// How to read, and what to tell of it.
#[derive(Debug)]
pub struct Config {
    /// What to read, in order.
    pub inputs: Inputs,
    /// What each rule weighs in which file.
    pub policy: Policy,
    /// How many threads read files, at first and at most.
    pub threads: RangeInclusive<usize>,
    /// Files of more bytes are rejected.
    pub max_file_size: usize,
    /// So many rejected files are no failure.
    pub max_rejected: Tolerance,
    /// Whether the first rejected file ends the run.
    pub fail_fast: bool,
    /// Whether rejected files, or none at all, are no failure.
    pub exit_zero: bool,
    /// Whether the run ends with a summary.
    pub summary: bool,
    /// Whether warnings are told.
    pub warnings: bool,
    /// How findings are written.
    pub format: Format,
    /// When to use colour.
    pub color: Color,
    /// When to show how far the run is.
    pub progress: Showing,
}

impl Task {
    /// Reads the arguments of this process.
    ///
    /// # Errors
    /// What clap says of them, which includes help and version.
    pub fn from_args() -> Result<Self, Error> {
        let matches = Arguments::command().try_get_matches()?;
        let Arguments { command, ingest } = Arguments::from_arg_matches(&matches)?;
        // The places of options are known to the command that they were given to.
        let given = matches.subcommand().map_or(&matches, |(_, given)| given);
        match command {
            None => {
                let writing = ingest.records.writing()?;
                Ok(Task::Ingest(Config::of(ingest.shared, Format::Concise, given)?, writing))
            }
            Some(Command::Check(check)) => check.task(given),
            Some(Command::Report(report)) => report.task(given),
            Some(Command::Explain(explain)) => explain.task(given),
            Some(Command::Document(document)) => document.print().map(Task::Print),
        }
    }
}

impl Config {
    /// The least level of finding that is told.
    pub fn least(&self) -> Level {
        if self.warnings { Level::Warning } else { Level::Error }
    }

    fn of(shared: Shared, usual: Format, given: &ArgMatches) -> Result<Self, Error> {
        let Shared { inputs, rules, work, beside, terminal } = shared;
        let (policy, Set { names, max_file_size, threads }) = rules.beside(&beside, given)?;
        let threads = work.threads.or(threads).map(usize::from);
        Ok(Config {
            threads: threads.map_or_else(usual_threads, |threads| threads..=threads),
            inputs: inputs.over(names, work.shard)?,
            policy,
            max_file_size: work.max_file_size.or(max_file_size).unwrap_or(USUAL_MAX_FILE_SIZE),
            max_rejected: work.max_rejected,
            fail_fast: work.fail_fast,
            exit_zero: work.exit_zero,
            summary: terminal.quiet == 0,
            warnings: terminal.quiet < 2,
            format: terminal.format.unwrap_or(usual),
            color: terminal.color,
            progress: terminal.progress,
        })
    }
}

/// One thread a core, and others that read meanwhile where those wait for the disk.
fn usual_threads() -> RangeInclusive<usize> {
    let cores = thread::available_parallelism().map_or(2, |cores| cores.get());
    cores..=cores.max(32)
}

/// What is set beside the command line.
struct Set {
    names: Names,
    max_file_size: Option<usize>,
    threads: Option<u16>,
}

impl Rules {
    /// What was typed, over what is set beside the command line.
    fn beside(self, beside: &Beside, given: &ArgMatches) -> Result<(Policy, Set), Error> {
        let configuration = match &beside.config {
            Some(path) => Configuration::at(path),
            None if beside.isolated => Ok(Configuration::default()),
            None => Configuration::found(),
        };
        let configuration = configuration
            .map_err(|refused| Error::raw(ErrorKind::ValueValidation, format!("{refused}\n")))?;
        let Configuration { settings, folders, names, max_file_size, threads } = configuration;
        let policy = Policy::of(&settings, folders, self.in_order(given))
            .map_err(|error| Arguments::command().error(ErrorKind::ArgumentConflict, error))?;
        Ok((policy, Set { names, max_file_size, threads }))
    }

    /// The settings, in the order in which they were typed.
    fn in_order(self, matches: &ArgMatches) -> Vec<Setting> {
        let places = |option| matches.indices_of(option).into_iter().flatten();
        let one = |level| move |rule| Setting::One(rule, level);
        let denied = self.deny.into_iter().map(Setting::from);
        let warned = self.warn.into_iter().map(one(Level::Warning));
        let allowed = self.allow.into_iter().map(one(Level::Off));
        let mut settings: Vec<(usize, Setting)> = places("deny").zip(denied).collect();
        settings.extend(places("warn").zip(warned));
        settings.extend(places("allow").zip(allowed));
        settings.sort_by_key(|(place, _)| *place);
        settings.into_iter().map(|(_, setting)| setting).collect()
    }
}

fn rule() -> impl TypedValueParser<Value = Rule> {
    PossibleValuesParser::new(setting::codes()).try_map(|code| code.parse::<Rule>())
}

fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(|(name, _)| name)).try_map(|name| name.parse::<Format>())
}

fn denied() -> impl TypedValueParser<Value = Denied> {
    PossibleValuesParser::new(setting::codes().chain([WARNINGS])).try_map(|code| code.parse::<Denied>())
}
