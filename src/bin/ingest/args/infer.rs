//! The subcommand `infer`.

use std::num::NonZero;

use crate::args::{Args, Error, Task, input, number};
use crate::config_file::NameGlobs;
use news_ingest::input::Inputs;

/// Arguments of `infer`.
#[derive(Debug, Args)]
pub struct InferArgs {
    #[command(flatten)]
    inputs: input::InputArgs,

    /// Look at no more than N files, evenly spread over all of them
    #[arg(long, value_name = "N", default_value = "300", value_parser = number::positive)]
    sample: NonZero<u64>,
}

/// Examples, printed before the arguments.
pub const EXAMPLES: &str = "\
Examples:
  ingest infer dump/ > ingest.toml && ingest dump/ > articles.jsonl
  ingest infer --sample 1000 dump.tar.zst  with more evidence";

/// Exit status, printed after the arguments.
pub const STATUS: &str = "\
Exit status: 0 a layout was proposed, 1 no file has front matter that can be read,
2 the work could not be done.";

/// Resolved arguments of `infer`.
#[derive(Debug)]
pub struct InferOptions {
    /// The files.
    pub inputs: Inputs,
    /// Maximum number of files in the sample.
    pub sample: usize,
}

impl InferArgs {
    /// Resolves the arguments. No configuration file is read: the shell may just have emptied the one that is to be
    /// written.
    ///
    /// # Errors
    /// The globs are invalid together.
    pub fn task(self) -> Result<Task, Error> {
        let sample = usize::try_from(self.sample.get()).unwrap_or(usize::MAX);
        Ok(Task::Infer(InferOptions { inputs: self.inputs.over(NameGlobs::default())?, sample }))
    }
}
