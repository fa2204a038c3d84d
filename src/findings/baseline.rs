//! The baseline: findings that are known from an earlier run, and no reason to fail.
//!
//! A line names a file by its path and the SHA-256 of its bytes, and the rules that it breaks:
//!
//! ```text
//! {"path":"seeds/a.md","sha256":"9f86…0a08","findings":[{"rule":"hash-mismatch"}]}
//! ```
//!
//! The bytes decide: every finding of a rule that the line names is known while the file has these bytes, and none is
//! once a byte differs. A file that could not be read has no bytes (`"sha256":null`); its path decides. The lines of
//! `--rejects` have these keys too. Other keys are ignored.

use std::fmt;
use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};

use crate::findings::finding::Finding;
use crate::findings::render::repository::path_in_repository;
use crate::findings::rule::Rule;
use crate::record::content_hash::ContentHash;
use crate::text::escape::{escape, quote};
use crate::text::json;

/// Known findings, and those that a run has found so far.
#[derive(Debug, Default)]
pub struct Baseline {
    /// Lines of the file that was read, by path, then hash.
    known: Vec<KnownFinding>,
    /// Files of this run with findings that are not known, in the order of the run.
    added: Vec<KnownFinding>,
    /// Set if `added` is to be kept.
    is_recording: bool,
}

/// The rules that one file breaks.
#[derive(Debug, Clone)]
struct KnownFinding {
    path: Box<str>,
    digest: Option<ContentHash>,
    /// Rules that the baseline names.
    known: RuleSet,
    /// Rules that this run has found.
    found: RuleSet,
}

/// A set of rules, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct RuleSet(u64);

const _: () = assert!(Rule::ALL.len() <= 64, "a set of rules has a bit for each");

impl RuleSet {
    fn insert(&mut self, rule: Rule) {
        self.0 |= 1 << rule as u32;
    }

    fn contains(self, rule: Rule) -> bool {
        self.0 & 1 << rule as u32 != 0
    }

    fn iter(self) -> impl Iterator<Item = Rule> {
        Rule::ALL.iter().copied().filter(move |rule| self.contains(*rule))
    }
}

/// A line as it is read; keys that it does not need are ignored.
#[derive(Deserialize)]
struct ReadLine {
    path: String,
    sha256: Option<String>,
    findings: Vec<ReadFinding>,
}

#[derive(Deserialize)]
struct ReadFinding {
    rule: String,
}

#[derive(Serialize)]
struct WrittenLine<'a> {
    path: &'a str,
    sha256: Option<String>,
    findings: Vec<WrittenFinding>,
}

#[derive(Serialize)]
struct WrittenFinding {
    rule: Rule,
}

/// Error for a baseline that cannot be read, with the number of the line from 1.
#[derive(Debug)]
pub struct BaselineError {
    line: usize,
    message: String,
}

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for BaselineError {}

impl Baseline {
    /// Reads JSON Lines, in any order. Empty lines are ignored.
    ///
    /// # Errors
    /// Reading fails, or a line is not one of a baseline.
    pub fn parse(source: impl BufRead) -> Result<Self, BaselineError> {
        let mut known = Vec::new();
        for (number, line) in source.split(b'\n').enumerate() {
            let error = |message: String| BaselineError { line: number + 1, message };
            let line = line.map_err(|failure| error(failure.to_string()))?;
            if !line.trim_ascii().is_empty() {
                known.push(KnownFinding::parse(&line).map_err(error)?);
            }
        }
        Ok(Baseline { known: merged(known), ..Baseline::default() })
    }

    /// Keeps what the run finds, so that [`write`](Baseline::write) can write it.
    pub fn record(&mut self) {
        self.is_recording = true;
    }

    /// Removes the known ones from the findings of a file, and returns them. `digest` is the SHA-256 of the file's bytes,
    /// `None` if they could not be read.
    pub fn take_known(
        &mut self,
        path: &str,
        digest: Option<&ContentHash>,
        findings: &mut Vec<Finding>,
    ) -> Vec<Finding> {
        if findings.is_empty() {
            return Vec::new();
        }
        let path = path_in_repository(path);
        let place = self.known.binary_search_by(|entry| entry.key().cmp(&key(&path, digest)));
        let mut entry = place.ok().map(|place| &mut self.known[place]);
        let known = entry.as_ref().map_or(RuleSet::default(), |entry| entry.known);
        let mut new = RuleSet::default();
        for finding in findings.iter() {
            match &mut entry {
                Some(entry) if known.contains(finding.rule) => entry.found.insert(finding.rule),
                _ => new.insert(finding.rule),
            }
        }
        if self.is_recording && new != RuleSet::default() {
            let (path, digest) = (path.into(), digest.copied());
            self.added.push(KnownFinding { path, digest, known: RuleSet::default(), found: new });
        }
        findings.extract_if(.., |finding| known.contains(finding.rule)).collect()
    }

    /// Known findings that this run did not find: the path and the rule of each, by path.
    pub fn stale(&self) -> impl Iterator<Item = (&str, Rule)> {
        self.known.iter().flat_map(|entry| {
            let rules = entry.known.iter().filter(|rule| !entry.found.contains(*rule));
            rules.map(|rule| (&*entry.path, rule))
        })
    }

    /// Writes what the run has found, known or new, as lines by path, then hash.
    ///
    /// # Errors
    /// Writing fails.
    pub fn write(self, to: &mut impl Write) -> io::Result<()> {
        let mut found = self.known;
        found.extend(self.added);
        found.retain(|entry| entry.found != RuleSet::default());
        for KnownFinding { path, digest, found, .. } in merged(found) {
            let findings = found.iter().map(|rule| WrittenFinding { rule }).collect();
            let sha256 = digest.map(|digest| digest.to_string());
            to.write_all(json::line(&WrittenLine { path: &path, sha256, findings }).as_bytes())?;
        }
        Ok(())
    }
}

impl KnownFinding {
    fn parse(line: &[u8]) -> Result<Self, String> {
        let line: ReadLine = json::parse(line)
            .map_err(|error| format!("not a line of a baseline: {}", escape(&error.to_string())))?;
        let digest = line.sha256.map(|digest| {
            digest.parse().map_err(|_| format!("`sha256` is {}, not 64 hex digits", quote(&digest)))
        });
        let mut known = RuleSet::default();
        for ReadFinding { rule } in line.findings {
            known.insert(rule.parse().map_err(|_| format!("no rule is called {}", quote(&rule)))?);
        }
        let path = path_in_repository(&line.path).into();
        Ok(KnownFinding { path, digest: digest.transpose()?, known, found: RuleSet::default() })
    }

    fn key(&self) -> (&str, Option<&[u8; 32]>) {
        key(&self.path, self.digest.as_ref())
    }
}

fn key<'a>(path: &'a str, digest: Option<&'a ContentHash>) -> (&'a str, Option<&'a [u8; 32]>) {
    (path, digest.map(ContentHash::as_bytes))
}

/// Sorts entries by path, then hash, and unites those of the same file.
fn merged(mut entries: Vec<KnownFinding>) -> Vec<KnownFinding> {
    entries.sort_by(|one, other| one.key().cmp(&other.key()));
    entries.dedup_by(|next, first| {
        let is_same = next.key() == first.key();
        if is_same {
            first.known.0 |= next.known.0;
            first.found.0 |= next.found.0;
        }
        is_same
    });
    entries
}

#[cfg(test)]
mod tests {
    use crate::findings::baseline::Baseline;
    use crate::findings::finding::Finding;
    use crate::findings::location::Location;
    use crate::findings::rule::{Level, Rule};
    use crate::record::content_hash::ContentHash;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const OTHER: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    fn finding(rule: Rule) -> Finding {
        let (level, location, message) = (Level::Error, Location::START, String::new());
        Finding { rule, level, location, message, snippet: None, width: 1, count: 1 }
    }

    /// The rules that are known and those that are new.
    #[track_caller]
    fn sorted_out(baseline: &mut Baseline, path: &str, hash: Option<&str>, rules: &[Rule]) -> [Vec<Rule>; 2] {
        let digest: Option<ContentHash> = hash.map(|hash| hash.parse().unwrap());
        let mut findings: Vec<Finding> = rules.iter().copied().map(finding).collect();
        let known = baseline.take_known(path, digest.as_ref(), &mut findings);
        [known, findings].map(|findings| findings.into_iter().map(|finding| finding.rule).collect())
    }

    #[track_caller]
    fn written(baseline: Baseline) -> String {
        let mut written = Vec::new();
        baseline.write(&mut written).unwrap();
        String::from_utf8(written).unwrap()
    }

    fn of(lines: &str) -> Baseline {
        Baseline::parse(lines.as_bytes()).unwrap()
    }

    #[test]
    fn path_rule_and_bytes_make_a_finding_known() {
        use Rule::{HashMismatch as Hash, LineEndings as Ends};
        let line = format!(r#"{{"path":"a.md","sha256":"{EMPTY}","findings":[{{"rule":"hash-mismatch"}}]}}"#);
        for (path, hash, rules, expected) in [
            ("a.md", EMPTY, &[Hash, Hash][..], [vec![Hash, Hash], vec![]]),
            ("./a.md", EMPTY, &[Hash], [vec![Hash], vec![]]),
            ("a.md", EMPTY, &[Ends, Hash], [vec![Hash], vec![Ends]]),
            ("a.md", OTHER, &[Hash], [vec![], vec![Hash]]),
            ("b.md", EMPTY, &[Hash], [vec![], vec![Hash]]),
        ] {
            assert_eq!(sorted_out(&mut of(&line), path, Some(hash), rules), expected, "{path} {hash}");
        }
        let [known, new] = sorted_out(&mut of(&line), "a.md", None, &[Hash]);
        assert_eq!((known, new), (vec![], vec![Hash]), "a file that cannot be read is another one");
    }

    #[test]
    fn a_file_without_bytes_is_known_by_its_path() {
        let mut baseline = of(r#"{"path":"a.tar","sha256":null,"findings":[{"rule":"unreadable"}]}"#);
        let [known, new] = sorted_out(&mut baseline, "a.tar", None, &[Rule::Unreadable]);
        assert_eq!((known, new), (vec![Rule::Unreadable], vec![]));
    }

    #[test]
    fn what_is_not_found_is_stale_and_what_is_found_is_written() {
        let line = |path: &str, rules: &str| {
            format!("{{\"path\":\"{path}\",\"sha256\":\"{EMPTY}\",\"findings\":[{rules}]}}\n")
        };
        let (hash, ends) = (r#"{"rule":"hash-mismatch"}"#, r#"{"rule":"line-endings"}"#);
        let mut baseline =
            of(&(line("b.md", hash) + &line("a.md", &format!("{hash},{ends}")) + &line("c.md", ends)));
        baseline.record();
        sorted_out(&mut baseline, "d.md", Some(EMPTY), &[Rule::HashMismatch]);
        sorted_out(&mut baseline, "b.md", Some(EMPTY), &[Rule::HashMismatch, Rule::LineEndings]);
        sorted_out(&mut baseline, "a.md", Some(EMPTY), &[Rule::LineEndings]);
        let stale: Vec<_> = baseline.stale().collect();
        assert_eq!(stale, [("a.md", Rule::HashMismatch), ("c.md", Rule::LineEndings)]);
        let expected =
            [line("a.md", ends), line("b.md", &format!("{hash},{ends}")), line("d.md", hash)].concat();
        assert_eq!(written(baseline), expected);
    }

    #[test]
    fn a_line_that_is_none_is_refused_with_its_number() {
        for (lines, expected) in [
            ("\n{}", "line 2: not a line of a baseline"),
            (r#"{"path":"a","sha256":"12","findings":[]}"#, "line 1: `sha256` is `12`, not 64 hex digits"),
            (
                r#"{"path":"a","sha256":null,"findings":[{"rule":"x\u001b"}]}"#,
                r"line 1: no rule is called `x\x1b`",
            ),
        ] {
            let error = Baseline::parse(lines.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
