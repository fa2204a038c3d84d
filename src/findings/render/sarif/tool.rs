//! The tool component of a SARIF log, with all rules.

use serde::Serialize;

use crate::findings::docs::RuleDoc;
use crate::findings::rule::{Level, Rule};

/// The `tool` object: this program.
#[derive(Debug, Serialize)]
pub struct Tool {
    driver: Driver,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: Rule,
    short_description: Description,
    full_description: Description,
    help: Help,
    default_configuration: Configuration,
}

#[derive(Debug, Serialize)]
struct Description {
    text: String,
}

#[derive(Debug, Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Debug, Serialize)]
struct Configuration {
    enabled: bool,
    level: Level,
}

impl Tool {
    /// Describes this program at its version.
    pub fn new() -> Tool {
        Tool {
            driver: Driver {
                name: "ingest",
                semantic_version: env!("CARGO_PKG_VERSION"),
                information_uri: env!("CARGO_PKG_HOMEPAGE"),
                rules: Rule::ALL.iter().copied().map(Descriptor::new).collect(),
            },
        }
    }
}

impl Descriptor {
    fn new(rule: Rule) -> Descriptor {
        let enabled = rule.default_level() != Level::Off;
        let level = if enabled { rule.default_level() } else { Level::Warning };
        let RuleDoc { meaning, reason, remedy, .. } = RuleDoc::new(rule);
        Descriptor {
            id: rule,
            short_description: Description { text: rule.summary().to_owned() },
            full_description: Description { text: unwrapped(meaning) },
            help: Help {
                text: format!("{meaning}\n\n{reason}\n\n{remedy}"),
                markdown: format!(
                    "{meaning}\n\n## Why it matters\n\n{reason}\n\n## What to do\n\n{remedy}\n\n\
                     `ingest explain {rule}` shows an example."
                ),
            },
            default_configuration: Configuration { enabled, level },
        }
    }
}

/// Joins the lines of each paragraph of `text`.
fn unwrapped(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}
