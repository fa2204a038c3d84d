//! The subcommand `report`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::language::{Lang, language};
use super::{ArgMatches, Args, Config, Error, ErrorKind, Shared, Task, wrong};
use crate::compression::Compression;
use crate::output::destination::{is_stdout, name_of};
use crate::page::Language;
use crate::report::Format;

/// Arguments of `report`.
#[derive(Debug, Args)]
pub struct Report {
    #[command(flatten)]
    shared: Shared,

    #[command(flatten)]
    page: Page,
}

/// Arguments for the page.
#[derive(Debug, Args)]
#[command(next_help_heading = "Page")]
struct Page {
    /// Write the page to FILE, which is replaced once it is complete [default: stdout]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The language of the page [default: that of the locale, English if it is another]
    #[arg(long, value_name = "LANG", value_enum)]
    lang: Option<Lang>,
}

/// Output options of the page.
#[derive(Debug)]
pub struct Reporting {
    /// Output file; stdout if `None`.
    pub output: Option<PathBuf>,
    /// Language of the page.
    pub language: Language,
}

/// Examples, printed before the arguments.
pub const EXAMPLES: &str = "\
Examples:
  ingest report seeds/ -o report.html     the archive at a glance
  ingest report --lang ko dump.tar.zst > report.html
  ingest seeds/ --report report.html > articles.jsonl    both in one run";

impl Report {
    /// Resolves the arguments and the configuration file.
    ///
    /// # Errors
    /// The level of a rule is lowered but fixed, or the configuration file is invalid.
    pub fn task(self, given: &ArgMatches) -> Result<Task, Error> {
        let Report { shared, page: Page { output, lang } } = self;
        let config = Config::of(shared, Format::Concise, given)?;
        let output = output.filter(|path| !is_stdout(path));
        output.iter().try_for_each(|path| refuse_unless_page(path))?;
        Ok(Task::Report(config, Reporting { output, language: language(lang) }))
    }
}

/// Refuses a file name whose ending means another format than HTML, compressed or not.
///
/// # Errors
/// The ending is not one of a page.
pub fn refuse_unless_page(path: &Path) -> Result<(), Error> {
    let name = path.file_stem().filter(|_| Compression::of(path).is_some()).map_or(path, Path::new);
    let is_page = |ending: &OsStr| ["html", "htm"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    match name.extension().is_none_or(is_page) {
        true => Ok(()),
        false => Err(wrong(
            ErrorKind::ValueValidation,
            format!("the page is HTML, which the ending of {} is not: `.html` is", name_of(path)),
        )),
    }
}
