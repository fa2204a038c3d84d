//! What the bare command, `check` and `report` have in common: what was typed, and what it means.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::thread;

use super::rules::{Beside, Rules, Set};
use super::tolerance::Tolerance;
use super::{
    ArgAction, ArgMatches, Args, Error, PossibleValuesParser, TypedValueParser, ValueEnum, inputs, size,
    value_parser,
};
use crate::finding::Level;
use crate::input::Inputs;
use crate::input::shard::Shard;
use crate::policy::Policy;
use crate::report::Format;

/// What was typed.
#[derive(Debug, Args)]
pub struct Shared {
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
#[command(next_help_heading = "Work")]
struct Work {
    /// Read files with N threads, 128 at most [default: one for each core, and more, up to 32, while they wait for the disk]
    #[arg(short = 'j', long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
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
    #[arg(short, long, action = ArgAction::Count)]
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
    /// The configuration file, if it was looked up and not named.
    pub configuration: Option<PathBuf>,
    /// When to use colour.
    pub color: Color,
    /// When to show how far the run is.
    pub progress: Showing,
}

/// The bytes that a file may have unless others are asked for.
pub const USUAL_MAX_FILE_SIZE: usize = 16 << 20;

impl Config {
    /// The least level of finding that is told.
    pub fn least(&self) -> Level {
        if self.warnings { Level::Warning } else { Level::Error }
    }

    /// What was meant, its findings told as is usual for the command.
    ///
    /// # Errors
    /// A rule is lowered that cannot be, or the configuration file is wrong.
    pub fn of(shared: Shared, usual: Format, given: &ArgMatches) -> Result<Self, Error> {
        let Shared { inputs, rules, work, beside, terminal } = shared;
        let (policy, Set { found, names, max_file_size, threads }) = rules.beside(&beside, given)?;
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
            configuration: found,
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

fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(|(name, _)| name)).try_map(|name| name.parse::<Format>())
}
