//! The command: arguments, streams, order and exit status.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use crate::support::crawl_file::{article, rejected};
use crate::support::folder::{Folder, stderr, stdout};

fn put_articles(folder: &Folder, count: usize) {
    for number in 0..count {
        folder.put(&format!("{:02}/{number:05}.md", number % 7), article(number));
    }
}

/// The values of a key that holds a plain string, line by line.
fn values<'t>(records: &'t str, key: &str) -> Vec<&'t str> {
    let key = format!("\"{key}\":\"");
    records.lines().map(|line| line.split(&key).nth(1).unwrap().split('"').next().unwrap()).collect()
}

#[test]
fn arguments_keep_their_order_and_folders_go_by_the_bytes_of_names_depth_first() {
    let folder = Folder::new("order");
    for (number, name) in ["b/2.md", "b/10.md", "b/a/z.txt", "b.md", "c.markdown", "a.md"].iter().enumerate()
    {
        folder.put(name, article(number));
    }
    let output = folder.ingest(&["c.markdown", ".", "b/2.md", "-A", "duplicate"]);
    let expected =
        ["c.markdown", "./a.md", "./b/10.md", "./b/2.md", "./b/a/z.txt", "./b.md", "./c.markdown", "b/2.md"];
    assert_eq!(values(stdout(&output), "path"), expected);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn other_names_hidden_ones_and_links_are_not_read_in_folders_but_as_arguments() {
    let folder = Folder::new("names");
    folder.put("a.md", article(1)).put(".hidden.md", article(2)).put(".git/b.md", article(3));
    folder.put("a.html", article(4)).put("a.MD", article(5)).put(".gitignore", "*.md");
    std::os::unix::fs::symlink("a.html", folder.0.join("link.md")).unwrap();
    assert_eq!(values(stdout(&folder.ingest(&["."])), "path"), ["./a.md"]);
    let named = folder.ingest(&["link.md", ".hidden.md", ".git"]);
    assert_eq!(values(stdout(&named), "path"), ["link.md", ".hidden.md", ".git/b.md"]);
}

#[test]
fn the_same_bytes_come_out_at_any_number_of_threads() {
    let folder = Folder::new("threads");
    put_articles(&folder, 1500);
    folder.put("03/broken.md", "no").put("04/bom.md", format!("\u{feff}{}", article(7777)));
    let alone = folder.ingest(&["-q", "-j1", "."]);
    assert_eq!(stdout(&alone).lines().count(), 1501);
    assert_eq!(stderr(&alone).lines().count(), 2);
    for threads in ["2", "3", "8", "64"] {
        let together = folder.ingest(&["-q", "-j", threads, "."]);
        assert!(together.stdout == alone.stdout, "-j {threads}");
        assert_eq!(stderr(&together), stderr(&alone), "-j {threads}");
    }
}

#[test]
fn stdin_is_one_crawl_file() {
    let folder = Folder::new("stdin");
    let mut child = folder.command(&["-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(article(5).as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(values(stdout(&output), "path"), ["-"]);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_summary_counts() {
    let folder = Folder::new("summary");
    folder.put("a.md", article(1)).put("b.md", article(2)).put("c.md", rejected(3));
    folder.put("d.md", article(4).replace("# 제목", "# 다른 제목"));
    let output = folder.ingest(&["."]);
    let [.., summary, last] = stderr(&output).lines().collect::<Vec<_>>()[..] else { panic!() };
    assert_eq!(last, "ingest: `ingest explain ./c.md` shows why");
    assert!(summary.starts_with("3 articles, 1 rejected, 1 warning ("), "{summary}");
    assert!(summary.ends_with(" s)"), "{summary}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn quiet_and_quieter() {
    let folder = Folder::new("quiet");
    folder.put("a.md", article(4).replace("# 제목", "# 다른 제목")).put("b.md", rejected(3));
    let lines = |arguments: &[&str]| stderr(&folder.ingest(arguments)).lines().count();
    assert_eq!([lines(&["."]), lines(&["-q", "."]), lines(&["-qq", "."])], [4, 2, 1]);
}

#[test]
fn levels_are_set_in_the_order_in_which_they_are_typed() {
    let folder = Folder::new("levels");
    folder.put("a.md", article(4).replace("# 제목", "# 다른 제목"));
    let outcome = |arguments: &[&str]| {
        let output = folder.ingest(&[&["-q"], arguments, &["a.md"]].concat());
        (output.status.code().unwrap(), stderr(&output).contains("heading-differs"))
    };
    assert_eq!(outcome(&[]), (0, true));
    assert_eq!(outcome(&["-A", "heading-differs"]), (0, false));
    assert_eq!(outcome(&["-D", "heading-differs"]), (1, true));
    assert_eq!(outcome(&["-D", "heading-differs", "-A", "heading-differs"]), (0, false));
    assert_eq!(outcome(&["-A", "heading-differs", "-D", "heading-differs"]), (1, true));
    assert_eq!(outcome(&["-D", "warnings"]), (1, true));
    assert_eq!(outcome(&["-D", "warnings", "-A", "heading-differs"]), (0, false));
    assert_eq!(outcome(&["-D", "warnings", "--exit-zero"]), (0, true));
}

#[test]
fn an_unverified_article_is_written_as_such_where_that_is_asked_for() {
    let folder = Folder::new("unverified");
    folder.put("a.md", article(4).replace("본문이다", "본문이었다"));
    let output = folder.ingest(&["-W", "hash-mismatch", "a.md"]);
    assert!(stdout(&output).contains("\"verified\":false"));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn usage_errors_are_2_and_say_what_is_right() {
    let folder = Folder::new("usage");
    folder.put("a.md", article(1));
    for (arguments, said) in [
        (&[][..], "Usage: ingest"),
        (&["-D", "hash-mismach", "a.md"], "hash-mismatch"),
        (&["-W", "not-utf8", "a.md"], "`not-utf8` is always an error"),
        (&["-A", "unreadable", "a.md"], "`unreadable` is always an error"),
        (&["-j", "1025", "a.md"], "not a number of threads from 1 to 1024"),
        (&["-j", "many", "a.md"], "not a number of threads from 1 to 1024"),
        (&["-o", "x.jsonl", "--split-records", "0", "a.md"], "not a number from 1 on"),
        (&["--max-file-size", "much", "a.md"], "16M"),
        (&["a.md", "gone.md"], "gone.md: No such file or directory"),
    ] {
        let output = folder.ingest(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "", "{arguments:?}");
    }
}

#[test]
fn nothing_to_read_is_1() {
    let folder = Folder::new("nothing");
    folder.put("a.html", article(1));
    let output = folder.ingest(&["."]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).starts_with("ingest: nothing to read: "), "{}", stderr(&output));
    assert_eq!(folder.ingest(&["--exit-zero", "."]).status.code(), Some(0));
}

#[test]
fn what_the_system_refuses_is_a_finding() {
    let folder = Folder::new("unreadable");
    folder.put("a.md", article(1));
    std::os::unix::fs::symlink("loop.md", folder.0.join("loop.md")).unwrap();
    fs::create_dir(folder.0.join("sub.md")).unwrap();
    folder.put("sub.md/b.md", article(2));
    let output = folder.ingest(&["-q", ".", "/proc/self/mem"]);
    assert_eq!(values(stdout(&output), "path"), ["./a.md", "./sub.md/b.md"]);
    assert!(stderr(&output).starts_with("/proc/self/mem:1:1: error[unreadable]: "), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly_with_141() {
    let folder = Folder::new("head");
    put_articles(&folder, 3000);
    let mut child = folder.command(&["."]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(values(&first, "path").len(), 1);
    assert_eq!(stderr(&output), "");
    assert_eq!(output.status.code(), Some(141));
}

#[test]
fn a_full_disk_is_2_with_the_systems_message() {
    let folder = Folder::new("full");
    folder.put("a.md", article(1));
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let output = folder.command(&["a.md"]).stdout(full()).output().unwrap();
    assert_eq!(stderr(&output), "error: cannot write the records: No space left on device (os error 28)\n");
    assert_eq!(output.status.code(), Some(2));
    let output = folder.command(&["a.md"]).stderr(full()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn colour_comes_only_where_it_is_asked_for() {
    let folder = Folder::new("colour");
    folder.put("a.md", rejected(1));
    let is_coloured = |arguments: &[&str]| stderr(&folder.ingest(arguments)).contains('\x1b');
    assert!(!is_coloured(&["a.md"]));
    assert!(!is_coloured(&["--color", "never", "a.md"]));
    assert!(is_coloured(&["--color", "always", "a.md"]));
}

#[test]
fn text_of_strangers_reaches_no_terminal() {
    let folder = Folder::new("strangers");
    let hostile = "\x1b[31m\u{202e}\u{2028}\u{85}::error::x";
    folder.put(&format!("{hostile}\n.md"), article(1).replace("# 제목", &format!("# {hostile}")));
    let output = folder.ingest(&["-q", "."]);
    let told = stderr(&output);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(!told.replace('\n', "").chars().any(char::is_control), "{told}");
    assert!(!told.contains(['\u{202e}', '\u{2028}']) && !told.contains("::error"), "{told}");
    assert_eq!(output.stdout.iter().filter(|&&byte| byte == b'\n').count(), 1);
}

#[test]
fn long_quotes_are_cut_at_200_characters() {
    let folder = Folder::new("long");
    folder.put("a.md", article(1).replace("# 제목", &format!("# {}", "가".repeat(1000))));
    let output = folder.ingest(&["-q", "a.md"]);
    assert!(stderr(&output).contains(&format!("`{}…`", "가".repeat(200))));
    assert!(!stderr(&output).contains(&"가".repeat(201)));
}
