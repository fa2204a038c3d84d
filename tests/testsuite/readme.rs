//! What the README shows is what comes out: its examples are run, one after the other, in a folder such as it speaks of.

#![cfg(feature = "columnar")]

use std::env;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::folder::Folder;
use crate::support::venv;

/// What stands between a fence of this language and its end, block by block.
fn blocks(language: &str) -> Vec<String> {
    let readme = fs::read_to_string("README.md").unwrap();
    let fence = format!("\n```{language}\n");
    readme.split(&fence).skip(1).map(|rest| rest.split("\n```").next().unwrap().to_owned()).collect()
}

/// The commands of a block with what it shows of each.
fn examples(block: &str) -> Vec<(&str, String)> {
    let mut examples: Vec<(&str, String)> = Vec::new();
    for line in block.lines() {
        match (line.strip_prefix("$ "), examples.last_mut()) {
            (Some(command), _) => examples.push((command, String::new())),
            (None, Some((_, shown))) => shown.extend([line, "\n"]),
            (None, None) => panic!("{line} comes out of no command"),
        }
    }
    examples
}

/// The folders and archives of the README.
fn stage(name: &str) -> Folder {
    let folder = Folder::new(name);
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    symlink(&fixtures, folder.0.join("fixtures")).unwrap();
    for entry in fs::read_dir(fixtures.join("accept")).unwrap() {
        let path = entry.unwrap().path();
        let content = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        for inner in ["seeds/2025", "2023", "2024"] {
            folder.put(&format!("{inner}/{name}"), &content);
        }
    }
    let rejected = fs::read(fixtures.join("reject/hash-mismatch.no-break-space.md")).unwrap();
    folder.put("seeds/2025/0412.md", rejected);
    folder.put("seeds/2025/one.news", fs::read(fixtures.join("accept/card.md")).unwrap());
    folder
}

/// Runs a line as a shell does that has `ingest`, and the programs of the Python with the readers.
fn run(folder: &Folder, line: &str) -> Output {
    let ingest = Path::new(env!("CARGO_BIN_EXE_ingest"));
    let python = venv::python();
    let known = env::var_os("PATH").unwrap_or_default();
    let folders = [ingest.parent().unwrap(), python.parent().unwrap()].map(OsString::from);
    let path =
        env::join_paths(folders.into_iter().chain(env::split_paths(&known).map(OsString::from))).unwrap();
    // On one stream, as on a terminal.
    Command::new("bash")
        .args(["-o", "pipefail", "-c", &format!("exec 2>&1\n{line}")])
        .current_dir(&folder.0)
        .envs([("PATH", path.as_os_str()), ("TZ", "UTC".as_ref()), ("I", "1".as_ref())])
        .output()
        .expect("bash runs")
}

/// The line's output is as shown, but for how long it took; `…` stands for what is left out at both ends.
#[track_caller]
fn comes_out(folder: &Folder, line: &str, shown: &str) {
    let output = run(folder, line);
    let said = timeless(str::from_utf8(&output.stdout).expect("UTF-8").trim_end());
    let shown = timeless(shown);
    match shown.trim_end().strip_prefix("…\n").and_then(|rest| rest.strip_suffix("\n…")) {
        Some(middle) => assert!(said.contains(&format!("\n{middle}\n")), "{line}\n{said}"),
        None => assert_eq!(said, shown.trim_end(), "{line}"),
    }
}

/// The text with no seconds in `(9.2 kB in 0.00 s)`.
fn timeless(text: &str) -> String {
    let mut parts = text.split(" in ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let part = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        text + " in " + part
    })
}

fn is_of_ingest_alone(line: &str) -> bool {
    line.starts_with("ingest ") && !line.contains('|')
}

#[test]
fn what_it_shows_comes_out() {
    let folder = stage("readme");
    let blocks = blocks("console");
    let lines: Vec<_> = blocks.iter().flat_map(|block| examples(block)).collect();
    let of_ingest: Vec<_> = lines.iter().filter(|(line, _)| is_of_ingest_alone(line)).collect();
    assert!(of_ingest.len() >= 5, "{of_ingest:?}");
    for (line, shown) in of_ingest {
        comes_out(&folder, line, shown);
    }
}

#[test]
#[ignore = "needs jq, and DuckDB (also as a command) and PyArrow beside $READERS_PYTHON, or else in target/venv/bin"]
fn what_it_shows_of_other_programs_comes_out() {
    let folder = stage("readme-others");
    let script = blocks("python").into_iter().find(|block| block.contains("open_stream")).expect("a script");
    folder.put("by_publisher.py", script);
    let blocks = blocks("console");
    let lines: Vec<_> = blocks.iter().flat_map(|block| examples(block)).collect();
    assert!(lines.iter().filter(|(line, _)| !is_of_ingest_alone(line)).count() >= 4, "{lines:?}");
    for (line, shown) in lines {
        comes_out(&folder, line, &shown);
    }
}

/// The lines that show no output do what they should: 0, or 1 where a file is rejected or there is none. What needs a
/// server or a cluster is `bash`, not `sh`, and has tests of its own.
#[test]
#[ignore = "needs jq, tar, zstd and GNU parallel"]
fn its_other_commands_can_be_run() {
    let folder = stage("readme-commands");
    let packed = run(&folder, "tar -cf - seeds | zstd -q > dump.tar.zst");
    assert!(packed.status.success(), "{packed:?}");
    let blocks = blocks("sh");
    let lines: Vec<&str> = blocks
        .iter()
        .flat_map(|block| block.lines())
        .filter(|line| !["cargo ", "python3 "].iter().any(|other| line.starts_with(other)))
        .collect();
    assert!(lines.len() >= 15, "{lines:?}");
    for line in lines {
        let output = run(&folder, line);
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{line}\n{said}");
        assert!(!said.lines().any(|line| line.starts_with("error: ")), "{line}\n{said}");
    }
    for written in
        ["articles.jsonl", "articles.jsonl.zst", "articles-00000.jsonl.gz", "rejects.jsonl", "new.jsonl"]
    {
        assert!(folder.0.join(written).is_file(), "{written}");
    }
}
