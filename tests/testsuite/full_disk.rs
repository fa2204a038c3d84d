//! No room: whatever is written where, the exit status is 2, the message names it, and the old files stay alone.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::crawl_file::{CrawlFile, sha256};
use crate::support::folder::{Folder, stderr, stdout};

/// Options that write to the file `out/a`, each more than 64 KB.
const WRITERS: [&[&str]; 8] = [
    &["-o", "out/a"],
    &["--to", "jsonl.gz", "-o", "out/a"],
    &["--to", "jsonl.zst", "-o", "out/a"],
    &["--to", "parquet", "-o", "out/a"],
    &["--to", "arrow", "-o", "out/a"],
    &["--comments", "out/a"],
    &["--rejects", "out/a"],
    &["--split-records", "40", "-o", "out/a"],
];

/// An article of words that no compressor makes small, with a comment of its own.
fn commented(number: usize) -> String {
    let words: Vec<String> = (0..8).map(|word| sha256(&format!("{number} {word}"))).collect();
    let section = format!(
        "📊 **댓글 통계**: 총 1 개\n\n## 댓글 (1 개)\n\n**독자** | 2025-12-30 09:48 | 👍 3\n\n{}",
        words[0]
    );
    let more = "comment_count: 1\n".to_owned();
    let comments = format!("{section}\n\n---\n\n");
    CrawlFile { more, comments, ..CrawlFile::numbered(number, &words.join("\n\n")) }.to_string()
}

fn good_and_bad(name: &str) -> Folder {
    let folder = Folder::new(&format!("full-disk-{name}"));
    for number in 0..400 {
        folder.put(&format!("in/{number:03}.md"), commented(number));
        folder
            .put(&format!("bad/{number:03}.md"), commented(number + 1000).replace("content_hash", "no_hash"));
    }
    folder.put("out/a", "what was there before\n");
    folder
}

/// Every file in a folder, with what it holds.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

/// The command under a shell's limit on the size of files, in blocks of 512 or 1024 bytes.
fn limited(folder: &Folder, limit: usize, arguments: &[&str]) -> Output {
    let script = format!("ulimit -f {limit}; exec \"$0\" \"$@\"");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script, env!("CARGO_BIN_EXE_ingest")]).args(arguments);
    shell.current_dir(&folder.0).output().unwrap()
}

#[track_caller]
fn is_refused(output: &Output, name: &str, reason: &str, what: &str) {
    assert_eq!(output.status.code(), Some(2), "{what}: {:?} {}", output.status.signal(), stderr(output));
    let last = stderr(output).lines().last().unwrap();
    assert!(
        last.starts_with(&format!("error: cannot write {name}")) && last.contains(reason),
        "{what}: {last}"
    );
}

#[test]
fn a_limit_on_the_size_of_files() {
    let folder = good_and_bad("limit");
    let before = contents(&folder.0.join("out"));
    for options in WRITERS {
        let output = limited(&folder, 32, &[options, &["in", "bad"]].concat());
        let name = if options.contains(&"--split-records") { "`out/a" } else { "`out/a`: " };
        is_refused(&output, name, "File too large", &options.join(" "));
        assert!(contents(&folder.0.join("out")) == before, "{options:?}");
    }
    let check = limited(&folder, 16, &["check", "-o", "out/a", "--max-findings", "1000", "bad"]);
    is_refused(&check, "`out/a`: ", "File too large", "check");
    assert!(contents(&folder.0.join("out")) == before);
}

/// What comes before the limit are whole records, but for the last one.
#[test]
fn a_limit_on_the_size_of_the_standard_output() {
    let folder = good_and_bad("limit-stdout");
    let script = "ulimit -f 32; exec \"$0\" -q in > out/a";
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_ingest")])
        .current_dir(&folder.0)
        .output()
        .unwrap();
    is_refused(&output, "the records: ", "File too large", "stdout");
    let complete = folder.ingest(&["-q", "in"]);
    let written = folder.read("out/a");
    assert!(written.len() >= 16 << 10 && stdout(&complete).starts_with(&written));
}

#[test]
#[ignore = "mounts a file system, which only root may"]
fn a_file_system_of_64_kb() {
    let folder = good_and_bad("tmpfs");
    let small = folder.0.join("small");
    fs::create_dir(&small).unwrap();
    let mount =
        |arguments: &[&str]| Command::new(arguments[0]).args(&arguments[1..]).arg(&small).status().unwrap();
    assert!(mount(&["mount", "-t", "tmpfs", "-o", "size=64k", "none"]).success());
    fs::write(small.join("a"), "what was there before\n").unwrap();
    let before = contents(&small);
    let runs = WRITERS.map(|options| {
        let options: Vec<String> = options.iter().map(|option| option.replace("out/", "small/")).collect();
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        (options.join(" "), folder.ingest(&[&options, &["in", "bad"][..]].concat()), contents(&small))
    });
    assert!(mount(&["umount"]).success());
    for (options, output, after) in runs {
        let name = if options.contains("--split-records") { "`small/a" } else { "`small/a`: " };
        is_refused(&output, name, "No space left", &options);
        assert!(after == before, "{options}");
    }
}
