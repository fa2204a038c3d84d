//! `--rejects FILE` and `--summary FILE`: what became of the files that gave no record, and the totals of a run.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::crawl_file::{CrawlFile, article, rejected, sha256};
use crate::support::folder::{Folder, stderr, stdout};

/// A line of the list, declared a second time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reject {
    path: String,
    size: Option<usize>,
    sha256: Option<String>,
    findings: Vec<Reason>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    line: usize,
    column: usize,
    level: String,
    rule: String,
    message: String,
}

fn rejects(folder: &Folder) -> Vec<Reject> {
    folder.read("rejects.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn totals(folder: &Folder) -> Value {
    let mut totals: Value = serde_json::from_str(&folder.read("totals.json")).unwrap();
    let seconds = totals.as_object_mut().unwrap().remove("seconds").unwrap();
    assert!(seconds.as_f64().unwrap() > 0.0);
    totals
}

#[test]
fn each_rejected_file_is_listed_with_its_size_its_hash_and_its_findings() {
    let folder = Folder::new("rejects-each");
    let (no_hash, broken) = (rejected(2), "no\u{2028}\"".to_owned());
    let conflict = CrawlFile::numbered(1, "다른 본문이다.").to_string();
    let files = [("b.md", &no_hash), ("c \"\u{2028}\u{85}.md", &broken), ("d.md", &conflict)];
    folder.put("in/a.md", article(1)).put("in/z.md", article(9)).put("in/e.md", "x".repeat(3000));
    for (name, content) in files {
        folder.put(&format!("in/{name}"), content);
    }
    fs::create_dir(folder.0.join("in/x.md")).unwrap();
    let output =
        folder.ingest(&["--rejects", "rejects.jsonl", "--max-file-size", "2K", "in", "/proc/self/mem"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert_eq!(stdout(&output).lines().count(), 2);
    let rejects = rejects(&folder);
    let paths: Vec<&str> = rejects.iter().map(|reject| reject.path.as_str()).collect();
    assert_eq!(paths, ["in/b.md", "in/c \"\u{2028}\u{85}.md", "in/d.md", "in/e.md", "/proc/self/mem"]);
    for (reject, (_, content)) in rejects.iter().zip(files) {
        assert_eq!(reject.size, Some(content.len()), "{reject:?}");
        assert_eq!(reject.sha256.as_deref(), Some(sha256(content).as_str()), "{reject:?}");
    }
    for unread in &rejects[3..] {
        assert_eq!((unread.size, unread.sha256.as_deref()), (None, None), "{unread:?}");
    }
    let rules: Vec<&str> = rejects.iter().map(|reject| reject.findings[0].rule.as_str()).collect();
    assert_eq!(rules, ["hash-missing", "no-front-matter", "id-conflict", "too-large", "unreadable"]);
    let Reason { line, column, level, message, .. } = &rejects[0].findings[0];
    assert_eq!((*line, *column, level.as_str()), (2, 1, "error"));
    assert_eq!(message, "`content_hash` is missing");
}

#[test]
fn a_run_that_rejects_nothing_lists_nothing() {
    let folder = Folder::new("rejects-nothing");
    folder.put("in/a.md", article(1)).put("rejects.jsonl", "old");
    let output = folder.ingest(&["--rejects", "rejects.jsonl", "-o", "a.jsonl", "in"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(folder.read("rejects.jsonl"), "");
}

#[test]
fn the_totals_are_numbers() {
    let folder = Folder::new("totals");
    let files = [
        ("a.md", article(9)),
        ("b.md", rejected(2)),
        ("c.md", article(3).replace("# 제목", "# 다른 제목")),
        ("d.md", article(4).replace("본문이다", "본문이었다")),
        ("e.md", CrawlFile::with_text("두 줄\n본문").to_string().replace('\n', "\r\n")),
    ];
    for (name, content) in &files {
        folder.put(&format!("in/{name}"), content);
    }
    let bytes: usize = files.iter().map(|(_, content)| content.len()).sum();
    let output = folder.ingest(&["--summary", "totals.json", "-W", "hash-mismatch", "in"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let expected = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "files": 5, "articles": 4, "rejected": 1, "left_out": 0, "excluded": 0, "unchanged": 0,
        "verified": 3, "warnings": 3,
        "findings": {
            "error": {"hash-missing": 1},
            "warning": {"hash-mismatch": 1, "heading-differs": 1, "line-endings": 1},
        },
        "readings": {"up to the footer, decoded": 2, "up to the footer, decoded, CR LF as LF": 1},
        "redactions": {},
        "bytes": bytes,
    });
    assert_eq!(totals(&folder), expected, "{}", stderr(&output));
}

#[test]
fn nothing_is_written_where_the_run_fails() {
    let folder = Folder::new("totals-failed");
    folder
        .put("in/a.md", article(1))
        .put("totals.json", "old")
        .put("rejects.jsonl", "old")
        .put("a.jsonl", "old");
    let names = ["-o", "a.jsonl", "--rejects", "rejects.jsonl", "--summary", "totals.json"];
    for more in [&["gone"][..], &["in", "rejects.jsonl"], &["--rejects", "./a.jsonl", "in"]] {
        let arguments: Vec<&str> =
            if more.contains(&"--rejects") { names[..2].to_vec() } else { names.to_vec() };
        assert_eq!(folder.ingest(&[&arguments, more].concat()).status.code(), Some(2), "{more:?}");
    }
    let mut child = folder
        .command(&[&names[..], &["-"]].concat())
        .stdin(Stdio::piped())
        .stderr(fs::File::options().write(true).open("/dev/full").unwrap())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"no").unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(2));
    assert_eq!(["a.jsonl", "rejects.jsonl", "totals.json"].map(|name| folder.read(name)), ["old"; 3]);
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 4);
    assert_eq!(folder.ingest(&["-o", "/dev/null", "--rejects", "/dev/null", "in"]).status.code(), Some(0));
}
