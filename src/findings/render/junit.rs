//! Renders findings as JUnit XML: a folder is a suite, a file is a case, an error is its failure.
//!
//! A suite states its counts before its cases. So the cases of a suite are kept until the next file is in another folder,
//! or until there are [`MAX_CASES`] or [`MAX_TEXT_BYTES`] of them; a further suite of the same name goes on.

use std::borrow::Cow;

use quick_junit::{NonSuccessKind, Report as Suites, TestCase, TestCaseStatus, TestSuite};

use crate::findings::finding::Finding;
use crate::findings::location::Location;
use crate::findings::render::renderer::{File, Renderer};
use crate::findings::rule::Level;
use crate::text::escape::escape;

/// Maximum number of cases of a suite.
const MAX_CASES: usize = 1_000;
/// Size of the text of a suite's cases after which the suite ends.
const MAX_TEXT_BYTES: usize = 1 << 20;

/// Collects the cases of one suite.
#[derive(Debug, Default)]
pub struct Junit {
    suite: Option<TestSuite>,
    text_bytes: usize,
}

impl Renderer for Junit {
    fn begin(&mut self, into: &mut Vec<u8>) {
        into.extend_from_slice(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"ingest\">\n");
    }

    fn file(&mut self, file: &File<'_>, into: &mut Vec<u8>) {
        let path = escape(file.path).to_string();
        let path = characters(&path);
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", &path));
        let folder = if folder.is_empty() { "/" } else { folder };
        if self.suite.as_ref().is_some_and(|suite| self.is_full(suite) || suite.name.as_str() != folder) {
            self.end_suite(into);
        }
        let mut case = TestCase::new(name, status(file, &path));
        case.set_classname(folder);
        case.extra.insert("file".into(), (&*path).into());
        let mut beside = lines(file.findings, &path, Level::Warning);
        let known = file.known.map_or(&[][..], |known| known.findings);
        for level in [Level::Error, Level::Warning] {
            beside.extend(lines(known, &path, level).into_iter().map(|line| line + " (known)"));
        }
        if !beside.is_empty() {
            case.set_system_out(beside.join("\n"));
        }
        let findings = file.findings.iter().chain(known);
        self.text_bytes += findings.map(|finding| finding.message.len() + path.len()).sum::<usize>();
        self.suite.get_or_insert_with(|| TestSuite::new(folder)).add_test_case(case);
    }

    fn lists_known(&self) -> bool {
        true
    }

    fn end(&mut self, _suppressed: u64, into: &mut Vec<u8>) {
        self.end_suite(into);
        into.extend_from_slice(b"</testsuites>\n");
    }
}

impl Junit {
    fn is_full(&self, suite: &TestSuite) -> bool {
        suite.test_cases.len() >= MAX_CASES || self.text_bytes >= MAX_TEXT_BYTES
    }

    /// Appends the suite, if there is one.
    fn end_suite(&mut self, into: &mut Vec<u8>) {
        let Some(suite) = self.suite.take() else { return };
        self.text_bytes = 0;
        let mut suites = Suites::new("ingest");
        suites.add_test_suite(suite);
        let document = suites.to_string().expect("the suite bears no time stamp");
        // The library writes whole documents alone. Within them `<` begins a tag.
        let start = document.find("    <testsuite ").expect("a document has its suite");
        let end = document.rfind("</testsuites>").expect("a document has an end");
        into.extend_from_slice(&document.as_bytes()[start..end]);
    }
}

fn status(file: &File<'_>, path: &str) -> TestCaseStatus {
    if file.is_accepted {
        return TestCaseStatus::success();
    }
    if file.known.is_some_and(|known| known.explain_rejection) {
        let mut status = TestCaseStatus::skipped();
        status.set_message("rejected by known findings");
        return status;
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    match file.findings.iter().find(|finding| finding.level == Level::Error) {
        Some(Finding { rule, message, .. }) => {
            status.set_type(rule.code()).set_message(&*characters(message));
            status.set_description(lines(file.findings, path, Level::Error).join("\n"));
        }
        None => drop(status.set_message("rejected by findings that are over `--max-findings`")),
    }
    status
}

/// Renders the findings of one level, one per line.
fn lines(findings: &[&Finding], path: &str, wanted: Level) -> Vec<String> {
    let findings = findings.iter().filter(|finding| finding.level == wanted);
    let lines =
        findings.map(|Finding { rule, level, location: Location { line, column }, message, .. }| {
            format!("{path}:{line}:{column}: {level}[{rule}]: {}", characters(message))
        });
    lines.collect()
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
