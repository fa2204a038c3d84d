//! Where the records go, as it is typed.

use std::path::{Path, PathBuf};

use super::{Args, Arguments, CommandFactory, Error, ErrorKind, PossibleValuesParser, TypedValueParser};
use crate::output::format::Format;
use crate::quote::quote;

/// What was typed about the records.
#[derive(Debug, Args)]
#[command(next_help_heading = "Records")]
pub struct Records {
    /// Write the records to FILE, which is the old file until they are complete
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// How the records are written [default: by FILE's ending, else jsonl]
    #[arg(long, value_name = "FORMAT", value_parser = format())]
    to: Option<Format>,

    /// List the rejected files in FILE, one JSON line each: path, size, SHA-256, findings
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,

    /// Write the totals of the run to FILE, in JSON; those of several runs can be added up
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
}

/// Where the records go.
#[derive(Debug)]
pub struct Writing {
    /// Where the records go; to stdout if nowhere else.
    pub output: Option<PathBuf>,
    /// How they are written.
    pub format: Format,
    /// Where the rejected files are listed.
    pub rejects: Option<PathBuf>,
    /// Where the totals go.
    pub summary: Option<PathBuf>,
}

impl Writing {
    /// Every file that is written.
    pub fn targets(&self) -> impl Iterator<Item = &Path> {
        [&self.output, &self.rejects, &self.summary].into_iter().filter_map(Option::as_deref)
    }
}

impl Records {
    /// What was meant.
    ///
    /// # Errors
    /// What was typed makes no sense.
    pub fn writing(self) -> Result<Writing, Error> {
        let Records { output, to, rejects, summary } = self;
        let format = match (to, &output) {
            (Some(format), _) => format,
            (None, None) => Format::JsonLines(None),
            (None, Some(path)) => Format::of(path).map_err(|unknown| {
                let message = format!("the ending of {} is {unknown}", quote(&path.to_string_lossy()));
                Arguments::command().error(ErrorKind::ValueValidation, message)
            })?,
        };
        Ok(Writing { output, format, rejects, summary })
    }
}

fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(|(name, _)| name)).try_map(|name| name.parse::<Format>())
}
