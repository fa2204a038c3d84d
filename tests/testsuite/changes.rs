//! `--changed-since` and `--removed`: old records, without what is gone, and with what has changed, are those of a full run.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::process::Command;
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use serde_json::Value;

use crate::support::crawl_file::CrawlFile;
use crate::support::document::Document;
use crate::support::folder::{Folder, stderr, stdout};
use crate::support::pack;

fn crawl_file(number: usize) -> CrawlFile {
    CrawlFile::numbered(number, &format!("{number}번째 본문이다."))
}

fn id(line: &str) -> String {
    serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned()
}

fn lines(text: &str) -> BTreeSet<String> {
    text.lines().map(str::to_owned).collect()
}

/// One night: what has changed, applied by id to the records so far, is what a full run writes. Returns the ids of the
/// changed records, and those that are gone.
#[track_caller]
fn night(folder: &Folder, more: &[&str]) -> (BTreeSet<String>, BTreeSet<String>) {
    let files = ["--removed", "r.txt", "-o", "c.jsonl", "--manifest", "m.jsonl"];
    let output = folder.ingest(&[&["-q", "--changed-since", "m.jsonl"], &files[..], more].concat());
    assert!(output.status.code() <= Some(1), "{}", stderr(&output));
    let changed = lines(&folder.read("c.jsonl"));
    let ids: BTreeSet<String> = changed.iter().map(|line| id(line)).collect();
    let removed = lines(&folder.read("r.txt"));
    let is_kept = |line: &&String| !ids.contains(&id(line)) && !removed.contains(&id(line));
    let mut records: BTreeSet<String> =
        lines(&folder.read("a.jsonl")).iter().filter(is_kept).cloned().collect();
    records.extend(changed);
    let full = folder.ingest(&[&["-q", "-o", "a.jsonl", "--manifest", "full.jsonl"], more].concat());
    assert!(full.status.code() <= Some(1), "{}", stderr(&full));
    assert_eq!(records, lines(&folder.read("a.jsonl")));
    assert_eq!(folder.read("m.jsonl"), folder.read("full.jsonl"));
    (ids, removed)
}

fn ids(numbers: &[usize]) -> BTreeSet<String> {
    numbers.iter().map(|number| format!("901_{number:010}")).collect()
}

fn archive(name: &str, more: &[&str]) -> Folder {
    let folder = Folder::new(name);
    for number in 0..30 {
        folder.put(&format!("in/{}/{number}.md", number % 3), crawl_file(number).to_string());
    }
    let output = folder.ingest(&[&["-q", "-o", "a.jsonl", "--manifest", "m.jsonl"], more].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    folder
}

#[test]
fn nights_add_up_to_full_runs() {
    let folder = archive("changes", &["in"]);
    let name = |number: usize| format!("in/{}/{number}.md", number % 3);
    assert_eq!(night(&folder, &["in"]), (ids(&[]), ids(&[])));
    folder.put("in/new.md", crawl_file(40).to_string());
    folder.put(&name(1), CrawlFile { title: "고친 제목".into(), ..crawl_file(1) }.to_string());
    folder.put(
        &name(2),
        CrawlFile {
            content: "고친 글.".into(),
            hash: CrawlFile::with_text("고친 글.").hash,
            ..crawl_file(2)
        }
        .to_string(),
    );
    fs::rename(folder.0.join(name(3)), folder.0.join("in/3.md")).unwrap();
    fs::remove_file(folder.0.join(name(4))).unwrap();
    folder.put(&name(5), crawl_file(5).to_string().replace("본문", "다른"));
    assert_eq!(night(&folder, &["in"]), (ids(&[1, 2, 3, 40]), ids(&[4, 5])));
    folder.put(&name(5), crawl_file(5).to_string()).put(&name(4), crawl_file(4).to_string());
    fs::remove_file(folder.0.join("in/new.md")).unwrap();
    assert_eq!(night(&folder, &["in"]), (ids(&[4, 5]), ids(&[40])));
    // Written again, with other times, the bytes are the same.
    folder.put(&name(6), crawl_file(6).to_string());
    assert_eq!(night(&folder, &["in"]), (ids(&[]), ids(&[])));
}

/// The verdict on a file may change while its bytes do not.
#[test]
fn a_copy_takes_the_place_of_what_is_gone() {
    for more in [&["--dedup", "id", "in"][..], &["-D", "duplicate", "in"]] {
        let folder = archive("changes-copy", more);
        folder
            .put("in/z.md", crawl_file(1).to_string())
            .put("in/y.md", CrawlFile { title: "새 제목".into(), ..crawl_file(1) }.to_string());
        assert_eq!(night(&folder, more), (ids(&[]), ids(&[])), "{more:?}");
        fs::remove_file(folder.0.join("in/1/1.md")).unwrap();
        assert_eq!(night(&folder, more), (ids(&[1]), ids(&[])), "{more:?}");
        // An earlier copy takes over in turn.
        folder.put("in/0/0.copy.md", crawl_file(1).to_string());
        assert_eq!(night(&folder, more), (ids(&[1]), ids(&[])), "{more:?}");
    }
}

#[test]
fn members_of_archives_and_compressed_manifests_too() {
    let folder = Folder::new("changes-archive");
    let files = |range: std::ops::Range<usize>| -> pack::Files {
        range.map(|number| (format!("{number}.md"), crawl_file(number).to_string())).collect()
    };
    folder.put("in.tar", pack::tar(&files(0..9)));
    folder.ingest(&["-q", "-o", "a.jsonl", "--manifest", "m.jsonl", "in.tar"]);
    folder.put("in.tar", pack::tar(&files(2..12)));
    assert_eq!(night(&folder, &["in.tar"]), (ids(&[9, 10, 11]), ids(&[0, 1])));
    let output = folder.ingest(&["-q", "--manifest", "m.jsonl.zst", "-o", "a.jsonl", "in.tar"]);
    assert_eq!(output.status.code(), Some(0));
    let output = folder.ingest(&["--changed-since", "m.jsonl.zst", "in.tar"]);
    assert_eq!(stdout(&output), "");
    assert!(
        stderr(&output).starts_with("0 articles, 0 rejected, 10 unchanged, 0 warnings"),
        "{}",
        stderr(&output)
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn what_could_not_be_read_is_not_gone() {
    let folder = Folder::new("changes-unreadable");
    let files: pack::Files =
        (0..9).map(|number| (format!("{number}.md"), crawl_file(number).to_string())).collect();
    let tar = pack::tar(&files);
    folder
        .put("in/a.tar", &tar)
        .put("in/b/20.md", crawl_file(20).to_string())
        .put("in/b/21.md", crawl_file(21).to_string());
    folder.ingest(&["-q", "-o", "a.jsonl", "--manifest", "m.jsonl", "in"]);
    folder.put("in/a.tar", &tar[..tar.len() / 2]);
    fs::remove_file(folder.0.join("in/b/20.md")).unwrap();
    let arguments = ["-q", "--changed-since", "m.jsonl", "--removed", "r.txt", "-o", "c.jsonl", "in"];
    let output = folder.ingest(&arguments);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(folder.read("r.txt"), "901_0000000020\n");
    assert!(
        stderr(&output).contains("ids of `m.jsonl` are not in the list of removed ones"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn with_other_options_every_file_has_changed() {
    let folder = archive("changes-options", &["in"]);
    folder.put("ingest.toml", "warn = [\"empty-text\"]\n");
    for more in
        [&["in"][..], &["--isolated", "-D", "warnings", "in"], &["--isolated", "--redact", "emails", "in"]]
    {
        let output = folder.ingest(&[&["--changed-since", "m.jsonl"], more].concat());
        assert_eq!(stdout(&output).lines().count(), 30, "{more:?}");
        let expected = "all files count as changed: `m.jsonl` was written with another set of options";
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    }
    let output = folder.ingest(&["--isolated", "--changed-since", "m.jsonl", "in"]);
    assert_eq!(stdout(&output), "");
    let manifest = folder.read("m.jsonl").replacen("in/0/0.md", "in/0/00.md", 1);
    let output = folder.put("m.jsonl", manifest).ingest(&["--isolated", "--changed-since", "m.jsonl", "in"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("do not have the root"), "{}", stderr(&output));
    assert_eq!(folder.ingest(&["--removed", "r", "in"]).status.code(), Some(2));
}

/// Writes a file that was last modified this number of hours ago.
fn put_hours_ago(folder: &Folder, name: &str, content: &str, hours: u64) {
    let file = fs::File::create(folder.put(name, content).0.join(name)).unwrap();
    (&file).write_all(content.as_bytes()).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000 - 3600 * hours)).unwrap();
}

#[test]
fn a_size_and_a_time_spare_a_read_only_where_that_is_asked_for() {
    let folder = Folder::new("changes-times");
    for number in 0..9 {
        put_hours_ago(&folder, &format!("in/{number}.md"), &crawl_file(number).to_string(), 5);
    }
    put_hours_ago(&folder, "in/bad.md", "---\n", 5);
    folder.put("in/new.md", crawl_file(20).to_string());
    let trusting = &["--trust-mtime", "in"][..];
    folder.ingest(&[&["-q", "-o", "a.jsonl", "--manifest", "m.jsonl"], trusting].concat());
    let with_times =
        |folder: &Folder| folder.read("m.jsonl").matches(",\"mtime_ns\":1789982000000000000,").count();
    // A file that was written a moment ago may be written once more at the same time.
    assert_eq!(with_times(&folder), 10);
    assert_eq!(folder.read("m.jsonl").matches("mtime_ns").count(), 10);
    let other = crawl_file(1).to_string().replace("홍길동", "고길동");
    put_hours_ago(&folder, "in/2.md", &crawl_file(2).to_string().replace("홍길동", "고길동"), 4);
    fs::remove_file(folder.0.join("in/new.md")).unwrap();
    assert_eq!(night(&folder, trusting), (ids(&[2]), ids(&[20])));
    // The size and the time are the same, the bytes are not.
    put_hours_ago(&folder, "in/1.md", &other, 5);
    let changed = |more: &[&str]| {
        let output =
            folder.ingest(&[&["-q", "--changed-since", "m.jsonl", "--manifest", "n.jsonl"], more].concat());
        stdout(&output).lines().map(id).collect::<BTreeSet<_>>()
    };
    assert_eq!(changed(trusting), ids(&[]));
    assert_eq!(folder.read("n.jsonl"), folder.read("m.jsonl"));
    assert_eq!(changed(&["in"]), ids(&[1]));
    assert!(!folder.read("n.jsonl").contains("mtime_ns"));
    // A copy of a file that is not read is found all the same, and what rejects a file is reported each night.
    folder.put(
        "in/z.md",
        CrawlFile {
            content: "다른 글.".into(),
            hash: CrawlFile::with_text("다른 글.").hash,
            ..crawl_file(3)
        }
        .to_string(),
    );
    let arguments = ["--changed-since", "m.jsonl", "--manifest", "n.jsonl", "--trust-mtime", "in"];
    let output = folder.ingest(&arguments);
    assert!(stderr(&output).contains("in/z.md:2:5: error[id-conflict]"), "{}", stderr(&output));
    assert!(stderr(&output).contains("in/bad.md:1:4: error[unclosed-front-matter]"), "{}", stderr(&output));
}

#[derive(Deserialize)]
struct Workflow {
    jobs: Jobs,
}

#[derive(Deserialize)]
struct Jobs {
    nightly: Job,
}

#[derive(Deserialize)]
struct Job {
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    run: Option<String>,
}

/// The scripts of the page, three nights long, the way GitHub runs them.
#[test]
fn the_nightly_job_of_the_page_keeps_the_records_up_to_date() {
    let page_of_docs = Document::open("docs/changes.md");
    let script = page_of_docs.code("bash").find(|code| code.starts_with("set -eu")).unwrap();
    let workflow: Workflow = serde_yaml::from_str(page_of_docs.code("yaml").next().unwrap()).unwrap();
    let steps: Vec<String> = workflow.jobs.nightly.steps.into_iter().filter_map(|step| step.run).collect();
    assert_eq!(steps.len(), 2);
    let folder = Folder::new("changes-nightly");
    let bin = folder.0.join("bin");
    fs::create_dir(&bin).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_ingest"), bin.join("ingest")).unwrap();
    folder.put("nightly.sh", script);
    for number in 0..9 {
        folder.put(&format!("seeds/{number}.md"), crawl_file(number).to_string());
    }
    let nights: [fn(&Folder); 4] = [
        |_| {},
        |folder| {
            folder.put("seeds/1.md", CrawlFile { title: "고친 제목".into(), ..crawl_file(1) }.to_string());
            folder.put("seeds/20.md", crawl_file(20).to_string()).put("seeds/bad.md", "---\n");
            fs::remove_file(folder.0.join("seeds/2.md")).unwrap();
        },
        |_| {},
        |folder| _ = folder.put("seeds/bad.md", crawl_file(21).to_string()),
    ];
    for change in nights {
        change(&folder);
        for step in &steps {
            let mut command = Command::new("bash");
            command.args(["-e", "-c", step]).current_dir(&folder.0);
            let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
            command.env("PATH", path).env("GITHUB_STEP_SUMMARY", folder.0.join("summary.md"));
            let output = command.output().unwrap();
            assert!(output.status.success(), "{step}: {}", stderr(&output));
        }
        let full = folder.ingest(&["-q", "--dedup", "id", "seeds/"]);
        assert_eq!(lines(&folder.read("state/articles.jsonl")), lines(stdout(&full)));
    }
    let summary = folder.read("summary.md");
    assert!(
        summary.contains("| 1 | metadata changed | ") && summary.contains("| 1 | newly accepted | "),
        "{summary}"
    );
}
