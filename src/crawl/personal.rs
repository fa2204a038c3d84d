//! Reports personal data, if a rule asks for it. The whole file is searched: front matter, text and comments.

use std::fmt;

use crate::crawl::collector::FindingCollector;
use crate::findings::rule::{Levels, Rule};
use crate::personal::finder::Finder;
use crate::personal::{Kind, Kinds};
use crate::text::escape::quote;

/// Number of characters of a match that a message shows.
const SHOWN_CHARS: usize = 2;

/// Reports the personal data in the text of a file. No message shows it whole.
pub fn report(text: &str, report: &mut FindingCollector<'_>) {
    let kinds = kinds(report.levels);
    if kinds.is_empty() {
        return;
    }
    for found in Finder::new(text, kinds) {
        let value = &text[found.range.clone()];
        let end = value.char_indices().nth(SHOWN_CHARS).map_or(value.len(), |(end, _)| end);
        let start = fmt::from_fn(|f| write!(f, "{}…", &value[..end])).to_string();
        let message = format_args!("{} stands here: {}", description(found.kind), quote(&start));
        report.add(rule(found.kind), found.range.start, message);
    }
}

/// Returns the kinds whose rules are on.
fn kinds(levels: &Levels) -> Kinds {
    let asked = Kind::ALL.into_iter().filter(|kind| levels.is_on(rule(*kind)));
    asked.fold(Kinds::NONE, Kinds::with)
}

fn rule(kind: Kind) -> Rule {
    match kind {
        Kind::Email => Rule::PersonalEmail,
        Kind::Phone => Rule::PersonalPhone,
        Kind::Rrn => Rule::PersonalRrn,
        Kind::Card => Rule::PersonalCard,
        Kind::Account => Rule::PersonalAccount,
        Kind::Passport => Rule::PersonalPassport,
        Kind::Plate => Rule::PersonalPlate,
    }
}

fn description(kind: Kind) -> &'static str {
    match kind {
        Kind::Email => "an e-mail address",
        Kind::Phone => "a telephone number",
        Kind::Rrn => "a registration number of a person",
        Kind::Card => "a card number",
        Kind::Account => "a bank account",
        Kind::Passport => "a passport number",
        Kind::Plate => "a licence plate",
    }
}
