//! `ingest check`: what goes where, limits, totals and exit status.

use std::fs::{self, File};

use crate::support::crawl_file::{article, doubtful, rejected};
use crate::support::folder::{Folder, stderr, stdout};

/// `accepted` good files, then `rejected` ones.
fn good_and_bad(name: &str, accepted: usize, rejections: usize) -> Folder {
    let folder = Folder::new(name);
    for number in 0..accepted {
        folder.put(&format!("a/{number:04}.md"), article(number));
    }
    for number in 0..rejections {
        folder.put(&format!("b/{number:04}.md"), rejected(accepted + number));
    }
    folder
}

#[test]
fn findings_go_to_stdout_the_summary_to_stderr_and_records_nowhere() {
    let folder = Folder::new("check-streams");
    folder.put("a.md", article(1)).put("b.md", rejected(2)).put("c.md", doubtful(3));
    let output = folder.ingest(&["check", "--format", "concise", "."]);
    let expected = "./b.md:2:1: error[hash-missing]: `content_hash` is missing\n\
                    ./c.md:19:3: warning[heading-differs]: the heading is `다른 제목`, the title `제목`\n";
    assert_eq!(stdout(&output), expected);
    assert!(stderr(&output).starts_with("2 articles, 1 rejected, 1 warning ("), "{}", stderr(&output));
    assert!(
        stderr(&output).ends_with("\ningest: `ingest explain ./b.md` shows why\n"),
        "{}",
        stderr(&output)
    );
    assert_eq!(stderr(&output).lines().count(), 2);
    assert_eq!(output.status.code(), Some(1));
    let quieter = folder.ingest(&["check", "-qq", "--format", "concise", "."]);
    assert_eq!(stdout(&quieter), expected.split_inclusive('\n').next().unwrap());
    assert_eq!(stderr(&quieter), "");
}

#[test]
fn the_exit_status_is_that_of_the_bare_command() {
    let folder = Folder::new("check-status");
    folder
        .put("good.md", article(1))
        .put("bad.md", rejected(2))
        .put("doubtful.md", doubtful(3))
        .put("x.html", "");
    for (arguments, status) in [
        (&["good.md"][..], 0),
        (&["doubtful.md"], 0),
        (&["bad.md"], 1),
        (&["--exit-zero", "bad.md"], 0),
        (&["-D", "warnings", "doubtful.md"], 1),
        (&["-A", "hash-missing", "bad.md"], 0),
        (&["gone.md"], 2),
        (&["--format", "yaml", "good.md"], 2),
        (&[], 2),
    ] {
        for command in [&["check", "-q"][..], &["-q"]] {
            let output = folder.ingest(&[command, arguments].concat());
            assert_eq!(output.status.code(), Some(status), "{command:?} {arguments:?}");
        }
    }
    fs::create_dir(folder.0.join("empty")).unwrap();
    assert_eq!(folder.ingest(&["check", "empty"]).status.code(), Some(1));
}

#[test]
fn a_folder_named_check_is_written_with_its_place() {
    let folder = Folder::new("check-folder");
    folder.put("check/a.md", article(1));
    assert_eq!(stdout(&folder.ingest(&["-q", "./check"])).lines().count(), 1);
    assert_eq!(stdout(&folder.ingest(&["-q", "--", "check"])).lines().count(), 1);
    assert_eq!(folder.ingest(&["check"]).status.code(), Some(2));
    assert_eq!(stdout(&folder.ingest(&["check", "-q", "check"])), "");
}

#[test]
fn output_takes_the_findings_and_replaces_the_file_only_once_they_are_complete() {
    let folder = Folder::new("check-output");
    folder.put("a.md", rejected(1)).put("old.json", "old").put("kept/link.json", "");
    fs::remove_file(folder.0.join("kept/link.json")).unwrap();
    std::os::unix::fs::symlink("../old.json", folder.0.join("kept/link.json")).unwrap();
    let told = folder.ingest(&["check", "--format", "json", "a.md"]);
    let output = folder.ingest(&["check", "--format", "json", "-o", "kept/link.json", "a.md"]);
    assert_eq!(stdout(&output), "");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(folder.read("old.json"), stdout(&told));
    assert!(folder.0.join("kept/link.json").is_symlink());

    let output = folder.ingest(&["check", "--output", "old.json", "gone.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(folder.read("old.json"), stdout(&told));
    let mut names: Vec<_> = fs::read_dir(&folder.0).unwrap().map(|file| file.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.md", "kept", "old.json"], "no draft is left behind");

    let output = folder.ingest(&["check", "-o", "gone/x.json", "a.md"]);
    assert_eq!(
        stderr(&output),
        "error: cannot write `gone/x.json`: No such file or directory (os error 2)\n"
    );
    assert_eq!(output.status.code(), Some(2));
    for arguments in [["check", "-o", "/dev/full", "a.md"], ["check", "--summary-file", "/dev/full", "a.md"]]
    {
        let output = folder.ingest(&arguments);
        assert!(stderr(&output).contains("No space left on device"), "{}", stderr(&output));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = folder.command(&["check", "a.md"]).stdout(full).output().unwrap();
    assert_eq!(stderr(&output), "error: cannot write the findings: No space left on device (os error 28)\n");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn max_findings_tells_the_first_ones_and_counts_all() {
    let folder = good_and_bad("check-max-findings", 1, 1100);
    let told = |arguments: &[&str]| {
        let output = folder.ingest(&[&["check"], arguments, &["."]].concat());
        let lines = stdout(&output).lines().filter(|line| line.contains("hash-missing")).count();
        let untold = stderr(&output)
            .lines()
            .find_map(|line| line.strip_prefix("ingest: ").filter(|line| line.contains("more")))
            .map(str::to_owned);
        assert!(stderr(&output).contains("1 article, 1100 rejected, 0 warnings"), "{}", stderr(&output));
        (lines, untold)
    };
    let more = |count| Some(format!("{count} more findings not shown; see --max-findings"));
    assert_eq!(told(&[]), (1000, more(100)));
    assert_eq!(told(&["--format", "concise"]), (1000, more(100)));
    assert_eq!(told(&["--format", "github"]), (1000, more(100)));
    assert_eq!(told(&["--format", "jsonl"]), (1100, None));
    assert_eq!(told(&["--format", "jsonl", "--max-findings", "3"]), (3, more(1097)));
    assert_eq!(told(&["--max-findings", "0"]), (0, more(1100)));
    assert_eq!(told(&["--max-findings", "1100"]), (1100, None));
    let bare = folder.ingest(&["-q", "."]);
    assert_eq!(stderr(&bare).lines().count(), 1100, "the bare command tells all");
}

#[test]
fn max_rejected_forgives_up_to_a_number_or_a_share() {
    let folder = good_and_bad("check-max-rejected", 197, 3);
    for (most, status) in [
        ("0", 1),
        ("2", 1),
        ("3", 0),
        ("18446744073709551615", 0),
        ("1%", 1),
        ("1.4%", 1),
        ("1.499999%", 1),
        ("1.5%", 0),
        ("2%", 0),
        ("100%", 0),
        ("101%", 2),
        ("-1", 2),
        ("%", 2),
        ("1.%", 2),
        ("few", 2),
    ] {
        for command in [&["check", "-q"][..], &["-qq"]] {
            let most = format!("--max-rejected={most}");
            let output = folder.ingest(&[command, &[&most, "."]].concat());
            assert_eq!(output.status.code(), Some(status), "{command:?} {most}");
        }
    }
    fs::create_dir(folder.0.join("empty")).unwrap();
    assert_eq!(folder.ingest(&["check", "--max-rejected", "100%", "empty"]).status.code(), Some(1));
}

#[test]
fn fail_fast_stops_after_the_first_rejected_file_at_any_number_of_threads() {
    let folder = good_and_bad("check-fail-fast", 100, 300);
    for threads in ["1", "2", "8"] {
        let output = folder.ingest(&["check", "--fail-fast", "--format", "concise", "-j", threads, "."]);
        assert!(stdout(&output).starts_with("./b/0000.md:2:1: error[hash-missing]"), "{}", stdout(&output));
        assert_eq!(stdout(&output).lines().count(), 1);
        let told: Vec<&str> = stderr(&output).lines().collect();
        assert_eq!(told[0], "ingest: stopped at the first rejected file");
        assert!(told[1].starts_with("100 articles, 1 rejected, 0 warnings ("), "{told:?}");
        assert_eq!(output.status.code(), Some(1));
        let bare = folder.ingest(&["-q", "--fail-fast", "-j", threads, "."]);
        assert_eq!(stdout(&bare).lines().count(), 100, "the records before it are written");
        assert_eq!(stderr(&bare).lines().count(), 1);
    }
    let json = folder.ingest(&["check", "--fail-fast", "--format", "json", "."]);
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(stdout(&json)).unwrap().len(), 1);
    let both = folder.ingest(&["check", "--fail-fast", "--max-rejected", "1", "."]);
    assert_eq!(both.status.code(), Some(2));
}

#[test]
fn statistics_count_each_rule_the_most_frequent_first() {
    let folder = Folder::new("check-statistics");
    folder.put("a.md", rejected(1)).put("b.md", doubtful(2)).put("c.md", doubtful(3)).put("d.md", "no");
    let output = folder.ingest(&["check", "-q", "--statistics", "--max-findings", "0", "."]);
    let expected = "        2  warning  heading-differs\n        1  error    no-front-matter\n        \
                    1  error    hash-missing\n";
    assert_eq!(stderr(&output).split_once('\n').unwrap().1, expected);
    let good = Folder::new("check-no-statistics");
    good.put("a.md", article(1));
    assert_eq!(stderr(&good.ingest(&["check", "-q", "--statistics", "."])), "");
}

#[test]
fn the_summary_file_gains_the_totals_in_markdown() {
    let folder = Folder::new("check-summary-file");
    folder
        .put("a.md", article(1))
        .put("b.md", rejected(2))
        .put("c.md", doubtful(3))
        .put("s.step", "before\n");
    let output = folder.ingest(&["check", "--summary-file", "s.step", "."]);
    let summary = stderr(&output).lines().next().unwrap();
    let expected = format!(
        "before\n## ingest: 1 file rejected\n\n{summary}\n\n\
         | findings | level | rule | found when |\n| ---: | --- | --- | --- |\n\
         | 1 | error | `hash-missing` | `content_hash` is absent or empty |\n\
         | 1 | warning | `heading-differs` | the body's heading is not the title |\n\n"
    );
    assert_eq!(folder.read("s.step"), expected);
    for (path, heading) in [("a.md", "every file accepted"), ("empty", "nothing to read")] {
        fs::create_dir_all(folder.0.join("empty")).unwrap();
        let _ = fs::remove_file(folder.0.join("s.step"));
        folder.ingest(&["check", "--summary-file", "s.step", path]);
        assert!(folder.read("s.step").starts_with(&format!("## ingest: {heading}\n\n")), "{path}");
    }
}

#[test]
fn programs_get_no_colour_and_people_get_it_where_they_ask() {
    let folder = Folder::new("check-colour");
    folder.put("a.md", rejected(1));
    let is_coloured = |arguments: &[&str]| {
        stdout(&folder.ingest(&[&["check", "-q"], arguments, &["a.md"]].concat())).contains('\x1b')
    };
    assert!(!is_coloured(&[]));
    assert!(!is_coloured(&["--color", "never"]));
    assert!(is_coloured(&["--color", "always"]));
    assert!(is_coloured(&["--color", "always", "--format", "concise"]));
    for format in ["json", "jsonl", "github", "sarif", "junit", "gitlab", "markdown"] {
        assert!(!is_coloured(&["--color", "always", "--format", format]), "{format}");
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_check_quietly_with_141() {
    let folder = good_and_bad("check-head", 0, 3000);
    let mut command = folder.command(&["check", "--format", "jsonl", "."]);
    let (reader, writer) = std::io::pipe().unwrap();
    let child = command.stdout(writer).stderr(std::process::Stdio::piped()).spawn().unwrap();
    drop((command, reader));
    let output = child.wait_with_output().unwrap();
    assert_eq!(stderr(&output), "");
    assert_eq!(output.status.code(), Some(141));
}

#[test]
fn the_ending_of_the_file_says_the_format_unless_an_option_does() {
    let folder = good_and_bad("check-endings", 1, 1);
    for (name, start) in [
        ("f.sarif", "{\"$schema\":"),
        ("f.SARIF", "{\"$schema\":"),
        ("f.sarif.json", "{\"$schema\":"),
        ("f.json", "["),
        ("f.jsonl", "{\"path\":"),
        ("f.ndjson", "{\"path\":"),
        ("f.xml", "<?xml "),
        ("f.md", "| place |"),
        ("f.txt", "b"),
        ("f", "b"),
    ] {
        let output = folder.ingest(&["check", "-q", "-o", name, "a", "b"]);
        assert_eq!((stderr(&output), output.status.code()), ("", Some(1)), "{name}");
        assert!(folder.read(name).starts_with(start), "{name}: {}", folder.read(name));
    }
    for name in ["f.csv", "f.html", "f.sarif.gz", "f.parquet"] {
        let output = folder.ingest(&["check", "-q", "-o", name, "a", "b"]);
        assert_eq!((stdout(&output), output.status.code()), ("", Some(2)), "{name}");
        assert!(stderr(&output).contains("; `--format` says which one is meant"), "{}", stderr(&output));
        let output = folder.ingest(&["check", "-q", "--format", "text", "-o", name, "a", "b"]);
        assert_eq!((stderr(&output), output.status.code()), ("", Some(1)), "{name}");
    }
    for (name, format, differs) in [
        ("f.json", "sarif", false),
        ("f.json", "gitlab", false),
        ("f.txt", "concise", false),
        ("f.sarif", "junit", true),
        ("f.xml", "json", true),
    ] {
        let output = folder.ingest(&["check", "-q", "--format", format, "-o", name, "a", "b"]);
        let said = format!(
            "ingest: `{name}` is written as `{format}`, as --format says, and not as its ending does\n"
        );
        assert_eq!(stderr(&output), if differs { said.as_str() } else { "" }, "{name}, {format}");
    }
}
