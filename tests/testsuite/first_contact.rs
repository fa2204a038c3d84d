//! The first ten minutes: what somebody types who has not read anything yet, and what comes back.

use std::process::Output;

use crate::support::crawl_file::{article, rejected};
use crate::support::folder::{Folder, stderr, stdout};

/// Exit status, and the first line on stderr.
fn told(output: &Output) -> (Option<i32>, &str) {
    (output.status.code(), stderr(output).lines().next().unwrap_or_default())
}

#[test]
fn options_stand_before_or_after_the_subcommand() {
    let folder = Folder::new("contact-order");
    folder.put("a.md", rejected(1)).put("f.toml", "");
    for line in [
        "check -q a.md",
        "-q check a.md",
        "-qj1 check a.md",
        "--config f.toml check -q a.md",
        "-D duplicate --threads=1 -q check a.md",
    ] {
        let arguments: Vec<&str> = line.split(' ').collect();
        let output = folder.ingest(&arguments);
        assert_eq!((output.status.code(), stderr(&output)), (Some(1), ""), "{line}");
        assert!(stdout(&output).starts_with("a.md:2:1: error[hash-missing]: "), "{line}");
    }
    // A file called like a subcommand is read as `./check`, or after `--`.
    folder.put("check", article(1));
    assert_eq!(stdout(&folder.ingest(&["-q", "--", "check"])).lines().count(), 1);
    assert_eq!(stdout(&folder.ingest(&["-q", "./check"])).lines().count(), 1);
}

#[test]
fn what_is_nearly_a_subcommand_is_named() {
    let folder = Folder::new("contact-typos");
    folder.put("a.md", article(1)).put("chek.d/a.md", article(1)).put("repor", article(1));
    for (line, said) in [
        (
            "chek a.md",
            "error: there is no file `chek`, and no command of this name; did you mean `ingest check`?",
        ),
        (
            "-q explian a.md",
            "error: there is no file `explian`, and no command of this name; did you mean `ingest explain`?",
        ),
        ("help chek", "error: no command is called `chek`; did you mean `check`?"),
        ("help hash-mismatch", "error: `hash-mismatch` is a rule: see `ingest explain hash-mismatch`"),
        ("seeds", "error: seeds: No such file or directory (os error 2)"),
    ] {
        let arguments: Vec<&str> = line.split(' ').collect();
        let output = folder.ingest(&arguments);
        assert_eq!(told(&output), (Some(2), said), "{line}");
        assert_eq!(stdout(&output), "", "{line}");
    }
    // What is there is read.
    assert_eq!(folder.ingest(&["repor"]).status.code(), Some(0));
}

#[test]
fn help_and_version_are_there_in_every_form() {
    let folder = Folder::new("contact-help");
    let version = format!("ingest {}\n", env!("CARGO_PKG_VERSION"));
    for line in ["-V", "--version", "check -V", "explain --version"] {
        let arguments: Vec<&str> = line.split(' ').collect();
        assert_eq!(stdout(&folder.ingest(&arguments)), version, "{line}");
    }
    let whole = stdout(&folder.ingest(&["--help"])).to_owned();
    let of_check = stdout(&folder.ingest(&["check", "--help"])).to_owned();
    assert!(whole.contains("ingest seeds/ > articles.jsonl") && of_check.contains("Usage: ingest check"));
    for (line, expected) in [("help", &whole), ("help check", &of_check), ("-q help check", &of_check)] {
        let arguments: Vec<&str> = line.split(' ').collect();
        let output = folder.ingest(&arguments);
        assert_eq!((output.status.code(), stdout(&output)), (Some(0), &**expected), "{line}");
    }
}

#[test]
fn unknown_names_are_listed_and_the_nearest_is_suggested() {
    let folder = Folder::new("contact-names");
    folder.put("a.md", article(1));
    for (line, first, then) in [
        (
            "-D hash-mismach a.md",
            "error: `--deny`: no rule is called `hash-mismach`; did you mean `hash-mismatch`?",
            "  one of unreadable, too-large,",
        ),
        ("-D duplicate,a a.md", "error: `--deny`: no rule is called `a`", "  one of unreadable, too-large,"),
        (
            "--fields id,foo a.md",
            "error: `--fields`: no key of the record is called `foo`",
            "  one of id, oid, aid,",
        ),
        (
            "--format jason a.md",
            "error: `--format`: no format of findings is called `jason`; did you mean `json`?",
            "  one of text, concise,",
        ),
        (
            "--to parket a.md",
            "error: `--to`: no format of records is called `parket`; did you mean `parquet`?",
            "  one of jsonl,",
        ),
    ] {
        let arguments: Vec<&str> = line.split(' ').collect();
        let output = folder.ingest(&arguments);
        assert_eq!(told(&output), (Some(2), first), "{line}");
        let second = stderr(&output).lines().nth(1).unwrap_or_default();
        assert!(second.starts_with(then), "{line}: {second}");
        assert!(stderr(&output).lines().all(|line| line.chars().count() <= 80), "{}", stderr(&output));
    }
    let both = folder.ingest(&["-D", "heading-differs,footer-differs", "a.md"]);
    assert_eq!(both.status.code(), Some(0), "{}", stderr(&both));
}

#[test]
fn an_option_of_another_command_names_it() {
    let folder = Folder::new("contact-options");
    for (line, said) in [
        ("check --fields id x", "error: `--fields` is an option of `ingest`, not of `ingest check`"),
        ("--against m x", "error: `--against` is an option of `ingest check`, not of `ingest` alone"),
        (
            "files --fail-fast x",
            "error: `--fail-fast` is an option of `ingest`, `ingest check` and `ingest report`, not of `ingest files`",
        ),
        ("check --feilds id x", "error: unexpected argument '--feilds' found"),
    ] {
        let arguments: Vec<&str> = line.split(' ').collect();
        assert_eq!(told(&folder.ingest(&arguments)), (Some(2), said), "{line}");
    }
}

#[test]
fn no_usage_error_speaks_of_types() {
    let folder = Folder::new("contact-numbers");
    for line in ["-j x a.md", "-j 9999 a.md", "-j -1 a.md", "check --max-findings x a.md", "diff -j x a b"] {
        let arguments: Vec<&str> = line.split(' ').collect();
        let output = folder.ingest(&arguments);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{line}");
        let types = ["u16", "u64", "usize", "digit", "integer", "..", "non-zero", "Some("];
        assert!(!types.iter().any(|word| said.contains(word)), "{line}: {said}");
    }
    folder.put("a.md", article(1));
    assert_eq!(folder.ingest(&["-j0", "a.md"]).status.code(), Some(0));
}
