//! Formats of findings, by name and by the ending of a file.

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

/// Format of the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A line for each finding, then the source line with a caret.
    Text,
    /// A line for each finding.
    Concise,
    /// One JSON array.
    Json,
    /// One JSON object per line.
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

/// Endings of file names, each with the formats that fit it, the default one first.
const ENDINGS: [(&str, &[Format]); 6] = [
    ("sarif", &[Format::Sarif]),
    ("json", &[Format::Json, Format::Sarif, Format::Gitlab]),
    ("jsonl", &[Format::Jsonl]),
    ("ndjson", &[Format::Jsonl]),
    ("xml", &[Format::Junit]),
    ("txt", &[Format::Text, Format::Concise, Format::Github]),
];

/// Default limit for formats that people read.
const MOST_FOR_PEOPLE: u64 = 1000;

/// Maximum number of results that GitHub accepts per run.
const MAX_SARIF_RESULTS: u64 = 25_000;

impl Format {
    /// Every format, with its name.
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

    /// Returns the formats that fit a file of this name, the default one first. A name without an ending fits
    /// none in particular: the list is empty.
    ///
    /// # Errors
    /// No format has this ending.
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

    /// Name of the format, as in `--format`.
    pub fn name(self) -> &'static str {
        Format::ALL.iter().find(|(_, format)| *format == self).map_or("", |(name, _)| name)
    }

    /// Creates a renderer of this format.
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

    /// Returns `true` if the format shows source lines.
    pub fn shows_lines(self) -> bool {
        self == Format::Text
    }

    /// Returns `true` for the formats with colours, which people read.
    pub fn is_coloured(self) -> bool {
        matches!(self, Format::Text | Format::Concise)
    }

    /// Default of `check --max-findings`: for programs as many as they accept.
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

/// Error for an ending without a format.
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

/// Error for a name without a format.
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
