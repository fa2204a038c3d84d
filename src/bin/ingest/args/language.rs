//! Language of the page: an argument, or the locale.

use std::env;

use crate::args::ValueEnum;
use news_ingest::report::html::Language;

/// Values of `--lang`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Lang {
    /// Korean
    Ko,
    /// English
    En,
}

/// Returns the requested language, or that of the locale.
pub fn language(asked: Option<Lang>) -> Language {
    match asked {
        Some(Lang::Ko) => Language::Korean,
        Some(Lang::En) => Language::English,
        None => Language::of_locale(&locale()),
    }
}

/// Returns the locale of messages by the rules of POSIX.
fn locale() -> String {
    let set = |name| env::var(name).ok().filter(|value| !value.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default()
}
