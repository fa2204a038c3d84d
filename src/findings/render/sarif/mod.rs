//! Renders findings as SARIF 2.1.0 for code scanning. Results are written one by one.

pub(crate) mod message;
pub(crate) mod tool;

use std::fmt::{self, Write};

use serde::Serialize;

use crate::findings::finding::Finding;
use crate::findings::render::fingerprint::Fingerprints;
use crate::findings::render::json;
use crate::findings::render::json::Items;
use crate::findings::render::renderer::{File, Renderer};
use crate::findings::render::sarif::message::Literal;
use crate::findings::render::sarif::tool::Tool;
use crate::findings::rule::{Level, Rule};

/// Renders a log with one run.
#[derive(Debug, Default)]
pub struct Sarif {
    results: Items,
    fingerprints: Fingerprints,
}

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

impl Renderer for Sarif {
    fn begin(&mut self, into: &mut Vec<u8>) {
        into.extend_from_slice(
            format!("{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":").as_bytes(),
        );
        json::write(&Tool::new(), into);
        into.extend_from_slice(b",\"columnKind\":\"unicodeCodePoints\",\"results\":[");
    }

    fn file(&mut self, file: &File<'_>, into: &mut Vec<u8>) {
        let (path, fingerprinted) = self.fingerprints.file(file);
        let uri = uri(&path).to_string();
        for (fingerprint, finding, known) in fingerprinted {
            self.results.add(&SarifResult::new(finding, &uri, fingerprint, known), into);
        }
    }

    fn lists_known(&self) -> bool {
        true
    }

    fn end(&mut self, suppressed: u64, into: &mut Vec<u8>) {
        self.results.end(into);
        into.push(b']');
        if suppressed > 0 {
            into.extend_from_slice(b",\"invocations\":[");
            json::write(&Invocation::new(suppressed), into);
            into.push(b']');
        }
        into.extend_from_slice(b"}]}\n");
    }
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
    message: Message<Literal<'a>>,
    locations: [SarifLocation<'a>; 1],
    partial_fingerprints: PartialFingerprints,
    /// `unchanged` for a known finding, `new` for another one; absent without a baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifLocation<'a> {
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

/// A region of one character. GitHub requires the end too, which is exclusive.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// The only fingerprint that GitHub uses to match alerts.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PartialFingerprints {
    primary_location_line_hash: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: [Notification; 1],
}

#[derive(Serialize)]
struct Notification {
    level: Level,
    message: Message<String>,
}

impl<'a> SarifResult<'a> {
    fn new(finding: &'a Finding, uri: &'a str, fingerprint: String, known: Option<bool>) -> Self {
        let Finding { rule, level, location, message, .. } = finding;
        let region = Region {
            start_line: location.line,
            start_column: location.column,
            end_line: location.line,
            end_column: location.column + 1,
        };
        let physical_location = PhysicalLocation { artifact_location: Artifact { uri }, region };
        SarifResult {
            rule_id: *rule,
            rule_index: *rule as usize,
            level: *level,
            message: Message { text: Literal(message) },
            locations: [SarifLocation { physical_location }],
            partial_fingerprints: PartialFingerprints { primary_location_line_hash: fingerprint },
            baseline_state: known.map(|known| if known { "unchanged" } else { "new" }),
        }
    }
}

impl Invocation {
    fn new(suppressed: u64) -> Self {
        let text =
            format!("findings that are counted and not among the results: {suppressed}; see --max-findings");
        let notification = Notification { level: Level::Warning, message: Message { text } };
        Invocation { execution_successful: true, tool_execution_notifications: [notification] }
    }
}

/// Renders a path as a URI: bytes other than letters, digits and `-._~/` are percent-encoded.
///
/// A `..` after a name occurs only in names of archive members; it is encoded so that it does not lead out of the
/// archive.
fn uri(path: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        f.write_str(if path.starts_with('/') { "file://" } else { "" })?;
        let (mut separator, mut is_inside) = ("", false);
        for part in path.split('/') {
            write!(f, "{separator}{}", encoded(part))?;
            separator = if is_inside && part == ".." { "%2F" } else { "/" };
            is_inside |= !matches!(part, "" | "..");
        }
        Ok(())
    })
}

/// Percent-encodes a part of a path, in which `\xFF` is the escape of a byte that is not UTF-8.
fn encoded(part: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let mut rest = part.as_bytes();
        while let [first, after @ ..] = rest {
            let (byte, after) = escaped_byte(rest).unwrap_or((*first, after));
            match byte {
                b'-' | b'.' | b'_' | b'~' => f.write_char(byte.into())?,
                byte if byte.is_ascii_alphanumeric() => f.write_char(byte.into())?,
                byte => write!(f, "%{byte:02X}")?,
            }
            rest = after;
        }
        Ok(())
    })
}

/// Parses an escape from `\x80` to `\xFF` at the start of `path`; returns the byte and the rest.
fn escaped_byte(path: &[u8]) -> Option<(u8, &[u8])> {
    let (digits, rest) = path.strip_prefix(b"\\x")?.split_first_chunk::<2>()?;
    let digits = std::str::from_utf8(digits).ok()?;
    let is_ours = digits.starts_with(|c: char| matches!(c, '8' | '9' | 'A'..='F'))
        && digits.ends_with(|c: char| matches!(c, '0'..='9' | 'A'..='F'));
    Some((u8::from_str_radix(digits, 16).ok().filter(|_| is_ours)?, rest))
}

#[cfg(test)]
mod tests {
    use crate::findings::render::sarif::uri;

    #[test]
    fn a_path_becomes_a_uri() {
        for (path, expected) in [
            ("seeds/a b.md", "seeds/a%20b.md"),
            ("기사.md", "%EA%B8%B0%EC%82%AC.md"),
            ("/etc/a.md", "file:///etc/a.md"),
            ("../a.md", "../a.md"),
            ("dump.tar/../../a.md", "dump.tar/..%2F..%2Fa.md"),
            ("dump.tar/x/../a.md", "dump.tar/x/..%2Fa.md"),
            ("a:b?#%.md", "a%3Ab%3F%23%25.md"),
            (r"a\xFF\x80.md", "a%FF%80.md"),
            // Such an escape is never written for a byte of valid ASCII.
            (r"a\x41\xff\xF.md", "a%5Cx41%5Cxff%5CxF.md"),
        ] {
            assert_eq!(uri(path).to_string(), expected);
        }
    }
}
