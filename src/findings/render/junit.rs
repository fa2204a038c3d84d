//! Renders findings as JUnit XML: a folder is a suite, a file is a case, an error is its failure.
//!
//! A suite states its counts before its cases, and the files of a folder need not be consecutive, so every case is kept
//! until the end: this is the only format whose memory grows with the number of files.

use std::borrow::Cow;
use std::collections::HashMap;

use quick_junit::{NonSuccessKind, Report as Suites, TestCase, TestCaseStatus, TestSuite};

use crate::findings::finding::{Finding, Level, Location};
use crate::findings::render::{File, Renderer};
use crate::text::escape::escape;

/// Collects the cases.
#[derive(Debug, Default)]
pub struct Junit {
    suites: Vec<TestSuite>,
    numbers: HashMap<String, usize>,
}

impl Renderer for Junit {
    fn file(&mut self, file: &File<'_>, _into: &mut Vec<u8>) {
        let path = escape(file.path).to_string();
        let path = characters(&path);
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", &path));
        let folder = if folder.is_empty() { "/" } else { folder };
        let mut case = TestCase::new(name, status(file, &path));
        case.set_classname(folder);
        case.extra.insert("file".into(), (&*path).into());
        let warnings = lines(file, &path, Level::Warning);
        if !warnings.is_empty() {
            case.set_system_out(warnings);
        }
        self.suite(folder).add_test_case(case);
    }

    fn end(&mut self, _suppressed: u64, into: &mut Vec<u8>) {
        let mut suites = Suites::new("ingest");
        suites.add_test_suites(self.suites.drain(..));
        suites.serialize(into).expect("memory takes every byte, and the suites bear no time stamps");
    }
}

impl Junit {
    fn suite(&mut self, folder: &str) -> &mut TestSuite {
        let number = match self.numbers.get(folder) {
            Some(number) => *number,
            None => {
                self.suites.push(TestSuite::new(folder));
                self.numbers.insert(folder.to_owned(), self.suites.len() - 1);
                self.suites.len() - 1
            }
        };
        &mut self.suites[number]
    }
}

fn status(file: &File<'_>, path: &str) -> TestCaseStatus {
    if file.is_accepted {
        return TestCaseStatus::success();
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    match file.findings.iter().find(|finding| finding.level == Level::Error) {
        Some(Finding { rule, message, .. }) => {
            status.set_type(rule.code()).set_message(&*characters(message));
            status.set_description(lines(file, path, Level::Error));
        }
        None => drop(status.set_message("rejected by findings that are over `--max-findings`")),
    }
    status
}

/// Renders the findings of one level, one per line.
fn lines(file: &File<'_>, path: &str, wanted: Level) -> String {
    let findings = file.findings.iter().filter(|finding| finding.level == wanted);
    let lines = findings.map(|Finding { rule, level, place: Location { line, column }, message, .. }| {
        format!("{path}:{line}:{column}: {level}[{rule}]: {}", characters(message))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Escapes the characters that XML does not allow: parsers reject a document with any of them.
fn characters(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_xml) {
        return Cow::Borrowed(text);
    }
    let escaped = |c: char| if is_xml(c) { c.to_string() } else { format!("\\u{{{:04x}}}", u32::from(c)) };
    Cow::Owned(text.chars().map(escaped).collect())
}

/// Returns `true` if `c` is a `Char` of XML 1.0.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}
