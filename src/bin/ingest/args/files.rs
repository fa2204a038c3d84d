//! The subcommand `files`.

use crate::args::rules::ConfigArgs;
use crate::args::{Args, Error, Task, ValueEnum, input};

/// Arguments of `files`.
#[derive(Debug, Args)]
pub struct FilesArgs {
    #[command(flatten)]
    inputs: input::InputArgs,

    #[command(flatten)]
    beside: ConfigArgs,

    /// Format of the list
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    format: FileFormat,
}

/// Format of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FileFormat {
    /// One path per line, for people
    Text,
    /// One JSON object per line, which `--as-found` reads
    Jsonl,
}

/// Examples, printed before the arguments.
pub const EXAMPLES: &str = "\
Examples:
  ingest files seeds/                     what `ingest seeds/` would read
  ingest files --format jsonl seeds/ > files.jsonl
  split -n l/4 files.jsonl part- && ingest --as-found --files-from part-aa";

/// Exit status, printed after the arguments.
pub const STATUS: &str = "\
Exit status: 0 every file can be opened, 1 one cannot or none was found,
2 the work could not be done.";

impl FilesArgs {
    /// Resolves the arguments and the configuration file.
    ///
    /// # Errors
    /// The configuration file or a glob is invalid.
    pub fn task(self) -> Result<Task, Error> {
        let FilesArgs { inputs, beside, format } = self;
        let names = beside.configuration()?.names;
        Ok(Task::Files(inputs.over(names)?, format))
    }
}
