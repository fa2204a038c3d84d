//! Findings as SARIF 2.1.0, which code scanning reads. The results are written one by one.

use std::fmt::{self, Write};

use serde::Serialize;

use super::fingerprint::fingerprinted;
use super::json::{self, Items};
use super::{File, Report};
use crate::finding::{Finding, Level, Rule};
use crate::rules::Text;

/// Writes one log with one run.
#[derive(Debug, Default)]
pub struct Sarif {
    results: Items,
}

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

impl Report for Sarif {
    fn begin(&mut self, into: &mut Vec<u8>) {
        into.extend_from_slice(
            format!("{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":").as_bytes(),
        );
        json::write(&Tool::this(), into);
        into.extend_from_slice(b",\"columnKind\":\"unicodeCodePoints\",\"results\":[");
    }

    fn file(&mut self, file: &File<'_>, into: &mut Vec<u8>) {
        let uri = uri(file.path_in_repository()).to_string();
        for (fingerprint, finding) in fingerprinted(file) {
            self.results.add(&SarifResult::of(finding, &uri, fingerprint), into);
        }
    }

    fn end(&mut self, into: &mut Vec<u8>) {
        self.results.end(into);
        into.extend_from_slice(b"]}]}\n");
    }
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: Rule,
    short_description: Message<String>,
    help: Message<String>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    level: Level,
}

#[derive(Serialize)]
struct Message<T> {
    text: T,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: Rule,
    rule_index: usize,
    level: Level,
    message: Message<&'a str>,
    locations: [Location<'a>; 1],
    partial_fingerprints: Fingerprints,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation<'a> {
    artifact_location: Artifact<'a>,
    region: Region,
}

#[derive(Serialize)]
struct Artifact<'a> {
    uri: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
}

/// The one key that GitHub knows an alert again by.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fingerprints {
    primary_location_line_hash: String,
}

impl Tool {
    fn this() -> Tool {
        let rules = Rule::ALL.iter().copied().map(Descriptor::of).collect();
        Tool { driver: Driver { name: "ingest", semantic_version: env!("CARGO_PKG_VERSION"), rules } }
    }
}

impl Descriptor {
    fn of(rule: Rule) -> Descriptor {
        let enabled = rule.default_level() != Level::Off;
        let level = if enabled { rule.default_level() } else { Level::Warning };
        let Text { meaning, reason, remedy, .. } = Text::of(rule);
        let help = format!("{meaning}\n\n{reason}\n\n{remedy}");
        Descriptor {
            id: rule,
            short_description: Message { text: rule.when().to_owned() },
            help: Message { text: help },
            default_configuration: Configuration { enabled, level },
        }
    }
}

impl<'a> SarifResult<'a> {
    fn of(finding: &'a Finding, uri: &'a str, fingerprint: String) -> Self {
        let Finding { rule, level, place, message, .. } = finding;
        let region = Region { start_line: place.line, start_column: place.column };
        let physical_location = PhysicalLocation { artifact_location: Artifact { uri }, region };
        SarifResult {
            rule_id: *rule,
            rule_index: *rule as usize,
            level: *level,
            message: Message { text: message },
            locations: [Location { physical_location }],
            partial_fingerprints: Fingerprints { primary_location_line_hash: fingerprint },
        }
    }
}

/// A path as a URI: what is no letter, digit or one of `-._~/` is percent-encoded.
fn uri(path: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        f.write_str(if path.starts_with('/') { "file://" } else { "" })?;
        for byte in path.bytes() {
            match byte {
                b'-' | b'.' | b'_' | b'~' | b'/' => f.write_char(byte.into())?,
                byte if byte.is_ascii_alphanumeric() => f.write_char(byte.into())?,
                byte => write!(f, "%{byte:02X}")?,
            }
        }
        Ok(())
    })
}
