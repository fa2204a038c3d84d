//! Object stores, by an S3 server on this machine: what is read there and written there is what a folder has.

#![cfg(feature = "cloud")]

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::process::{Output, Stdio};
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

#[path = "testsuite/support/mod.rs"]
mod support;

use crate::support::crawl_file::CrawlFile;
use crate::support::folder::{Folder, stderr, stdout};
use crate::support::pack;
use crate::support::server::{Fate, S3, ask, at_port, before, request};

fn numbered(number: usize, text: &str) -> String {
    CrawlFile::numbered(number, text).to_string()
}

/// A folder whose names sort otherwise as keys than as names, with all that a folder may hold.
fn corpus(name: &str) -> Folder {
    let folder = Folder::new(name);
    let names = [
        "a/1.md",
        "a/z/2.md",
        "a-b/3.md",
        "a.md",
        "a b/4.md",
        "a+b&c=d/5.md",
        "한글/기사 하나.md",
        "한글/나/둘.txt",
        "z/6.md",
        ".hidden/7.md",
        "z/.hidden.md",
        "skipped.html",
        "drafts/8.md",
        "100%25.md",
        "~b.md",
    ];
    for (number, name) in names.iter().enumerate() {
        folder.put(&format!("in/{name}"), numbered(1000 + number, &format!("{number}번째 본문이다.")));
    }
    folder.put("in/z/too-large.md", numbered(1050, &"크다. ".repeat(20_000)));
    folder.put("in/z/several-blocks.md", numbered(1051, &format!("{}끝", "길다. ".repeat(60_000))));
    folder.put("in/z/bad.md", "no front matter");
    folder.put("in/z/empty.md", "");
    folder.put("in/packed.tar.zst", pack::zstd(&pack::tar(&pack::files())));
    folder.put("in/compressed.md.gz", pack::gzip(numbered(1052, "눌린 본문이다.").as_bytes()));
    folder.put("in/an-archive.md", pack::tar(&pack::files()));
    folder
}

static STORE: LazyLock<S3> = LazyLock::new(S3::new);

/// The key of what a test keeps under a name of its own.
fn key(folder: &Folder, name: &str) -> String {
    format!("{}/{name}", folder.0.file_name().unwrap().to_str().unwrap())
}

fn url(folder: &Folder, name: &str) -> String {
    format!("s3://news/{}", key(folder, name))
}

#[track_caller]
fn ingest(folder: &Folder, arguments: &[&str]) -> Output {
    at_port(folder.command(arguments), STORE.port).output().unwrap()
}

/// What a run over a folder has to become over the bucket: the same, but for how paths begin.
#[track_caller]
fn assert_same(folder: &Folder, local: &Output, remote: &Output) {
    let start = url(folder, "");
    let at_store = |text: &str| text.replace("\"path\":\"", &format!("\"path\":\"{start}"));
    let records = stdout(local).lines().map(at_store).collect::<Vec<_>>();
    assert_eq!(stdout(remote).lines().collect::<Vec<_>>(), records, "{}", stderr(remote));
    let findings = |output: &Output, start: &str| {
        let lines = stderr(output).lines().filter(|line| line.contains(": error["));
        lines.map(|line| format!("{start}{line}")).collect::<Vec<_>>()
    };
    assert_eq!(findings(remote, ""), findings(local, &start));
    assert_eq!(remote.status.code(), local.status.code(), "{}", stderr(remote));
}

#[test]
#[ignore = "needs moto in target/venv"]
fn a_prefix_is_read_as_a_folder_is() {
    let folder = corpus("store-corpus");
    STORE.put_folder(&folder, "in");
    // What some tools keep for the folder itself.
    STORE.put(&key(&folder, "in/z/"), "");
    for options in [
        &["--max-file-size", "100K"][..],
        &["-j1"],
        &["--exclude", "drafts", "--exclude", "/z/*.txt"],
        &["--include", "*.html"],
        &["--no-archives"],
        &["--shard", "1/2"],
        &["--shard", "2/2"],
    ] {
        let read = |path: &str| ingest(&folder, &[&["-q"], options, &[path]].concat());
        let local = read("in");
        assert!(stdout(&local).lines().count() > 0);
        assert_same(&folder, &local, &read(&url(&folder, "in")));
        assert_eq!(stdout(&read(&url(&folder, "in/"))), stdout(&read(&url(&folder, "in"))));
    }
}

#[test]
#[ignore = "needs moto in target/venv"]
fn objects_archives_and_lists_are_read() {
    let folder = corpus("store-objects");
    folder.put("dump.tar.zst", pack::zstd(&pack::tar(&pack::files())));
    folder.put("dump.zip", pack::zip(&pack::files()));
    STORE.put_folder(&folder, "in/한글");
    for name in ["dump.tar.zst", "dump.zip"] {
        STORE.put(&key(&folder, name), fs::read(folder.0.join(name)).unwrap());
    }
    for path in ["in/한글/기사 하나.md", "dump.tar.zst", "dump.zip"] {
        assert_same(&folder, &ingest(&folder, &["-q", path]), &ingest(&folder, &["-q", &url(&folder, path)]));
    }
    let names = ["in/한글/기사 하나.md", "dump.tar.zst", "none.md", "in/한글"];
    let (local, remote): (String, String) =
        names.iter().map(|name| (format!("{name}\n"), format!("{}\n", url(&folder, name)))).unzip();
    folder.put("local.txt", local).put("remote.txt", remote);
    let [local, remote] = ["local.txt", "remote.txt"]
        .map(|list| ingest(&folder, &["-q", "--dedup", "id", "--files-from", list]));
    assert_eq!(stdout(&remote).lines().count(), stdout(&local).lines().count());
    assert_eq!(
        stderr(&remote),
        format!(
            "{}:1:1: error[unreadable]: there is no such object, and none below it\n",
            url(&folder, "none.md")
        )
    );
    assert_eq!(remote.status.code(), Some(1));
}

#[test]
#[ignore = "needs moto in target/venv"]
fn more_keys_than_a_page_has_are_read() {
    const FILES: usize = 1203;
    let folder = Folder::new("store-pages");
    for number in 0..FILES {
        folder.put(&format!("many/{}.md", number * 7919 % FILES), numbered(number, "본문이다."));
    }
    STORE.put_folder(&folder, "many");
    let remote = ingest(&folder, &["-q", &url(&folder, "many")]);
    assert_same(&folder, &ingest(&folder, &["-q", "many"]), &remote);
    assert_eq!(stdout(&remote).lines().count(), FILES);
}

#[test]
#[ignore = "needs moto in target/venv"]
fn what_is_missing_ends_the_run_before_it_begins() {
    let folder = Folder::new("store-missing");
    for (path, said) in [
        ("s3://news/none.md", "there is no such object, and none below it"),
        ("s3://news/none/", "there is no such object, and none below it"),
        ("s3://nowhere/a.md", "there is no such object or bucket"),
        ("s3://nowhere", "there is no such object or bucket"),
        ("s3://news/a//b.md", "a key with an empty part, `.`, `..` or a control character"),
        ("s3:///a.md", "it names no bucket"),
    ] {
        let output = ingest(&folder, &[path]);
        assert_eq!(output.status.code(), Some(2), "{path}: {}", stderr(&output));
        assert_eq!(stderr(&output), format!("error: {path}: {said}\n"));
    }
    folder.put("in/a.md", numbered(0, "본문이다."));
    for (target, said) in [
        ("s3://nowhere/a.jsonl", "there is no such object or bucket"),
        ("http://127.0.0.1:1/a.jsonl", "a web server is only read"),
    ] {
        let output = ingest(&folder, &["-o", target, "in"]);
        assert_eq!(output.status.code(), Some(2), "{target}: {}", stderr(&output));
        assert_eq!(stderr(&output), format!("error: cannot write `{target}`: {said}\n"));
    }
}

#[test]
#[ignore = "needs moto in target/venv"]
fn what_is_written_is_what_a_file_has() {
    let folder = corpus("store-output");
    for number in 0..18 {
        // More than one part of an upload.
        let text = format!("{number}. {}끝", "백만 바이트를 채우는 본문이다. ".repeat(24_000));
        folder.put(&format!("large/{number}.md"), numbered(1100 + number, &text));
    }
    for (name, input) in [
        ("out.jsonl", "in"),
        ("out.jsonl.gz", "in"),
        ("out.jsonl.zst", "in"),
        ("out.parquet", "in"),
        ("large.jsonl", "large"),
    ] {
        let (key, url) = (key(&folder, name), url(&folder, name));
        STORE.put(&key, "what was there before");
        for output in [name, &url] {
            let written = ingest(&folder, &["-q", "-o", output, input]);
            assert!([Some(0), Some(1)].contains(&written.status.code()), "{}", stderr(&written));
        }
        let local = fs::read(folder.0.join(name)).unwrap();
        assert!(STORE.get(&key).unwrap() == local, "{name} differs");
    }
    assert!(fs::metadata(folder.0.join("large.jsonl")).unwrap().len() > 17 << 20);
    let [records, rejects, totals, none] =
        ["out.jsonl", "rejects.jsonl", "totals.json", "none.jsonl"].map(|name| url(&folder, name));
    ingest(&folder, &["-qq", "-o", &records, "--rejects", &rejects, "--summary", &totals, "in"]);
    ingest(&folder, &["-qq", "-o", "out.jsonl", "--rejects", "rejects.jsonl", "in"]);
    let get = |name: &str| STORE.get(&key(&folder, name)).unwrap();
    assert_eq!(get("rejects.jsonl"), folder.read("rejects.jsonl").as_bytes());
    assert!(get("totals.json").starts_with(b"{"));
    // An empty list is a complete run: an empty object. A run that accepts nothing is not, and leaves the object.
    folder.put("empty", "");
    ingest(&folder, &["-qq", "-o", &none, "--files-from", "empty"]);
    assert_eq!(get("none.jsonl"), b"");
    ingest(&folder, &["-qq", "-o", &records, "--exclude", "*", "in"]);
    assert_eq!(get("out.jsonl"), folder.read("out.jsonl").as_bytes());
}

#[test]
#[ignore = "needs moto in target/venv"]
fn parts_of_an_earlier_run_that_had_more_are_removed() {
    let folder = corpus("store-split");
    let url = url(&folder, "out.jsonl");
    let part = |number| STORE.get(&key(&folder, &format!("out-{number:05}.jsonl")));
    let count = || (0..).take_while(|number| part(*number).is_some()).count();
    for (records, parts) in [("3", 4), ("6", 2)] {
        ingest(
            &folder,
            &["-qq", "-o", &url, "--split-records", records, "--include", "*.md", "--no-archives", "in"],
        );
        assert_eq!(count(), parts, "{records} a part");
    }
}

/// A run that waits for its input, with its upload begun.
fn waiting(folder: &Folder) -> std::process::Child {
    let target = key(folder, "out.jsonl");
    STORE.put(&target, "old");
    let mut command =
        at_port(folder.command(&["-q", "-o", &url(folder, "out.jsonl"), "in", "-"]), STORE.port);
    let child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let has_begun = (0..600).any(|_| {
        thread::sleep(Duration::from_millis(50));
        STORE.uploads(&target) > 0
    });
    assert!(has_begun);
    child
}

#[test]
#[ignore = "needs moto in target/venv"]
fn a_run_that_does_not_come_to_its_end_leaves_the_old_object() {
    let folder = corpus("store-fate");
    let (target, url) = (key(&folder, "out.jsonl"), url(&folder, "out.jsonl"));
    for (signal, status, left) in [("TERM", Some(143), 0), ("INT", Some(130), 0), ("KILL", None, 1)] {
        let mut child = waiting(&folder);
        let sent = std::process::Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
        assert!(sent.unwrap().success());
        assert_eq!(child.wait().unwrap().code(), status, "{signal}");
        assert_eq!(STORE.get(&target).unwrap(), b"old", "{signal}");
        assert_eq!(STORE.uploads(&target), left, "{signal}");
    }
    // What the killed run left is no obstacle to the next, which fails, and leaves nothing more.
    let failed = ingest(&folder, &["-o", &url, "--rejects", "none/rejects.jsonl", "in"]);
    assert_eq!(failed.status.code(), Some(2));
    assert_eq!((STORE.get(&target).unwrap(), STORE.uploads(&target)), (b"old".to_vec(), 1));
    // A server that refuses the end of an upload.
    let port = before(STORE.port, |_, line| match line.starts_with("POST ") && line.contains("uploadId=") {
        true => Fate::Answered("400 Bad Request"),
        false => Fate::Passed,
    });
    let failed = at_port(folder.command(&["-qq", "-o", &url, "in"]), port).output().unwrap();
    assert_eq!(failed.status.code(), Some(2), "{}", stderr(&failed));
    assert!(stderr(&failed).contains(&format!("error: cannot write `{url}`: ")), "{}", stderr(&failed));
    assert_eq!((STORE.get(&target).unwrap(), STORE.uploads(&target)), (b"old".to_vec(), 1));
}

#[test]
#[ignore = "needs moto in target/venv"]
fn a_flaky_server_is_asked_again() {
    let folder = corpus("store-flaky");
    folder.put(
        "in/large.tar",
        pack::tar(
            &(0..20)
                .map(|number| (format!("{number}.md"), numbered(1200 + number, &"길다. ".repeat(9_000))))
                .collect(),
        ),
    );
    STORE.put_folder(&folder, "in");
    let port = before(STORE.port, |number, line| match () {
        // The same request does not fail again and again.
        () if number % 3 == 1 => Fate::Answered("503 Slow Down"),
        () if line.contains("large.tar") && number % 2 == 0 => Fate::Cut(600_000),
        () => Fate::Passed,
    });
    let run = |arguments: &[&str]| at_port(folder.command(arguments), port).output().unwrap();
    assert_same(&folder, &ingest(&folder, &["-q", "in"]), &run(&["-q", &url(&folder, "in")]));
    let written = run(&["-qq", "-o", &url(&folder, "out.jsonl"), "in"]);
    assert_eq!((written.status.code(), stderr(&written).contains("cannot")), (Some(1), false));
    assert_eq!(STORE.get(&key(&folder, "out.jsonl")).unwrap(), ingest(&folder, &["-qq", "in"]).stdout);
}

#[test]
#[ignore = "needs moto in target/venv"]
fn an_object_that_cannot_be_read_is_a_finding() {
    let folder = Folder::new("store-refused");
    for (number, name) in ["a.md", "denied.md", "z.md"].iter().enumerate() {
        STORE.put(&format!("refused/{name}"), numbered(number, &format!("{number}번째 본문이다.")));
    }
    let port = before(STORE.port, |_, line| match line.contains("denied") {
        true => Fate::Answered("403 Forbidden"),
        false => Fate::Passed,
    });
    let output = at_port(folder.command(&["-q", "s3://news/refused"]), port).output().unwrap();
    assert_eq!(stdout(&output).lines().count(), 2);
    let said = "s3://news/refused/denied.md:1:1: error[unreadable]: the store denies access\n";
    assert_eq!((stderr(&output), output.status.code()), (said, Some(1)));
}

#[test]
#[ignore = "needs moto in target/venv"]
fn a_reader_that_leaves_ends_the_run_quietly() {
    let folder = corpus("store-head");
    STORE.put_folder(&folder, "in");
    let mut child = at_port(folder.command(&["-qq", &url(&folder, "in")]), STORE.port);
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output)), (Some(141), ""));
}

#[test]
#[ignore = "needs moto in target/venv"]
fn a_web_server_gives_objects_and_no_secret_is_told() {
    let folder = Folder::new("store-web");
    STORE.put("web/기사.md", numbered(0, "본문이다."));
    let secret = "X-Amz-Signature=SECRET";
    let port = before(STORE.port, |_, _| Fate::Passed);
    let [url, shown] = ["user:SECRET@", ""]
        .map(|user| format!("http://{user}127.0.0.1:{port}/news/web/%EA%B8%B0%EC%82%AC.md"));
    let file = folder.0.join("page.html");
    let output = ingest(&folder, &["-q", "--report", file.to_str().unwrap(), &format!("{url}?{secret}")]);
    assert!(stdout(&output).contains(&format!("\"path\":\"{shown}\"")), "{}", stderr(&output));
    folder.put("urls.txt", format!("{url}\n{url}?{secret}\n"));
    let listed = ingest(&folder, &["-q", "--dedup", "id", "-v", "--files-from", "urls.txt"]);
    assert_eq!(stdout(&listed), stdout(&output));
    assert_eq!(stderr(&listed).matches(&format!("{shown}: left out: ")).count(), 1, "{}", stderr(&listed));
    let missing = ingest(&folder, &[&format!("{url}.none?{secret}")]);
    assert_eq!(missing.status.code(), Some(2));
    assert_eq!(
        stderr(&missing),
        format!("error: {shown}.none: there is no such object, and none below it\n")
    );
    assert!(!folder.read("page.html").contains("SECRET"));
}

/// What is asked of Google Cloud Storage and of Azure, by a server that gives every object.
#[test]
fn other_stores_are_asked_for_the_right_object() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let (head, _) = request(&stream).unwrap();
            let path = head.split(' ').nth(1).unwrap_or_default();
            let is_known =
                ["/devstoreaccount1/news/2025/%EA%B0%80.md", "/news/2025%2F%EA%B0%80%2Emd"].contains(&path);
            let status = if is_known { "200 OK" } else { "400 Bad Request" };
            let body = numbered(0, "본문이다.");
            let about = "ETag: \"1\"\r\nLast-Modified: Fri, 14 Mar 2025 12:00:00 GMT\r\nConnection: close";
            let length = body.len();
            let answer = format!("HTTP/1.1 {status}\r\n{about}\r\nContent-Length: {length}\r\n\r\n");
            let body = if head.starts_with("HEAD ") { String::new() } else { body };
            stream.write_all(format!("{answer}{body}").as_bytes()).unwrap();
        }
    });
    assert_eq!(ask(port, "GET", "/other", b"").0, 400);
    let folder = Folder::new("store-others");
    let account = format!(
        r#"{{"gcs_base_url":"http://127.0.0.1:{port}","disable_oauth":true,"client_email":"","private_key":"","private_key_id":""}}"#
    );
    for url in ["gs://news/2025/가.md", "az://news/2025/가.md"] {
        let output = at_port(folder.command(&["-q", url]), port)
            .env("GOOGLE_SERVICE_ACCOUNT_KEY", &account)
            .env("AZURE_STORAGE_USE_EMULATOR", "true")
            .env("AZURITE_BLOB_STORAGE_URL", format!("http://127.0.0.1:{port}"))
            .output()
            .unwrap();
        assert!(stdout(&output).contains(&format!("\"path\":\"{url}\"")), "{}", stderr(&output));
    }
}
