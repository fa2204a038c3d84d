//! The subcommand `expect`.

use std::path::PathBuf;

use crate::args::common::{format, today};
use crate::args::rules::{ConfigArgs, RuleArgs};
use crate::args::{ArgMatches, Args, Color, Error, ErrorKind, Task, wrong};
use news_ingest::expect::{Day, Expectations};
use news_ingest::findings::policy::Policy;
use news_ingest::findings::render::FindingFormat;

/// Arguments of `expect`.
#[derive(Debug, Args)]
pub struct ExpectArgs {
    /// A file that `--summary` has written, or `-` for stdin; may have several summaries, one a line
    #[arg(value_name = "SUMMARY", required = true)]
    summaries: Vec<PathBuf>,

    /// Judge as on DATE [default: today, in Korea]
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,

    /// Format of the findings
    #[arg(long, value_name = "FORMAT", default_value = "concise", value_parser = format())]
    format: FindingFormat,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value_t = Color::Auto, value_enum)]
    color: Color,

    #[command(flatten)]
    rules: RuleArgs,

    #[command(flatten)]
    beside: ConfigArgs,
}

/// Resolved options of `expect`.
#[derive(Debug)]
pub struct ExpectOptions {
    /// Files with summaries.
    pub summaries: Vec<PathBuf>,
    /// Expectations of the configuration.
    pub expectations: Expectations,
    /// Day on which the archive is judged.
    pub as_of: Day,
    /// Levels of the rules.
    pub policy: Policy,
    /// Format of the findings.
    pub format: FindingFormat,
    /// When to use colour.
    pub color: Color,
}

/// Examples, printed before the arguments.
pub const EXAMPLES: &str = "\
Examples:
  ingest check --shard 1/2 --summary 1.json seeds/
  ingest check --shard 2/2 --summary 2.json seeds/
  ingest expect 1.json 2.json             the verdict on the whole";

/// Exit status, printed after the arguments.
pub const STATUS: &str = "\
Exit status: 0 all expectations are met, 1 one is not,
2 the work could not be done.";

impl ExpectArgs {
    /// Resolves the arguments and the configuration file.
    ///
    /// # Errors
    /// The configuration file is invalid or expects nothing.
    pub fn task(self, given: &ArgMatches) -> Result<Task, Error> {
        let ExpectArgs { summaries, as_of, format, color, rules, beside } = self;
        let (policy, defaults) = rules.beside(&beside, given)?;
        let Some(expectations) = defaults.expectations else {
            let message = "the configuration has no `[expect]`: there is nothing to judge by".to_owned();
            return Err(wrong(ErrorKind::ValueValidation, message));
        };
        let as_of = as_of.unwrap_or_else(today);
        Ok(Task::Expect(ExpectOptions { summaries, expectations, as_of, policy, format, color }))
    }
}
