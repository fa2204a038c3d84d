//! How far a run is: shown on a terminal alone, beside what is told, and gone at the end.

use std::fs::File;

use crate::support::crawl_file::article;
use crate::support::folder::{Folder, stderr, stdout};
use crate::support::terminal;

const FILES: usize = 2000;

/// One file of each hundred is rejected.
fn every_hundredth_rejected(name: &str) -> Folder {
    let folder = Folder::new(&format!("progress-{name}"));
    for number in 0..FILES {
        folder.put(
            &format!("in/{number:05}.md"),
            if number % 100 == 99 { "no".into() } else { article(number) },
        );
    }
    folder
}

/// What a run sends to a terminal as its stderr, with the terminal, a pipe or nothing as its stdout.
fn on_a_terminal(folder: &Folder, arguments: &[&str], stdout: &str) -> String {
    terminal::on_a_terminal(folder, arguments, stdout).0
}

/// The lines that a terminal shows at the end.
fn screen(sent: &str) -> Vec<String> {
    let (mut lines, mut column) = (vec![Vec::<char>::new()], 0);
    let mut rest = sent.chars();
    while let Some(c) = rest.next() {
        let line = lines.last_mut().unwrap();
        match c {
            '\r' => column = 0,
            '\n' => {
                lines.push(Vec::new());
                column = 0;
            }
            '\x1b' => match rest.by_ref().take(3).collect::<String>().as_str() {
                "[2K" => line.clear(),
                other => panic!("this terminal does not know {other:?}"),
            },
            c => {
                line.resize(line.len().max(column + 1), ' ');
                line[column] = c;
                column += 1;
            }
        }
    }
    lines.into_iter().map(|line| line.into_iter().collect::<String>().trim_end().to_owned()).collect()
}

/// What is told where nothing is drawn, without the seconds that it took.
fn told(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| line.split(" MB in ").next().unwrap().split(" kB in ").next().unwrap().to_owned())
        .collect()
}

#[test]
fn a_terminal_shows_how_far_the_run_is_and_in_the_end_only_what_is_told() {
    let folder = every_hundredth_rejected("terminal");
    let expected = folder.ingest(&["-o", "out.jsonl", "in"]);
    // The summary, and the command that shows why.
    assert_eq!(told(stderr(&expected)).len(), FILES / 100 + 2);
    let sent = on_a_terminal(&folder, &["-o", "out.jsonl", "-j2", "in"], "terminal");
    assert!(sent.contains(" of 2,000 files, ") && sent.contains(" s left"), "{sent}");
    let shown = screen(&sent);
    assert_eq!(told(&shown.join("\n")), told(stderr(&expected)));
    assert_eq!(shown.last().map(String::as_str), Some(""), "{shown:?}");
    let sent = on_a_terminal(&folder, &["check", "--format", "concise", "in"], "terminal");
    assert!(sent.contains(" files, "), "{sent}");
    assert_eq!(told(&screen(&sent).join("\n")), told(stderr(&expected)));
    assert!(on_a_terminal(&folder, &["in"], "nothing").contains(" of 2,000 files, "));
}

#[test]
fn nothing_is_shown_where_there_is_no_terminal_or_no_room() {
    let folder = every_hundredth_rejected("nowhere");
    let plain = folder.ingest(&["in"]);
    for sent in [
        stderr(&plain),
        stderr(&folder.ingest(&["--progress", "auto", "in"])),
        &on_a_terminal(&folder, &["--progress", "never", "in"], "nothing"),
        &on_a_terminal(&folder, &["-q", "in"], "nothing"),
        // Records on the same terminal leave it no line, nor does what another program makes of them.
        &on_a_terminal(&folder, &["in"], "terminal"),
        &on_a_terminal(&folder, &["in"], "pipe"),
        &on_a_terminal(&folder, &["check", "in"], "pipe"),
    ] {
        assert!(!sent.contains('\x1b') && !sent.contains(" files, "), "{sent}");
    }
}

#[test]
fn it_is_shown_everywhere_where_that_is_asked_for() {
    let folder = every_hundredth_rejected("always");
    let output = folder.ingest(&["--progress", "always", "in"]);
    assert!(stderr(&output).contains(" files, "), "{}", stderr(&output));
    assert_eq!(told(&screen(stderr(&output)).join("\n")), told(stderr(&folder.ingest(&["in"]))));
    assert_eq!(stdout(&output), stdout(&folder.ingest(&["in"])));
}

/// How many files there are in an archive is known only where it ends, which is little more than what is under way.
#[test]
fn what_only_reading_tells_is_not_counted_before() {
    let folder = every_hundredth_rejected("archive");
    let tar = std::process::Command::new("tar").args(["-cf", "in.tar", "in"]).current_dir(&folder.0).status();
    assert!(tar.unwrap().success());
    for input in ["in.tar", "/dev/stdin"] {
        let mut command = folder.command(&["--progress", "always", "-j1", input]);
        let output = command.stdin(File::open(folder.0.join("in.tar")).unwrap()).output().unwrap();
        let drawn = stderr(&output).split(['\n', '\r']).map(|line| line.trim_start_matches("\x1b[2K"));
        let drawn: Vec<&str> =
            drawn.filter(|line| line.contains(" files, ") && !line.starts_with("0 ")).collect();
        let (known, unknown): (Vec<&str>, Vec<&str>) =
            drawn.iter().partition(|line| line.contains(" of 2,000 "));
        // Some batches are under way where it ends.
        let is_late = |line: &&str| ["1,", "2,000 "].iter().any(|start| line.starts_with(start));
        assert!(unknown.len() > 3 && known.iter().all(is_late), "{input}: {known:?}");
        assert!(unknown.iter().all(|line| !line.contains(" of ")), "{input}: {unknown:?}");
    }
}
