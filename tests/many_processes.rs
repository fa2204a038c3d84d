//! Many processes, one archive: each way of `docs/clusters.md` to share it gives what one run writes.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

#[path = "testsuite/support/mod.rs"]
mod support;

use crate::support::crawl_file::article;
use crate::support::folder::{Folder, stderr, stdout};
use crate::support::pack::{Files, tar, zstd};

/// The section of the page.
fn section() -> String {
    let page = fs::read_to_string("docs/clusters.md").unwrap();
    let (_, rest) = page.split_once("\n## Without Spark\n").expect("there is the section");
    rest.split("\n## ").next().unwrap().to_owned()
}

/// The lines of the block in this language.
fn block(language: &str) -> String {
    let section = section();
    let (_, rest) = section.split_once(&format!("\n```{language}\n")).expect("there is the block");
    rest.split("\n```").next().unwrap().to_owned()
}

fn stage(name: &str) -> Folder {
    let folder = Folder::new(name);
    for number in 0..300 {
        folder.put(&format!("seeds/{}/{number}.md", number % 7), article(number));
    }
    let files = |from: usize| -> Files {
        (from..from + 20).map(|number| (format!("{number}.md"), article(number))).collect()
    };
    folder
        .put("dumps/one.tar.zst", zstd(&tar(&files(1000))))
        .put("dumps/two.tar.zst", zstd(&tar(&files(2000))));
    folder
}

#[track_caller]
fn runs(folder: &Folder, line: &str, slurm: Option<u32>) {
    let ingest = Path::new(env!("CARGO_BIN_EXE_ingest")).parent().unwrap().to_owned();
    let known = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths([ingest].into_iter().chain(env::split_paths(&known))).unwrap();
    let mut command = Command::new("bash");
    command.args(["-e", "-o", "pipefail", "-c", line]).current_dir(&folder.0).env("PATH", path);
    if let Some(task) = slurm {
        command.env("SLURM_ARRAY_TASK_ID", task.to_string()).env("SLURM_ARRAY_TASK_COUNT", "4");
    }
    let output = command.output().expect("bash runs");
    assert!(output.status.success(), "{line}\n{}", stderr(&output));
}

/// Every record of the parts that were written, sorted; the parts are gone then.
fn records(folder: &Folder) -> Vec<String> {
    let mut records = Vec::new();
    for entry in fs::read_dir(&folder.0).unwrap() {
        let path = entry.unwrap().path();
        if path.to_str().unwrap().ends_with(".jsonl.zst") {
            let unpacked = Command::new("zstd").arg("-dcq").arg(&path).output().expect("zstd runs");
            records.extend(stdout(&unpacked).lines().map(str::to_owned));
            fs::remove_file(path).unwrap();
        }
    }
    records.sort();
    records
}

fn of_one_run(folder: &Folder, path: &str) -> Vec<String> {
    let mut records: Vec<_> = stdout(&folder.ingest(&["-q", path])).lines().map(str::to_owned).collect();
    records.sort();
    records
}

#[test]
#[ignore = "needs zstd and GNU parallel"]
fn each_line_gives_what_one_run_writes() {
    let folder = stage("many-lines");
    let block = block("sh");
    let lines: Vec<&str> = block.lines().collect();
    assert_eq!(lines.len(), 4);
    for line in lines {
        let path = if line.contains("tar.zst") { "./dumps" } else { "seeds" };
        let expected = of_one_run(&folder, path);
        assert!(expected.len() >= 40);
        runs(&folder, line, None);
        assert!(records(&folder) == expected, "{line}");
    }
}

#[test]
#[ignore = "needs zstd"]
fn the_tasks_of_an_array_give_what_one_run_writes() {
    let folder = stage("many-slurm");
    let script = block("bash");
    for task in 1..=4 {
        runs(&folder, &script, Some(task));
    }
    // One that runs again replaces its part.
    runs(&folder, &script, Some(2));
    assert!(records(&folder) == of_one_run(&folder, "seeds"));
}
