//! Standard streams that are closed, full, or left by their reader.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Output, Stdio};

use crate::support::crawl_file::CrawlFile;
use crate::support::folder::{Folder, stderr};

fn long_article(number: usize) -> String {
    CrawlFile::numbered(number, &format!("{number}번째 기사의 본문이다.{}", " 길다.".repeat(1400)))
        .to_string()
}

/// 120 articles of 10 KB, and 40 files that are rejected.
fn good_and_bad(name: &str) -> Folder {
    let folder = Folder::new(&format!("streams-{name}"));
    for number in 0..160 {
        let content = long_article(number);
        let is_bad = number % 4 == 3;
        folder.put(
            &format!("in/{number:03}.md"),
            if is_bad { content.replace("content_hash", "no_hash") } else { content },
        );
    }
    folder
}

/// The command as a shell starts it, with these redirections.
fn redirected(folder: &Folder, arguments: &[&str], redirections: &str) -> Output {
    let script = format!("exec \"$0\" \"$@\" {redirections}");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script, env!("CARGO_BIN_EXE_ingest")]).args(arguments);
    shell.current_dir(&folder.0).output().unwrap()
}

/// No file that is opened takes the place of a stream that is closed, so that messages are written into it.
#[test]
fn closed_streams_do_no_harm() {
    let folder = good_and_bad("closed");
    let expected = folder.ingest(&["in"]);
    for redirections in ["<&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"] {
        let output = redirected(&folder, &["-o", "a.jsonl", "in"], redirections);
        assert_eq!(output.status.code(), Some(1), "{redirections}");
        assert!(folder.read("a.jsonl").into_bytes() == expected.stdout, "{redirections}");
    }
    let without_stdin = redirected(&folder, &["in"], "<&-");
    assert!(without_stdin.stdout == expected.stdout && without_stdin.status.code() == Some(1));
    let without_stderr = redirected(&folder, &["in"], "2>&-");
    assert!(without_stderr.stdout == expected.stdout && without_stderr.status.code() == Some(1));
    let from_nothing = redirected(&folder, &["-"], "<&-");
    assert_eq!(from_nothing.status.code(), Some(1), "{}", stderr(&from_nothing));
}

#[test]
fn what_is_full_is_2() {
    let folder = good_and_bad("full");
    folder.put("good.md", long_article(0));
    for (arguments, stream) in [
        (&["good.md"][..], 1),
        (&["good.md"], 2),
        (&["-q", "in"], 2),
        (&["-v", "-q", "--dedup", "id", "good.md", "good.md"], 2),
        (&["check", "in"], 1),
        (&["check", "--format", "sarif", "good.md"], 1),
        (&["check", "good.md"], 2),
        (&["check", "-q", "--statistics", "in"], 2),
        (&["explain", "good.md"], 1),
        (&["explain", "hash-mismatch"], 1),
        (&["schema"], 1),
        (&["man"], 1),
        (&["completions", "bash"], 1),
        (&["--help"], 1),
        (&["--version"], 1),
        (&["--no-such-option"], 2),
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut command = folder.command(arguments);
        if stream == 1 {
            command.stdout(full)
        } else {
            command.stderr(full)
        };
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
    }
}

/// Reads so many lines of a run's stdout or stderr, and goes away.
fn left_after(folder: &Folder, arguments: &[&str], lines: usize, reads_stderr: bool) -> (Vec<u8>, Output) {
    let mut child = folder.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let stream: Box<dyn Read> = match reads_stderr {
        true => Box::new(child.stderr.take().unwrap()),
        false => Box::new(child.stdout.take().unwrap()),
    };
    let mut reader = BufReader::with_capacity(256, stream);
    let mut taken = Vec::new();
    for _ in 0..lines {
        reader.read_until(b'\n', &mut taken).unwrap();
    }
    drop(reader);
    (taken, child.wait_with_output().unwrap())
}

#[test]
fn a_reader_that_leaves_at_any_line() {
    /// What a pipe holds may be written before its reader leaves.
    const PIPE: usize = 512 << 10;
    let folder = good_and_bad("leaving");
    let arguments = ["-q", "in"];
    let complete = folder.ingest(&arguments);
    let lines = complete.stdout.iter().filter(|byte| **byte == b'\n').count();
    assert_eq!((lines, complete.status.code()), (120, Some(1)));
    let mut left = 0;
    for line in 0..=lines {
        let (taken, output) = left_after(&folder, &arguments, line, false);
        assert!(complete.stdout.starts_with(&taken));
        if output.status.code() == Some(141) {
            assert!(complete.stderr.starts_with(&output.stderr), "{line}: {}", stderr(&output));
            left += 1;
        } else {
            assert_eq!(output.status.code(), Some(1), "{line}");
            assert!(complete.stdout.len() - taken.len() <= PIPE, "{line}");
        }
    }
    assert!(left > lines / 2, "{left}");
}

#[test]
fn a_reader_of_the_findings_that_leaves_at_any_line() {
    let folder = good_and_bad("leaving-findings");
    for number in 0..2000 {
        folder.put(&format!("in/x{number:04}.md"), "no front matter");
    }
    let arguments = ["-j1", "-o", "/dev/null", "in"];
    let complete = folder.ingest(&arguments);
    let mut left = 0;
    for line in (0..40).chain([100, 500, 1000]) {
        let (taken, output) = left_after(&folder, &arguments, line, true);
        assert!(complete.stderr.starts_with(&taken), "{line}");
        assert!([Some(141), Some(1)].contains(&output.status.code()), "{line}: {:?}", output.status);
        left += usize::from(output.status.code() == Some(141));
    }
    assert!(left > 30, "{left}");
}
