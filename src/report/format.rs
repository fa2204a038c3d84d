//! The formats by name.

use std::fmt;
use std::str::FromStr;

use super::Report;
use super::concise::Concise;
use super::github::Github;
use super::gitlab::Gitlab;
use super::json::{Json, JsonLines};
use super::junit::Junit;
use super::sarif::Sarif;
use super::text::Text;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A line for each finding, and below it the line of the file, with a caret.
    Text,
    /// A line for each finding.
    Concise,
    /// One JSON array.
    Json,
    /// A JSON object a line.
    Jsonl,
    /// Annotations of GitHub Actions.
    Github,
    /// SARIF 2.1.0.
    Sarif,
    /// JUnit XML: a folder is a suite, a file is a case.
    Junit,
    /// GitLab Code Quality.
    Gitlab,
}

/// Beyond so many findings nobody reads on.
const MOST_FOR_PEOPLE: u64 = 1000;

/// GitHub refuses a run with more.
const MAX_SARIF_RESULTS: u64 = 25_000;

impl Format {
    /// Every format with its name.
    pub const ALL: [(&str, Format); 8] = [
        ("text", Format::Text),
        ("concise", Format::Concise),
        ("json", Format::Json),
        ("jsonl", Format::Jsonl),
        ("github", Format::Github),
        ("sarif", Format::Sarif),
        ("junit", Format::Junit),
        ("gitlab", Format::Gitlab),
    ];

    /// A report in this format.
    pub fn report(self) -> Box<dyn Report> {
        match self {
            Format::Text => Box::new(Text),
            Format::Concise => Box::new(Concise),
            Format::Json => Box::<Json>::default(),
            Format::Jsonl => Box::new(JsonLines),
            Format::Github => Box::new(Github),
            Format::Sarif => Box::<Sarif>::default(),
            Format::Junit => Box::<Junit>::default(),
            Format::Gitlab => Box::<Gitlab>::default(),
        }
    }

    /// Whether it shows the lines that findings are about.
    pub fn shows_lines(self) -> bool {
        self == Format::Text
    }

    /// Whether it is coloured; programs read the others.
    pub fn is_coloured(self) -> bool {
        matches!(self, Format::Text | Format::Concise)
    }

    /// How many findings `check` tells unless the user says otherwise: a program gets as many as it takes.
    pub fn usual_limit(self) -> u64 {
        match self {
            Format::Text | Format::Concise | Format::Github => MOST_FOR_PEOPLE,
            Format::Sarif => MAX_SARIF_RESULTS,
            Format::Json | Format::Jsonl | Format::Junit | Format::Gitlab => u64::MAX,
        }
    }
}

/// No format has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownFormat;

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no format has this name")
    }
}

impl std::error::Error for UnknownFormat {}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Format, UnknownFormat> {
        Format::ALL.iter().find(|(known, _)| *known == name).map(|(_, format)| *format).ok_or(UnknownFormat)
    }
}
