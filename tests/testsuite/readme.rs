//! Runs the examples of each page of the documentation, one after the other, and compares their output with the page.

#![cfg(feature = "columnar")]

use std::env;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::document::Document;
use crate::support::folder::Folder;
use crate::support::venv;

/// The commands of a block, each with its output.
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

/// A folder with the files that the pages name.
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
    folder.put("dump/harbour.md", fs::read(fixtures.join("layouts/gnosis.md")).unwrap());
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

fn consoles(page: &Document) -> Vec<(&str, String)> {
    page.code("console").flat_map(examples).collect()
}

#[test]
fn the_output_of_ingest_is_that_of_the_pages() {
    let mut count = 0;
    for page in Document::all() {
        let folder = stage("readme");
        for (line, shown) in consoles(&page).iter().filter(|(line, _)| is_of_ingest_alone(line)) {
            comes_out(&folder, line, shown);
            count += 1;
        }
    }
    assert!(count >= 6, "{count}");
}

#[test]
#[ignore = "needs jq, and DuckDB (also as a command) and PyArrow beside $READERS_PYTHON, or else in target/venv/bin"]
fn the_output_of_other_programs_is_that_of_the_pages() {
    let mut count = 0;
    for page in Document::all() {
        let folder = stage("readme-others");
        if let Some(script) = page.code("python").find(|block| block.contains("open_stream")) {
            folder.put("by_publisher.py", script);
        }
        for (line, shown) in consoles(&page) {
            comes_out(&folder, line, &shown);
            count += usize::from(!is_of_ingest_alone(line));
        }
    }
    assert!(count >= 4, "{count}");
}

/// The lines without output exit with 0, or with 1 where a file is rejected or none is found. Code that needs a server or
/// a cluster, or that measures for minutes, is `bash`, not `sh`, and has tests of its own.
#[test]
#[ignore = "needs jq, tar, zstd and GNU parallel"]
fn the_other_commands_of_the_pages_can_be_run() {
    const WRITTEN: [(&str, &str); 7] = [
        ("README.md", "articles.jsonl"),
        ("README.md", "articles.parquet"),
        ("docs/inputs.md", "new.jsonl"),
        ("docs/inputs.md", "files.jsonl"),
        ("docs/outputs.md", "articles.jsonl.zst"),
        ("docs/outputs.md", "articles-00000.jsonl.gz"),
        ("docs/outputs.md", "rejects.jsonl"),
    ];
    let mut count = 0;
    for page in Document::all() {
        let folder = stage("readme-commands");
        let packed = run(&folder, "tar -cf - seeds | zstd -q > dump.tar.zst");
        assert!(packed.status.success(), "{packed:?}");
        if let Some(config) = page.code("toml").find(|block| block.starts_with("[expect]")) {
            folder.put("ingest.toml", config);
        }
        for line in page.code("sh").flat_map(str::lines).filter(|line| !line.starts_with("cargo ")) {
            let output = run(&folder, line);
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(matches!(output.status.code(), Some(0 | 1)), "{line}\n{said}");
            assert!(!said.lines().any(|line| line.starts_with("error: ")), "{line}\n{said}");
            count += 1;
        }
        for (_, written) in WRITTEN.iter().filter(|(of, _)| page.path == Path::new(of)) {
            assert!(folder.0.join(written).is_file(), "{}: {written}", page.path.display());
        }
    }
    assert!(count >= 25, "{count}");
}
