//! Renders the page of a run, with the command line and the time.

use std::env;
use std::time::SystemTime;

use crate::args::Config;
use news_ingest::record::datetime::UtcTime;
use news_ingest::report::html;
use news_ingest::report::html::{Language, RunInfo};
use news_ingest::report::stats::ArchiveStats;
use news_ingest::store::shown;
use news_ingest::summary::Summary;

use crate::exit_status::is_clean;

/// Renders the page in `language`.
pub fn html(
    config: &Config,
    stats: &ArchiveStats,
    summary: &Summary,
    started_at: Option<UtcTime>,
    language: Language,
) -> String {
    let arguments: Vec<_> = env::args_os().skip(1).map(|argument| shown(argument.as_ref())).collect();
    let run_info = RunInfo {
        version: env!("CARGO_PKG_VERSION"),
        command: html::command(arguments.iter().map(|argument| argument.to_string_lossy())),
        started_at,
        is_clean: is_clean(config, summary),
    };
    html::html(stats, summary, &run_info, language)
}

/// Returns the current time, or `None` if the clock is out of range.
pub fn now() -> Option<UtcTime> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
    UtcTime::of_unix_seconds(i64::try_from(since.as_secs()).ok()?)
}
