//! `-o FILE`: the old file or the complete new one, whatever happens, and nothing else beside it.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use rustix::fs::{XattrFlags, getxattr, setxattr};

use crate::support::crawl_file::article;
use crate::support::folder::{Folder, stderr, stdout};
use crate::support::terminal::on_a_terminal;

const OLD: &str = "what was there before\n";

#[test]
fn a_file_gets_what_stdout_would_get() {
    let folder = Folder::of_articles("outputs-same", 300);
    let expected = folder.ingest(&["in"]).stdout;
    let output = folder.ingest(&["-o", "out/a.jsonl", "in"]);
    assert_eq!((stdout(&output), output.status.code()), ("", Some(0)), "{}", stderr(&output));
    assert!(folder.read("out/a.jsonl").into_bytes() == expected);
    folder.put("out/a.jsonl", OLD);
    assert_eq!(folder.ingest(&["in", "--output", "out/a.jsonl"]).status.code(), Some(0));
    assert!(folder.read("out/a.jsonl").into_bytes() == expected);
    assert_eq!(folder.names("out"), ["a.jsonl"]);
    let device = folder.ingest(&["-o", "/dev/stdout", "in"]);
    assert!(device.stdout == expected);
}

#[test]
fn what_leads_to_the_file_and_who_may_read_it_stay() {
    let folder = Folder::of_articles("outputs-link", 1);
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
fn a_link_whose_file_is_not_there_stays_and_gets_one() {
    let folder = Folder::of_articles("outputs-dangling", 1);
    fs::create_dir(folder.0.join("kept")).unwrap();
    symlink("../kept/b.jsonl", folder.0.join("out/b.jsonl")).unwrap();
    symlink("b.jsonl", folder.0.join("out/a.jsonl")).unwrap();
    let twice = folder.ingest(&["-o", "out/a.jsonl", "--rejects", "kept/b.jsonl", "in"]);
    assert_eq!(twice.status.code(), Some(2), "{}", stderr(&twice));
    assert_eq!(folder.ingest(&["-o", "out/a.jsonl", "in"]).status.code(), Some(0));
    for link in ["out/a.jsonl", "out/b.jsonl"] {
        assert!(folder.0.join(link).is_symlink(), "{link}");
    }
    assert_eq!(folder.read("kept/b.jsonl").lines().count(), 1);
    assert_eq!(folder.names("out"), ["a.jsonl", "b.jsonl"]);
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[test]
fn a_draft_is_its_owners_alone_and_the_file_has_the_old_mode_or_that_of_a_new_one() {
    let folder = Folder::of_articles("outputs-modes", 1);
    for (old, expected) in [(Some(0o600), 0o600), (Some(0o664), 0o664), (None, 0o640)] {
        let path = folder.0.join("out/a.jsonl");
        let _ = fs::remove_file(&path);
        if let Some(old) = old {
            folder.put("out/a.jsonl", OLD);
            fs::set_permissions(&path, fs::Permissions::from_mode(old)).unwrap();
        }
        let script = "umask 027; exec \"$0\" -q -o out/a.jsonl -";
        let mut command = Command::new("sh");
        command.args(["-c", script, env!("CARGO_BIN_EXE_ingest")]).current_dir(&folder.0);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        let draft = draft_in(&folder);
        assert_eq!(mode(&draft), 0o600, "{old:?}");
        child.stdin.take().unwrap().write_all(article(1).as_bytes()).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0));
        assert_eq!(mode(&path), expected, "{old:?}");
    }
}

/// The one draft of a run that waits, once it is there to stay.
fn draft_in(folder: &Folder) -> PathBuf {
    loop {
        let drafts: Vec<_> =
            folder.names("out").into_iter().filter(|name| name.ends_with(".0.draft")).collect();
        let draft = drafts.first().map(|name| folder.0.join("out").join(name));
        // What the system gives a new file is asked of one that is gone at once.
        thread::sleep(Duration::from_millis(50));
        if let Some(draft) = draft.filter(|draft| draft.exists()) {
            return draft;
        }
    }
}

/// What others have said about the file stays, as far as its file system keeps such things.
#[test]
fn extended_attributes_stay() {
    let folder = Folder::of_articles("outputs-attributes", 1);
    folder.put("out/a.jsonl", OLD);
    let path = folder.0.join("out/a.jsonl");
    if setxattr(&path, "user.note", b"mine", XattrFlags::empty()).is_err() {
        return;
    }
    assert_eq!(folder.ingest(&["-q", "-o", "out/a.jsonl", "in"]).status.code(), Some(0));
    let mut value = [0; 16];
    let length = getxattr(&path, "user.note", &mut value[..]).unwrap();
    assert_eq!(&value[..length], b"mine");
}

#[test]
#[ignore = "changes the owner of a file, which only root may"]
fn owner_and_group_stay() {
    let folder = Folder::of_articles("outputs-owner", 1);
    folder.put("out/a.jsonl", OLD);
    let path = folder.0.join("out/a.jsonl");
    chown(&path, Some(12345), Some(23456)).unwrap();
    assert_eq!(folder.ingest(&["-q", "-o", "out/a.jsonl", "in"]).status.code(), Some(0));
    let new = fs::metadata(&path).unwrap();
    assert_eq!((new.uid(), new.gid()), (12345, 23456));
}

#[test]
fn a_run_that_ends_early_or_accepts_nothing_leaves_the_old_file() {
    let folder = Folder::of_articles("outputs-kept", 10);
    folder.put("bad/a.md", "no").put("bad/b.md", "no").put("list", "empty\n");
    fs::create_dir(folder.0.join("empty")).unwrap();
    let (nothing, past) =
        ("no article was accepted", "more files were rejected than `--max-rejected` allows");
    for (arguments, status, reason) in [
        (&["--fail-fast", "in", "bad"][..], 1, "the run stopped at the first rejected file"),
        (&["--max-rejected", "1", "in", "bad"], 1, past),
        (&["--max-rejected", "0", "in", "bad"], 1, past),
        (&["--max-rejected", "1%", "in", "bad"], 1, past),
        (&["--max-rejected", "1", "--exit-zero", "in", "bad"], 0, past),
        (&["bad"], 1, nothing),
        (&["empty"], 1, nothing),
        (&["--exit-zero", "empty"], 0, nothing),
        (&["--files-from", "list"], 1, nothing),
    ] {
        for name in ["out/a.jsonl", "out/a.jsonl.gz", "out/a.parquet"] {
            if cfg!(not(feature = "columnar")) && name.ends_with("parquet") {
                continue;
            }
            folder.put(name, OLD).put("out/c.jsonl", OLD);
            let outputs = ["-q", "-o", name, "--comments", "out/c.jsonl", "--rejects", "rejects.jsonl"];
            let output = folder.ingest(&[&outputs, arguments].concat());
            assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", stderr(&output));
            for name in [name, "out/c.jsonl"] {
                assert_eq!(folder.read(name), OLD, "{arguments:?}");
                let said = format!("ingest: `{name}` is left as it was: {reason}\n");
                assert!(stderr(&output).contains(&said), "{arguments:?}: {}", stderr(&output));
            }
            // What a run says of itself is of the last one.
            let rejected = if arguments.contains(&"--fail-fast") { 1 } else { 2 };
            let rejected = if arguments.contains(&"bad") { rejected } else { 0 };
            assert_eq!(folder.read("rejects.jsonl").lines().count(), rejected, "{arguments:?}");
            fs::remove_file(folder.0.join(name)).unwrap();
        }
        assert_eq!(folder.names("out"), ["c.jsonl"], "{arguments:?}");
    }
    // Without such a limit, what is accepted is written, as it is where the limit holds.
    for (arguments, status) in [(&["in", "bad"][..], 1), (&["--max-rejected", "2", "in", "bad"], 0)] {
        folder.put("out/a.jsonl", OLD);
        let output = folder.ingest(&[&["-q", "-o", "out/a.jsonl"], arguments].concat());
        assert_eq!(output.status.code(), Some(status));
        assert_eq!(folder.read("out/a.jsonl").lines().count(), 10);
        assert!(!stderr(&output).contains("left as it was"), "{}", stderr(&output));
    }
}

#[test]
fn an_empty_list_is_a_complete_run() {
    let folder = Folder::of_articles("outputs-empty-list", 1);
    folder.put("list", "").put("blank", "\n\n");
    for list in ["list", "blank"] {
        folder.put("out/a.jsonl", OLD);
        let output = folder.ingest(&["-q", "-o", "out/a.jsonl", "--files-from", list]);
        assert_eq!((stderr(&output), output.status.code()), ("", Some(0)));
        assert_eq!(folder.read("out/a.jsonl"), "");
        let check = folder.ingest(&["check", "-q", "--files-from", list]);
        assert_eq!((stderr(&check), check.status.code()), ("", Some(0)));
    }
    assert_eq!(folder.ingest(&["-q", "--files-from", "list", "gone"]).status.code(), Some(2));
}

#[test]
fn a_dash_is_the_standard_output_for_one_output() {
    let folder = Folder::of_articles("outputs-dash", 3);
    folder.put("bad/a.md", "no");
    let plain = folder.ingest(&["-q", "in"]).stdout;
    assert!(folder.ingest(&["-q", "-o", "-", "in"]).stdout == plain);
    assert!(folder.ingest(&["-q", "-o", "./-", "in"]).stdout.is_empty());
    assert!(folder.read("-").into_bytes() == plain);
    for (arguments, start) in [
        (&["--rejects", "-", "-o", "out/a"][..], "{\"path\":\"bad/a.md\","),
        (&["--summary", "-", "-o", "out/a"], "{\"version\":"),
        (&["--report", "-", "-o", "out/a"], "<!doctype html>"),
        (&["--comments", "-", "-o", "out/a"], ""),
        (&["check", "-o", "-"], "bad/a.md:1:1: error[no-front-matter]"),
        (&["check", "-o", "out/f.json", "--summary-file", "-"], "## ingest: 1 file rejected\n"),
        (&["report", "-o", "-"], "<!doctype html>"),
    ] {
        let output = folder.ingest(&[arguments, &["in", "bad"]].concat());
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", stderr(&output));
        assert!(stdout(&output).starts_with(start), "{arguments:?}: {}", stdout(&output));
        assert_eq!(stdout(&output).is_empty(), start.is_empty(), "{arguments:?}");
    }
    assert!(!folder.0.join("out/-").exists());
    for arguments in [
        &["--rejects", "-"][..],
        &["--comments", "-", "-o", "-"],
        &["--summary", "-", "--rejects", "-", "-o", "out/a"],
        &["--report", "/dev/stdout"],
        &["check", "--summary-file", "-"],
    ] {
        let output = folder.ingest(&[arguments, &["in"]].concat());
        assert_eq!((stdout(&output), output.status.code()), ("", Some(2)), "{arguments:?}");
        let said = "both go to the standard output";
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn a_terminal_gets_nothing_but_text() {
    let folder = Folder::of_articles("outputs-terminal", 2);
    let mut refused = vec![&["--to", "jsonl.gz"][..], &["--to", "jsonl.zst", "-o", "-"], &["report"]];
    if cfg!(feature = "columnar") {
        refused.extend([&["--to", "parquet"][..], &["--to", "arrow", "-o", "/dev/stdout"]]);
    }
    for arguments in refused {
        let (sent, output) = on_a_terminal(&folder, &[arguments, &["in"]].concat(), "terminal");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {sent}");
        assert!(sent.contains("name a FILE with `-o FILE`") && !sent.contains('{'), "{arguments:?}: {sent}");
        let (sent, output) = on_a_terminal(&folder, &[arguments, &["in"]].concat(), "pipe");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {sent}");
    }
    let (sent, output) = on_a_terminal(&folder, &["in"], "terminal");
    assert!(output.status.success() && sent.contains("\"id\":"), "{sent}");
}

#[test]
fn a_name_may_be_as_long_as_the_system_allows() {
    let folder = Folder::of_articles("outputs-long", 1);
    let long = format!("out/{}", "a".repeat(255));
    let output = folder.ingest(&["-o", &long, "in"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(folder.read(&long).lines().count(), 1);
}

#[test]
fn what_a_killed_run_left_is_no_obstacle() {
    let folder = Folder::of_articles("outputs-left", 3);
    // The number of the process stays.
    let twice = "touch out/.a.jsonl.$$.0.draft out/.a.jsonl.$$.1.draft; exec \"$0\" -q -o out/a.jsonl in";
    let binary = env!("CARGO_BIN_EXE_ingest");
    let output = Command::new("sh").args(["-c", twice, binary]).current_dir(&folder.0).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(folder.read("out/a.jsonl").lines().count(), 3);
    assert_eq!(folder.names("out").len(), 3, "what others left is theirs");
}

#[test]
fn an_error_leaves_the_old_file_and_no_draft() {
    let folder = Folder::of_articles("outputs-error", 10);
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
        assert_eq!(
            (folder.read("out/a.jsonl").as_str(), folder.names("out")),
            (OLD, vec!["a.jsonl".to_owned()])
        );
    }
    let full = folder.ingest(&["-o", "/dev/full", "in"]);
    assert_eq!(full.status.code(), Some(2));
    assert!(stderr(&full).contains("No space left"), "{}", stderr(&full));
}

#[test]
fn what_is_written_is_never_read() {
    let folder = Folder::of_articles("outputs-itself", 20);
    for round in 0..3 {
        let output = folder.ingest(&["-q", "-o", "in/03/all.md", "--to", "jsonl", "in"]);
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
    let folder = Folder::of_articles("outputs-signals", 300);
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
                assert_eq!(folder.names("out"), ["a.jsonl"], "{signal}, step {step}");
            }
        }
    }
    assert!(ended_early > 0);
}

/// As `nohup` does it, and a shell for what runs in the background.
#[test]
fn a_signal_that_was_ignored_stays_so() {
    let folder = Folder::of_articles("outputs-ignored", 1);
    let ignoring = "trap '' HUP INT; exec \"$0\" -q -o out/a.jsonl -";
    let mut command = Command::new("sh");
    command.args(["-c", ignoring, env!("CARGO_BIN_EXE_ingest")]).current_dir(&folder.0);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    while folder.names("out").is_empty() {
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

/// Numbers of Linux, from `man 7 signal`: whatever ends a process unless it is caught, but for what is no request.
#[test]
#[cfg(target_os = "linux")]
fn every_signal_that_ends_a_process_takes_the_draft_along() {
    let folder = Folder::of_articles("outputs-every-signal", 1);
    for signal in [1, 2, 3, 5, 6, 7, 10, 12, 14, 15, 16, 24, 26, 27, 29, 30, 31, 34, 50, 64] {
        folder.put("out/a.jsonl", OLD);
        let mut command = folder.command(&["-o", "out/a.jsonl", "-"]);
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        while folder.names("out").len() < 2 {
            thread::sleep(Duration::from_millis(5));
        }
        let is_ignored = ignored() >> (signal - 1) & 1 == 1;
        if is_ignored {
            child.kill().unwrap();
            child.wait().unwrap();
            fs::remove_dir_all(folder.0.join("out")).unwrap();
            continue;
        }
        // Its end would end the run too.
        let stdin = child.stdin.take();
        assert_eq!(send(&signal.to_string(), &mut child).code(), Some(128 + signal));
        drop(stdin);
        assert_eq!(
            (folder.names("out"), folder.read("out/a.jsonl").as_str()),
            (vec!["a.jsonl".to_owned()], OLD)
        );
        let said = io::read_to_string(child.stderr.take().unwrap()).unwrap();
        assert_eq!(said, format!("ingest: `out/a.jsonl` is left as it was: signal {signal} ended the run\n"));
    }
}

/// A bit for each signal that this process ignores, and so those that it starts.
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap();
    u64::from_str_radix(mask.trim(), 16).unwrap()
}

#[test]
fn a_signal_ends_a_run_that_waits_for_its_input() {
    let folder = Folder::of_articles("outputs-waiting", 1);
    // A shell's background job and `nohup` ignore some signals, and so does whatever they start.
    let with_defaults = ["--default-signal=HUP,INT,QUIT", env!("CARGO_BIN_EXE_ingest")];
    let has_defaults =
        Command::new("env").args([with_defaults[0], "true"]).output().unwrap().status.success();
    let signals = [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)];
    for (signal, status) in &signals[..if has_defaults { 4 } else { 1 }] {
        let mut command = Command::new("env");
        command.args(&with_defaults[usize::from(!has_defaults)..]).args(["-o", "out/a.jsonl", "-"]);
        let mut child = command.current_dir(&folder.0).stdin(Stdio::piped()).spawn().unwrap();
        while folder.names("out").is_empty() {
            thread::sleep(Duration::from_millis(5));
        }
        // Its end would end the run too.
        let _input = child.stdin.take();
        assert_eq!(send(signal, &mut child).code(), Some(*status), "{signal}");
        assert_eq!(folder.names("out"), [""; 0], "{signal}");
    }
}

#[test]
fn the_ending_of_the_file_or_a_format_says_how_it_is_compressed() {
    let folder = Folder::of_articles("outputs-formats", 300);
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
    let folder = Folder::of_articles("outputs-unknown", 1);
    for (arguments, said) in [
        (
            &["-o", "out/a.xml"][..],
            "the ending of `out/a.xml` is not a format of records: they are `jsonl`, `jsonl.gz`, `jsonl.zst`, `csv`, ",
        ),
        (&["--to", "xml"], "one of jsonl, jsonl.gz, jsonl.zst, csv, csv.gz, csv.zst"),
        (&["-o", "out/a.bz2"], "`--to` says which one is meant"),
        (&["-o", "out/a.tsv"], "the ending of `out/a.tsv` is not a format of records"),
        (&["-o", "out/a.ipc"], "the ending of `out/a.ipc` is not a format of records"),
        (&["-o", "out/a.pq"], "the ending of `out/a.pq` is not a format of records"),
        (&["-o", "out/a.sqlite"], "the ending of `out/a.sqlite` is not a format of records"),
        (&["-o", "out/a.jsonl.xz"], "the ending of `out/a.jsonl.xz` is not a format of records"),
        (&["-o", "out/a.parquet.gz"], "the ending of `out/a.parquet.gz` is not a format of records"),
        (&["-o", "out/a.csv.xz"], "the ending of `out/a.csv.xz` is not a format of records"),
        (&["-o", "out/a.md"], "the ending of `out/a.md` is not a format of records"),
        (&["--report", "out/r.pdf"], "the page is HTML, which the ending of `out/r.pdf` is not"),
        (&["--rejects", "out/r.csv.gz"], "only records are written as the ending of `out/r.csv.gz` says"),
        (&["--comments", "out/c.parquet"], "only records are written as the ending of `out/c.parquet` says"),
        (&["--rejects", "out/r.arrow"], "only records are written as the ending of `out/r.arrow` says"),
        (&["--summary", "out/t.csv"], "only records are written as the ending of `out/t.csv` says"),
    ] {
        let output = folder.ingest(&[arguments, &["in"]].concat());
        assert_eq!((stdout(&output), output.status.code()), ("", Some(2)), "{arguments:?}");
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
}
