//! Arguments that the bare command, `check` and `report` share.

use std::io;
use std::io::Write;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::SystemTime;

use crate::args::exclusions::ExclusionArgs;
use crate::args::names::NameParser;
use crate::args::rules::{ConfigArgs, RuleArgs};
use crate::args::tolerance::MaxRejected;
use crate::args::{ArgAction, ArgMatches, Args, Error, ValueEnum, input, number, size};
use crate::config_file::ConfigFile;
use news_ingest::exclusions::Exclusions;
use news_ingest::expect::{Day, Expectations};
use news_ingest::findings::policy::Policy;
use news_ingest::findings::render::FindingFormat;
use news_ingest::findings::rule::Level;
use news_ingest::input::Inputs;
use news_ingest::input::skipped::{SkipListener, Skipped};
use news_ingest::layout::Layouts;
use news_ingest::record::content_hash::ContentHash;
use news_ingest::record::datetime::UtcTime;
use news_ingest::text::escape::escape;
use news_ingest::text::suggest::unknown;

/// Common arguments.
#[derive(Debug, Args)]
pub struct CommonArgs {
    #[command(flatten)]
    inputs: input::InputArgs,

    #[command(flatten)]
    exclusions: ExclusionArgs,

    #[command(flatten)]
    rules: RuleArgs,

    #[command(flatten)]
    work: RunArgs,

    #[command(flatten)]
    beside: ConfigArgs,

    #[command(flatten)]
    terminal: TerminalArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Work")]
struct RunArgs {
    /// Read files with N threads, 128 at most; 0 for the default [default: one for each core, and more, up to 32, while they wait for the disk]
    #[arg(short = 'j', long, value_name = "N", allow_negative_numbers = true, value_parser = number::threads)]
    threads: Option<u16>,

    /// Reject files larger than SIZE; K, M and G mean KiB, MiB and GiB [default: 16M]
    #[arg(long, value_name = "SIZE", value_parser = size::parse)]
    max_file_size: Option<usize>,

    /// Exit with 1 only if more than N files, or more than N% of them, were rejected
    #[arg(long, value_name = "N|N%")]
    max_rejected: Option<MaxRejected>,

    /// Stop after the first rejected file
    #[arg(long, conflicts_with = "max_rejected")]
    fail_fast: bool,

    /// Exit with 0 even if files were rejected or none were found
    #[arg(long)]
    exit_zero: bool,

    /// Judge the archive by `[expect]` of the configuration as on DATE [default: today, in Korea]
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
struct TerminalArgs {
    /// Format of the findings [default: concise; for check by FILE's ending, else text]
    #[arg(long, value_name = "FORMAT", value_parser = format())]
    format: Option<FindingFormat>,

    /// No summary; twice: no warnings either
    #[arg(short, long, action = ArgAction::Count)]
    quiet: u8,

    /// Show what is skipped, and why, on stderr: in folders and archives, and by --dedup, --changed-since and lists of articles
    #[arg(short, long)]
    verbose: bool,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value_t = Color::Auto, value_enum)]
    color: Color,

    /// When to show progress on stderr
    #[arg(long, value_name = "WHEN", default_value_t = When::Auto, value_enum)]
    progress: When,
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

/// When to show progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, where what goes to stdout goes neither there nor into a pipe, unless `-q` is given.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// Resolved shared options.
#[derive(Debug)]
pub struct Config {
    /// Sources to read, in order.
    pub inputs: Inputs,
    /// Articles that are left out.
    pub exclusions: Option<Arc<Exclusions>>,
    /// Levels of the rules by path.
    pub policy: Policy,
    /// Layouts by path.
    pub layouts: Layouts,
    /// Number of reader threads, at first and at most.
    pub threads: RangeInclusive<usize>,
    /// Maximum size of a file in bytes; larger files are rejected.
    pub max_file_size: usize,
    /// Maximum number of rejected files of a successful run, if it was given.
    pub max_rejected: Option<MaxRejected>,
    /// Set if the run stops after the first rejected file.
    pub fail_fast: bool,
    /// Set if rejected files, or no file at all, still mean success.
    pub exit_zero: bool,
    /// Expectations of the archive as a whole.
    pub expectations: Option<Expectations>,
    /// Day on which the archive is judged.
    pub as_of: Day,
    /// Set if the run ends with a summary.
    pub summary: bool,
    /// Set if what is skipped is listed.
    pub verbose: bool,
    /// Set if warnings are reported.
    pub warnings: bool,
    /// Format of the findings.
    pub format: FindingFormat,
    /// Path of the configuration file if it was discovered, `None` if it was named.
    pub configuration: Option<PathBuf>,
    /// SHA-256 of the configuration file.
    pub configuration_hash: Option<ContentHash>,
    /// When to use colour.
    pub color: Color,
    /// When to show progress.
    pub progress: When,
}

/// Default maximum size of a file in bytes: 16 MiB.
pub const DEFAULT_MAX_FILE_SIZE: usize = 16 << 20;

impl Config {
    /// Minimum level of reported findings.
    pub fn least(&self) -> Level {
        if self.warnings { Level::Warning } else { Level::Error }
    }

    /// Returns `true` if the run reads one shard of its files.
    pub fn is_partial(&self) -> bool {
        self.inputs.selection.shard.is_some()
    }

    /// Resolves arguments and configuration file; `usual` is the command's own default format.
    ///
    /// # Errors
    /// The level of a rule is lowered but fixed, or the configuration file or a list is invalid.
    pub fn resolve(shared: CommonArgs, usual: FindingFormat, given: &ArgMatches) -> Result<Self, Error> {
        let CommonArgs { inputs, exclusions, rules, work, beside, terminal } = shared;
        let (policy, defaults) = rules.beside(&beside, given)?;
        let ConfigFile {
            found,
            names,
            max_file_size,
            threads,
            exclusion_files,
            expectations,
            hash,
            layouts,
            ..
        } = defaults;
        let mut inputs = inputs.over(names)?;
        inputs.selection.skip_listener = terminal.verbose.then(skip_listener);
        let threads = work.threads.or(threads).filter(|threads| *threads > 0).map(usize::from);
        Ok(Config {
            threads: threads.map_or_else(usual_threads, |threads| threads..=threads),
            exclusions: exclusions.over(exclusion_files, inputs.use_stdin())?,
            inputs,
            policy,
            layouts,
            max_file_size: work.max_file_size.or(max_file_size).unwrap_or(DEFAULT_MAX_FILE_SIZE),
            max_rejected: work.max_rejected,
            fail_fast: work.fail_fast,
            exit_zero: work.exit_zero,
            expectations,
            as_of: work.as_of.unwrap_or_else(today),
            summary: terminal.quiet == 0,
            verbose: terminal.verbose,
            warnings: terminal.quiet < 2,
            format: terminal.format.unwrap_or(usual),
            configuration: found,
            configuration_hash: hash,
            color: terminal.color,
            progress: terminal.progress,
        })
    }
}

/// Writes a line to stderr for each entry that is passed over.
fn skip_listener() -> SkipListener {
    SkipListener(Arc::new(|path: &Path, reason: Skipped| {
        let line = format!("{}: skipped: {reason}\n", escape(&path.to_string_lossy()));
        // If stderr cannot be written, the findings cannot either, which ends the run.
        let _ = io::stderr().write_all(line.as_bytes());
    }))
}

/// One thread per core at first, and up to 32 if these wait for the disk.
pub fn usual_threads() -> RangeInclusive<usize> {
    let cores = thread::available_parallelism().map_or(2, |cores| cores.get());
    cores..=cores.max(32)
}

/// Today in Korea.
pub fn today() -> Day {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let now = i64::try_from(since.as_secs()).ok().and_then(UtcTime::of_unix_seconds);
    Day(now.map_or(0, |now| now.days_in_korea()))
}

/// Parses the name of a format of findings.
pub fn format() -> NameParser<FindingFormat> {
    NameParser::new(FindingFormat::ALL.map(|(name, _)| name), |name| {
        let names = FindingFormat::ALL.map(|(name, _)| name);
        name.parse().map_err(|_| unknown("format of findings", name, names))
    })
}
