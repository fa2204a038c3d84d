//! The formats by name.

use std::ffi::OsStr;
use std::fmt;
use std::path::Path;
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

/// Endings of files, each with the formats that such a file may be in. It asks for the first.
const ENDINGS: [(&str, &[Format]); 6] = [
    ("sarif", &[Format::Sarif]),
    ("json", &[Format::Json, Format::Sarif, Format::Gitlab]),
    ("jsonl", &[Format::Jsonl]),
    ("ndjson", &[Format::Jsonl]),
    ("xml", &[Format::Junit]),
    ("txt", &[Format::Text, Format::Concise, Format::Github]),
];

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

    /// The formats that a file of this name may be in, that which its ending asks for before the others. A name without an
    /// ending asks for none.
    ///
    /// # Errors
    /// Nothing is written under such an ending.
    pub fn by_ending(path: &Path) -> Result<&'static [Format], UnknownEnding> {
        let Some(ending) = path.extension() else { return Ok(&[]) };
        let is_double =
            path.file_stem().is_some_and(|stem| Path::new(stem).extension().is_some_and(is_sarif));
        match ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)) {
            Some((_, [Format::Json, ..])) if is_double => Ok(&[Format::Sarif]),
            Some((_, formats)) => Ok(formats),
            None => Err(UnknownEnding),
        }
    }

    /// What `--format` calls it.
    pub fn name(self) -> &'static str {
        Format::ALL.iter().find(|(_, format)| *format == self).map_or("", |(name, _)| name)
    }

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

fn is_sarif(ending: &OsStr) -> bool {
    ending.eq_ignore_ascii_case("sarif")
}

/// No format is written under this ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownEnding;

impl fmt::Display for UnknownEnding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of findings: they are")?;
        for (number, (ending, _)) in ENDINGS.iter().enumerate() {
            write!(f, "{} `.{ending}`", if number == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownEnding {}

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
