//! Manifests: each line against what other hands say of the file, the root against Python's, and `check --against`.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use news_ingest::manifest::merkle::MerkleTree;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::crawl_file::{CrawlFile, article};
use crate::support::document::Document;
use crate::support::folder::{Folder, stderr, stdout};
use crate::support::pack;

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A crawl file with this id and title.
fn crawl_file(aid: u32, title: &str, text: &str) -> String {
    CrawlFile { title: title.into(), ..CrawlFile::numbered(aid as usize, text) }.to_string()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The roots are those of Python's `hashlib`, by the function of `docs/changes.md`.
#[test]
fn the_root_is_that_of_rfc_6962() {
    const ROOTS: [&str; 8] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "022a6979e6dab7aa5ae4c3e5e45f7e977112a7e63593820dbec1ec738a24f93c",
        "b137985ff484fb600db93107c77b0365c80d78f5b429ded0fd97361d077999eb",
        "36642e73c2540ab121e3a6bf9545b0a24982cd830eb13d3cd19de3ce6c021ec1",
        "5998b1c0441f56bd644734d6fc9d891396fd1c74e84a5080009ebdccae6bea6a",
        "b94806cbbe841c9fce0a04367a4aaba6864dbca5aaf5966460ef130f7ed7dbdb",
        "e290ab0bab1c2416d765a2ebff1b7987cf0893b584a2f299bc7b342cb01372df",
        "f44b1eab0fc20beb1fdadc94ccc1856db3de513158a3fb9a8fd84d16044581b8",
    ];
    let mut tree = MerkleTree::default();
    let mut roots = vec![tree.root().to_string()];
    for line in ["a", "b", "c", "가", "", "f", "g"] {
        tree.add(line.as_bytes());
        roots.push(tree.root().to_string());
    }
    assert_eq!(roots, ROOTS);
}

/// Many lines, as Python hashes them: line n, from 0, has 7n modulo 200 letters.
#[test]
fn the_root_of_many_lines_is_that_of_rfc_6962() {
    const ROOTS: &[(usize, &str)] = &[
        (8, "b3543dc583058e89f1fe8851065d0eb734f7a3ff29da32882716ca70f27da743"),
        (9, "6ca0c0e56f56107217d552d9025ff38b8be97700ed23920a86769c1778b8fa1b"),
        (15, "712ff8bd859781b53c612f4f1af71e3964a749e5ea8e51349fa77b9d0a7d0329"),
        (16, "ccebb763edbe95b3cef44a9c8148031732fadfef4f80e4f28762af7094b4f129"),
        (17, "aac3c316bbe85cf404e8fcc6f15c937239676eb950ccaa6779fa2217066e3a94"),
        (31, "479cbdbdd625717a7472e76108653ec767a53c1924f2a69846bd5d0c3f7b9ea2"),
        (100, "5542c65e6e2639670b1936f74c33ac586e0900f2f7c471dcbaa9efd307688143"),
        (1000, "17e022ad3164e2881569bf1c9b1a4a0a460f820dd607aa2288d52ecb2435fe73"),
    ];
    let mut tree = MerkleTree::default();
    let mut lines = 0;
    for (count, root) in ROOTS {
        for number in lines..*count {
            tree.add("x".repeat(7 * number % 200).as_bytes());
        }
        lines = *count;
        assert_eq!(tree.root().to_string(), *root, "{count} lines");
    }
}

fn three_files() -> Folder {
    let folder = Folder::new("manifest");
    folder.put("in/b/a.md", crawl_file(1, "제목", "본문이다."));
    folder.put("in/b-c.md", crawl_file(2, "둘째", "다른 글이다."));
    folder.put("in/\u{1b}bad.md", "---\nid: 1\n");
    folder
}

#[test]
fn a_line_states_the_file_its_record_or_the_rules_that_reject_it() {
    let folder = three_files();
    let output = folder.ingest(&["-q", "--manifest", "m.jsonl", "-o", "a.jsonl", "in"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let [bad, second, first, last] = &lines(&folder.read("m.jsonl"))[..] else { panic!() };
    let bytes = fs::read(folder.0.join("in/b/a.md")).unwrap();
    let every_key_but = "id,oid,aid,title,publisher,category,byline,authors,published_on,published_at,crawled_at,\
                         url,content_hash,verified,comment_count,extra";
    let record = folder.ingest(&["-q", "--fields", every_key_but, "in/b/a.md"]);
    let expected = json!({
        "path": "in/b/a.md", "size": bytes.len(), "sha256": hex(&bytes), "id": "901_0000000001",
        "content_hash": hex("본문이다.".as_bytes()),
        "record_sha256": hex(stdout(&record).trim_end_matches('\n').as_bytes()), "verified": true,
    });
    assert_eq!(*first, expected);
    assert_eq!(second["path"], "in/b-c.md");
    let expected = json!({
        "path": "in/\u{1b}bad.md", "size": 10, "sha256": hex(b"---\nid: 1\n"), "id": null,
        "content_hash": null, "record_sha256": null, "rules": ["unclosed-front-matter"],
    });
    assert_eq!(*bad, expected);
    let counts = json!([last["files"], last["accepted"], last["rejected"], last["left_out"]]);
    assert_eq!(counts, json!([3, 2, 1, 0]));
    assert_eq!(last["options"]["paths"], json!(["in"]));
    assert!(!folder.read("m.jsonl").contains('\u{1b}'));
}

fn root(folder: &Folder, manifest: &str) -> String {
    lines(&folder.read(manifest)).last().unwrap()["root"].as_str().unwrap().to_owned()
}

#[test]
fn the_root_depends_on_the_files_alone() {
    let folder = three_files();
    for (name, arguments) in [
        ("1", &["in"][..]),
        ("2", &["-j", "7", "in"]),
        ("3", &["in/b-c.md", "in/b", "in/\u{1b}bad.md"]),
        ("4", &["--redact", "emails", "--fields", "id", "in"]),
    ] {
        folder.ingest(&[&["-q", "--manifest", name], arguments].concat());
    }
    let check = folder.ingest(&["check", "-q", "--manifest", "5.gz", "-o", "f.txt", "in"]);
    assert_eq!(check.status.code(), Some(1), "{}", stderr(&check));
    let unpacked = Command::new("gzip").arg("-dc").arg(folder.0.join("5.gz")).output().unwrap();
    folder.put("5", unpacked.stdout);
    let first = root(&folder, "1");
    assert!(["2", "3", "4", "5"].iter().all(|other| root(&folder, other) == first));
}

#[test]
fn any_byte_missing_file_or_extra_file_changes_the_root() {
    let folder = three_files();
    let manifest = |folder: &Folder| {
        folder.ingest(&["-q", "--manifest", "m", "-o", "a.jsonl", "in"]);
        root(folder, "m")
    };
    let first = manifest(&folder);
    let bytes = fs::read(folder.0.join("in/b-c.md")).unwrap();
    for offset in (0..bytes.len()).step_by(37) {
        let mut changed = bytes.clone();
        changed[offset] ^= 1;
        folder.put("in/b-c.md", changed);
        assert_ne!(manifest(&folder), first, "byte {offset}");
    }
    fs::remove_file(folder.0.join("in/b-c.md")).unwrap();
    assert_ne!(manifest(&folder), first);
    folder.put("in/b-c.md", &bytes).put("in/d.md", crawl_file(3, "셋째", "셋째 글이다."));
    assert_ne!(manifest(&folder), first);
    fs::remove_file(folder.0.join("in/d.md")).unwrap();
    assert_eq!(manifest(&folder), first);
}

#[test]
fn members_of_archives_and_what_cannot_be_read_have_lines() {
    let folder = Folder::new("manifest-archive");
    let files: pack::Files = (1..4).map(|n| (format!("{n}.md"), article(n))).collect();
    let tar = pack::tar(&files);
    // Cut off in the content of the third member, after its header of 512 bytes.
    let third = tar.windows(5).position(|bytes| bytes == b"3.md\0").expect("the archive has the member");
    folder.put("dump.tar", &tar[..third + 600]);
    folder.ingest(&["-q", "--manifest", "m", "dump.tar"]);
    let lines = lines(&folder.read("m"));
    let paths: Vec<_> = lines.iter().filter_map(|line| line["path"].as_str()).collect();
    assert_eq!(paths, ["dump.tar", "dump.tar/1.md", "dump.tar/2.md"]);
    assert_eq!((&lines[0]["size"], &lines[0]["sha256"]), (&Value::Null, &Value::Null));
    assert_eq!(lines[0]["rules"], json!(["unreadable"]));
    assert_eq!(lines[1]["sha256"], hex(article(1).as_bytes()));
}

#[track_caller]
fn against(folder: &Folder, status: i32, parts: &[&str]) {
    let output = folder.ingest(&["check", "-q", "--against", "m", "in"]);
    for part in parts {
        assert!(stderr(&output).contains(part), "{part}: {}", stderr(&output));
    }
    assert_eq!(output.status.code(), Some(status), "{}", stderr(&output));
}

#[test]
fn files_are_compared_with_their_manifest() {
    let folder = Folder::new("manifest-against");
    for number in 1..=9 {
        folder
            .put(&format!("in/{number}.md"), crawl_file(number, "제목", &format!("{number}번째 본문이다.")));
    }
    folder.ingest(&["-q", "--manifest", "m", "-o", "a.jsonl", "in"]);
    against(&folder, 0, &["the files are those of `m`; its root holds"]);
    folder.put("in/1.md", crawl_file(1, "제목", "다른 본문이다."));
    folder.put("in/2.md", crawl_file(2, "다른 제목", "2번째 본문이다."));
    fs::rename(folder.0.join("in/3.md"), folder.0.join("in/x.md")).unwrap();
    fs::remove_file(folder.0.join("in/4.md")).unwrap();
    folder.put("in/y.md", crawl_file(10, "제목", "열째 본문이다."));
    let found = [
        "1 extra\n  in/y.md\n",
        "1 missing\n  in/4.md\n",
        "1 moved\n  in/3.md -> in/x.md\n",
        "1 text changed\n  in/1.md\n",
        "1 metadata changed\n  in/2.md\n",
        "5 files differ from `m`; its root holds",
    ];
    against(&folder, 1, &found);
    let altered = folder.read("m").replacen("\"size\":", "\"size\":1", 1);
    folder.put("m", altered);
    against(&folder, 1, &["the lines of `m` do not have the root that its last line states"]);
}

#[test]
fn the_same_files_elsewhere_are_compared_below_their_folder() {
    let folder = three_files();
    folder.ingest(&["-q", "--manifest", "m", "-o", "a.jsonl", "in"]);
    fs::rename(folder.0.join("in"), folder.0.join("copy")).unwrap();
    let output = folder.ingest(&["check", "-q", "--against", "m", "copy"]);
    assert!(stderr(&output).contains("the files are those of `m`"), "{}", stderr(&output));
}

#[track_caller]
fn refused(manifest: &str, message: &str) {
    let folder = three_files();
    folder.put("m", manifest).put("a.jsonl", "old");
    for arguments in [
        &["check", "--against", "m", "in"][..],
        &["-o", "a.jsonl", "--changed-since", "m", "in"],
        &["diff", "m", "in"],
    ] {
        let output = folder.ingest(arguments);
        // What is no manifest is a side of another kind to `diff`.
        if arguments[0] == "diff" && !manifest.starts_with("{\"path\":\"") {
            continue;
        }
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(message), "{arguments:?}: {}", stderr(&output));
    }
    assert_eq!(folder.read("a.jsonl"), "old");
}

#[test]
fn what_is_no_complete_manifest_is_refused() {
    let folder = three_files();
    folder.ingest(&["-q", "--manifest", "m", "-o", "a.jsonl", "in"]);
    let manifest = folder.read("m");
    let [first, second, rest] = manifest.splitn(3, '\n').collect::<Vec<_>>()[..] else { panic!() };
    refused("", "this is not a manifest");
    refused("a list\n", "this is not a manifest");
    refused(&manifest[..manifest.len() - 1], "ends without its last line");
    refused(&manifest[..first.len() + 1], "ends without its last line");
    refused(&format!("{second}\n{first}\n{rest}"), "line 2: the lines are not in the order of their paths");
    refused(&format!("{manifest}{first}\n"), "something follows the last line");
    refused(&format!("{first}\nnothing\n{rest}"), "line 2: this is not a line of a manifest");
    refused(&format!("{{\"path\":\"\\x\"}}\n{rest}"), "line 1: ");
}

#[test]
fn a_manifest_goes_with_its_records() {
    let folder = three_files();
    let keep = |folder: &Folder, arguments: &[&str]| {
        folder.put("m", "old").put("a.jsonl", "old");
        let outputs = ["-q", "--manifest", "m", "-o", "a.jsonl"];
        let output = folder.ingest(&[&outputs, arguments].concat());
        assert_eq!((folder.read("m"), folder.read("a.jsonl")), ("old".into(), "old".into()), "{arguments:?}");
        assert!(stderr(&output).contains("`m` is left as it was"), "{}", stderr(&output));
    };
    keep(&folder, &["--fail-fast", "in"]);
    keep(&folder, &["--max-rejected", "0", "in"]);
    keep(&folder, &["in/\u{1b}bad.md"]);
    for arguments in [&["--manifest", "-", "in"][..], &["--manifest", "m.csv", "in"]] {
        assert_eq!(folder.ingest(arguments).status.code(), Some(2), "{arguments:?}");
    }
    let output = folder.ingest(&["-q", "--manifest", "-", "-o", "a.jsonl", "in"]);
    assert_eq!(lines(stdout(&output)).len(), 4);
    assert!(
        folder.0.read_dir().unwrap().all(|entry| !entry
            .unwrap()
            .file_name()
            .to_string_lossy()
            .starts_with('.'))
    );
}

fn python(folder: &Folder, arguments: &[&str]) -> Output {
    let page = Document::open("docs/changes.md");
    let program = page.code("python").next().expect("the page shows how the root is computed");
    folder.put("root.py", program);
    Command::new("python3").arg("root.py").args(arguments).current_dir(&folder.0).output().unwrap()
}

#[test]
#[ignore = "needs Python"]
fn python_computes_the_same_root() {
    let folder = Folder::new("manifest-python");
    for number in 0..300 {
        folder.put(&format!("in/{number}.md"), article(number));
        if ![0, 1, 2, 3, 4, 5, 63, 64, 65, 299].contains(&number) {
            continue;
        }
        folder.ingest(&["-q", "--manifest", "m", "-o", "a.jsonl", "in"]);
        let output = python(&folder, &["m"]);
        assert!(output.status.success(), "{number}: {}", stderr(&output));
    }
    let altered = folder.read("m").replacen("in/0.md", "in/O.md", 1);
    assert!(!python(folder.put("m", altered), &["m"]).status.success());
}

#[test]
fn a_manifest_that_does_not_fit_in_memory_is_sorted_and_leaves_nothing() {
    let folder = Folder::new("manifest-large");
    let files: pack::Files =
        (0..20_000).map(|n| (format!("{}.md", n * 7919 % 20_000), String::new())).collect();
    folder.put("dump.tar", pack::tar(&files));
    folder.ingest(&["check", "-q", "-o", "f.txt", "--manifest", "m", "dump.tar"]);
    let manifest = folder.read("m");
    let mut paths: Vec<_> =
        manifest.lines().take(20_000).map(|line| line.split('"').nth(3).unwrap()).collect();
    let mut expected = paths.clone();
    expected.sort_unstable();
    assert_eq!(paths, expected);
    paths.dedup();
    assert_eq!(paths.len(), 20_000);
    let names: Vec<_> =
        Path::new(&folder.0).read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
}
