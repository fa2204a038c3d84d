//! What is read: names in folders, by globs; links and what is no file; lists.

use std::io::Write;
use std::os::unix::net::UnixListener;
use std::process::{Command, Stdio};

use crate::support::crawl_file::article;
use crate::support::folder::{Folder, fed, stderr, stdout};

/// The paths of the records, in order; all files were accepted.
#[track_caller]
fn read(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let output = folder.ingest(&[&["-q"], arguments].concat());
    assert_eq!(stderr(&output), "", "{arguments:?}");
    paths(stdout(&output))
}

#[track_caller]
fn paths(records: &str) -> Vec<String> {
    let path = |record: &str| {
        let record: serde_json::Value = serde_json::from_str(record).expect("a record is JSON");
        record["path"].as_str().unwrap().to_owned()
    };
    records.lines().map(path).collect()
}

/// Files in three folders.
fn named_files(name: &str) -> Folder {
    let folder = Folder::new(name);
    for (number, name) in
        ["a.md", "a.news", "README.md", "2018/a.md", "2018/05/b.md", "2018/05/b.txt", ".h/a.md", ".a.md"]
            .iter()
            .enumerate()
    {
        folder.put(&format!("in/{name}"), article(number));
    }
    folder
}

#[test]
fn globs_choose_the_names_that_are_read_in_folders() {
    let folder = named_files("globs");
    for (arguments, expected) in [
        (&[][..], &["2018/05/b.md", "2018/05/b.txt", "2018/a.md", "README.md", "a.md"][..]),
        (&["--include", "*.news"], &["a.news"]),
        (&["--include", "*.news", "--include", "b.*"], &["2018/05/b.md", "2018/05/b.txt", "a.news"]),
        (&["--include", "a*"], &["2018/a.md", "a.md", "a.news"]),
        (&["--include", "2018/*"], &["2018/a.md"]),
        (&["--include", "2018/**"], &["2018/05/b.md", "2018/05/b.txt", "2018/a.md"]),
        (&["--include", "./*.md"], &["README.md", "a.md"]),
        (&["--include", "/a.{md,news}"], &["a.md", "a.news"]),
        (&["--include", "**/b.txt"], &["2018/05/b.txt"]),
        (&["--exclude", "README.md"], &["2018/05/b.md", "2018/05/b.txt", "2018/a.md", "a.md"]),
        (&["--exclude", "2018"], &["README.md", "a.md"]),
        (&["--exclude", "2018/"], &["README.md", "a.md"]),
        (&["--exclude", "05"], &["2018/a.md", "README.md", "a.md"]),
        (&["--exclude", "2018/05"], &["2018/a.md", "README.md", "a.md"]),
        (&["--exclude", "2018/**"], &["README.md", "a.md"]),
        (&["--exclude", "2018/*.md"], &["2018/05/b.md", "2018/05/b.txt", "README.md", "a.md"]),
        (&["--exclude", "/05"], &["2018/05/b.md", "2018/05/b.txt", "2018/a.md", "README.md", "a.md"]),
        (&["--include", "*.md", "--exclude", "a.md"], &["2018/05/b.md", "README.md"]),
        (&["--include", "a.md", "--exclude", "2018", "--exclude", "x"], &["a.md"]),
        (&["--include", "*"], &["2018/05/b.md", "2018/05/b.txt", "2018/a.md", "README.md", "a.md", "a.news"]),
        // Hidden names stay unread, whatever is asked for.
        (&["--include", ".*", "--include", "a.news"], &["a.news"]),
    ] {
        let expected: Vec<String> = expected.iter().map(|path| format!("in/{path}")).collect();
        assert_eq!(read(&folder, &[arguments, &["in"]].concat()), expected, "{arguments:?}");
    }
}

#[test]
fn globs_count_from_the_argument_and_an_argument_that_is_a_file_is_always_read() {
    let folder = named_files("globs-arguments");
    assert_eq!(read(&folder, &["--include", "05/*.md", "in/2018"]), ["in/2018/05/b.md"]);
    assert_eq!(read(&folder, &["--include", "05/*.md", "./in/../in/2018/"]), ["./in/../in/2018/05/b.md"]);
    assert_eq!(read(&folder, &["--exclude", "2018", "in/2018/05"]), ["in/2018/05/b.md", "in/2018/05/b.txt"]);
    assert_eq!(
        read(&folder, &["--include", "b.*", "--exclude", "*.md", "in/a.news", "in/2018", "in/a.md"]),
        ["in/a.news", "in/2018/05/b.txt", "in/a.md"]
    );
}

#[test]
fn the_configuration_names_them_too_and_the_command_line_replaces_it() {
    let folder = named_files("globs-configuration");
    folder.put("ingest.toml", "include = [\"*.md\"]\nexclude = [\"2018\", \"README.*\"]\n");
    assert_eq!(read(&folder, &["in"]), ["in/a.md"]);
    assert_eq!(read(&folder, &["--include", "*.news", "in"]), ["in/a.news"]);
    assert_eq!(read(&folder, &["--exclude", "a.md", "in"]), ["in/2018/05/b.md", "in/README.md"]);
    assert_eq!(read(&folder, &["--isolated", "in"]).len(), 5);
    folder.put("ingest.toml", "include = []\n");
    assert_eq!(read(&folder, &["in"]).len(), 5);
}

#[test]
fn a_glob_that_makes_no_sense_is_a_usage_error() {
    let folder = named_files("globs-wrong");
    for (arguments, said) in [
        (["--include", "[a", "in"], "`[a`: unclosed character class"),
        (["--exclude", "{a", "in"], "`{a`: unclosed alternate group"),
    ] {
        let output = folder.ingest(&arguments);
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    folder.put("ingest.toml", "exclude = [\"a\", \"[a\"]");
    let output = folder.ingest(&["--config", "ingest.toml", "in"]);
    assert!(stderr(&output).starts_with("error: ingest.toml:1:17: unclosed character class"));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn where_nothing_is_found_the_names_are_told() {
    let folder = named_files("globs-nothing");
    let nothing = |arguments: &[&str]| {
        let output = folder.ingest(&[arguments, &["-q", "in/.h"]].concat());
        assert_eq!(output.status.code(), Some(1));
        stderr(&output).to_owned()
    };
    let said = |names: &str| format!("ingest: nothing to read: no {names} here\n");
    assert_eq!(nothing(&["--exclude", "*"]), said("*.md, *.markdown or *.txt"));
    assert_eq!(nothing(&["--include", "*.x\x1b"]), said("*.x\\x1b"));
    assert_eq!(nothing(&["--include", "a", "--include", "b"]), said("a or b"));
}

#[test]
fn links_are_followed_only_where_that_is_asked_for_and_a_loop_of_links_ends() {
    let folder = Folder::new("links");
    folder.put("in/a/a.md", article(1)).put("in/b/b.md", article(2)).put("out/c/c.md", article(3));
    folder.put("out/d.md", article(4)).put("out/d.news", article(5));
    for (target, link) in [
        ("../out", "in/out"),
        ("../../out/d.md", "in/a/link.md"),
        ("../../out/d.md", "in/a/link.news"),
        ("../../out/d.md", "in/a/.hidden.md"),
        ("..", "in/a/up"),
        (".", "in/a/self"),
        ("../b", "in/a/b"),
        ("../a", "in/b/a"),
        ("../in", "out/back"),
    ] {
        std::os::unix::fs::symlink(target, folder.0.join(link)).unwrap();
    }
    assert_eq!(read(&folder, &["in"]), ["in/a/a.md", "in/b/b.md"]);
    assert_eq!(
        read(&folder, &["-A", "duplicate", "--follow", "in"]),
        // `in/b` was read as `in/a/b`, and all other folders lead back to `in`.
        ["in/a/a.md", "in/a/b/b.md", "in/a/link.md", "in/out/c/c.md", "in/out/d.md"]
    );
    assert_eq!(read(&folder, &["in/out"]), ["in/out/c/c.md", "in/out/d.md"], "a link as argument is read");
    let no_out = ["--follow", "-A", "duplicate", "--exclude", "out", "--exclude", "b", "in"];
    assert_eq!(read(&folder, &no_out), ["in/a/a.md", "in/a/link.md"]);
}

#[test]
fn a_link_to_nothing_is_a_finding_whatever_its_name() {
    let folder = Folder::new("dangling");
    folder.put("a.md", article(1));
    std::os::unix::fs::symlink("gone", folder.0.join("b.md")).unwrap();
    std::os::unix::fs::symlink("gone", folder.0.join("c.html")).unwrap();
    std::os::unix::fs::symlink("d.md", folder.0.join("d.md")).unwrap();
    let output = folder.ingest(&["-q", "--follow", "."]);
    let told: Vec<&str> = stderr(&output).lines().collect();
    assert_eq!(told[0], "./b.md:1:1: error[unreadable]: No such file or directory (os error 2)");
    assert_eq!(told[1], "./c.html:1:1: error[unreadable]: No such file or directory (os error 2)");
    assert!(told[2].starts_with("./d.md:1:1: error[unreadable]: Too many levels of symbolic links"));
    assert_eq!((told.len(), paths(stdout(&output)).len()), (3, 1));
}

/// Ends only because none of them is opened; a test that fails here hangs.
#[test]
fn pipes_sockets_and_devices_in_a_folder_are_not_read() {
    let folder = Folder::new("special");
    folder.put("a.md", article(1));
    let made = Command::new("mkfifo").arg(folder.0.join("pipe.md")).status().unwrap();
    assert!(made.success());
    let _socket = UnixListener::bind(folder.0.join("socket.md")).unwrap();
    for (target, link) in [("/dev/zero", "device.md"), ("pipe.md", "link.md"), ("socket.md", "other.md")] {
        std::os::unix::fs::symlink(target, folder.0.join(link)).unwrap();
    }
    for arguments in [&["."][..], &["--follow", "."], &["--follow", "--include", "*", "."]] {
        assert_eq!(read(&folder, arguments), ["./a.md"], "{arguments:?}");
    }
}

#[test]
fn a_pipe_that_is_an_argument_is_read_once_something_writes_to_it() {
    let folder = Folder::new("named-pipe");
    let pipe = folder.0.join("pipe.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let writer = std::thread::spawn(move || std::fs::write(pipe, article(1)).unwrap());
    assert_eq!(read(&folder, &["pipe.md"]), ["pipe.md"]);
    writer.join().unwrap();
}

#[test]
fn a_list_names_what_is_read_behind_the_arguments_in_its_order() {
    let folder = named_files("list");
    let expected = ["in/README.md", "in/a.news", "in/2018/05/b.md", "in/2018/05/b.txt", "in/2018/a.md"];
    folder.put("lines", "in/a.news\nin/2018/05\n\nin/2018/a.md");
    folder.put("windows", "in/a.news\r\nin/2018/05\r\n\r\nin/2018/a.md\r\n");
    folder.put("ended", "in/a.news\0in/2018/05\0\0in/2018/a.md\0");
    for arguments in [
        &["--files-from", "lines", "in/README.md"][..],
        &["--files-from", "windows", "in/README.md"],
        &["--files-from", "ended", "-0", "in/README.md"],
        &["--files-from", "ended", "--null", "in/README.md"],
    ] {
        assert_eq!(read(&folder, arguments), expected, "{arguments:?}");
    }
    assert_eq!(read(&folder, &["--files-from", "lines"]), expected[1..]);
    let from_stdin = fed(&folder, &["-q", "--files-from", "-", "-0"], folder.read("ended").as_bytes());
    assert_eq!(paths(stdout(&from_stdin)), expected[1..]);
    let checked = folder.ingest(&["check", "--files-from", "lines"]);
    assert!(stderr(&checked).starts_with("4 articles, 0 rejected"), "{}", stderr(&checked));
}

#[test]
fn names_in_a_list_are_any_bytes_but_their_end() {
    let folder = Folder::new("list-bytes");
    for name in ["-", " a b .md", "new\nline.md", "-q"] {
        folder.put(name, article(name.len()));
    }
    assert_eq!(
        paths(stdout(&fed(&folder, &["--files-from", "-"], b" a b .md\n-\n-q\n"))),
        [" a b .md", "-", "-q"]
    );
    let ended = fed(&folder, &["--files-from", "-", "-0"], b"new\nline.md\0-\0");
    assert_eq!(paths(stdout(&ended)), ["new\nline.md", "-"]);
    let strange = fed(&folder, &["--files-from", "-", "-q"], b"\xff\xfe.md\na\0b\n");
    assert_eq!(
        stderr(&strange),
        "\\xFF\\xFE.md:1:1: error[unreadable]: No such file or directory (os error 2)\n\
         a\\x00b:1:1: error[unreadable]: file name contained an unexpected NUL byte\n"
    );
}

#[test]
fn what_a_list_names_in_vain_is_a_finding_and_what_comes_after_is_read() {
    let folder = named_files("list-missing");
    folder.put("list", "in/gone.md\nin/a.md\n");
    let output = folder.ingest(&["-q", "--files-from", "list"]);
    assert_eq!(
        stderr(&output),
        "in/gone.md:1:1: error[unreadable]: No such file or directory (os error 2)\n"
    );
    assert_eq!(paths(stdout(&output)), ["in/a.md"]);
    assert_eq!(output.status.code(), Some(1));
    folder.put("list", format!("in/a.md\n{}\nin/a.news\n", "x".repeat(70_000)));
    let output = folder.ingest(&["-q", "--files-from", "list"]);
    assert_eq!(
        stderr(&output),
        "list:1:1: error[unreadable]: path 2 of the list has more than 65536 bytes\n"
    );
    assert_eq!(paths(stdout(&output)), ["in/a.md"]);
}

#[test]
fn a_list_that_is_not_there_or_asks_too_much_is_a_usage_error() {
    let folder = named_files("list-wrong");
    for (arguments, said) in [
        (&["--files-from", "gone"][..], "error: gone: No such file or directory"),
        (&["--files-from", "-", "-"], "error: the standard input can be read only once"),
        (&["-", "-"], "error: the standard input can be read only once"),
        (&["-0", "in"], "--files-from <FILE>"),
        (&["-q"], "<PATH>..."),
    ] {
        let output = fed(&folder, arguments, b"");
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    let empty = fed(&folder, &["-q", "--files-from", "-"], b"\n");
    assert_eq!(empty.status.code(), Some(0));
}

#[test]
fn a_list_is_read_as_it_comes() {
    let folder = named_files("list-streamed");
    let mut command = folder.command(&["-q", "-j1", "--files-from", "-", "--fail-fast"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut list = child.stdin.take().unwrap();
    // The list has no end: only what was read of it so far can end the run.
    while list.write_all("in/a.md\n".repeat(100).as_bytes()).and_then(|()| list.write_all(b"gone\n")).is_ok()
    {
    }
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(1));
}
