//! The memory of a run: 64 MB, 150 bytes a file and eight times `--max-file-size`, whatever is read, and however.

use std::fs;
use std::iter;
use std::process::Command;

#[path = "testsuite/support/mod.rs"]
mod support;

use crate::support::crawl_file::{CrawlFile, sha256};
use crate::support::folder::Folder;

const MAX_FILE_SIZE: usize = 256 << 10;
const FILES: usize = 60;
/// Bytes beside those of the files.
const BASE: usize = 64_000_000;
/// Bytes of a release build that does nothing. A build without optimisation has more code, which does not count.
const CODE_OF_A_RELEASE: usize = 6_000_000;

/// The most memory that a run takes, in bytes, as the system counts it.
fn memory(folder: &Folder, arguments: &[&str]) -> usize {
    let script = "import resource, subprocess, sys
run = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
assert run.returncode in (0, 1), run.returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)";
    let mut python = Command::new("python3");
    python
        .args(["-c", script, env!("CARGO_BIN_EXE_ingest")])
        .args(arguments)
        .args(["--max-file-size", "256K"]);
    let output = python.current_dir(&folder.0).output().expect("python3 is there");
    String::from_utf8(output.stdout).unwrap().trim().parse().expect("the run ended as it should")
}

/// A folder of many names of each file.
fn stage(name: &str, files: &[(&str, String, usize)]) -> Folder {
    let folder = Folder::new(name);
    for (name, content, count) in files {
        let path = |number: usize| folder.0.join(name).join(format!("{number:05}.md"));
        folder.put(&format!("{name}/00000.md"), content);
        (1..*count).for_each(|number| fs::hard_link(path(0), path(number)).unwrap());
    }
    folder
}

#[track_caller]
fn is_bounded(folder: &Folder, files: usize, arguments: &[&str]) {
    let more_code = memory(folder, &["--version"]).saturating_sub(CODE_OF_A_RELEASE);
    let bound = BASE + 150 * files + 8 * MAX_FILE_SIZE + more_code;
    let found = memory(folder, arguments);
    assert!(found <= bound, "{arguments:?}: {found} bytes, more than {bound}");
}

#[test]
#[ignore = "needs Python, and takes minutes"]
fn outsized_articles_at_any_number_of_threads_in_every_format() {
    let room = MAX_FILE_SIZE - 2048;
    let controls = format!("x{}x", "\u{1}".repeat(room));
    let decoded = format!("x{}x", "<".repeat(room / 4));
    let escaped = CrawlFile {
        hash: sha256(&decoded),
        ..CrawlFile::with_text(&format!("x{}x", "&lt;".repeat(room / 4)))
    };
    let folder = stage(
        "memory-outsized",
        &[
            // Each byte of the text is six of its record.
            ("controls", CrawlFile::with_text(&controls).to_string(), FILES),
            ("escaped", escaped.to_string(), FILES),
        ],
    );
    for threads in ["-j1", "-j8", "-j32"] {
        for output in ["a.jsonl", "a.parquet", "a.arrow"] {
            is_bounded(&folder, FILES, &[threads, "-o", output, "--comments", "c.jsonl", "controls"]);
        }
        is_bounded(&folder, FILES, &[threads, "--rejects", "r.jsonl", "escaped"]);
    }
    for format in ["text", "sarif", "junit", "json", "gitlab"] {
        is_bounded(&folder, FILES, &["check", "-j32", "--format", format, "controls"]);
    }
    is_bounded(&folder, FILES, &["report", "-j32", "-o", "page.html", "controls"]);
}

/// As many letters without a pattern, by Marsaglia's xorshift.
fn letters(count: usize, state: &mut u64) -> String {
    let next = || {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        char::from_u32('가' as u32 + (*state >> 32) as u32 % 11_172).unwrap()
    };
    iter::repeat_with(next).take(count).collect()
}

/// What each thread holds, and each batch on its way to the output, adds up.
#[test]
#[ignore = "needs Python, and takes minutes"]
fn many_small_articles_at_any_number_of_threads_in_every_format() {
    const FILES: usize = 6_000;
    let folder = Folder::new("memory-small");
    let mut state = 1;
    for number in 0..FILES {
        let crawl_file = CrawlFile::numbered(number, &letters(1500, &mut state));
        folder.put(&format!("small/{}/{number}.md", number / 1000), crawl_file.to_string());
    }
    for output in ["a.jsonl", "a.jsonl.zst", "a.parquet", "a.arrow"] {
        is_bounded(&folder, FILES, &["-j32", "-o", output, "small"]);
    }
}

#[test]
#[ignore = "needs Python, and takes minutes"]
fn files_of_thousands_of_findings_in_every_format() {
    const FILES: usize = 60;
    let doubles = CrawlFile { more: "a:\n".repeat(21_000), ..CrawlFile::with_text("글") };
    let folder = stage("memory-findings", &[("doubles", doubles.to_string(), FILES)]);
    for format in ["text", "concise", "sarif", "json", "jsonl", "gitlab", "github"] {
        is_bounded(&folder, FILES, &["check", "-j8", "--format", format, "doubles"]);
    }
    is_bounded(&folder, FILES, &["-j8", "--rejects", "r.jsonl", "doubles"]);
    is_bounded(&folder, FILES, &["report", "-j8", "-o", "page.html", "doubles"]);
}
