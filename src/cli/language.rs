//! The language of a page: as asked for, or as the locale says.

use std::env;

use super::ValueEnum;
use crate::page::Language;

/// What can be asked for.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Lang {
    /// Korean
    Ko,
    /// English
    En,
}

/// What was asked for, or the locale's.
pub fn language(asked: Option<Lang>) -> Language {
    match asked {
        Some(Lang::Ko) => Language::Korean,
        Some(Lang::En) => Language::English,
        None => Language::of_locale(&locale()),
    }
}

/// The locale of messages, as POSIX looks for it.
fn locale() -> String {
    let set = |name| env::var(name).ok().filter(|value| !value.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default()
}
