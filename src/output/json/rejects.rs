//! Writes the rejected files as JSON Lines: path, size, SHA-256 and findings.

use serde::Serialize;

use crate::findings::finding::Finding;
use crate::findings::rule::{Level, Rule};
use crate::output::json::string;
use crate::record::content_hash::ContentHash;
use crate::text::json;

/// A finding in the line of a rejected file.
#[derive(Debug, Serialize)]
struct Reason<'a> {
    line: usize,
    column: usize,
    level: Level,
    rule: Rule,
    message: &'a str,
}

/// Appends a line: `{"path":…,"size":…,"sha256":…,"findings":[…]}`, with the path as a record has it.
///
/// `size` and `sha256` are null if the file was not read to its end.
pub fn write(path: &str, read: Option<(usize, &ContentHash)>, findings: &[Finding], into: &mut Vec<u8>) {
    into.extend_from_slice(b"{\"path\":");
    string::write(path, into);
    let (size, digest) = read.unzip();
    let reasons: Vec<Reason<'_>> = findings.iter().map(Reason::new).collect();
    let members = [
        (",\"size\":", json::text(&size)),
        (",\"sha256\":", json::text(&digest.map(ContentHash::to_string))),
        (",\"findings\":", json::text(&reasons)),
    ];
    for (key, value) in members {
        into.extend_from_slice(key.as_bytes());
        into.extend_from_slice(value.as_bytes());
    }
    into.extend_from_slice(b"}\n");
}

impl<'a> Reason<'a> {
    fn new(finding: &'a Finding) -> Self {
        let Finding { rule, level, location, message, .. } = finding;
        Reason { line: location.line, column: location.column, level: *level, rule: *rule, message }
    }
}
