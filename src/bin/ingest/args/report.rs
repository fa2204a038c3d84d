//! The subcommand `report`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::args::language::{Lang, language};
use crate::args::{ArgMatches, Args, CommonArgs, Config, Error, ErrorKind, Task, wrong};
use news_ingest::findings::render::FindingFormat;
use news_ingest::output::sink::{is_stdout, name_of};
use news_ingest::report::html::Language;
use news_ingest::sys::compression::OutputCodec;

/// Arguments of `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    #[command(flatten)]
    shared: CommonArgs,

    #[command(flatten)]
    page: PageArgs,
}

/// Arguments for the page.
#[derive(Debug, Args)]
#[command(next_help_heading = "Page")]
struct PageArgs {
    /// Write the page to FILE, which is replaced once it is complete [default: stdout]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The language of the page [default: that of the locale, English if it is another]
    #[arg(long, value_name = "LANG", value_enum)]
    lang: Option<Lang>,
}

/// Output options of the page.
#[derive(Debug)]
pub struct ReportOptions {
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

impl ReportArgs {
    /// Resolves the arguments and the configuration file.
    ///
    /// # Errors
    /// The level of a rule is lowered but fixed, or the configuration file is invalid.
    pub fn task(self, given: &ArgMatches) -> Result<Task, Error> {
        let ReportArgs { shared, page: PageArgs { output, lang } } = self;
        let config = Config::resolve(shared, FindingFormat::Concise, given)?;
        let output = output.filter(|path| !is_stdout(path));
        output.iter().try_for_each(|path| refuse_unless_page(path))?;
        Ok(Task::Report(config, ReportOptions { output, language: language(lang) }))
    }
}

/// Refuses a file name whose ending means another format than HTML, compressed or not.
///
/// # Errors
/// The ending is not one of a page.
pub fn refuse_unless_page(path: &Path) -> Result<(), Error> {
    let name = path.file_stem().filter(|_| OutputCodec::from_path(path).is_some()).map_or(path, Path::new);
    let is_page = |ending: &OsStr| ["html", "htm"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    match name.extension().is_none_or(is_page) {
        true => Ok(()),
        false => Err(wrong(
            ErrorKind::ValueValidation,
            format!("the page is HTML, which the ending of {} is not: `.html` is", name_of(path)),
        )),
    }
}
