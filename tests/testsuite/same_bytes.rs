//! The same input gives the same bytes: whatever the threads, the environment, the file system, and the order in which the
//! files were made.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::crawl_file::{self, CrawlFile};
use crate::support::folder::{Folder, stderr};

const FILES: usize = 700;

/// The files of one archive, good and bad: the name and what it holds.
fn file(number: usize) -> (String, String) {
    let crawl_file = CrawlFile::numbered(number, &format!("{number}번째 본문이다."));
    let content = match number % 50 {
        7 => crawl_file.to_string().replace("본문", "본 문"),
        13 => crawl_file.to_string().replace("# 제목", "# 다른 제목"),
        _ => crawl_file.to_string(),
    };
    // Names that other locales put in another order.
    let name = ["가", "나", "Z", "a", "ä", "É", "_", "1", "10", "2"][number % 10];
    (format!("{}/{name}{number:04}.md", ["b", "B", "각", "a/z"][number % 4]), content)
}

/// Writes the archive into `folder`, its files in this order.
fn put_all(folder: &Path, order: impl Iterator<Item = usize>) {
    let mut written = BTreeSet::new();
    for (name, content) in order.map(file) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        written.insert(path);
    }
    assert_eq!(written.len(), FILES);
}

/// Records, findings and exit status of a run inside `folder`, with these variables, started by a shell.
fn run(
    binary: &Path,
    folder: &Path,
    before: &str,
    variables: &[(&str, &str)],
    options: &[&str],
) -> [String; 2] {
    let script = format!("{before} exec \"$0\" \"$@\" -q in");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).arg(binary).args(options).current_dir(folder);
    shell.envs(variables.iter().copied());
    let output = shell.output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let sums =
        [&output.stdout, &output.stderr].map(|bytes| crawl_file::sha256(std::str::from_utf8(bytes).unwrap()));
    assert!(output.stdout.len() > 100_000 && output.stderr.len() > 1_000);
    sums
}

#[test]
fn one_sum_for_all() {
    let binary = Path::new(env!("CARGO_BIN_EXE_ingest"));
    let folder = Folder::new("same-bytes");
    put_all(&folder.0.join("in"), 0..FILES);
    let sums = run(binary, &folder.0, "", &[], &["-j1"]);
    for threads in ["1", "2", "3", "8", "64"] {
        assert_eq!(run(binary, &folder.0, "", &[], &["-j", threads]), sums, "-j {threads}");
    }
    for variables in [
        &[("TZ", "Asia/Seoul"), ("LANG", "ko_KR.UTF-8"), ("LC_ALL", "ko_KR.UTF-8")][..],
        &[("TZ", "America/St_Johns"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "C")],
        &[("TZ", "nonsense"), ("LANG", ""), ("COLUMNS", "20"), ("HOME", "/gone")],
    ] {
        assert_eq!(run(binary, &folder.0, "", variables, &[]), sums, "{variables:?}");
    }
    for before in ["umask 000;", "umask 077;", "ulimit -n 64;"] {
        assert_eq!(run(binary, &folder.0, before, &[], &[]), sums, "{before}");
    }
    // Every third file first, then the others backwards.
    let shuffled = Folder::new("same-bytes-shuffled");
    put_all(
        &shuffled.0.join("in"),
        (0..FILES).step_by(3).chain((0..FILES).rev().filter(|number| number % 3 > 0)),
    );
    assert_eq!(run(binary, &shuffled.0, "", &[], &[]), sums, "in another order");
}

/// A file system in memory, where the machine has one.
#[test]
fn on_another_file_system() {
    let memory = PathBuf::from(format!("/dev/shm/ingest-same-bytes-{}", std::process::id()));
    if fs::create_dir(&memory).is_err() {
        return;
    }
    let binary = Path::new(env!("CARGO_BIN_EXE_ingest"));
    let folder = Folder::new("same-bytes-disk");
    put_all(&folder.0.join("in"), 0..FILES);
    put_all(&memory.join("in"), (0..FILES).rev());
    let in_memory = run(binary, &memory, "", &[], &[]);
    fs::remove_dir_all(&memory).unwrap();
    assert_eq!(in_memory, run(binary, &folder.0, "", &[], &[]));
}

#[test]
#[ignore = "builds the command once more, as it is released"]
fn debug_and_release() {
    let release = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("release/ingest");
    let built = Command::new(env!("CARGO")).args(["build", "--quiet", "--release"]).status().unwrap();
    assert!(built.success());
    let folder = Folder::new("same-bytes-release");
    put_all(&folder.0.join("in"), 0..FILES);
    let debug = run(Path::new(env!("CARGO_BIN_EXE_ingest")), &folder.0, "", &[], &[]);
    assert_eq!(run(&release, &folder.0, "", &[], &[]), debug);
}
