//! Formats of findings, by name and by the ending of a file.

use std::ffi::OsStr;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::findings::render::Renderer;
use crate::findings::render::concise::Concise;
use crate::findings::render::full::Full;
use crate::findings::render::github::Github;
use crate::findings::render::gitlab::Gitlab;
use crate::findings::render::json::{FindingLines, Json};
use crate::findings::render::junit::Junit;
use crate::findings::render::markdown::Markdown;
use crate::findings::render::sarif::Sarif;

/// Format of the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingFormat {
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
    /// A Markdown table.
    Markdown,
}

/// Endings of file names, each with the formats that fit it, the default one first.
const ENDINGS: [(&str, &[FindingFormat]); 7] = [
    ("sarif", &[FindingFormat::Sarif]),
    ("json", &[FindingFormat::Json, FindingFormat::Sarif, FindingFormat::Gitlab]),
    ("jsonl", &[FindingFormat::Jsonl]),
    ("ndjson", &[FindingFormat::Jsonl]),
    ("xml", &[FindingFormat::Junit]),
    ("md", &[FindingFormat::Markdown]),
    ("txt", &[FindingFormat::Text, FindingFormat::Concise, FindingFormat::Github]),
];

/// Default limit for formats that people read.
const DEFAULT_MAX_FINDINGS: u64 = 1000;

/// Maximum number of results that GitHub accepts per run.
const MAX_SARIF_RESULTS: u64 = 25_000;

impl FindingFormat {
    /// Every format, with its name.
    pub const ALL: [(&str, FindingFormat); 9] = [
        ("text", FindingFormat::Text),
        ("concise", FindingFormat::Concise),
        ("json", FindingFormat::Json),
        ("jsonl", FindingFormat::Jsonl),
        ("github", FindingFormat::Github),
        ("sarif", FindingFormat::Sarif),
        ("junit", FindingFormat::Junit),
        ("gitlab", FindingFormat::Gitlab),
        ("markdown", FindingFormat::Markdown),
    ];

    /// Returns the formats that fit a file of this name, the default one first. A name without an ending fits
    /// none in particular: the list is empty.
    ///
    /// # Errors
    /// No format has this ending.
    pub fn by_ending(path: &Path) -> Result<&'static [FindingFormat], UnknownEnding> {
        let Some(ending) = path.extension() else { return Ok(&[]) };
        let is_double =
            path.file_stem().is_some_and(|stem| Path::new(stem).extension().is_some_and(is_sarif));
        match ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)) {
            Some((_, [FindingFormat::Json, ..])) if is_double => Ok(&[FindingFormat::Sarif]),
            Some((_, formats)) => Ok(formats),
            None => Err(UnknownEnding),
        }
    }

    /// Name of the format, as in `--format`.
    pub fn name(self) -> &'static str {
        FindingFormat::ALL.iter().find(|(_, format)| *format == self).map_or("", |(name, _)| name)
    }

    /// Creates a renderer of this format.
    pub fn report(self) -> Box<dyn Renderer> {
        match self {
            FindingFormat::Text => Box::new(Full),
            FindingFormat::Concise => Box::new(Concise),
            FindingFormat::Json => Box::<Json>::default(),
            FindingFormat::Jsonl => Box::new(FindingLines),
            FindingFormat::Github => Box::new(Github),
            FindingFormat::Sarif => Box::<Sarif>::default(),
            FindingFormat::Junit => Box::<Junit>::default(),
            FindingFormat::Gitlab => Box::<Gitlab>::default(),
            FindingFormat::Markdown => Box::new(Markdown),
        }
    }

    /// Returns `true` if the format shows source lines.
    pub fn shows_lines(self) -> bool {
        self == FindingFormat::Text
    }

    /// Returns `true` for the formats with colours, which people read.
    pub fn is_coloured(self) -> bool {
        matches!(self, FindingFormat::Text | FindingFormat::Concise)
    }

    /// Default of `check --max-findings`: for programs as many as they accept.
    pub fn usual_limit(self) -> u64 {
        match self {
            FindingFormat::Text
            | FindingFormat::Concise
            | FindingFormat::Github
            | FindingFormat::Markdown => DEFAULT_MAX_FINDINGS,
            FindingFormat::Sarif => MAX_SARIF_RESULTS,
            FindingFormat::Json | FindingFormat::Jsonl | FindingFormat::Junit | FindingFormat::Gitlab => {
                u64::MAX
            }
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
pub struct UnknownFindingFormat;

impl fmt::Display for UnknownFindingFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no format has this name")
    }
}

impl std::error::Error for UnknownFindingFormat {}

impl FromStr for FindingFormat {
    type Err = UnknownFindingFormat;

    fn from_str(name: &str) -> Result<FindingFormat, UnknownFindingFormat> {
        FindingFormat::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, format)| *format)
            .ok_or(UnknownFindingFormat)
    }
}
