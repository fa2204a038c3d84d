//! Renders findings as a GitLab Code Quality report, which merge requests show.

use serde::Serialize;

use crate::findings::render::fingerprint::Fingerprints;
use crate::findings::render::json::Items;
use crate::findings::render::renderer::{File, Renderer};
use crate::findings::rule::{Level, Rule};
use crate::text::escape::escape;

/// Renders one JSON array.
#[derive(Debug, Default)]
pub struct Gitlab {
    items: Items,
    fingerprints: Fingerprints,
}

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: Rule,
    fingerprint: String,
    severity: &'static str,
    location: GitlabLocation<'a>,
}

#[derive(Serialize)]
struct GitlabLocation<'a> {
    path: &'a str,
    lines: GitlabLines,
}

#[derive(Serialize)]
struct GitlabLines {
    begin: usize,
}

impl Renderer for Gitlab {
    fn begin(&mut self, into: &mut Vec<u8>) {
        into.push(b'[');
    }

    fn file(&mut self, file: &File<'_>, into: &mut Vec<u8>) {
        let (path, fingerprinted) = self.fingerprints.file(file);
        let path = escape(&path).to_string();
        for (fingerprint, finding, known) in fingerprinted {
            let issue = Issue {
                description: &finding.message,
                check_name: finding.rule,
                fingerprint,
                severity: match finding.level {
                    _ if known == Some(true) => "info",
                    Level::Error => "major",
                    _ => "minor",
                },
                location: GitlabLocation { path: &path, lines: GitlabLines { begin: finding.location.line } },
            };
            self.items.add(&issue, into);
        }
    }

    fn lists_known(&self) -> bool {
        true
    }

    fn end(&mut self, _suppressed: u64, into: &mut Vec<u8>) {
        self.items.end(into);
        into.extend_from_slice(b"]\n");
    }
}
