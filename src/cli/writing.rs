//! Where the records go, as it is typed.

use std::path::{Path, PathBuf};

use super::configuration::nearest;
use super::{
    Args, Arguments, CommandFactory, Error, ErrorKind, PossibleValuesParser, TypedValueParser, ValueEnum,
};
use crate::ledger::Dedup;
use crate::output::fields::{Fields, KEYS};
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

    /// Write only these keys of the record, separated by commas
    #[arg(long, value_name = "KEYS", value_parser = fields)]
    fields: Option<Fields>,

    /// Replace e-mail addresses in `byline`, `authors` and `text` by `[email]`
    ///
    /// A record whose text had any says `"verified":false`, for its text cannot be proved any more; its `content_hash`
    /// is still that of the text in the file, and finds it there. Titles, URLs and `extra` stay as they are, and so
    /// does an address that is written in another way, such as `hong (at) example.com`.
    #[arg(long, value_name = "WHAT", value_enum)]
    redact: Option<Redact>,

    /// Leave out articles that an earlier file of the run has, by its id or its text
    ///
    /// The first in order is kept. Those left out are no `duplicate` and no `id-conflict`; they are counted, and
    /// listed with -v.
    #[arg(long, value_name = "BY", value_enum)]
    dedup: Option<By>,

    /// List what --dedup leaves out, on stderr
    #[arg(short, long)]
    verbose: bool,

    /// List the rejected files in FILE, one JSON line each: path, size, SHA-256, findings
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,

    /// Write the totals of the run to FILE, in JSON; those of several runs can be added up
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
}

/// What makes an article the same as an earlier one.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    /// The same id, whatever the text
    Id,
    /// The same text, whatever the id
    Text,
}

/// What is replaced.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Redact {
    /// E-mail addresses
    Emails,
}

/// Where the records go, and what of them.
#[derive(Debug)]
pub struct Writing {
    /// Where the records go; to stdout if nowhere else.
    pub output: Option<PathBuf>,
    /// How they are written.
    pub format: Format,
    /// The keys that are kept, if not all.
    pub fields: Option<Fields>,
    /// Whether e-mail addresses are replaced.
    pub redacts: bool,
    /// What is left out.
    pub dedup: Option<Dedup>,
    /// Whether what is left out is listed.
    pub verbose: bool,
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
        let Records { output, to, fields, redact, dedup, verbose, rejects, summary } = self;
        let format = match (to, &output) {
            (Some(format), _) => format,
            (None, None) => Format::JsonLines(None),
            (None, Some(path)) => Format::of(path).map_err(|unknown| {
                let message = format!("the ending of {} is {unknown}", quote(&path.to_string_lossy()));
                Arguments::command().error(ErrorKind::ValueValidation, message)
            })?,
        };
        let dedup = dedup.map(|by| match by {
            By::Id => Dedup::Id,
            By::Text => Dedup::Text,
        });
        Ok(Writing { output, format, fields, redacts: redact.is_some(), dedup, verbose, rejects, summary })
    }
}

fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(|(name, _)| name)).try_map(|name| name.parse::<Format>())
}

fn fields(names: &str) -> Result<Fields, String> {
    Fields::of(names.split(',').map(str::trim)).map_err(|name| {
        let nearest = nearest(name, KEYS.into_iter());
        format!("no key of the record is called {}; the nearest is `{nearest}`", quote(name))
    })
}
