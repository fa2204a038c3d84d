//! What the command line says of itself: help, completions and man pages.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn ingest(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ingest")).args(arguments).output().expect("ingest starts")
}

#[track_caller]
fn printed(arguments: &[&str]) -> String {
    let output = ingest(arguments);
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn help(command: &str) -> String {
    if command.is_empty() { printed(&["--help"]) } else { printed(&[command, "--help"]) }
}

/// The bare command and those that its help lists.
pub(super) fn commands() -> Vec<String> {
    let help = help("");
    let list = help.split_once("\nCommands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    let names = list.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let mut commands = vec![String::new()];
    commands.extend(names.filter(|name| !name.is_empty()).map(str::to_owned));
    assert!(commands.len() >= 6, "{commands:?}");
    commands
}

/// `--threads`, `-j` and their like, as the help of `command` lists them.
pub(super) fn flags(command: &str) -> BTreeSet<String> {
    let help = help(command);
    let lines = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let words = lines.flat_map(|line| line.split(' ').take(2));
    let flags = words.map(|word| word.trim_end_matches([',', '.'])).filter(|word| word.starts_with('-'));
    flags.map(str::to_owned).filter(|flag| flag.len() > 1).collect()
}

#[test]
fn the_help_fits_80_columns_and_shows_examples() {
    for command in commands() {
        let help = help(&command);
        let too_wide: Vec<&str> = help.lines().filter(|line| line.chars().count() > 80).collect();
        assert_eq!(too_wide, [""; 0], "{command}");
        let example =
            if command.is_empty() { "\n  ingest ".to_owned() } else { format!("\n  ingest {command}") };
        let examples = help.split_once("\nExamples:").map_or("", |(_, examples)| examples);
        assert!(examples.contains(&example), "{help}");
    }
}

#[test]
fn bash_reads_its_completions_and_finds_every_flag_there() {
    let script = printed(&["completions", "bash"]);
    let mut bash =
        Command::new("bash").arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    bash.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = bash.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    for command in commands() {
        let case =
            if command.is_empty() { "ingest)".to_owned() } else { format!("ingest__subcmd__{command})") };
        let case = script.split_once(&format!("\n        {case}\n")).expect("a case for each command").1;
        let words: Vec<&str> =
            case.split_once("opts=\"").unwrap().1.split('"').next().unwrap().split(' ').collect();
        for flag in flags(&command) {
            assert!(words.contains(&flag.as_str()), "{command} {flag}: {words:?}");
        }
    }
}

#[test]
fn other_shells_have_completions_too() {
    for shell in ["zsh", "fish", "elvish", "powershell"] {
        let script = printed(&["completions", shell]);
        assert!(script.contains("max-file-size") && script.contains("explain"), "{shell}");
    }
    assert_eq!(ingest(&["completions", "cmd"]).status.code(), Some(2));
}

#[track_caller]
fn has_sections(page: &str, sections: &[&str]) {
    for section in sections {
        assert_eq!(
            page.lines().filter(|line| *line == format!(".SH {section}")).count(),
            1,
            "{section}: {page}"
        );
    }
}

#[test]
fn every_man_page_has_its_sections_and_flags() {
    for command in commands() {
        let page = if command.is_empty() { printed(&["man"]) } else { printed(&["man", &command]) };
        has_sections(
            &page,
            &["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "ENVIRONMENT", "FILES"],
        );
        let title = if command.is_empty() { "ingest".to_owned() } else { format!("ingest\\-{command}") };
        assert!(page.contains(&format!("\n.SH NAME\n{title} \\- ")), "{page}");
        for flag in flags(&command) {
            assert!(page.contains(&flag.replace('-', "\\-")), "{command} {flag}: {page}");
        }
    }
    has_sections(&printed(&["man"]), &["SUBCOMMANDS", "\"EXIT STATUS\""]);
    has_sections(&printed(&["man", "check"]), &["\"EXIT STATUS\""]);
    has_sections(&printed(&["man", "explain"]), &["\"EXIT STATUS\""]);
    assert_eq!(ingest(&["man", "no-such-command"]).status.code(), Some(2));
}

/// What others paste or fetch: the hook of pre-commit and the action of GitHub.
#[test]
fn the_flags_that_ready_made_files_use_are_there() {
    let flags = flags("check");
    for (file, least) in [(".pre-commit-hooks.yaml", 1), ("action.yml", 2)] {
        let text = std::fs::read_to_string(file).unwrap();
        let commands = text.split("ingest check ").chain(text.split("/bin/ingest\" check ")).skip(1);
        let lines = commands.filter_map(|command| command.lines().next());
        let used: Vec<&str> =
            lines.flat_map(|line| line.split(' ')).filter(|word| word.starts_with("--")).collect();
        assert!(used.len() >= least, "{file}: {used:?}");
        for flag in used {
            assert!(flags.contains(flag), "{file}: {flag}");
        }
    }
}
