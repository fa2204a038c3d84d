//! `ingest.toml`: where it is found, what it sets, and what it may not say.

use std::fs;
use std::os::unix::fs::{chown, symlink};
use std::process::Command;

use crate::support::crawl_file::{article, doubtful, rejected};
use crate::support::folder::{Folder, stderr, stdout};

/// An article without a hash, and one whose heading is not its title, in each of two years.
fn two_years(name: &str) -> Folder {
    let folder = Folder::new(name);
    for (number, year) in ["2018", "2019"].iter().enumerate() {
        folder.put(&format!("{year}/05/unhashed.md"), rejected(number * 2));
        folder.put(&format!("{year}/doubtful.md"), doubtful(number * 2 + 1));
    }
    folder
}

/// What `check` says: the year, the level and the rule of each finding.
#[track_caller]
fn told(folder: &Folder, inside: &str, arguments: &[&str]) -> Vec<String> {
    let mut command = folder.command(&["check", "-q", "--format", "jsonl"]);
    let output = command.args(arguments).current_dir(folder.0.join(inside)).output().unwrap();
    assert_eq!(stderr(&output), "");
    let year = |path: &str| path.split('/').find(|part| part.starts_with("20")).unwrap_or("here").to_owned();
    stdout(&output)
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|it| {
            let text = |key: &str| it[key].as_str().unwrap().to_owned();
            format!("{} {}[{}]", year(&text("path")), text("level"), text("rule"))
        })
        .collect()
}

const WITHOUT: [&str; 4] = [
    "2018 error[hash-missing]",
    "2018 warning[heading-differs]",
    "2019 error[hash-missing]",
    "2019 warning[heading-differs]",
];

#[test]
fn levels_are_set_for_all_files() {
    let folder = two_years("config-levels");
    assert_eq!(told(&folder, "", &["."]), WITHOUT);
    folder.put("ingest.toml", "warn = [\"hash-missing\"]\nallow = [\"heading-differs\"]\n");
    assert_eq!(told(&folder, "", &["."]), ["2018 warning[hash-missing]", "2019 warning[hash-missing]"]);
    folder.put("ingest.toml", "deny = [\"warnings\"]\nallow = [\"hash-missing\"]\n");
    assert_eq!(told(&folder, "", &["."]), ["2018 error[heading-differs]", "2019 error[heading-differs]"]);
    let bare = folder.ingest(&["-q", "."]);
    assert_eq!(bare.status.code(), Some(1), "the bare command reads it too");
    assert_eq!(stdout(&bare).lines().count(), 2);
}

#[test]
fn it_is_looked_up_from_the_working_folder_upwards() {
    let folder = two_years("config-upwards");
    folder.put("ingest.toml", "allow = [\"hash-missing\"]\n");
    folder.put("elsewhere/other.toml", "allow = [\"heading-differs\"]\n");
    assert_eq!(told(&folder, "2018/05", &["."]), [""; 0]);
    assert_eq!(told(&folder, "2018/05", &["--isolated", "."]), ["here error[hash-missing]"]);
    assert_eq!(told(&folder, "", &["--isolated", "."]), WITHOUT);
    folder.put("2018/ingest.toml", "");
    assert_eq!(
        told(&folder, "2018/05", &["."]),
        ["here error[hash-missing]"],
        "the nearest one counts alone"
    );
    let other = told(&folder, "", &["--config", "elsewhere/other.toml", "."]);
    assert_eq!(other, ["2018 error[hash-missing]", "2019 error[hash-missing]"]);
    folder.put("2018/other.toml", "[[override]]\npaths = [\"05\"]\nallow = [\"hash-missing\"]\n");
    let below = told(&folder, "2019", &["--config", "../2018/other.toml", ".."]);
    assert_eq!(below, WITHOUT[1..], "globs count from where the configuration is");
    let both = folder.ingest(&["check", "--isolated", "--config", "elsewhere/other.toml", "."]);
    assert_eq!(both.status.code(), Some(2));
}

#[test]
fn the_command_line_wins_over_the_file() {
    let folder = two_years("config-wins");
    folder.put(
        "ingest.toml",
        "deny = [\"warnings\"]\nallow = [\"hash-missing\"]\nmax-file-size = 10\n\
         [[override]]\npaths = [\"2018\"]\nallow = [\"heading-differs\"]\n",
    );
    let too_large = |year: &str| format!("{year} error[too-large]");
    let all = ["2018", "2018", "2019", "2019"].map(too_large);
    assert_eq!(told(&folder, "", &["."]), all);
    assert_eq!(told(&folder, "", &["--max-file-size", "1M", "."]), ["2019 error[heading-differs]"]);
    let typed = ["--max-file-size", "1M", "-W", "heading-differs", "-W", "hash-missing", "."];
    assert_eq!(told(&folder, "", &typed), WITHOUT.map(|told| told.replace("error", "warning")));
}

/// Under one `[[override]]` for `glob` that allows everything, only these years are told, from this folder.
#[track_caller]
fn overrides(glob: &str, inside: &str, path: &str, years: &[&str]) {
    let folder =
        two_years(&format!("config-override-{}", glob.len() * 1000 + inside.len() * 100 + path.len()));
    let allow = "allow = [\"hash-missing\", \"heading-differs\"]";
    folder.put("ingest.toml", format!("[[override]]\npaths = [\"{glob}\"]\n{allow}\n"));
    let mut told: Vec<String> = told(&folder, inside, &[path]);
    told.iter_mut().for_each(|line| line.truncate(4));
    told.dedup();
    assert_eq!(told, years, "{glob} from {inside}");
}

#[test]
fn a_folder_has_levels_of_its_own() {
    overrides("2018/**", "", ".", &["2019"]);
    overrides("2018", "", ".", &["2019"]);
    overrides("./2018/", "", ".", &["2019"]);
    overrides("201[89]/**", "", ".", &[]);
    overrides("**/05", "", ".", &["2018", "2019"]);
    overrides("*", "", ".", &[]);
    overrides("*.md", "", ".", &["2018", "2019"]);
    overrides("**/*.md", "", ".", &[]);
    // Globs count from the configuration, wherever the paths count from.
    overrides("2018/**", "2019/05", "../..", &["2019"]);
    overrides("2018/**", "2019", "../2018/../2018/05/..", &[]);
    overrides("2018/**", "", "./2018/.././2018", &[]);
    overrides("05/**", "2018", ".", &["here"]);
}

#[test]
fn later_overrides_win_and_the_ledger_heeds_them() {
    let folder = two_years("config-overrides");
    folder.put(
        "ingest.toml",
        "[[override]]\npaths = [\"2018\"]\nwarn = [\"hash-missing\"]\nallow = [\"duplicate\"]\n\
         [[override]]\npaths = [\"2018/05\"]\ndeny = [\"warnings\"]\n",
    );
    let twice = told(&folder, "", &[".", "2018/doubtful.md", "2019/doubtful.md"]);
    let expected =
        [&WITHOUT[..], &["2018 warning[heading-differs]"], &["2019 warning[duplicate]"], &[WITHOUT[3]]];
    assert_eq!(twice, expected.concat());
}

/// This configuration is refused, with this message; a list of the right names may follow it.
#[track_caller]
fn refused(configuration: &str, said: &str) {
    let folder = Folder::new(&format!("config-refused-{}", configuration.len()));
    folder.put("a.md", article(0)).put("x.toml", configuration);
    let output = folder.ingest(&["check", "--config", "x.toml", "a.md"]);
    let first = stderr(&output).lines().next();
    assert_eq!(first, Some(&*format!("error: x.toml:{said}")), "{configuration}");
    assert_eq!(output.status.code(), Some(2), "{configuration}");
}

#[test]
fn what_it_may_not_say_is_refused_with_its_place_and_the_nearest_right_name() {
    refused("deyn = []", "1:1: no key is called `deyn`; did you mean `deny`?");
    refused("max_file_size = 1", "1:1: no key is called `max_file_size`; did you mean `max-file-size`?");
    refused("overrides = []", "1:1: no key is called `overrides`; did you mean `override`?");
    refused(
        "\nwarn = [\"duplicate\", \"hash-mismach\"]",
        "2:22: no rule is called `hash-mismach`; did you mean `hash-mismatch`?",
    );
    refused("deny = [\"warning\"]", "1:9: no rule is called `warning`; did you mean `warnings`?");
    refused(
        "allow = [\"hash-missing\\u001b\\n::\"]",
        "1:10: no rule is called `hash-missing\\x1b\\n:\\x3a`; did you mean `hash-missing`?",
    );
    refused(
        "allow = [\"not-utf8\"]",
        "1:10: `not-utf8` is always an error: a file that breaks it has no record to give",
    );
    refused("deny = [\"duplicate\"]\nwarn = [\"duplicate\"]", "2:9: `duplicate` stands here a second time");
    refused("max-file-size = \"much\"", "1:17: not a number of bytes, such as 500000, 64K or 16M");
    refused(
        "threads = -1",
        "1:11: not a number of threads from 1 to 1024, or 0 for as many as the machine suggests",
    );
    refused("deny = \"duplicate\"", "1:8: not a list of strings");
    refused("deny = [1]", "1:9: not a list of strings");
    refused("[override]\npaths = []", "1:1: not a list of tables: `[[override]]`");
    refused("[[override]]\ndeny = []", "1:1: `paths` is missing");
    refused("[[override]]\npath = []", "2:1: no key is called `path`; did you mean `paths`?");
    refused("[[override]]\npaths=[]\nthreads=1", "3:1: no key is called `threads`");
    refused(
        "[[override]]\npaths = [\"x\"]\nallow = [\"internal\"]",
        "3:10: `internal` is always an error: a file that breaks it has no record to give",
    );
}

#[test]
fn a_file_that_is_no_toml_or_not_there_is_refused() {
    let folder = Folder::new("config-unreadable");
    folder.put("a.md", article(0)).put("ingest.toml", "deny = [");
    let output = folder.ingest(&["check", "a.md"]);
    assert!(stderr(&output).contains("/ingest.toml:1:"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(2));
    let output = folder.ingest(&["check", "--config", "gone.toml", "a.md"]);
    assert_eq!(stderr(&output), "error: gone.toml: No such file or directory (os error 2)\n");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(folder.ingest(&["check", "--isolated", "a.md"]).status.code(), Some(0));
}

/// The line of totals that a run says.
fn summary(folder: &Folder, arguments: &[&str]) -> String {
    let output = folder.ingest(arguments);
    stderr(&output).lines().rfind(|line| line.contains(" rejected, ")).unwrap_or_default().to_owned()
}

#[test]
fn one_that_was_found_is_named_after_the_totals() {
    let folder = two_years("config-named");
    let unnamed = summary(&folder, &["check", "."]);
    assert!(unnamed.ends_with(" s)"), "{unnamed}");
    folder.put("ingest.toml", "allow = [\"hash-missing\"]\n");
    let path = fs::canonicalize(&folder.0).unwrap().join("ingest.toml");
    let named = format!(" s); configured by `{}`", path.display());
    for arguments in [&["check", "."][..], &["."], &["report", "-o", "page.html", "."]] {
        let said = summary(&folder, arguments);
        assert!(said.starts_with("4 articles, 0 rejected, ") && said.ends_with(&named), "{said}");
    }
    assert!(summary(&folder, &["check", "--isolated", "."]).ends_with(" s)"));
    let typed = summary(&folder, &["check", "--config", "ingest.toml", "."]);
    assert!(typed.ends_with(" s)"), "whoever names it knows it: {typed}");
    folder.ingest(&["check", "-q", "--summary-file", "totals.md", "."]);
    assert!(folder.read("totals.md").contains(&named), "{}", folder.read("totals.md"));
}

#[test]
fn the_folder_of_one_that_was_found_writes_no_markdown_and_no_line() {
    let folder = Folder::new("config-hostile");
    let inside = "x`<img src=y>\n## z";
    folder.put(&format!("{inside}/ingest.toml"), "").put(&format!("{inside}/a.md"), article(0));
    let arguments = ["check", "-q", "--summary-file", "totals.md", "a.md"];
    let output = folder.command(&arguments).current_dir(folder.0.join(inside)).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let totals = folder.read(&format!("{inside}/totals.md"));
    let (_, code) = totals.trim_end().split_once("; configured by ").unwrap();
    assert!(code.starts_with("`` /") && code.ends_with("/x`<img src=y>\\n#\\x23 z/ingest.toml ``"), "{code}");
}

#[test]
fn one_that_another_user_owns_is_refused_unless_it_is_named() {
    const OTHER: u32 = 12_345;
    let folder = two_years("config-owner");
    folder.put("ingest.toml", "allow = [\"hash-missing\"]\n");
    // Only root can give a file away.
    let Ok(()) = chown(folder.0.join("ingest.toml"), Some(OTHER), None) else { return };
    for arguments in [&["check", "."][..], &["."], &["explain", "2018/doubtful.md"]] {
        let output = folder.ingest(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = "/ingest.toml: it belongs to another user (uid 12345); \
                    `--config FILE` takes it, `--isolated` takes none\n";
        assert!(stderr(&output).ends_with(said), "{}", stderr(&output));
        assert_eq!(stdout(&output), "");
    }
    assert_eq!(told(&folder, "", &["--config", "ingest.toml", "."]).len(), 2);
    assert_eq!(told(&folder, "", &["--isolated", "."]), WITHOUT);
    // A link of one's own to what another owns is no better.
    folder.put("elsewhere/other.toml", "");
    chown(folder.0.join("elsewhere/other.toml"), Some(OTHER), None).unwrap();
    symlink("other.toml", folder.0.join("elsewhere/ingest.toml")).unwrap();
    let output = folder.command(&["check", "."]).current_dir(folder.0.join("elsewhere")).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_pipe_of_its_name_is_refused_and_not_waited_for() {
    let folder = two_years("config-pipe");
    let made = Command::new("mkfifo").arg(folder.0.join("ingest.toml")).status().unwrap();
    assert!(made.success());
    let output = folder.ingest(&["check", "."]);
    assert!(stderr(&output).ends_with("/ingest.toml: not a regular file\n"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(2));
}
