//! The subcommand `report`.

use std::path::{Path, PathBuf};

use crate::args::language::{Lang, language};
use crate::args::totals::{has_ending, is_markdown};
use crate::args::{ArgMatches, Args, CommonArgs, Config, Error, ErrorKind, Task, wrong};
use news_ingest::findings::render::FindingFormat;
use news_ingest::output::sink::{is_stdout, name_of};
use news_ingest::report::html::Language;

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

    /// Write the card of a data set, the README.md of Hugging Face, instead of the page; so does a FILE that ends in
    /// `.md`
    #[arg(long)]
    card: bool,
}

/// Output options of the report.
#[derive(Debug)]
pub struct ReportOptions {
    /// Output file; stdout if `None`.
    pub output: Option<PathBuf>,
    /// Form of the report.
    pub form: ReportForm,
}

/// Form of the report.
#[derive(Debug, Clone, Copy)]
pub enum ReportForm {
    /// An HTML page in a language.
    Page(Language),
    /// The card of a data set, in Markdown.
    Card,
}

impl ReportForm {
    /// The form that the ending of `path` means; `card` overrides it.
    ///
    /// # Errors
    /// The ending is that of another format, or `lang` is given for a card, which is in English.
    pub fn new(path: Option<&Path>, card: bool, lang: Option<Lang>) -> Result<ReportForm, Error> {
        let is_card = card || path.is_some_and(is_markdown);
        match path {
            _ if is_card && lang.is_some() => Err(wrong(
                ErrorKind::ArgumentConflict,
                "the card of a data set is in English: `--lang` is for the page".to_owned(),
            )),
            _ if is_card => Ok(ReportForm::Card),
            Some(path) if has_ending(path, &["html", "htm"]) == Some(false) => Err(wrong(
                ErrorKind::ValueValidation,
                format!(
                    "the page is HTML, which the ending of {} is not: `.html` is, and `.md` is the card of a data set",
                    name_of(path)
                ),
            )),
            _ => Ok(ReportForm::Page(language(lang))),
        }
    }
}

/// Examples, printed before the arguments.
pub const EXAMPLES: &str = "\
Examples:
  ingest report seeds/ -o report.html     the archive at a glance
  ingest report --lang ko dump.tar.zst > report.html
  ingest report seeds/ -o README.md       the card of a data set
  ingest seeds/ --report report.html > articles.jsonl    both in one run";

impl ReportArgs {
    /// Resolves the arguments and the configuration file.
    ///
    /// # Errors
    /// The level of a rule is lowered but fixed, or the configuration file is invalid.
    pub fn task(self, given: &ArgMatches) -> Result<Task, Error> {
        let ReportArgs { shared, page: PageArgs { output, lang, card } } = self;
        let config = Config::resolve(shared, FindingFormat::Concise, given)?;
        let output = output.filter(|path| !is_stdout(path));
        let form = ReportForm::new(output.as_deref(), card, lang)?;
        Ok(Task::Report(config, ReportOptions { output, form }))
    }
}
