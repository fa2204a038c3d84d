//! `ingest diff`: scripted edits, in every mix of folders, archives and manifests.

use std::fs;

use serde_json::{Value, json};

use crate::support::crawl_file::{CrawlFile, article};
use crate::support::folder::{Folder, stderr, stdout};
use crate::support::pack;

fn crawl_file(number: usize) -> CrawlFile {
    CrawlFile::numbered(number, &format!("{number}번째 본문이다."))
}

fn id(number: usize) -> String {
    format!("901_{number:010}")
}

/// Twenty files, and what became of them: two added, one of each other kind.
fn two_dumps() -> (pack::Files, pack::Files) {
    let name = |number: usize| format!("{:02}/{number}.md", number % 7);
    let old: pack::Files = (0..20).map(|number| (name(number), crawl_file(number).to_string())).collect();
    let mut new = old.clone();
    let mut old = old;
    new[1].1 = CrawlFile {
        content: "고친 본문이다.".into(),
        hash: CrawlFile::with_text("고친 본문이다.").hash,
        ..crawl_file(1)
    }
    .to_string();
    new[2].1 = CrawlFile { title: "고친 제목".into(), category: "사회".into(), ..crawl_file(2) }.to_string();
    new[3].0 = "moved/3.md".into();
    new[4].1 = new[4].1.replace("본문이다", "본문이었다");
    old[5].1 = "---\n".into();
    new[6].1 += "\n";
    new.remove(7);
    new.push(("new/20.md".into(), crawl_file(20).to_string()));
    new.push(("new/21.md".into(), "---\n".into()));
    // Two files that change places have moved.
    (new[7].1, new[8].1) = (new[8].1.clone(), new[7].1.clone());
    old.sort();
    new.sort();
    (old, new)
}

fn expected(fields: bool) -> Vec<Value> {
    let known = |fields_of: Value| if fields { fields_of } else { Value::Null };
    let line = |kind: &str, path: &str, old: Value, number: Value, fields: Value, rules: Value| json!({ "kind": kind, "path": path, "old_path": old, "id": number, "fields": fields, "rules": rules });
    let none = || json!([]);
    vec![
        line("text", "01/1.md", Value::Null, json!(id(1)), known(json!(["content_hash"])), none()),
        line("moved", "01/8.md", json!("02/9.md"), json!(id(9)), known(json!([])), none()),
        line("metadata", "02/2.md", Value::Null, json!(id(2)), known(json!(["title", "category"])), none()),
        line("moved", "02/9.md", json!("01/8.md"), json!(id(8)), known(json!([])), none()),
        line("rejected", "04/4.md", Value::Null, json!(id(4)), Value::Null, json!(["hash-mismatch"])),
        line("accepted", "05/5.md", Value::Null, json!(id(5)), Value::Null, json!(["unclosed-front-matter"])),
        line("bytes", "06/6.md", Value::Null, json!(id(6)), Value::Null, none()),
        line("moved", "moved/3.md", json!("03/3.md"), json!(id(3)), known(json!([])), none()),
        line("removed", "00/7.md", Value::Null, json!(id(7)), Value::Null, none()),
        line("added", "new/20.md", Value::Null, json!(id(20)), Value::Null, none()),
        line("added", "new/21.md", Value::Null, Value::Null, Value::Null, json!(["unclosed-front-matter"])),
    ]
}

/// The differences with paths below OLD and NEW, in any order.
fn found(folder: &Folder, old: &str, new: &str) -> Vec<Value> {
    let output = folder.ingest(&["diff", "--format", "jsonl", old, new]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let lines: Vec<Value> = stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let below = |path: &Value| {
        let path = path.as_str()?;
        let roots = ["old/", "new/", "old.tar/", "new.tar/"];
        Some(roots.iter().find_map(|root| path.strip_prefix(root)).unwrap().to_owned())
    };
    let mut lines = lines;
    for line in &mut lines {
        for key in ["path", "old_path"] {
            line[key] = json!(below(&line[key]));
        }
    }
    lines
}

fn sorted(mut lines: Vec<Value>) -> Vec<String> {
    let mut lines: Vec<String> = lines.drain(..).map(|line| line.to_string()).collect();
    lines.sort();
    lines
}

fn dumps() -> Folder {
    let folder = Folder::new("diff");
    let (old, new) = two_dumps();
    for (root, files) in [("old", &old), ("new", &new)] {
        files.iter().for_each(|(name, content)| _ = folder.put(&format!("{root}/{name}"), content));
        folder.put(&format!("{root}.tar"), pack::tar(files));
        let manifest = format!("{root}.manifest.jsonl.zst");
        let output = folder.ingest(&["-q", "--manifest", &manifest, "-o", "a.jsonl", root]);
        assert!(output.status.code() <= Some(1), "{}", stderr(&output));
    }
    folder
}

#[test]
fn each_edit_is_told_in_every_mix_of_folders_archives_and_manifests() {
    let folder = dumps();
    let forms = [("", true), (".tar", true), (".manifest.jsonl.zst", false)];
    for (old, old_has_fields) in forms {
        for (new, new_has_fields) in forms {
            let (old, new) = (format!("old{old}"), format!("new{new}"));
            let expected = sorted(expected(old_has_fields && new_has_fields));
            assert_eq!(sorted(found(&folder, &old, &new)), expected, "{old} {new}");
            for side in [&old, &new] {
                let output = folder.ingest(&["diff", side, side]);
                assert_eq!(output.status.code(), Some(0), "{side}: {}", stdout(&output));
            }
        }
        let output = folder.ingest(&["diff", &format!("old{old}"), "old"]);
        assert_eq!((stdout(&output), output.status.code()), ("20 unchanged\n", Some(0)), "old{old}");
    }
}

#[test]
fn people_are_told_the_number_of_each_kind_and_the_first() {
    let folder = dumps();
    let output = folder.ingest(&["diff", "old", "new"]);
    let expected = "\
2 added
  new/new/20.md
  new/new/21.md: unclosed-front-matter
1 removed
  old/00/7.md
3 moved
  old/02/9.md -> new/01/8.md
  old/01/8.md -> new/02/9.md
  old/03/3.md -> new/moved/3.md
1 text changed
  new/01/1.md: content_hash
1 metadata changed
  new/02/2.md: title, category
1 only bytes changed
  new/06/6.md
1 newly rejected
  new/04/4.md: hash-mismatch
1 newly accepted
  new/05/5.md: unclosed-front-matter
11 unchanged
";
    assert_eq!(stdout(&output), expected);
    let output = folder.ingest(&["diff", "--format", "markdown", "old", "new"]);
    assert!(
        stdout(&output).starts_with("## ingest diff: 11 differences\n\n| files | kind | first |\n| ---: |")
    );
    assert!(stdout(&output).contains("\n| 1 | metadata changed | new/02/2.md: title, category |\n"));
    let output = folder.ingest(&["diff", "--format", "json", "old", "new"]);
    let all: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(all.len(), 11);
    let output = folder.ingest(&["diff", "--format", "json", "old", "old"]);
    assert_eq!(stdout(&output), "[]\n");
}

#[test]
fn differences_are_in_the_order_of_the_paths() {
    let folder = dumps();
    let output = folder.ingest(&["diff", "--format", "jsonl", "old", "new"]);
    let path = |line: &str| serde_json::from_str::<Value>(line).unwrap()["path"].as_str().unwrap().to_owned();
    let paths: Vec<_> = stdout(&output).lines().map(path).collect();
    assert!(paths.is_sorted(), "{paths:?}");
}

#[test]
fn what_cannot_be_read_is_neither_removed_nor_added() {
    let folder = Folder::new("diff-unreadable");
    let files: pack::Files = (1..9).map(|n| (format!("{n}.md"), article(n))).collect();
    let tar = pack::tar(&files);
    folder.put("whole/dump.tar", &tar).put("cut/dump.tar", &tar[..tar.len() / 2]);
    for (old, new) in [("whole", "cut"), ("cut", "whole")] {
        let output = folder.ingest(&["diff", "--format", "jsonl", old, new]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("files not compared"), "{}", stderr(&output));
        assert!(!stdout(&output).contains(".md"), "{}", stdout(&output));
    }
    assert_eq!(folder.ingest(&["diff", "whole", "none"]).status.code(), Some(2));
    assert_eq!(folder.ingest(&["diff", "whole"]).status.code(), Some(2));
}

#[test]
fn two_files_are_compared_whatever_their_names() {
    let folder = Folder::new("diff-files");
    folder
        .put("a.md", crawl_file(1).to_string())
        .put("b.md", CrawlFile { title: "고친 제목".into(), ..crawl_file(1) }.to_string());
    let output = folder.ingest(&["diff", "a.md", "b.md"]);
    assert_eq!(stdout(&output), "1 metadata changed\n  b.md: title\n0 unchanged\n");
    let names = ["c\u{1b}[31m.md", "c|d.md"];
    names.iter().for_each(|name| _ = folder.put(&format!("in/{name}"), crawl_file(2).to_string()));
    fs::create_dir(folder.0.join("empty")).unwrap();
    for format in ["text", "markdown", "json", "jsonl"] {
        let output = folder.ingest(&["diff", "--format", format, "empty", "in"]);
        assert!(
            !stdout(&output).contains('\u{1b}') && output.status.code() == Some(1),
            "{}",
            stdout(&output)
        );
    }
}

#[test]
fn a_text_that_its_hash_does_not_cover_has_changed_if_its_bytes_have() {
    let folder = Folder::new("diff-unverified");
    let bad = |text: &str| CrawlFile { content: text.into(), ..crawl_file(1) }.to_string();
    folder.put("old/a.md", bad("고친 글이다.")).put("new/a.md", bad("또 고친 글이다."));
    let output = folder.ingest(&["diff", "-W", "hash-mismatch", "old", "new"]);
    assert!(stdout(&output).starts_with("1 text changed\n"), "{}", stdout(&output));
}
