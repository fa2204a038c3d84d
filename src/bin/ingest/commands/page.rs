//! The report of a run: the page, with the command line and the time, or the card of a data set.

use std::env;
use std::path::Path;
use std::time::SystemTime;

use crate::args::{Config, ReportForm, WriteOptions};
use news_ingest::findings::rule::Rule;
use news_ingest::output::sink::{Sink, WriteError};
use news_ingest::record::datetime::UtcTime;
use news_ingest::record::key::Key;
use news_ingest::report::card::{CardInfo, card};
use news_ingest::report::html;
use news_ingest::report::html::RunInfo;
use news_ingest::report::stats::ArchiveStats;
use news_ingest::store::shown;
use news_ingest::summary::Summary;

use crate::exit_status::is_clean;

/// Opens the target of the report, the standard output without a path. A terminal gets the card, but no page.
///
/// # Errors
/// The file cannot be opened, or it is a terminal.
pub fn open(path: Option<&Path>, form: ReportForm) -> Result<Sink, WriteError> {
    match form {
        ReportForm::Page(_) => Sink::of_page(path),
        ReportForm::Card => Sink::beside(path.unwrap_or(Path::new("-"))),
    }
}

/// Renders the report; `writing` is how records are written, if they are.
pub fn render(
    config: &Config,
    stats: &ArchiveStats,
    summary: &Summary,
    started_at: Option<UtcTime>,
    form: ReportForm,
    writing: Option<&WriteOptions>,
) -> String {
    let version = env!("CARGO_PKG_VERSION");
    match form {
        ReportForm::Page(language) => {
            let arguments: Vec<_> = env::args_os().skip(1).map(|argument| shown(argument.as_ref())).collect();
            let run_info = RunInfo {
                version,
                command: html::command(arguments.iter().map(|argument| argument.to_string_lossy())),
                list_command: list_command(config),
                started_at,
                is_clean: is_clean(config, summary),
            };
            html::html(stats, summary, &run_info, language)
        }
        ReportForm::Card => {
            let keys = writing.map_or_else(|| Key::ALL.to_vec(), |writing| writing.fields.keys().collect());
            let kinds = writing.and_then(|writing| writing.redactor.as_ref()).map(|redactor| redactor.kinds);
            let replaced = kinds.into_iter().flat_map(|kinds| kinds.iter()).map(|kind| kind.name()).collect();
            let personal = Rule::ALL.iter().copied().filter(|rule| rule.is_about_personal_data());
            let searched = personal.filter(|rule| config.policy.is_enabled_anywhere(*rule)).collect();
            card(stats, summary, &CardInfo { version, keys, searched, replaced })
        }
    }
}

/// Returns the command that lists all findings of the inputs.
fn list_command(config: &Config) -> String {
    let list = config.inputs.list.iter().flat_map(|list| [Path::new("--files-from"), &list.path]);
    let options = ["check", "-q", "--format", "jsonl"].map(Path::new).into_iter().chain(list);
    let arguments: Vec<_> =
        options.chain(config.inputs.paths.iter().map(|path| path.as_path())).map(shown).collect();
    html::command(arguments.iter().map(|argument| argument.to_string_lossy()))
}

/// Returns the current time, or `None` if the clock is out of range.
pub fn now() -> Option<UtcTime> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
    UtcTime::of_unix_seconds(i64::try_from(since.as_secs()).ok()?)
}
