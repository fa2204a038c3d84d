//! A folder that strangers filled: whatever lies in it, the good files give their records, and what cannot be read is named.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::support::crawl_file::article;
use crate::support::folder::{Folder, stderr, stdout};

fn shell(folder: &Path, script: &str) {
    let output = Command::new("bash").args(["-ec", script]).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{script}: {}", stderr(&output));
}

/// Nothing that a terminal, a reader of lines or a CI system would obey.
#[track_caller]
fn is_harmless(output: &Output) {
    let is_bidi =
        |c| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_obeyed = |c: char| c.is_control() && c != '\n' || is_bidi(c);
    for told in [stdout(output), stderr(output)] {
        assert!(!told.contains(is_obeyed), "{told:?}");
        let commands = told.lines().filter(|line| line.starts_with("::") || line.starts_with("##["));
        let is_ours = |line: &str| line.starts_with("::error file=in/") && line.matches("::").count() == 2;
        assert!(commands.into_iter().all(is_ours), "{told:?}");
    }
}

#[test]
fn what_is_no_file_is_passed_over() {
    let folder = Folder::new("tree-no-files");
    folder.put("in/a.md", article(1)).put("in/d.md/b.md", article(2));
    shell(
        &folder.0,
        "mkfifo in/pipe.md; mkfifo in/pipe.tar; ln -s a.md in/link.md; ln -s . in/loop; ln -s l1.md in/l2.md; ln -s l2.md in/l1.md",
    );
    // Only root may make a device.
    let _ = Command::new("mknod").args(["in/device.md", "c", "1", "5"]).current_dir(&folder.0).output();
    let _socket = UnixListener::bind(folder.0.join("in/s.md"));
    symlink("/dev/zero", folder.0.join("in/zero.md")).unwrap();
    for options in [&["-q"][..], &["-q", "--follow", "-A", "duplicate"]] {
        let output = folder.ingest(&[options, &["in"]].concat());
        let records = stdout(&output).lines().count();
        let followed = options.contains(&"--follow");
        assert_eq!(records, if followed { 3 } else { 2 }, "{}", stderr(&output));
        // A loop of links leads nowhere, and says so where links are followed.
        assert_eq!(stderr(&output).matches("error[unreadable]").count(), if followed { 2 } else { 0 });
    }
}

#[test]
fn names_that_are_made_to_be_obeyed() {
    let folder = Folder::new("tree-names");
    let root = folder.0.join("in");
    fs::create_dir(&root).unwrap();
    let names: [&[u8]; 11] = [
        b"\xff\xfe.md",
        b"two\nlines.md",
        b"\x1b[31mred\x1b]0;title\x07.md",
        b"::error::forged.md",
        b"##[error]forged.md",
        b"-rf.md",
        b"a\rb\tc.md",
        "\u{202e}dm.exe.md".as_bytes(),
        "\u{1112}\u{1161}\u{11ab}.md".as_bytes(),
        "\u{d55c}.md".as_bytes(),
        &[b"n".repeat(252), b".md".to_vec()].concat(),
    ];
    for (number, name) in names.iter().enumerate() {
        let content = article(number);
        // Half of them are rejected, so that the findings name them too.
        let content = if number % 2 == 0 { content } else { content.replace("content_hash", "x") };
        fs::write(root.join(OsStr::from_bytes(name)), content).unwrap();
    }
    for arguments in [
        &["in"][..],
        &["check", "in"],
        &["check", "--format", "github", "in"],
        &["check", "--format", "sarif", "in"],
    ] {
        let output = folder.ingest(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        is_harmless(&output);
    }
    let output = folder.ingest(&["-q", "in"]);
    assert_eq!((stdout(&output).lines().count(), stderr(&output).lines().count()), (6, 5));
}

#[test]
fn folders_two_thousand_deep() {
    let folder = Folder::new("tree-deep");
    let path = vec!["d"; 2000].join("/");
    let script = "mkdir -p \"$0\"; printf %s \"$1\" | tee deep.md > \"$0/deep.md\"";
    let made = Command::new("sh").args(["-ec", script, &path, &article(1)]).current_dir(&folder.0).output();
    assert!(made.unwrap().status.success());
    let output = folder.ingest(&["-q", "-A", "duplicate", "."]);
    assert_eq!((stdout(&output).lines().count(), stderr(&output)), (2, ""));
    assert_eq!(output.status.code(), Some(0));
}

/// As another user, since root may read everything.
#[test]
#[ignore = "changes the user, which only root may"]
fn a_folder_and_a_file_without_permission() {
    let folder = Folder::new("tree-permission");
    folder.put("in/a.md", article(1)).put("in/closed/b.md", article(2)).put("in/secret.md", article(3));
    for (path, mode) in [("in/closed", 0), ("in/secret.md", 0), ("in", 0o755)] {
        fs::set_permissions(folder.0.join(path), fs::Permissions::from_mode(mode)).unwrap();
    }
    // Where the tests run, nobody else may look into the folders above.
    let place = std::env::temp_dir().join("ingest-tree-permission");
    shell(
        &folder.0,
        &format!(
            "rm -rf {0}; mkdir -m 755 {0}; cp -a in {0}; cp {1} {0}",
            place.display(),
            env!("CARGO_BIN_EXE_ingest")
        ),
    );
    let user =
        ["--reuid", "65534", "--regid", "65534", "--clear-groups", "./ingest", "-q", "--isolated", "in"];
    let output = Command::new("setpriv").args(user).current_dir(&place).output().unwrap();
    // A folder above into which only root may look: no folder has an absolute path then.
    symlink("closed/b.md", place.join("in/link.md")).unwrap();
    fs::create_dir_all(place.join("in/x/y")).unwrap();
    fs::write(place.join("in/x/y/c.md"), article(4)).unwrap();
    fs::set_permissions(&place, fs::Permissions::from_mode(0o700)).unwrap();
    let following = [&user[..5], &["../ingest", "-q", "--isolated", "--follow", "."]].concat();
    let below = Command::new("setpriv").args(following).current_dir(place.join("in")).output().unwrap();
    fs::remove_dir_all(&place).unwrap();
    assert_eq!(stdout(&output).lines().count(), 1, "{}", stderr(&output));
    let expected = ["in/closed", "in/secret.md"]
        .map(|path| format!("{path}:1:1: error[unreadable]: Permission denied (os error 13)\n"));
    assert_eq!((stderr(&output), output.status.code()), (expected.concat().as_str(), Some(1)));
    let expected = ["./closed", "./link.md", "./secret.md"]
        .map(|path| format!("{path}:1:1: error[unreadable]: Permission denied (os error 13)\n"));
    assert_eq!((stderr(&below), stdout(&below).lines().count()), (expected.concat().as_str(), 2));
}

/// Whatever moment the reader meets, the file is read or named, and the others do not change.
#[test]
fn files_that_grow_shrink_and_vanish() {
    let folder = Folder::new("tree-moving");
    for number in 0..50 {
        folder.put(&format!("in/{number:02}.md"), article(number));
    }
    let moving = ["in/10.md", "in/20.md", "in/30.md"].map(|name| folder.0.join(name));
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                let [grows, shrinks, vanishes] = &moving;
                let _ =
                    File::options().append(true).open(grows).and_then(|mut file| file.write_all(b"more\n"));
                let _ = File::options().write(true).open(shrinks).and_then(|file| file.set_len(100));
                let _ = fs::remove_file(vanishes);
                thread::yield_now();
                let _ = fs::write(shrinks, article(20));
                let _ = fs::write(vanishes, article(30));
                let _ = fs::write(grows, article(10));
            }
        });
        for _ in 0..40 {
            let output = folder.ingest(&["-q", "in"]);
            let named = stderr(&output).lines().count();
            let records = stdout(&output).lines().count();
            let told_of = |path: &str| stderr(&output).contains(path) || stdout(&output).contains(path);
            // What had vanished when the folder was listed is in neither list.
            assert!(records >= 47 && (49..=50 + named).contains(&(records + named)), "{}", stderr(&output));
            assert!(
                (0..50).filter(|number| *number != 30).all(|number| told_of(&format!("in/{number:02}.md")))
            );
            assert!(!stderr(&output).contains("internal"), "{}", stderr(&output));
        }
        is_over.store(true, Ordering::Relaxed);
    });
}

/// Archives that are small and say, or hold, far too much.
#[test]
#[ignore = "makes a zip archive of 10 GB of zeros with Python"]
fn archives_that_are_bombs() {
    let folder = Folder::new("tree-bombs");
    folder.put("in/a.md", article(1)).put("in/z.md", article(2));
    let script = r#"
import gzip, io, tarfile, zipfile
with zipfile.ZipFile("in/zeros.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    with archive.open("zeros.md", "w", force_zip64=True) as member:
        for _ in range(10_000): member.write(bytes(1 << 20))
header = tarfile.TarInfo("huge.md"); header.size = 8 << 60
open("in/huge.tar", "wb").write(header.tobuf(tarfile.GNU_FORMAT) + b"x" * 512)
nested = b"x"
for _ in range(5): nested = gzip.compress(nested)
open("in/nested.md.gz", "wb").write(nested)
with gzip.open("in/zeros.md.gz", "wb") as file:
    for _ in range(1_000): file.write(bytes(1 << 20))
"#;
    let made = Command::new("python3").args(["-c", script]).current_dir(&folder.0).output().unwrap();
    assert!(made.status.success(), "{}", stderr(&made));
    // 400 MB of memory are enough for all of it.
    let limited = "ulimit -v 400000; exec \"$0\" -q -j2 in";
    let output = Command::new("sh")
        .args(["-c", limited, env!("CARGO_BIN_EXE_ingest")])
        .current_dir(&folder.0)
        .output()
        .unwrap();
    assert_eq!(stdout(&output).lines().count(), 2, "{}", stderr(&output));
    for name in ["in/zeros.zip", "in/huge.tar", "in/nested.md.gz", "in/zeros.md.gz"] {
        assert!(stderr(&output).contains(name), "{}", stderr(&output));
    }
    assert_eq!(output.status.code(), Some(1));
}

#[test]
#[ignore = "makes a million files"]
fn a_million_empty_files() {
    let folder = Folder::new("tree-million");
    shell(
        &folder.0,
        "for i in $(seq -w 0 999); do mkdir -p in/$i; (cd in/$i; seq -f '%g.md' 1000 | xargs touch); done",
    );
    let output = folder.command(&["-q", "-j2", "in"]).stderr(Stdio::piped()).output().unwrap();
    assert_eq!((stdout(&output), stderr(&output).lines().count()), ("", 1_000_000));
    assert!(stderr(&output).lines().all(|line| line.contains(": error[empty-file]: ")));
    assert_eq!(output.status.code(), Some(1));
}
