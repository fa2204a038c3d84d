//! `-o FILE`: the old file or the complete new one, whatever happens, and nothing else beside it.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use crate::support::folder::{Folder, stderr, stdout};
use crate::support::page::Page;

const OLD: &str = "what was there before\n";

fn article(number: usize) -> String {
    let aid = format!("{number:010}");
    let url = format!("https://n.news.naver.com/mnews/article/901/{aid}");
    let page = Page::of(&format!("{number}번째 기사의 본문이다."));
    Page { id: format!("901_{aid}"), aid, url, ..page }.print()
}

fn folder_of(name: &str, articles: usize) -> Folder {
    let folder = Folder::new(&format!("outputs-{name}"));
    for number in 0..articles {
        folder.put(&format!("in/{:02}/{number:05}.md", number % 7), article(number));
    }
    fs::create_dir(folder.0.join("out")).unwrap();
    folder
}

/// The names in the folder `out`, sorted, with those that are hidden.
fn names(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.0.join("out")).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_file_gets_what_stdout_would_get() {
    let folder = folder_of("same", 300);
    let expected = folder.ingest(&["in"]).stdout;
    let output = folder.ingest(&["-o", "out/a.jsonl", "in"]);
    assert_eq!((stdout(&output), output.status.code()), ("", Some(0)), "{}", stderr(&output));
    assert!(folder.read("out/a.jsonl").into_bytes() == expected);
    folder.put("out/a.jsonl", OLD);
    assert_eq!(folder.ingest(&["in", "--output", "out/a.jsonl"]).status.code(), Some(0));
    assert!(folder.read("out/a.jsonl").into_bytes() == expected);
    assert_eq!(names(&folder), ["a.jsonl"]);
    let device = folder.ingest(&["-o", "/dev/stdout", "in"]);
    assert!(device.stdout == expected);
}

#[test]
fn what_leads_to_the_file_and_who_may_read_it_stay() {
    let folder = folder_of("link", 1);
    folder.put("kept/a.jsonl", OLD);
    fs::set_permissions(folder.0.join("kept/a.jsonl"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("../kept/a.jsonl", folder.0.join("out/link.jsonl")).unwrap();
    assert_eq!(folder.ingest(&["-o", "out/link.jsonl", "in"]).status.code(), Some(0));
    assert!(folder.0.join("out/link.jsonl").is_symlink());
    assert_eq!(folder.read("kept/a.jsonl").lines().count(), 1);
    let mode = fs::metadata(folder.0.join("kept/a.jsonl")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn a_name_may_be_as_long_as_the_system_allows() {
    let folder = folder_of("long", 1);
    let long = format!("out/{}", "a".repeat(255));
    let output = folder.ingest(&["-o", &long, "in"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(folder.read(&long).lines().count(), 1);
}

#[test]
fn what_a_killed_run_left_is_no_obstacle() {
    let folder = folder_of("left", 3);
    // The number of the process stays.
    let twice = "touch out/.a.jsonl.$$.0.draft out/.a.jsonl.$$.1.draft; exec \"$0\" -q -o out/a.jsonl in";
    let binary = env!("CARGO_BIN_EXE_ingest");
    let output = Command::new("sh").args(["-c", twice, binary]).current_dir(&folder.0).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(folder.read("out/a.jsonl").lines().count(), 3);
    assert_eq!(names(&folder).len(), 3, "what others left is theirs");
}

#[test]
fn an_error_leaves_the_old_file_and_no_draft() {
    let folder = folder_of("error", 10);
    folder.put("out/a.jsonl", OLD).put("in/bad.md", "no");
    for (arguments, status) in [
        (&["-o", "out/a.jsonl", "gone.md"][..], 2),
        (&["-o", "out/a.jsonl", "--max-file-size", "much", "in"], 2),
        (&["-o", "out/a.jsonl", "in", "out/a.jsonl"], 2),
        (&["-o", "out/a.jsonl", "in", "out/../out/a.jsonl"], 2),
        (&["-o", "out", "in"], 2),
        (&["-o", "gone/a.jsonl", "in"], 2),
    ] {
        let output = folder.ingest(arguments);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        assert_eq!(stdout(&output), "", "{arguments:?}");
        assert!(!stderr(&output).is_empty(), "{arguments:?}");
        assert_eq!((folder.read("out/a.jsonl").as_str(), names(&folder)), (OLD, vec!["a.jsonl".to_owned()]));
    }
    let full = folder.ingest(&["-o", "/dev/full", "in"]);
    assert_eq!(full.status.code(), Some(2));
    assert!(stderr(&full).contains("No space left"), "{}", stderr(&full));
}

#[test]
fn what_is_written_is_never_read() {
    let folder = folder_of("itself", 20);
    for round in 0..3 {
        let output = folder.ingest(&["-q", "-o", "in/03/all.md", "in"]);
        assert_eq!((stderr(&output), output.status.code()), ("", Some(0)), "round {round}");
        assert_eq!(folder.read("in/03/all.md").lines().count(), 20, "round {round}");
        // A file of the same name elsewhere is no less a source.
        folder.put("in/04/all.md", article(4)).put("in/04/00004.md", article(4));
        if round == 0 {
            fs::remove_file(folder.0.join("in/04/00004.md")).unwrap();
        } else {
            fs::remove_file(folder.0.join("in/04/all.md")).unwrap();
        }
    }
}

/// A run that takes a while: the same folder many times over.
fn start(folder: &Folder, more: &[&str]) -> Child {
    let mut arguments = vec!["-q", "-A", "duplicate", "-j2"];
    arguments.extend(more);
    arguments.extend(["in"; 20]);
    folder.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn send(signal: &str, child: &mut Child) -> ExitStatus {
    let sent = Command::new("sh").args(["-c", &format!("kill -{signal} {}", child.id())]).status().unwrap();
    assert!(sent.success());
    child.wait().unwrap()
}

#[test]
fn a_signal_at_any_point_leaves_the_old_file_or_the_complete_one() {
    let folder = folder_of("signals", 300);
    let complete = 300 * 20;
    let mut ended_early = 0;
    let signals =
        [("TERM", Some(143)), ("INT", Some(130)), ("HUP", Some(129)), ("QUIT", Some(131)), ("KILL", None)];
    for (signal, status) in signals {
        for step in 0..6 {
            folder.put("out/a.jsonl", OLD);
            let mut child = start(&folder, &["-o", "out/a.jsonl"]);
            thread::sleep(Duration::from_millis(step * step * 8));
            let ended = send(signal, &mut child);
            let content = folder.read("out/a.jsonl");
            assert!(content == OLD || content.lines().count() == complete, "{signal}, step {step}");
            // Before the first instructions of the program, the system itself ends it.
            assert!([status, Some(0), None].contains(&ended.code()), "{signal}, step {step}: {ended}");
            ended_early += u32::from(ended.code() == status && signal != "KILL");
            if signal == "KILL" {
                fs::remove_dir_all(folder.0.join("out")).unwrap();
                fs::create_dir(folder.0.join("out")).unwrap();
            } else {
                assert_eq!(names(&folder), ["a.jsonl"], "{signal}, step {step}");
            }
        }
    }
    assert!(ended_early > 0);
}

/// As `nohup` does it, and a shell for what runs in the background.
#[test]
fn a_signal_that_was_ignored_stays_so() {
    let folder = folder_of("ignored", 1);
    let ignoring = "trap '' HUP INT; exec \"$0\" -q -o out/a.jsonl -";
    let mut command = Command::new("sh");
    command.args(["-c", ignoring, env!("CARGO_BIN_EXE_ingest")]).current_dir(&folder.0);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    while names(&folder).is_empty() {
        thread::sleep(Duration::from_millis(5));
    }
    for signal in ["HUP", "INT"] {
        let sent = Command::new("sh").args(["-c", &format!("kill -{signal} {}", child.id())]).status();
        assert!(sent.unwrap().success());
    }
    child.stdin.take().unwrap().write_all(article(1).as_bytes()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(folder.read("out/a.jsonl").lines().count(), 1);
}

#[test]
fn a_signal_ends_a_run_that_waits_for_its_input() {
    let folder = folder_of("waiting", 1);
    // A shell's background job and `nohup` ignore some signals, and so does whatever they start.
    let with_defaults = ["--default-signal=HUP,INT,QUIT", env!("CARGO_BIN_EXE_ingest")];
    let has_defaults =
        Command::new("env").args([with_defaults[0], "true"]).output().unwrap().status.success();
    let signals = [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)];
    for (signal, status) in &signals[..if has_defaults { 4 } else { 1 }] {
        let mut command = Command::new("env");
        command.args(&with_defaults[usize::from(!has_defaults)..]).args(["-o", "out/a.jsonl", "-"]);
        let mut child = command.current_dir(&folder.0).stdin(Stdio::piped()).spawn().unwrap();
        while names(&folder).is_empty() {
            thread::sleep(Duration::from_millis(5));
        }
        // Its end would end the run too.
        let _input = child.stdin.take();
        assert_eq!(send(signal, &mut child).code(), Some(*status), "{signal}");
        assert_eq!(names(&folder), [""; 0], "{signal}");
    }
}

#[test]
fn the_ending_of_the_file_or_a_format_says_how_it_is_compressed() {
    let folder = folder_of("formats", 300);
    let plain = folder.ingest(&["in"]).stdout;
    for (arguments, program) in [
        (&["-o", "out/a"][..], "cat"),
        (&["-o", "out/a.ndjson"], "cat"),
        (&["-o", "out/a.jsonl.gz"], "gzip"),
        (&["-o", "out/a.JSON.GZ"], "gzip"),
        (&["-o", "out/a.jsonl.zst"], "zstd"),
        (&["-o", "out/a.gz", "--to", "jsonl"], "cat"),
        (&["-o", "out/a.parquet", "--to", "jsonl.gz"], "gzip"),
        (&["-o", "out/a.jsonl", "--to", "jsonl.zst"], "zstd"),
    ] {
        let output = folder.ingest(&[arguments, &["-j1", "in"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let bytes = fs::read(folder.0.join(arguments[1])).unwrap();
        let unpacked = match program {
            "cat" => bytes.clone(),
            "gzip" => {
                Command::new("gzip")
                    .arg("-dc")
                    .stdin(fs::File::open(folder.0.join(arguments[1])).unwrap())
                    .output()
                    .unwrap()
                    .stdout
            }
            _ => zstd::decode_all(bytes.as_slice()).unwrap(),
        };
        assert!(unpacked == plain, "{arguments:?}");
        assert_eq!(program == "cat", bytes == plain, "{arguments:?}");
        // The same records are the same bytes, at any number of threads and in any place.
        let to = if program == "zstd" {
            "jsonl.zst"
        } else if program == "gzip" {
            "jsonl.gz"
        } else {
            "jsonl"
        };
        assert!(folder.ingest(&["--to", to, "-j4", "in"]).stdout == bytes, "{arguments:?}");
    }
}

#[test]
fn what_cannot_be_written_is_a_usage_error() {
    let folder = folder_of("unknown", 1);
    for (arguments, said) in [
        (
            &["-o", "out/a.csv"][..],
            "the ending of `out/a.csv` is not a format of records: they are `jsonl`, ",
        ),
        (&["--to", "xml"], "possible values: jsonl, jsonl.gz, jsonl.zst"),
        (&["--comments", "out/c.parquet"], "only records are written as the ending of `out/c.parquet` says"),
        (&["--rejects", "out/r.arrow"], "only records are written as the ending of `out/r.arrow` says"),
        (&["--summary", "out/t.csv"], "only records are written as the ending of `out/t.csv` says"),
    ] {
        let output = folder.ingest(&[arguments, &["in"]].concat());
        assert_eq!((stdout(&output), output.status.code()), ("", Some(2)), "{arguments:?}");
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
}
