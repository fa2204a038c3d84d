//! The subcommand `explain`.

use std::path::PathBuf;

use crate::args::common::DEFAULT_MAX_FILE_SIZE;
use crate::args::names::RuleOrFile;
use crate::args::rules::{ConfigArgs, RuleArgs};
use crate::args::{ArgMatches, Args, Color, Error, Task, ValueEnum, size};
use news_ingest::explain::run::{ExplainFormat, Explainer};

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// A crawl file, `-` for one on stdin, or the code of a rule
    ///
    /// A file named like a rule is written `./duplicate`.
    #[arg(value_name = "FILE|RULE", required = true, value_parser = RuleOrFile, hide_possible_values = true)]
    targets: Vec<PathBuf>,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    format: FormatArg,

    /// Read no file larger than SIZE; K, M and G mean KiB, MiB and GiB [default: 16M]
    #[arg(long, value_name = "SIZE", value_parser = size::parse)]
    max_file_size: Option<usize>,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value_t = Color::Auto, value_enum)]
    color: Color,

    #[command(flatten)]
    rules: RuleArgs,

    #[command(flatten)]
    beside: ConfigArgs,
}

/// Format of explanations.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatArg {
    /// Pages for people
    Text,
    /// One JSON array
    Json,
}

/// Examples, printed before the arguments.
pub const EXAMPLES: &str = "\
Examples:
  ingest explain seeds/article.md         each line's reading, down to the hash
  ingest explain hash-mismatch            what a rule means, and what to do
  ingest explain --format json - < a.md   the same for machines";

/// Exit status, printed after the arguments.
pub const STATUS: &str = "\
Exit status: 0 every file would be accepted, 1 one would be rejected,
2 the work could not be done.";

impl Explain {
    /// Resolves the arguments and the configuration file.
    ///
    /// # Errors
    /// The level of a rule is lowered but fixed, or the configuration file is invalid.
    pub fn task(self, given: &ArgMatches) -> Result<Task, Error> {
        let Explain { targets, format, max_file_size, color, rules, beside } = self;
        let (policy, set) = rules.beside(&beside, given)?;
        let max_file_size = max_file_size.or(set.max_file_size).unwrap_or(DEFAULT_MAX_FILE_SIZE);
        let format = match format {
            FormatArg::Text => ExplainFormat::Text,
            FormatArg::Json => ExplainFormat::Json,
        };
        Ok(Task::Explain(Explainer { policy, layouts: set.layouts, max_file_size, format }, targets, color))
    }
}
