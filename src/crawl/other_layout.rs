//! Tells files of other writers from files of the built-in layout that lack a part.

use std::fmt;

use crate::crawl::body::frame;
use crate::crawl::body::layout::BodyLayout;
use crate::crawl::collector::FindingCollector;
use crate::crawl::front_matter::{Field, FrontMatter};
use crate::findings::rule::{Level, Rule};
use crate::text::escape::quote;

/// Maximum number of keys that the finding names.
const MAX_KEYS: usize = 12;

/// Reports a file that is not of the built-in layout by one finding, in place of those about its parts. Returns `false`,
/// without a finding, for any other file.
///
/// Such a file has neither `oid` nor `aid`, and its body has no pair of rules, or nothing of the template around them.
pub fn report(
    front_matter: &FrontMatter<'_>,
    front_matter_offset: usize,
    body: &str,
    layout: Option<&BodyLayout>,
    report: &mut FindingCollector<'_>,
) -> bool {
    if front_matter.entry(Field::Oid).or(front_matter.entry(Field::Aid)).is_some() {
        return false;
    }
    let rule = match layout {
        None => Rule::NoContent,
        Some(layout) => {
            let frame = frame::read(body, layout);
            let is_framed = frame.bold_line.is_some() || frame.crawled_at.is_some() || frame.url.is_some();
            // If the rule is lowered, the file may give a record.
            if is_framed || report.levels.level(Rule::MissingField) != Level::Error {
                return false;
            }
            Rule::MissingField
        }
    };
    report.discard(&[Rule::YamlDiffers, Rule::KeyOrder]);
    let message = format_args!(
        "the file is not of the built-in layout: it has {}, and neither `oid` nor `aid`; `ingest infer` proposes \
         a `[layout]` for it",
        keys(front_matter)
    );
    report.add(rule, front_matter_offset, message);
    true
}

/// Lists the first keys in the order of the file.
fn keys(front_matter: &FrontMatter<'_>) -> impl fmt::Display {
    let mut entries: Vec<(&str, usize)> = front_matter.entries().map(|(key, _, at)| (key, at)).collect();
    entries.sort_by_key(|(_, at)| *at);
    let names: Vec<String> = entries.iter().take(MAX_KEYS).map(|(key, _)| quote(key).to_string()).collect();
    match (names.len(), entries.len() - names.len()) {
        (0, _) => "no key".to_owned(),
        (1, _) => format!("the key {}", names[0]),
        (_, 0) => format!("the keys {}", names.join(", ")),
        (_, more) => format!("the keys {} and {more} more", names.join(", ")),
    }
}
