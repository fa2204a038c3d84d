//! `--split-records` and `--split-size`: the same records in parts.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use news_ingest::output::split::numbered;

use crate::support::folder::{Folder, stderr, stdout};

fn parts(folder: &Folder) -> Vec<String> {
    folder.names("out").iter().map(|name| folder.read(&format!("out/{name}"))).collect()
}

#[test]
fn the_number_stands_before_the_ending() {
    for (path, number, expected) in [
        ("articles.jsonl", 0, "articles-00000.jsonl"),
        ("out/articles.jsonl", 12, "out/articles-00012.jsonl"),
        ("a.jsonl.gz", 7, "a-00007.jsonl.gz"),
        ("a.2024.jsonl.zst", 7, "a.2024-00007.jsonl.zst"),
        ("articles", 99_999, "articles-99999"),
        ("a.gz", 100_000, "a-100000.gz"),
        (".hidden", 1, ".hidden-00001"),
    ] {
        assert_eq!(numbered(Path::new(path), number), Path::new(expected));
    }
}

#[test]
fn parts_have_so_many_records_and_are_together_the_whole() {
    let folder = Folder::of_articles("split-records", 300);
    let whole = stdout(&folder.ingest(&["in"])).to_owned();
    for (most, expected) in [(1, 300), (7, 43), (100, 3), (299, 2), (300, 1), (1000, 1)] {
        let most_given = most.to_string();
        let output = folder.ingest(&["-o", "out/a.jsonl", "--split-records", &most_given, "-j4", "in"]);
        assert_eq!((stdout(&output), output.status.code()), ("", Some(0)), "{}", stderr(&output));
        let parts = parts(&folder);
        // Parts of the run before it that has more are gone.
        assert_eq!(parts.len(), expected, "{most}");
        assert!(parts.concat() == whole, "{most}");
        let (last, others) = parts.split_last().unwrap();
        assert!(others.iter().all(|part| part.lines().count() == most), "{most}");
        assert!((1..=most).contains(&last.lines().count()), "{most}");
        assert_eq!(folder.names("out")[0], "a-00000.jsonl");
    }
}

#[test]
fn parts_have_so_many_bytes_unless_a_record_has_more() {
    let folder = Folder::of_articles("split-size", 300);
    let whole = stdout(&folder.ingest(&["in"])).to_owned();
    for most in [0, 700, 1024, 10_000, 1 << 20] {
        let output = folder.ingest(&["-o", "out/a.jsonl", "--split-size", &most.to_string(), "in"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let parts = parts(&folder);
        assert!(parts.concat() == whole, "{most}");
        for pair in parts.windows(2) {
            // As many as fit, and no fewer.
            let next = pair[1].split_inclusive('\n').next().unwrap();
            assert!(pair[0].len() + next.len() > most, "{most}");
        }
        assert!(parts.iter().all(|part| part.len() <= most || part.lines().count() == 1), "{most}");
    }
    let output = folder.ingest(&["-o", "out/a.jsonl", "--split-size", "4K", "in"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(parts(&folder).iter().all(|part| part.len() <= 4096));
}

#[test]
fn parts_are_compressed_and_what_they_replace_is_not_read() {
    let folder = Folder::of_articles("split-compressed", 30);
    let whole = stdout(&folder.ingest(&["in"])).to_owned();
    assert_eq!(folder.ingest(&["-o", "out/a.jsonl.gz", "--split-records", "8", "in"]).status.code(), Some(0));
    assert_eq!(
        folder.names("out"),
        ["a-00000.jsonl.gz", "a-00001.jsonl.gz", "a-00002.jsonl.gz", "a-00003.jsonl.gz"]
    );
    let unpacked =
        Command::new("gzip").arg("-dc").args(folder.names("out")).current_dir(folder.0.join("out")).output();
    assert!(unpacked.unwrap().stdout == whole.as_bytes());
    for _ in 0..2 {
        let output = folder.ingest(&["-q", "-o", "in/all.md", "--to", "jsonl", "--split-records", "8", "in"]);
        assert_eq!((stderr(&output), output.status.code()), ("", Some(0)));
        assert_eq!(folder.read("in/all-00003.md").lines().count(), 6);
    }
}

#[test]
fn a_run_that_accepts_nothing_leaves_the_old_parts() {
    let folder = Folder::of_articles("split-none", 0);
    folder.put("out/a-00000.jsonl", "old").put("out/a-00001.jsonl", "old").put("out/a-00003.jsonl", "other");
    fs::create_dir(folder.0.join("in")).unwrap();
    let output = folder.ingest(&["-o", "out/a.jsonl", "--split-records", "8", "--exit-zero", "in"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(folder.names("out"), ["a-00000.jsonl", "a-00001.jsonl", "a-00003.jsonl"]);
    assert_eq!(folder.read("out/a-00000.jsonl"), "old");
    assert!(stderr(&output).contains("ingest: `out/a.jsonl` is left as it was: "), "{}", stderr(&output));
}

#[test]
fn a_run_over_an_empty_list_has_one_empty_part() {
    let folder = Folder::of_articles("split-empty-list", 0);
    folder.put("out/a-00000.jsonl", "old").put("out/a-00001.jsonl", "old").put("out/a-00003.jsonl", "other");
    folder.put("list", "");
    let output = folder.ingest(&["-o", "out/a.jsonl", "--split-records", "8", "--files-from", "list"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(folder.names("out"), ["a-00000.jsonl", "a-00003.jsonl"]);
    assert_eq!(folder.read("out/a-00000.jsonl"), "");
}

#[test]
fn splitting_asks_for_a_file_and_one_limit() {
    let folder = Folder::of_articles("split-usage", 1);
    for arguments in [
        &["--split-records", "8"][..],
        &["--split-size", "8"],
        &["-o", "out/a", "--split-records", "0"],
        &["-o", "-", "--split-records", "8"],
        &["-o", "out/a", "--split-records", "8", "--split-size", "8"],
        &["-o", "out/a", "--split-records", "8", "--rejects", "out/a-00000"],
    ] {
        let output = folder.ingest(&[arguments, &["in"]].concat());
        assert_eq!((stdout(&output), output.status.code()), ("", Some(2)), "{arguments:?}");
        assert_eq!(folder.names("out"), [""; 0], "{arguments:?}");
    }
}

#[test]
fn a_run_that_ends_early_leaves_the_old_parts_and_no_drafts() {
    let folder = Folder::of_articles("split-ended", 50);
    folder.put("out/a-00000.jsonl", "old");
    let mut child = folder
        .command(&["-o", "out/a.jsonl", "--split-records", "3", "in", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while folder.names("out").len() < 2 {
        thread::sleep(Duration::from_millis(5));
    }
    Command::new("sh").args(["-c", &format!("kill -TERM {}", child.id())]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(143));
    assert_eq!(folder.names("out"), ["a-00000.jsonl"]);
    assert_eq!(folder.read("out/a-00000.jsonl"), "old");
}
