//! `check --baseline` and `--write-baseline`: known findings are counted in every format, and reject nothing.

use std::fs;

use news_ingest::findings::render::FindingFormat;
use serde_json::Value;

use crate::support::crawl_file::{article, sha256};
use crate::support::folder::{Folder, stderr, stdout};
use crate::support::pack;
use crate::support::parse;

const GOOD: usize = 3;
const BAD: usize = 32;

/// A file with one fault; every fourth one cannot be lowered.
fn faulty(number: usize) -> String {
    match number % 4 {
        0 => article(number).replace("content_hash: ", "no_hash: "),
        1 => article(number).replace("기사의 본문", "기사의 다른 본문"),
        2 => format!("no front matter {number}\n"),
        _ => article(number).replace("oid: 901\n", "oid: 901\noid: 901\n"),
    }
}

/// Good files, and [`BAD`] rejected ones with one finding each.
fn archive(name: &str) -> Folder {
    let folder = Folder::new(name);
    (0..GOOD).for_each(|number| _ = folder.put(&format!("in/good-{number}.md"), article(1000 + number)));
    (0..BAD).for_each(|number| _ = folder.put(&format!("in/{number:02}.md"), faulty(number)));
    folder
}

/// An archive with its baseline `known.jsonl`.
fn with_baseline(name: &str) -> Folder {
    let folder = archive(name);
    let written = folder.ingest(&["check", "-q", "--write-baseline", "known.jsonl", "in"]);
    assert_eq!(written.status.code(), Some(1), "what is written is not yet known");
    folder
}

/// The new findings, as `path: rule`, and the number of known ones, as each format gives them.
fn told(format: &str, output: &str) -> (Vec<String>, usize) {
    let counted = |line: Option<&str>| -> usize {
        line.and_then(|line| line.strip_suffix(" known, not listed")).unwrap().parse().unwrap()
    };
    let short = |line: &str| {
        let (path, rest) = line.split_once(':').unwrap();
        let (_, rule) = rest.split_once('[').unwrap();
        format!("{path}: {}", rule.split_once(']').unwrap().0)
    };
    let last_line = |format: &str, output: &str| {
        let (rest, last) = output.trim_end().rsplit_once('\n').unwrap_or(("", output.trim_end()));
        let last = last.rsplit("::").next();
        (parse::findings(format, rest).iter().map(|line| short(line)).collect(), counted(last))
    };
    let sorted = |items: &[Value], path: &str, rule: &str, is_known: &dyn Fn(&Value) -> bool| {
        let (known, new): (Vec<_>, Vec<_>) = items.iter().partition(|item| is_known(item));
        let text = |item: &Value, place: &str| item.pointer(place).unwrap().as_str().unwrap().to_owned();
        (new.iter().map(|item| format!("{}: {}", text(item, path), text(item, rule))).collect(), known.len())
    };
    let is_known = |item: &Value| item["known"].as_bool().expect("every finding says whether it is known");
    match format {
        "text" | "concise" | "github" => last_line(format, output),
        "markdown" => {
            let (table, last) = output.trim_end().rsplit_once("\n\n").unwrap();
            (parse::findings(format, table).iter().map(|line| short(line)).collect(), counted(Some(last)))
        }
        "json" => sorted(parse::items(&serde_json::from_str(output).unwrap()), "/path", "/rule", &is_known),
        "jsonl" => {
            let items: Vec<Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            sorted(&items, "/path", "/rule", &is_known)
        }
        "gitlab" => {
            let is_known = |item: &Value| item["severity"] == "info";
            let items: Value = serde_json::from_str(output).unwrap();
            sorted(parse::items(&items), "/location/path", "/check_name", &is_known)
        }
        "sarif" => {
            let log: Value = serde_json::from_str(output).unwrap();
            let is_known = |item: &Value| match item["baselineState"].as_str() {
                Some("unchanged") => true,
                Some("new") => false,
                state => panic!("{state:?}"),
            };
            let uri = "/locations/0/physicalLocation/artifactLocation/uri";
            sorted(parse::items(&log["runs"][0]["results"]), uri, "/ruleId", &is_known)
        }
        "junit" => {
            let cases = parse::cases(output);
            let known = cases.iter().flat_map(|case| &case.lines).filter(|line| line.ends_with(" (known)"));
            let known = known.count();
            assert_eq!(output.matches("<skipped").count(), known, "a case whose faults are known is skipped");
            let failed = cases.iter().filter(|case| case.failure.is_some()).flat_map(|case| &case.lines);
            (failed.map(|line| short(line)).collect(), known)
        }
        _ => panic!("no format is called {format}"),
    }
}

#[track_caller]
fn in_every_format(folder: &Folder, code: i32, new: &[&str], known: usize) {
    for (format, _) in FindingFormat::ALL {
        let output = folder.ingest(&["check", "-q", "--baseline", "known.jsonl", "--format", format, "in"]);
        assert_eq!(
            told(format, stdout(&output)),
            (new.iter().map(|it| (*it).to_owned()).collect(), known),
            "{format}"
        );
        assert_eq!(output.status.code(), Some(code), "{format}");
    }
}

#[test]
fn known_findings_reject_nothing_and_are_counted_in_every_format() {
    let folder = with_baseline("baseline-known");
    in_every_format(&folder, 0, &[], BAD);
    let output = folder.ingest(&["check", "--baseline", "known.jsonl", "in"]);
    let summary = "3 articles, 32 rejected (32 known), 0 warnings, 32 known findings, 0 stale (";
    assert!(stderr(&output).starts_with(summary), "{}", stderr(&output));
}

#[test]
fn one_more_fault_is_reported_alone() {
    let folder = with_baseline("baseline-new");
    folder.put("in/zz.md", faulty(99));
    in_every_format(&folder, 1, &["in/zz.md: duplicate-key"], BAD);
}

/// Known findings come first here, and would take all the room.
#[test]
fn known_findings_leave_half_of_the_room_to_new_ones() {
    let folder = with_baseline("baseline-room");
    folder.put("in/zz.md", faulty(99));
    let arguments = ["check", "--baseline", "known.jsonl", "--format", "json", "--max-findings", "4", "in"];
    let output = folder.ingest(&arguments);
    assert_eq!(told("json", stdout(&output)), (vec!["in/zz.md: duplicate-key".to_owned()], 2));
    assert!(stderr(&output).contains("30 more findings not shown"), "{}", stderr(&output));
}

#[test]
fn one_more_byte_in_a_known_file_makes_its_findings_new() {
    let folder = with_baseline("baseline-byte");
    folder.put("in/04.md", faulty(4) + "\n").put("in/06.md", faulty(6) + "x");
    in_every_format(&folder, 1, &["in/04.md: hash-missing", "in/06.md: no-front-matter"], BAD - 2);
}

#[test]
fn the_lines_are_sorted_and_name_path_hash_and_rules() {
    let folder = with_baseline("baseline-lines");
    let rules = ["hash-missing", "hash-mismatch", "no-front-matter", "duplicate-key"];
    let expected: String = (0..BAD)
        .map(|number| {
            let (hash, rule) = (sha256(&faulty(number)), rules[number % 4]);
            format!("{{\"path\":\"in/{number:02}.md\",\"sha256\":\"{hash}\",\"findings\":[{{\"rule\":\"{rule}\"}}]}}\n")
        })
        .collect();
    assert_eq!(folder.read("known.jsonl"), expected);
}

#[test]
fn rejected_files_of_a_run_are_a_baseline() {
    let folder = archive("baseline-rejects");
    for rejects in ["known.jsonl", "known.jsonl.gz"] {
        folder.ingest(&["-qq", "-o", "articles.jsonl", "--rejects", rejects, "in"]);
        let output = folder.ingest(&["check", "-q", "--baseline", rejects, "./in"]);
        assert_eq!((stdout(&output), output.status.code()), ("32 known, not listed\n", Some(0)), "{rejects}");
    }
}

#[test]
fn a_repaired_file_is_stale_until_the_baseline_is_written_anew() {
    let folder = with_baseline("baseline-stale");
    let before = folder.read("known.jsonl");
    folder.put("in/00.md", article(0));
    fs::remove_file(folder.0.join("in/02.md")).unwrap();
    let output = folder.ingest(&["check", "--baseline", "known.jsonl", "in"]);
    let told = stderr(&output);
    assert!(told.contains("ingest: stale: in/00.md: hash-missing is known, but was not found\n"), "{told}");
    assert!(
        told.contains("ingest: stale: in/02.md: no-front-matter is known, but was not found\n"),
        "{told}"
    );
    assert!(told.contains(", 30 known findings, 2 stale ("), "{told}");
    assert_eq!(output.status.code(), Some(0), "what is gone is no fault");

    let arguments = ["check", "-q", "--baseline", "known.jsonl", "--write-baseline", "known.jsonl", "in"];
    assert_eq!(folder.ingest(&arguments).status.code(), Some(0));
    let is_gone = |line: &&str| line.contains("in/00.md") || line.contains("in/02.md");
    let expected: Vec<&str> = before.lines().filter(|line| !is_gone(line)).collect();
    assert_eq!(folder.read("known.jsonl").lines().collect::<Vec<_>>(), expected);
}

#[test]
fn warnings_and_members_of_archives_can_be_known() {
    let folder = Folder::new("baseline-warnings");
    let doubtful = article(1).replace("# 제목", "# 다른 제목");
    let members = vec![("a.md".to_owned(), doubtful), ("b.md".to_owned(), faulty(2))];
    folder.put("in/dump.tar.gz", pack::gzip(&pack::tar(&members)));
    folder.put("in/cut.tar", &pack::tar(&members)[..700]);
    folder.ingest(&["check", "-q", "--write-baseline", "known.jsonl", "in"]);
    let output = folder.ingest(&["check", "-D", "warnings", "--baseline", "known.jsonl", "in"]);
    assert_eq!(stdout(&output), "3 known, not listed\n");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn what_cannot_be_a_baseline_is_refused() {
    let folder = with_baseline("baseline-refused");
    folder.put("odd.jsonl", "{}\n");
    for (arguments, expected) in [
        (&["--baseline", "none.jsonl"][..], "none.jsonl"),
        (&["--baseline", "odd.jsonl"], "line 1: not a line of a baseline"),
        (&["--write-baseline", "known.parquet"], "this is text"),
        (&["--write-baseline", "known.jsonl", "--shard", "1/2"], "cannot be used with"),
        (&["--write-baseline", "known.jsonl", "--fail-fast"], "cannot be used with"),
    ] {
        let output = folder.ingest(&[&["check", "in"], arguments].concat());
        assert!(stderr(&output).contains(expected), "{arguments:?}: {}", stderr(&output));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    let before = folder.read("known.jsonl");
    fs::create_dir(folder.0.join("empty")).unwrap();
    let output = folder.ingest(&["check", "--write-baseline", "known.jsonl", "empty"]);
    assert!(stderr(&output).contains("is left as it was: nothing was read"), "{}", stderr(&output));
    assert_eq!(folder.read("known.jsonl"), before);
}
