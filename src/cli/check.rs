//! The subcommand `check`.

use std::path::PathBuf;

use super::{ArgMatches, Args, Config, Error, Shared, Task};
use crate::report::Format;

/// What was typed behind `check`.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    shared: Shared,

    #[command(flatten)]
    telling: Telling,
}

/// What was typed of the findings.
#[derive(Debug, Args)]
#[command(next_help_heading = "Findings")]
struct Telling {
    /// Write the findings to FILE, which is replaced once they are complete
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Tell the first N findings, but count all [default: 1000 in text, concise and github, 25000 in sarif, else all]
    #[arg(long, value_name = "N")]
    max_findings: Option<u64>,

    /// Count the findings of each rule, on stderr
    #[arg(long)]
    statistics: bool,

    /// Append the totals to FILE, in Markdown
    #[arg(long, value_name = "FILE")]
    summary_file: Option<PathBuf>,
}

/// What `check` tells, and where.
#[derive(Debug)]
pub struct Checking {
    /// Where the findings go; to stdout if nowhere else.
    pub output: Option<PathBuf>,
    /// How many findings are told.
    pub max_findings: u64,
    /// Whether the findings of each rule are counted.
    pub statistics: bool,
    /// What the totals are appended to.
    pub summary_file: Option<PathBuf>,
}

/// What stands before the arguments.
pub const EXAMPLES: &str = "\
Examples:
  ingest check seeds/                     what is wrong with a folder
  ingest check -D warnings seeds/         whatever is doubtful is wrong
  ingest check --statistics seeds/        how often each rule is broken
  ingest check --format sarif -o findings.sarif seeds/
  ingest check --format github --summary-file $GITHUB_STEP_SUMMARY seeds/";

impl Check {
    /// How to read, and what to tell.
    ///
    /// # Errors
    /// A rule is lowered that cannot be, or the configuration file is wrong.
    pub fn task(self, given: &ArgMatches) -> Result<Task, Error> {
        let Check { shared, telling } = self;
        let config = Config::of(shared, Format::Text, given)?;
        let Telling { output, max_findings, statistics, summary_file } = telling;
        let max_findings = max_findings.unwrap_or(config.format.usual_limit());
        Ok(Task::Check(config, Checking { output, max_findings, statistics, summary_file }))
    }
}
