//! The subcommand `diff`.

use std::path::PathBuf;

use crate::args::common::DEFAULT_MAX_FILE_SIZE;
use crate::args::input::selection;
use crate::args::names::NameParser;
use crate::args::rules::{ConfigArgs, RuleArgs};
use crate::args::{ArgMatches, Args, Error, Task, number, size, usual_threads};
use crate::config_file::ConfigFile;
use news_ingest::findings::policy::Policy;
use news_ingest::input::selection::Selection;
use news_ingest::layout::Layouts;
use news_ingest::manifest::render::DiffFormat;
use news_ingest::text::suggest::unknown;

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// A manifest, a folder, an archive or a crawl file
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// Another one, of any of these kinds
    #[arg(value_name = "NEW")]
    new: PathBuf,

    /// Format of the differences
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format())]
    format: DiffFormat,

    /// Read files with N threads [default: as for `ingest`]
    #[arg(short = 'j', long, value_name = "N", allow_negative_numbers = true, value_parser = number::threads)]
    threads: Option<u16>,

    /// Reject files larger than SIZE; K, M and G mean KiB, MiB and GiB [default: 16M]
    #[arg(long, value_name = "SIZE", value_parser = size::parse)]
    max_file_size: Option<usize>,

    #[command(flatten)]
    rules: RuleArgs,

    #[command(flatten)]
    beside: ConfigArgs,
}

/// Resolved arguments of `diff`.
#[derive(Debug)]
pub struct DiffOptions {
    /// One side.
    pub old: PathBuf,
    /// The other side.
    pub new: PathBuf,
    /// Format of the differences.
    pub format: DiffFormat,
    /// Number of reader threads, at first and at most.
    pub threads: std::ops::RangeInclusive<usize>,
    /// Maximum size of a file in bytes; larger files are rejected.
    pub max_file_size: usize,
    /// Levels of the rules by path.
    pub policy: Policy,
    /// Layouts by path.
    pub layouts: Layouts,
    /// Names of the files that are read in folders.
    pub selection: Selection,
}

/// Examples, printed before the arguments.
pub const EXAMPLES: &str = "\
Examples:
  ingest diff old.manifest.jsonl seeds/   what has changed since then
  ingest diff monday.tar.zst tuesday.tar.zst
  ingest diff --format jsonl old.jsonl new.jsonl | jq -r 'select(.kind==\"text\").id'";

/// Exit status, printed after the arguments.
pub const STATUS: &str = "\
Exit status: 0 no difference, 1 differences, 2 the work could not be done or
a folder could not be read.";

impl DiffArgs {
    /// Resolves the arguments and the configuration file.
    ///
    /// # Errors
    /// The level of a rule is lowered but fixed, or the configuration file is invalid.
    pub fn task(self, given: &ArgMatches) -> Result<Task, Error> {
        let DiffArgs { old, new, format, threads, max_file_size, rules, beside } = self;
        let (policy, defaults) = rules.beside(&beside, given)?;
        let ConfigFile { names, max_file_size: usual_size, threads: usual, layouts, .. } = defaults;
        let threads = threads.or(usual).filter(|threads| *threads > 0).map(usize::from);
        Ok(Task::Diff(DiffOptions {
            old,
            new,
            format,
            threads: threads.map_or_else(usual_threads, |threads| threads..=threads),
            max_file_size: max_file_size.or(usual_size).unwrap_or(DEFAULT_MAX_FILE_SIZE),
            policy,
            layouts,
            selection: selection(names)?,
        }))
    }
}

fn format() -> NameParser<DiffFormat> {
    NameParser::new(DiffFormat::ALL.map(|(name, _)| name), |name| {
        let names = DiffFormat::ALL.map(|(name, _)| name);
        name.parse().map_err(|_| unknown("format of differences", name, names))
    })
}
