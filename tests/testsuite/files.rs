//! `ingest files`: the list of what a run would read, and the run over such a list.

use std::os::unix::fs::symlink;
use std::process::Output;

use serde_json::Value;

use crate::support::crawl_file::article;
use crate::support::folder::{Folder, fed, stderr, stdout};
use crate::support::oddities;

#[track_caller]
fn listed(folder: &Folder, arguments: &[&str]) -> Vec<Value> {
    let output = folder.ingest(&[&["files", "--format", "jsonl"], arguments].concat());
    stdout(&output).lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// The records and the findings.
fn told(output: &Output) -> (Vec<String>, Vec<String>) {
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    (lines(stdout(output)), lines(stderr(output)))
}

fn odd(name: &str) -> Folder {
    let folder = Folder::new(name);
    oddities::put(&folder, "in");
    folder
}

#[test]
fn files_are_listed_as_they_would_be_read() {
    let folder = odd("files-listed");
    let found = listed(&folder, &["in"]);
    let text = |file: &Value, key: &str| file[key].as_str().expect("a string").to_owned();
    let kinds: Vec<String> =
        found.iter().map(|file| format!("{} {}", text(file, "relative"), text(file, "kind"))).collect();
    assert_eq!(kinds, oddities::LISTED);
    for file in &found {
        assert_eq!(text(file, "path"), format!("in/{}", text(file, "relative")));
        let name = text(file, "path");
        match name.as_str() {
            "in/old.Z" | "in/photo.gz" | "in/photo.md.gz" => assert!(file["error"].is_string(), "{file}"),
            "in/name\\xFF.md" => assert_eq!(file["path_bytes"], "696e2f6e616d65ff2e6d64"),
            _ => {
                let size = std::fs::metadata(folder.0.join(&name)).unwrap().len();
                let (keys, known) = (file.as_object().unwrap().len(), file["size"].as_u64());
                assert_eq!((keys, known), (4, Some(size)), "{name}");
            }
        }
    }
    let output = folder.ingest(&["files", "in"]);
    let paths: Vec<String> = found
        .iter()
        .filter(|file| file["kind"] != "unreadable")
        .map(|file| text(file, "path").replace('\n', "\\n"))
        .collect();
    assert_eq!(stdout(&output).lines().collect::<Vec<_>>(), paths);
    let unreadable = found.iter().filter(|file| file["kind"] == "unreadable");
    let finding = |file| format!("{}:1:1: error[unreadable]: {}\n", text(file, "path"), text(file, "error"));
    assert_eq!(stderr(&output), unreadable.map(finding).collect::<String>());
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_list_in_parts_is_read_as_one_run() {
    let folder = odd("files-parts");
    folder.put("list", "in/Z.md\nin/gone.md\nin/sub\nin/tar.md\nin/sub/dump.tar\n");
    let mut different = Vec::new();
    for selection in [
        &["in"][..],
        &["--follow", "in"],
        &["--no-archives", "in"],
        &["--exclude", "sub", "--exclude", "*.zip", "in"],
        &["--include", r"\[a\].md", "in"],
        &["--include", "[Zt]*.{md,tar}", "in"],
        // Members count from the argument too.
        &["--include", "/sub/dump.tar/*.md", "in"],
        &["--shard", "1/2", "in"],
        &["--shard", "2/2", "in", "in/tar.md"],
        &["--files-from", "list", "in/v7"],
    ] {
        let levels = ["-q", "-A", "duplicate"];
        let whole = told(&folder.ingest(&[&levels, selection].concat()));
        let list = folder.ingest(&[&["files", "--format", "jsonl"], selection].concat()).stdout;
        let lines: Vec<&[u8]> = list.split_inclusive(|byte| *byte == b'\n').collect();
        // Which links are followed and what members are read is for the run to say again.
        let paths = ["in", "in/v7", "in/tar.md", "--files-from", "list"];
        let options: Vec<&str> = selection.iter().copied().filter(|option| !paths.contains(option)).collect();
        for size in [1, 5, lines.len()] {
            let mut together = (Vec::new(), Vec::new());
            for part in lines.chunks(size) {
                let arguments = [&levels, &options[..], &["--as-found", "--files-from", "-"]].concat();
                let (records, findings) = told(&fed(&folder, &arguments, &part.concat()));
                together.0.extend(records);
                // A part may hold nothing but an archive without crawl files.
                together.1.extend(findings.into_iter().filter(|line| !line.contains("nothing to read")));
            }
            assert_eq!(together, whole, "{selection:?}, {size} a part");
        }
        different.push(whole.0);
    }
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 10);
}

#[test]
fn links_that_lead_nowhere_and_streams_are_listed_too() {
    let folder = Folder::new("files-streams");
    folder
        .put("in/a.md", article(1))
        .put("list", "in/a.md\n/dev/null\nhttps://user:secret@host/a.md?sig=x\n");
    symlink("gone", folder.0.join("in/b")).unwrap();
    let arguments = ["files", "--format", "jsonl", "--follow", "--files-from", "list", "in", "-"];
    let output = folder.ingest(&arguments);
    let size = article(1).len();
    let expected = [
        format!(r#"{{"path":"in/a.md","relative":"a.md","kind":"file","size":{size}}}"#),
        r#"{"path":"in/b","relative":"b","kind":"unreadable","size":null,"error":"No such file or directory (os error 2)"}"#
            .to_owned(),
        r#"{"path":"-","relative":"","kind":"stream","size":null}"#.to_owned(),
        format!(r#"{{"path":"in/a.md","relative":"","kind":"file","size":{size}}}"#),
        r#"{"path":"/dev/null","relative":"","kind":"stream","size":null}"#.to_owned(),
        r#"{"path":"https://host/a.md","relative":"","kind":"stream","size":null}"#.to_owned(),
    ];
    assert_eq!(stdout(&output).lines().collect::<Vec<_>>(), expected);
}

#[test]
fn the_exit_status_says_whether_there_is_something_to_read() {
    let folder = Folder::new("files-status");
    folder.put("in/a.md", article(1)).put("none/a.html", "no");
    for (arguments, status, said) in [
        (&["in"][..], 0, ""),
        (&["none"], 1, "ingest: nothing to read: no *.md, *.markdown or *.txt here\n"),
        (&["gone"], 2, "error: gone: No such file or directory (os error 2)\n"),
    ] {
        let output = folder.ingest(&[&["files"], arguments].concat());
        assert_eq!((output.status.code(), stderr(&output)), (Some(status), said), "{arguments:?}");
    }
    assert_eq!(folder.ingest(&["files"]).status.code(), Some(2));
}

#[test]
fn a_list_of_another_kind_is_a_finding() {
    let folder = Folder::new("files-other");
    folder.put("in/a.md", article(1));
    for (line, why) in [
        ("in/a.md", "expected value at line 1 column 1"),
        (r#"{"path":"in/a.md"}"#, "missing field `relative` at line 1 column 18"),
        (
            r#"{"path":"in/a.md","relative":"b.md","kind":"file","size":1}"#,
            "`path`, `relative` and `path_bytes` do not agree",
        ),
        (
            r#"{"path":"in/a.md","relative":"a.md","kind":"file","size":1,"path_bytes":"é"}"#,
            "`path`, `relative` and `path_bytes` do not agree",
        ),
    ] {
        folder.put("list", format!("{line}\n"));
        let output = folder.ingest(&["-q", "--as-found", "--files-from", "list"]);
        let expected =
            format!("list:1:1: error[unreadable]: not a line of `ingest files`: {why}: `{line}`\n");
        assert_eq!((stderr(&output), output.status.code()), (expected.as_str(), Some(1)));
    }
}

/// The list is one line a file for every reader.
#[test]
fn no_name_breaks_a_line() {
    let folder = Folder::new("files-lines");
    folder.put("in/a\u{2028}b\u{85}c\nd\u{202e}.md", article(1)).put("in/\u{1b}[31m.md", article(2));
    let size = article(1).len();
    let [first, second] = [r"\u001b[31m.md", r"a\u2028b\u0085c\nd\u202e.md"]
        .map(|name| format!("{{\"path\":\"in/{name}\",\"relative\":\"{name}\",\"kind\":\"file\",\"size\":"));
    let output = folder.ingest(&["files", "--format", "jsonl", "in"]);
    let expected = format!("{first}{}}}\n{second}{size}}}\n", article(2).len());
    assert_eq!(stdout(&output), expected);
    let output = folder.ingest(&["files", "in"]);
    assert_eq!(stdout(&output), "in/\\x1b[31m.md\nin/a\\u{2028}b\\u{0085}c\\nd\\u{202e}.md\n");
}
