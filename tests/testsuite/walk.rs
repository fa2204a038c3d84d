//! Walks through folders: links, paths that are too long, and what changes after its folder was listed.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::slice;

use news_ingest::input::opener::CachedDirOpener;
use news_ingest::input::reader::ReadBuffer;
use news_ingest::input::selection::{DEFAULT_INCLUDE, Selection};
use news_ingest::input::source::ReadError;
use news_ingest::input::{Inputs, Source, Sources};

use crate::support::crawl_file::article;
use crate::support::folder::{Folder, stderr, stdout};

/// Links below `in`, each as its path and its target.
fn link(folder: &Folder, links: &[(&str, &str)]) {
    for (path, target) in links {
        symlink(target, folder.0.join("in").join(path)).unwrap();
    }
}

/// Runs a script with arguments from `$0` on.
#[track_caller]
fn shell(folder: &Path, script: &str, arguments: &[&str]) {
    let mut command = Command::new("bash");
    let status = command.args(["-ec", script]).args(arguments).current_dir(folder).status();
    assert!(status.unwrap().success(), "{script}");
}

#[track_caller]
fn paths(records: &str) -> Vec<String> {
    let path = |record: &str| {
        let record: serde_json::Value = serde_json::from_str(record).expect("a record is JSON");
        record["path"].as_str().unwrap().to_owned()
    };
    records.lines().map(path).collect()
}

#[test]
fn a_link_that_leads_nowhere_is_reported_in_its_place() {
    let folder = Folder::new("walk-nowhere");
    folder.put("in/a/1.md", article(1)).put("in/e.md", article(2));
    link(
        &folder,
        &[
            ("d.md", "gone"),
            // It may have led to a folder or an archive.
            ("b", "gone"),
            ("a/2.tar", "2.tar"),
            ("a/page.html", "../a/1.md/x"),
            (".hidden", "gone"),
            ("left-out.md", "gone"),
        ],
    );
    let arguments = ["-q", "--follow", "--exclude", "left-out.*", "--files-from", "list", "in"];
    folder.put("list", "in/b\n");
    let output = folder.ingest(&arguments);
    let expected = "\
in/a/2.tar:1:1: error[unreadable]: Too many levels of symbolic links (os error 40)
in/a/page.html:1:1: error[unreadable]: Not a directory (os error 20)
in/b:1:1: error[unreadable]: No such file or directory (os error 2)
in/d.md:1:1: error[unreadable]: No such file or directory (os error 2)
in/b:1:1: error[unreadable]: No such file or directory (os error 2)
";
    assert_eq!((stderr(&output), output.status.code()), (expected, Some(1)));
    assert_eq!(paths(stdout(&output)), ["in/a/1.md", "in/e.md"]);
    let unfollowed = folder.ingest(&["-q", "in"]);
    assert_eq!((stderr(&unfollowed), unfollowed.status.code()), ("", Some(0)));
}

/// Where the system gives no absolute path of a folder, two folders are not the same.
#[test]
fn folders_without_an_absolute_path_are_followed() {
    let folder = Folder::new("walk-deep");
    let depth = (4095 - "./deep.md".len()) / "d/".len();
    let script = "mkdir -p \"$0\" && printf %s \"$1\" > \"$0/deep.md\"";
    shell(&folder.0, script, &[&vec!["d"; depth].join("/"), &article(1)]);
    for arguments in [&["-q", "."][..], &["-q", "--follow", "."]] {
        let output = folder.ingest(arguments);
        assert_eq!((stderr(&output), stdout(&output).lines().count()), ("", 1), "{arguments:?}");
    }
}

/// The system takes no path of more than 4,095 bytes.
#[test]
fn a_path_that_is_too_long_is_read_by_its_folder_or_reported() {
    let folder = Folder::new("walk-long");
    let (step, name) = ("d".repeat(200), "n".repeat(200));
    // Twenty steps take 4,022 bytes with the argument, and the names in the last folder go past the limit.
    let script = "for i in $(seq 20); do mkdir \"$0\" && cd \"$0\"; done
for i in 1 2 3; do printf %s \"$2\" | sed \"s/0000000001/000000000$i/\" > \"$1$i.md\"; done
mkdir $1; printf %s \"$2\" > $1/lost.md";
    fs::create_dir(folder.0.join("in")).unwrap();
    shell(&folder.0.join("in"), script, &[&step, &name, &article(1)]);
    let inner = format!("in/{}", vec![step; 20].join("/"));
    for follow in [&[][..], &["--follow"]] {
        for threads in ["-j1", "-j2"] {
            let output = folder.ingest(&[&["-q", threads, "-W", "hash-mismatch", "in"], follow].concat());
            let expected =
                format!("{inner}/{name}:1:1: error[unreadable]: File name too long (os error 36)\n");
            assert_eq!((stderr(&output), output.status.code()), (expected.as_str(), Some(1)), "{threads}");
            assert_eq!(paths(stdout(&output)), [1, 2, 3].map(|number| format!("{inner}/{name}{number}.md")));
        }
    }
    // It cannot be removed by its path either.
    shell(&folder.0, "rm -rf in", &[]);
}

/// Each level is a folder and a link to it: as many ways to the file as 2 has powers.
#[test]
fn links_to_folders_do_not_multiply_their_files() {
    let folder = Folder::new("walk-doubling");
    let mut inner = folder.0.join("in");
    for _ in 0..16 {
        fs::create_dir_all(inner.join("real")).unwrap();
        symlink("real", inner.join("link")).unwrap();
        inner = inner.join("real");
    }
    fs::write(inner.join("a.md"), article(1)).unwrap();
    let first = format!("in/{}a.md", "link/".repeat(16));
    let output = folder.ingest(&["-q", "--follow", "in"]);
    assert_eq!((stderr(&output), paths(stdout(&output))), ("", vec![first.clone()]));
    // A folder under two names may hold other files for a glob of paths: it is entered again, within bounds.
    let output = folder.ingest(&["-q", "--follow", "-A", "duplicate", "--include", "/link/**", "in"]);
    assert_eq!((paths(stdout(&output))[0].as_str(), output.status.code()), (first.as_str(), Some(1)));
    let told = stderr(&output);
    assert!(paths(stdout(&output)).len() <= 32 && (1..=512).contains(&told.lines().count()), "{told}");
    let limit = "error[unreadable]: links lead to this folder more than 16 times";
    assert!(told.lines().all(|line| line.ends_with(limit)), "{told}");
}

#[test]
fn a_folder_under_two_names_is_read_under_the_first_or_as_globs_choose() {
    let folder = Folder::new("walk-two-names");
    folder.put("in/a/1.md", article(1)).put("in/c/2.md", article(2));
    link(&folder, &[("b", "a"), ("a/loop", "../a"), ("a/up", "..")]);
    for (options, expected) in [
        (&[][..], &["in/a/1.md", "in/c/2.md"][..]),
        (&["--follow"], &["in/a/1.md", "in/c/2.md"]),
        (&["--follow", "--exclude", "a"], &["in/b/1.md", "in/c/2.md"]),
        (&["--follow", "--include", "/b/*.md"], &["in/b/1.md"]),
        (&["--follow", "--exclude", "/a/*.md"], &["in/b/1.md", "in/c/2.md"]),
    ] {
        let output = folder.ingest(&[&["-q"], options, &["in"]].concat());
        assert_eq!(stderr(&output), "", "{options:?}");
        assert_eq!(paths(stdout(&output)), expected, "{options:?}");
    }
    // Each argument counts for itself.
    let output = folder.ingest(&["-q", "--follow", "-A", "duplicate", "in/c", "in/c"]);
    assert_eq!(paths(stdout(&output)), ["in/c/2.md", "in/c/2.md"]);
}

fn sources(paths: &[PathBuf], follow: bool) -> Sources<'static> {
    let mut selection = Selection::new(DEFAULT_INCLUDE.map(str::to_owned).into(), Vec::new()).unwrap();
    selection.follow = follow;
    let inputs = Inputs { paths: paths.to_vec(), list: None, selection };
    Sources::new(inputs, 1 << 20).unwrap()
}

/// The bytes of the source, or the reason why there are none.
fn content(source: &Source) -> Result<Vec<u8>, String> {
    let mut buffer = ReadBuffer::default();
    match buffer.read(source, 1 << 20, &mut CachedDirOpener::default(), |_| true) {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(ReadError::Unreadable(error)) => Err(error.to_string()),
        Err(ReadError::TooLarge | ReadError::NoRoom) => Err("too large".to_owned()),
    }
}

fn replace_by_pipe(path: &Path) {
    fs::remove_file(path).unwrap();
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

const PIPE: &str = "a pipe or device took the place of this file";

/// A folder is listed when its first file is asked for, so the others can change in between. A test that fails here hangs.
#[test]
fn a_pipe_or_a_link_that_takes_a_files_place_is_neither_waited_for_nor_followed() {
    let folder = Folder::new("walk-swapped");
    folder.put("secret.md", "secret").put("in/7.md", "seven");
    for name in ["1.md", "2.md", "3.md", "4.tar", "5.md.gz", "6.md.gz"] {
        folder.put(&format!("in/{name}"), "a file");
    }
    let root = folder.0.join("in");
    for follow in [false, true] {
        let mut sources = sources(slice::from_ref(&root), follow);
        let first = sources.next().expect("1.md");
        replace_by_pipe(&root.join("1.md"));
        replace_by_pipe(&root.join("2.md"));
        replace_by_pipe(&root.join("4.tar"));
        replace_by_pipe(&root.join("5.md.gz"));
        for name in ["3.md", "6.md.gz"] {
            fs::remove_file(root.join(name)).unwrap();
            symlink("../secret.md", root.join(name)).unwrap();
        }
        let found: Vec<_> = [first].into_iter().chain(sources).map(|source| content(&source)).collect();
        let pipe = Err(PIPE.to_owned());
        let link = match follow {
            true => Ok(b"secret".to_vec()),
            false => Err("a symbolic link took the place of this file".to_owned()),
        };
        let expected =
            [pipe.clone(), pipe.clone(), link.clone(), pipe.clone(), pipe, link, Ok(b"seven".to_vec())];
        assert_eq!(found, expected, "follow: {follow}");
        for name in ["1.md", "2.md", "3.md", "4.tar", "5.md.gz", "6.md.gz"] {
            fs::remove_file(root.join(name)).unwrap();
            folder.put(&format!("in/{name}"), "a file");
        }
    }
}

/// The same of a file that was named, also where a writer has something for the pipe.
#[test]
fn a_pipe_that_takes_a_named_files_place_is_not_waited_for() {
    let folder = Folder::new("walk-named");
    let (file, link) = (folder.0.join("a.md"), folder.0.join("link.md"));
    folder.put("a.md", "a file");
    symlink("a.md", &link).unwrap();
    let named: Vec<Source> = sources(&[file.clone(), link], false).collect();
    assert_eq!(named.iter().map(content).collect::<Vec<_>>(), vec![Ok(b"a file".to_vec()); 2]);
    replace_by_pipe(&file);
    assert_eq!(named.iter().map(content).collect::<Vec<_>>(), vec![Err(PIPE.to_owned()); 2]);
    let mut writer = fs::File::options().read(true).write(true).open(&file).unwrap();
    std::io::Write::write_all(&mut writer, b"a crawl file, so to speak").unwrap();
    assert_eq!(named.iter().map(content).collect::<Vec<_>>(), vec![Err(PIPE.to_owned()); 2]);
}

/// As file servers do: the file is there, once its holder was asked.
#[test]
#[ignore = "needs Python, which takes a lease"]
fn a_file_that_another_program_has_a_lease_on_is_waited_for() {
    let folder = Folder::new("walk-lease");
    folder.put("in/a.md", article(1)).put("in/b.tar", article(2));
    let script = "
import fcntl, os, signal, sys, time
files = [os.open(path, os.O_RDWR) for path in sys.argv[1:]]
def give_up(*_):
    for file in files: fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
signal.signal(signal.SIGIO, give_up)
for file in files: fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
print('held', flush=True)
while True: time.sleep(1)";
    let mut holder = Command::new("python3");
    holder.args(["-c", script, "in/a.md", "in/b.tar"]).current_dir(&folder.0).stdout(Stdio::piped());
    let mut holder = holder.spawn().unwrap();
    let mut said = String::new();
    BufReader::new(holder.stdout.take().unwrap()).read_line(&mut said).unwrap();
    let output = folder.ingest(&["-q", "in"]);
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert_eq!(said, "held\n");
    assert_eq!((stderr(&output), paths(stdout(&output))), ("", vec!["in/a.md".into(), "in/b.tar".into()]));
}
