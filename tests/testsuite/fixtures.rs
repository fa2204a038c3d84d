//! The fixtures: what is accepted gives the record beside it, what is rejected the findings beside it.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use news_ingest::findings::rule::Rule;

use crate::expect::OF_THE_ARCHIVE;

/// No bytes of a file can show these; the tests of the command, of the pipeline and of expectations do.
const SHOWN_ELSEWHERE: [Rule; 2] = [Rule::Unreadable, Rule::Internal];

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(Path::new("fixtures").join(folder)).expect("the fixtures are there");
    let mut sources: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    sources.retain(|path| path.extension() == Some(OsStr::new("md")));
    sources.sort();
    sources
}

fn ingest(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ingest")).args(arguments).output().expect("ingest starts")
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

fn rule(path: &Path) -> String {
    name(path).split('.').next().unwrap().to_owned()
}

#[test]
fn an_accepted_file_gives_the_record_beside_it() {
    let accepted = fixtures("accept");
    assert!(accepted.len() >= 12);
    for path in &accepted {
        let output = ingest(&["-q", path.to_str().unwrap()]);
        let expected = fs::read_to_string(path.with_extension("jsonl")).unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected, "{}", path.display());
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{}", path.display());
        assert_eq!(output.status.code(), Some(0), "{}", path.display());
    }
}

#[test]
fn the_accepted_folder_gives_all_records_in_the_order_of_names() {
    let output = ingest(&["-q", "fixtures/accept"]);
    let expected: String = fixtures("accept")
        .iter()
        .map(|path| fs::read_to_string(path.with_extension("jsonl")).unwrap())
        .collect();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
    assert_eq!(output.status.code(), Some(0));
}

/// Read behind a good file, with its rule denied, a rejected file gives no record, and the good one gives its own.
#[test]
fn a_rejected_file_gives_the_findings_beside_it_and_harms_no_other() {
    let good = "fixtures/accept/card.md";
    let good_record = fs::read_to_string("fixtures/accept/card.jsonl").unwrap();
    for path in fixtures("reject") {
        let (rule, shown) = (rule(&path), path.to_str().unwrap());
        let output = ingest(&["-q", "-D", &rule, "--max-file-size", "128K", good, shown]);
        let expected = fs::read_to_string(path.with_extension("stderr")).unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), expected, "{shown}");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), good_record, "{shown}");
        assert_eq!(output.status.code(), Some(1), "{shown}");
        assert!(expected.contains(&format!(": error[{rule}]: ")), "{shown} shows another rule");
    }
}

/// A rule that is a warning still gives the record where it is not denied, and one that is off says nothing.
#[test]
fn only_errors_reject() {
    for path in fixtures("reject") {
        let rule: Rule = rule(&path).parse().unwrap();
        let output = ingest(&["-q", "--max-file-size", "128K", path.to_str().unwrap()]);
        let stderr = String::from_utf8(output.stderr).unwrap();
        let level = rule.default_level().to_string();
        let is_told = stderr.contains(&format!(": {level}[{rule}]: "));
        let is_alone = matches!(rule, Rule::Duplicate | Rule::IdConflict);
        assert_eq!(is_told, level != "off" && !is_alone, "{}: {stderr}", path.display());
        let is_accepted = level != "error" || is_alone;
        assert_eq!(output.status.code(), Some(if is_accepted { 0 } else { 1 }), "{}", path.display());
        assert_eq!(output.stdout.iter().filter(|&&byte| byte == b'\n').count(), usize::from(is_accepted));
    }
}

#[test]
fn every_rule_has_a_fixture_and_every_fixture_a_rule() {
    let shown: BTreeSet<Rule> =
        fixtures("reject").iter().map(|path| rule(path).parse().expect("a rule names the fixture")).collect();
    let expected = Rule::ALL
        .iter()
        .copied()
        .filter(|rule| !SHOWN_ELSEWHERE.contains(rule) && !OF_THE_ARCHIVE.contains(rule));
    assert_eq!(shown, expected.collect());
}

#[test]
fn every_fixture_has_a_line_that_says_what_it_shows() {
    let lines = fs::read_to_string("fixtures/README.md").unwrap();
    let listed: BTreeSet<String> = lines
        .lines()
        .filter_map(|line| Some(line.strip_prefix("| `")?.split('`').next()?.to_owned()))
        .collect();
    let named = |folder: &str| -> Vec<String> {
        fixtures(folder).iter().map(|path| format!("{folder}/{}", name(path))).collect()
    };
    let there: BTreeSet<String> = ["accept", "reject", "layouts"].into_iter().flat_map(named).collect();
    assert_eq!(listed, there);
}

/// `| code | level | when |` in the README is what the code says. The rules for personal data share one row, which says in
/// one sentence what they say one by one.
#[test]
fn the_readme_lists_the_rules() {
    let readme = fs::read_to_string("README.md").unwrap();
    let mut rows: Vec<[String; 3]> = Vec::new();
    for row in readme.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |")) {
        let Ok([codes, level, when]) = <[&str; 3]>::try_from(row.split(" | ").collect::<Vec<_>>()) else {
            continue;
        };
        let Some(codes) = codes.strip_suffix('`') else { continue };
        let rules: Result<Vec<Rule>, _> = codes.split("` `").map(str::parse).collect();
        for rule in rules.unwrap_or_default() {
            let when = if rule.is_about_personal_data() { rule.summary() } else { when };
            rows.push([rule.to_string(), level.to_owned(), when.to_owned()]);
        }
    }
    let expected: Vec<[String; 3]> = Rule::ALL
        .iter()
        .map(|rule| [rule.to_string(), rule.default_level().to_string(), rule.summary().to_owned()])
        .collect();
    assert_eq!(rows, expected);
}
