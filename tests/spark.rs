//! Spark: on a real cluster, the data source of the Python package gives what one local run writes, whatever fails
//! beside it. `tests/python/spark/cluster.py` holds what each test is named for.

#![cfg(feature = "columnar")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

#[path = "testsuite/support/mod.rs"]
mod support;

use crate::support::folder::{Folder, stderr, stdout};
use crate::support::{oddities, venv};

/// What the script said of each check. One cluster serves them all: it takes longer to start than they do.
static SAID: LazyLock<String> = LazyLock::new(|| {
    let folder = stage("spark", articles());
    let output = Command::new(venv::python())
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/spark/cluster.py"))
        .arg(&folder.0)
        .args(CHECKS)
        .current_dir(&folder.0)
        .env("TZ", "Asia/Seoul")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("Python runs");
    format!("{}\n{}", stdout(&output), stderr(&output))
});

/// How many articles there are in all: `$INGEST_SPARK_ARTICLES`, or 4,500.
fn articles() -> u64 {
    env::var("INGEST_SPARK_ARTICLES").map_or(4500, |number| number.parse().expect("a number"))
}

/// Three archives, loose and packed, one of them cut off too, and what one local run writes of them.
fn stage(name: &str, articles: u64) -> Folder {
    let folder = Folder::new(name);
    let in_folder = |inner: &str| folder.0.join(inner);
    for inner in ["loose", "packed", "cut", "expected"] {
        fs::create_dir(in_folder(inner)).unwrap();
    }
    for (number, name) in ["a", "b", "c"].into_iter().enumerate() {
        let (files, seed) = ((articles / 3).to_string(), (31 + number).to_string());
        let mut generate = Command::new(env!("CARGO"));
        generate.args(["run", "--quiet", "--example", "generate", "--", "--files", &files, "--seed", &seed]);
        generate.args(["--folders", "7", "--faults", "0.02"]).arg(in_folder("loose").join(name));
        succeeds(generate.current_dir(env!("CARGO_MANIFEST_DIR")));
        let packed = in_folder("packed").join(format!("{name}.tar.zst"));
        let pack = format!("tar -cf - loose/{name} | zstd -q -o {}", packed.display());
        succeeds(Command::new("bash").args(["-o", "pipefail", "-c", &pack]).current_dir(&folder.0));
    }
    oddities::put(&folder, "odd");
    let whole = fs::read(in_folder("packed/b.tar.zst")).unwrap();
    folder.put("cut/b.tar.zst", &whole[..whole.len() / 2]);
    let inner = |names: &[&str]| names.iter().map(|name| in_folder(name)).collect::<Vec<PathBuf>>();
    let packed = ["packed/a.tar.zst", "packed/b.tar.zst", "packed/c.tar.zst"];
    for (name, inputs) in [
        ("loose", inner(&["loose/a", "loose/b", "loose/c"])),
        ("packed", inner(&packed)),
        ("cut", inner(&[packed[0], "cut/b.tar.zst", packed[2]])),
        ("odd", inner(&["odd"])),
    ] {
        let [written, rejects] = ["", "-rejects"].map(|ending| format!("expected/{name}{ending}.jsonl"));
        let mut command = folder.command(&["-qq", "--exit-zero", "-o", &written, "--rejects", &rejects]);
        // That another task has the same article, a task cannot know.
        succeeds(command.args(["-A", "duplicate", "-A", "id-conflict"]).args(inputs));
    }
    folder
}

#[track_caller]
fn succeeds(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().expect("it runs");
    assert!(output.status.success(), "{command:?}: {}", stderr(&output));
}

#[track_caller]
fn holds(check: &str) {
    let line = format!("{check}: holds");
    assert!(SAID.lines().any(|said| said == line), "{}", *SAID);
}

macro_rules! checks {
    ($($name:ident)*) => {
        const CHECKS: &[&str] = &[$(stringify!($name)),*];

        $(
            #[test]
            #[ignore = "needs Java, zstd, and the Python package with PySpark in $READERS_PYTHON, or else in target/venv"]
            fn $name() {
                holds(stringify!($name));
            }
        )*
    };
}

checks! {
    files_are_one_local_run
    archives_are_one_local_run
    shards_and_lists_are_one_local_run
    odd_files_are_one_local_run
    rejected_files_are_listed_beside
    a_corrupt_archive_loses_only_itself
    columns_are_pruned
    a_killed_worker_changes_nothing
    a_crash_fails_the_task_with_its_stderr
    what_is_wrong_is_told
    levels_and_limits_are_handed_on
    the_pipe_of_the_docs_is_one_local_run
}
