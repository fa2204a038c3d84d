//! Findings.

use memchr::memchr;
use schemars::JsonSchema;
use serde::Serialize;

use crate::findings::location::Location;
use crate::findings::rule::{Level, Rule};
use crate::findings::snippet::Snippet;

/// A fault at one location of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Finding {
    /// The broken rule.
    pub rule: Rule,
    /// Level of the rule for this file.
    pub level: Level,
    /// Location in the file; `1:1` for the file as a whole.
    #[serde(flatten)]
    pub location: Location,
    /// Description, a lowercase fragment; values that it quotes are already escaped.
    pub message: String,
    /// The line around the location, if snippets were requested.
    #[serde(skip)]
    pub snippet: Option<Box<Snippet>>,
    /// Number of characters of the line that it is about, from the location on: at least 1.
    #[serde(skip)]
    pub width: usize,
    /// Number of findings that this one represents: 1, or more if a file breaks a rule too often to list each.
    #[serde(skip)]
    pub count: u64,
}

impl Finding {
    /// Creates an error about a file as a whole.
    pub fn error(rule: Rule, message: String) -> Self {
        Finding {
            rule,
            level: Level::Error,
            location: Location::START,
            message,
            snippet: None,
            width: 1,
            count: 1,
        }
    }
}

/// Attaches its line of `source` to each of `findings`, which must be in order of location, but not to those about
/// personal data.
pub fn attach_snippets(source: &[u8], findings: &mut [Finding]) {
    let mut rest = source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source);
    let mut number = 1;
    for finding in findings {
        while number < finding.location.line
            && let Some(newline) = memchr(b'\n', rest)
        {
            rest = &rest[newline + 1..];
            number += 1;
        }
        // The line shows what the message of such a finding does not.
        if !finding.rule.is_about_personal_data() {
            finding.snippet = Some(Box::new(Snippet::new(rest, finding.location.column, finding.width)));
        }
    }
}
