//! The first ten minutes: what somebody types who has not read anything yet, and what comes back.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::process::Output;

use tar::{Builder, EntryType};

use crate::support::crawl_file::{article, rejected};
use crate::support::folder::{Folder, fed, stderr, stdout};
use crate::support::pack::{Files, gzip, header, tar, zip};

/// Exit status, and the first line on stderr.
fn told(output: &Output) -> (Option<i32>, &str) {
    (output.status.code(), stderr(output).lines().next().unwrap_or_default())
}

fn files(files: &[(&str, String)]) -> Files {
    files.iter().map(|(name, content)| ((*name).to_owned(), content.clone())).collect()
}

/// A tar archive with one member, whose name need not be UTF-8.
fn tar_of_raw(name: &[u8], content: &str) -> Vec<u8> {
    let mut header = header(content.len(), EntryType::Regular);
    header.as_mut_bytes()[..name.len()].copy_from_slice(name);
    header.set_cksum();
    let mut tar = Builder::new(Vec::new());
    tar.append(&header, content.as_bytes()).unwrap();
    tar.into_inner().unwrap()
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

/// Runs `ingest` on the path of the first finding that `check` prints about `argument`, and explains it too.
#[track_caller]
fn can_be_given_back(folder: &Folder, argument: &str, printed: &str) {
    let found = folder.ingest(&["check", "-q", "--format", "concise", argument]);
    let path = stdout(&found).split_once(":2:1: ").expect("a finding").0.to_owned();
    assert_eq!(path, printed);
    // Also with the location after it, as a mouse copies it.
    for path in [path.clone(), format!("{path}:2:1"), format!("{path}:2:1:")] {
        let again = folder.ingest(&["check", "-q", "--format", "concise", &path]);
        assert_eq!(stdout(&again), stdout(&found), "{path}");
        let record = folder.ingest(&["-q", "-W", "hash-missing", &path]);
        assert_eq!((stdout(&record).lines().count(), record.status.code()), (1, Some(0)), "{path}");
        let explained = folder.ingest(&["explain", &path]);
        let first = stdout(&explained).lines().next().unwrap_or_default();
        assert!(first.starts_with(printed) && first.contains("rejected"), "{path}: {first}");
        assert_eq!(explained.status.code(), Some(1), "{path}");
    }
}

#[test]
fn a_path_that_a_finding_prints_can_be_given_back() {
    let folder = Folder::new("contact-paths");
    let tar = tar(&files(&[("a/b.md", rejected(1)), ("a/c.md", article(2))]));
    folder.put("in/dump.tar", &tar).put("in/dump.tar.gz", gzip(&tar));
    can_be_given_back(&folder, "in/dump.tar", "in/dump.tar/a/b.md");
    can_be_given_back(&folder, "in/dump.tar.gz", "in/dump.tar.gz/a/b.md");
    folder.put("one.zip", zip(&files(&[("x/y.md", rejected(3))])));
    can_be_given_back(&folder, "one.zip", "one.zip/x/y.md");
    // Bytes that are not UTF-8, controls, and what only looks like an escape.
    for (name, printed) in [
        (&b"bad\xff.md"[..], "odd/bad\\xFF.md"),
        (b"line\nend.md", "odd/line\\nend.md"),
        (b"a::b.md", "odd/a:\\x3ab.md"),
        (b"back\\x41slash.md", "odd/back\\x41slash.md"),
        (b"1:2:1.md", "odd/1:2:1.md"),
    ] {
        let _ = fs::remove_dir_all(folder.0.join("odd"));
        fs::create_dir(folder.0.join("odd")).unwrap();
        fs::write(folder.0.join("odd").join(OsStr::from_bytes(name)), rejected(4)).unwrap();
        can_be_given_back(&folder, "odd", printed);
        folder.put("odd.tar", tar_of_raw(name, &rejected(4)));
        can_be_given_back(&folder, "odd.tar", &printed.replacen("odd/", "odd.tar/", 1));
    }
}

#[test]
fn a_member_that_is_not_there_is_said_to_be_missing() {
    let folder = Folder::new("contact-missing");
    folder.put("dump.tar", tar(&files(&[("a/b.md", article(1))]))).put("a.md", article(2));
    let gone = "error: dump.tar/a/c.md: the archive has no such member";
    for command in ["check", "explain"] {
        assert_eq!(told(&folder.ingest(&[command, "dump.tar/a/c.md"])), (Some(2), gone), "{command}");
        let (code, said) = (Some(2), "error: a.md/c.md: `a.md` is neither a folder nor an archive");
        let output = folder.ingest(&[command, "a.md/c.md"]);
        assert!(told(&output).0 == code && told(&output).1.starts_with(said), "{}", stderr(&output));
    }
    let listed = fed(&folder, &["-q", "--files-from", "-"], b"dump.tar/a/b.md\ndump.tar/a/c.md\n");
    assert_eq!((stdout(&listed).lines().count(), listed.status.code()), (1, Some(1)));
    let said = "dump.tar/a/c.md:1:1: error[unreadable]: the archive has no such member\n";
    assert_eq!(stderr(&listed), said);
    let rule = told(&folder.ingest(&["explain", "hash-mismach"])).1.to_owned();
    assert_eq!(
        rule,
        "error: hash-mismach: no file and no rule is called `hash-mismach`; did you mean `hash-mismatch`?"
    );
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

/// A good crawl file, in which `from` is replaced by `to`.
fn changed(from: &str, to: &str) -> String {
    let file = article(1);
    assert!(file.contains(from), "{file}");
    file.replacen(from, to, 1)
}

/// The findings of `check` about a file, one a line, without the path.
fn findings(content: &str) -> String {
    let folder = Folder::new("contact-findings");
    folder.put("a.md", content);
    let output = folder.ingest(&["check", "-q", "--format", "concise", "a.md"]);
    stdout(&output).replace("a.md:", "")
}

#[test]
fn a_finding_has_the_hint_that_a_colleague_would_give() {
    let file = article(1);
    let line_of = |key: &str| file.lines().position(|line| line.starts_with(key)).unwrap() + 1;
    let last_line = |content: &str| content.lines().count();
    // One finding each: what follows from it is not news.
    for (key, typed) in [("content_hash", "content-hash"), ("content_hash", "Content_Hash")] {
        let said = format!("`content_hash` is missing, but `{typed}` is here; did you mean `content_hash`?");
        let expected = format!("{}:1: error[hash-missing]: {said}\n", line_of("content_hash"));
        assert_eq!(findings(&changed(&format!("{key}: "), &format!("{typed}: "))), expected);
    }
    for (key, typed) in [("crawled_at", "crawledAt"), ("url", "URL"), ("title", "Title"), ("oid", "OID")] {
        let said = format!("`{key}` is absent, but `{typed}` is here; did you mean `{key}`?");
        let expected = format!("{}:1: error[missing-field]: {said}\n", line_of(key));
        assert_eq!(findings(&changed(&format!("\n{key}: "), &format!("\n{typed}: "))), expected);
    }
    // The line belongs to the value before it, whose own finding follows.
    for (key, typed) in [("aid", "aid :"), ("aid", "  aid:"), ("url", "url："), ("oid", "oid=")] {
        let said = format!("`{key}` is absent, but `{typed}` is here; did you mean `{key}`?");
        let found = findings(&changed(&format!("\n{key}: "), &format!("\n{typed} ")));
        assert!(found.contains(&format!("{}:1: error[missing-field]: {said}\n", line_of(key))), "{found}");
    }
    for typed in ["titel", "tilte", "tiitle"] {
        let said = format!("`title` is absent, but `{typed}` is here; did you mean `title`?");
        let expected = format!("{}:1: error[missing-field]: {said}\n", line_of("title"));
        assert_eq!(findings(&changed("\ntitle: ", &format!("\n{typed}: "))), expected);
    }
    for (key, rule) in [
        ("id", "missing-field"),
        ("title", "missing-field"),
        ("url", "missing-field"),
        ("oid", "missing-field"),
        ("aid", "missing-field"),
        ("content_hash", "hash-missing"),
        ("publisher", "invalid-field"),
    ] {
        let expected =
            format!("{}:1: error[{rule}]: a space is missing after `{key}:`\n", line_of(&format!("{key}:")));
        assert_eq!(findings(&changed(&format!("\n{key}: "), &format!("\n{key}:"))), expected);
    }
    let opened =
        "1:1: error[no-front-matter]: the first line is not `---` but `--- `, with white space after it\n";
    assert_eq!(findings(&changed("---\n", "--- \n")), opened);
    let closed = findings(&changed("\n---\n\n#", "\n---\t\n\n#"));
    let end = file.lines().skip(1).position(|line| line == "---").unwrap() + 2;
    let said = "no line `---` closes the front matter, but `---\\t` is here, with white space after `---`";
    assert_eq!(closed, format!("{end}:1: error[unclosed-front-matter]: {said}\n"));
    // Whatever comes after it, if no line is `---`.
    let said = "no line `---` closes the front matter, but `--- ` is here, with white space after `---`";
    assert_eq!(findings("---\nid: 1\n--- \ntext\n"), format!("3:1: error[unclosed-front-matter]: {said}\n"));
    // Cut off in the front matter, in the text, in the footer, and within a character.
    let cut = |end: &str| &file[..file.find(end).unwrap()];
    let in_block = cut("oid: ");
    let said = "no line `---` closes the front matter; the file ends here, and looks cut off";
    let found = findings(in_block);
    assert!(
        found.starts_with(&format!("{}:", last_line(in_block))) && found.ends_with(&format!("{said}\n")),
        "{found}"
    );
    let in_text = cut("\n---\n\n*Crawled");
    let found = findings(in_text);
    assert!(found.starts_with(&format!("{}:", last_line(in_text.trim_end()))), "{found}");
    assert!(found.contains("error[no-content]") && found.contains("looks cut off"), "{found}");
    let in_footer = findings(cut("*Source: "));
    assert!(in_footer.contains("the footer links no source; the file looks cut off after it"), "{in_footer}");
}

#[test]
fn what_follows_from_another_finding_is_not_reported() {
    let untitled = article(1).replace("title: \"제목\"", "title: \"\"").replace("# 제목", "#");
    assert!(untitled != article(1));
    let found = findings(&untitled);
    assert_eq!(
        (found.lines().count(), found.contains("error[missing-field]: `title` is empty")),
        (1, true),
        "{found}"
    );
    // A rejected file is not a duplicate too.
    let folder = Folder::new("contact-follows");
    folder.put("a.md", article(1)).put("b.md", article(1).replacen("url: ", "uri: ", 1));
    let output = folder.ingest(&["check", "-q", "--format", "concise", "."]);
    assert!(stdout(&output).contains("./b.md:2:1: error[missing-field]"), "{}", stdout(&output));
    assert!(!stdout(&output).contains("duplicate"), "{}", stdout(&output));
}

#[test]
fn a_mismatch_is_placed_and_its_digests_are_short_for_people_and_whole_for_programs() {
    let folder = Folder::new("contact-mismatch");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/reject/hash-mismatch.no-break-space.md");
    let whole = "c2357f31259a266755b4938c283fd37cebec967558322c6933921282d04400de";
    let text = folder.ingest(&["check", path]);
    assert!(stdout(&text).contains("the text's SHA-256 is c2357f31259a… ("), "{}", stdout(&text));
    assert!(stdout(&text).contains("they first differ at 25:2: U+00A0 here, U+0020 where it was hashed"));
    assert!(!stdout(&text).contains(whole));
    assert!(stdout(&folder.ingest(&["check", "--format", "json", path])).contains(whole));
    let carets = stdout(&text).lines().find(|line| line.contains('^')).unwrap();
    assert!(carets.matches('^').count() > 50, "{carets}");
    let last = stderr(&text).lines().last().unwrap();
    assert_eq!(last, format!("ingest: `ingest explain {path}` shows why"));
    assert_eq!(stderr(&folder.ingest(&["check", "-q", path])), "");
}

#[test]
fn an_explanation_begins_with_the_verdict_and_its_reason() {
    let folder = Folder::new("contact-explain");
    folder.put("bad.md", rejected(1)).put("good.md", article(2));
    let explained = |name: &str| stdout(&folder.ingest(&["explain", name])).to_owned();
    let bad = explained("bad.md");
    assert!(bad.starts_with("bad.md: rejected for hash-missing, "), "{bad}");
    assert!(bad.lines().nth(2).unwrap().starts_with("Why: "), "{bad}");
    assert!(bad.lines().nth(3).unwrap().contains("error[hash-missing]"), "{bad}");
    let good = explained("good.md");
    assert!(good.starts_with("good.md: accepted: the text has the stated hash, "), "{good}");
    // The byline of a good file is no YAML: where that is said at all, nothing comes after it.
    if let Some((_, after)) = good.split_once("YAML refuses") {
        assert_eq!(after.trim_end().lines().count(), 2, "{good}");
    }
}

#[test]
fn both_commands_have_the_same_options_for_totals() {
    let folder = Folder::new("contact-totals");
    folder.put("in/a.md", rejected(1)).put("in/b.md", rejected(2)).put("in/c.md", article(3));
    for command in [&["check"][..], &[]] {
        let run = |arguments: &[&str]| folder.ingest(&[command, arguments, &["in"]].concat());
        let output = run(&[
            "--max-findings",
            "1",
            "--statistics",
            "--rejects",
            "r.jsonl",
            "--summary",
            "t.json",
            "--format",
            "concise",
        ]);
        let said = stderr(&output);
        assert!(said.contains("1 more findings not shown; see --max-findings"), "{command:?}: {said}");
        assert!(said.contains("        2  error    hash-missing"), "{command:?}: {said}");
        assert_eq!(
            (folder.read("r.jsonl").lines().count(), output.status.code()),
            (2, Some(1)),
            "{command:?}"
        );
        assert!(folder.read("r.jsonl").contains("\"sha256\":\""), "{}", folder.read("r.jsonl"));
        assert!(folder.read("t.json").starts_with("{\"version\""), "{}", folder.read("t.json"));
        run(&["--summary", "t.md"]);
        assert!(folder.read("t.md").starts_with("## ingest: 2 files rejected\n"), "{}", folder.read("t.md"));
    }
}

#[test]
fn what_is_rejected_anew_is_named_beside_a_baseline() {
    let folder = Folder::new("contact-anew");
    folder.put("in/a.md", rejected(1)).put("in/c.md", article(3));
    folder.ingest(&["check", "--write-baseline", "known.jsonl", "in"]);
    folder.put("in/b.md", rejected(2));
    let output = folder.ingest(&["check", "--baseline", "known.jsonl", "--max-rejected", "1", "in"]);
    assert_eq!(output.status.code(), Some(0));
    let anew: Vec<&str> = stderr(&output).lines().filter(|line| line.contains("anew")).collect();
    assert_eq!(anew, ["ingest: rejected anew: in/b.md"]);
}

#[test]
fn completions_offer_rules_keys_and_formats() {
    let folder = Folder::new("contact-completions");
    for shell in ["bash", "zsh", "fish"] {
        let script = stdout(&folder.ingest(&["completions", shell])).to_owned();
        for name in ["hash-mismatch", "comment_count", "parquet", "sarif"] {
            assert!(script.contains(name), "{shell}: {name}");
        }
    }
    let zsh = stdout(&folder.ingest(&["completions", "zsh"])).to_owned();
    let targets = zsh.lines().find(|line| line.contains("::targets")).unwrap();
    assert!(targets.contains("hash-mismatch") && targets.contains("_files"), "{targets}");
}

/// Colours are the sixteen that a terminal has by its theme, so that they are readable on dark and on light.
#[test]
fn colours_are_those_of_the_terminal_and_follow_the_environment() {
    let folder = Folder::new("contact-colours");
    folder.put("a.md", rejected(1));
    let run = |arguments: &[&str], set: &[(&str, &str)]| {
        let mut command = folder.command(arguments);
        command.env_remove("FORCE_COLOR").env_remove("CLICOLOR_FORCE");
        command.envs(set.iter().copied()).output().unwrap()
    };
    for arguments in [&["check", "a.md"][..], &["explain", "a.md"]] {
        let coloured = stdout(&run(arguments, &[("FORCE_COLOR", "1")])).to_owned();
        let codes: Vec<&str> =
            coloured.split("\x1b[").skip(1).map(|rest| rest.split('m').next().unwrap()).collect();
        assert!(!codes.is_empty(), "{coloured}");
        assert!(codes.iter().all(|code| !code.contains("38;") && !code.contains("48;")), "{codes:?}");
        for set in [&[][..], &[("FORCE_COLOR", "0")], &[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]] {
            assert!(!stdout(&run(arguments, set)).contains('\x1b'), "{set:?}");
        }
    }
    let usage = run(&["check", "--feilds"], &[("FORCE_COLOR", "1")]);
    let missing = run(&["gone"], &[("FORCE_COLOR", "1")]);
    let prefix = |output: &Output| stderr(output).split(':').next().unwrap().to_owned();
    assert_eq!(prefix(&usage), "\x1b[1m\x1b[31merror");
    assert_eq!(prefix(&missing), prefix(&usage));
}

#[test]
fn what_is_skipped_is_shown_with_the_reason() {
    let folder = Folder::new("contact-skipped");
    folder.put("in/a.md", article(1)).put("in/.b.md", article(2)).put("in/c.html", article(3));
    folder.put("in/drafts/d.md", article(4)).put("in/e.md", article(1));
    folder.put(
        "in/f.tar",
        tar(&files(&[("g.md", article(5)), ("h.html", article(6)), (".i/j.md", article(7))])),
    );
    symlink("a.md", folder.0.join("in/link.md")).unwrap();
    let expected = "\
in/.b.md: skipped: hidden
in/drafts: skipped: `--exclude` matches it
in/link.md: skipped: a symbolic link, and `--follow` is not given
in/c.html: skipped: its name is not one of `--include`
in/f.tar/.i/j.md: skipped: hidden
in/f.tar/h.html: skipped: its name is not one of `--include`
";
    let skipped = |output: &Output| -> Vec<String> {
        let mut lines: Vec<String> = stderr(output).lines().map(str::to_owned).collect();
        lines.retain(|line| line.contains(": skipped: "));
        lines.sort();
        lines
    };
    let mut sorted: Vec<&str> = expected.lines().collect();
    sorted.sort_unstable();
    for arguments in [&["check"][..], &["--dedup", "id"], &["--dedup", "id", "--keep", "latest"]] {
        let output = folder.ingest(&[arguments, &["-v", "--exclude", "drafts", "in"]].concat());
        assert_eq!(skipped(&output), sorted, "{arguments:?}");
        let left_out = stderr(&output).contains("in/e.md: left out: ")
            || stderr(&output).contains("in/a.md: left out: ");
        assert_eq!(left_out, arguments.len() > 1, "{}", stderr(&output));
        let quiet = folder.ingest(&[arguments, &["--exclude", "drafts", "in"]].concat());
        assert!(skipped(&quiet).is_empty(), "{arguments:?}");
    }
}
