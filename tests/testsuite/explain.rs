//! `explain`: pages of files, what machines get of them, and the texts of the rules.

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use news_ingest::crawl;
use news_ingest::crawl::Scratch;
use news_ingest::explain;
use news_ingest::explain::Explanation;
use news_ingest::findings::docs;
use news_ingest::findings::rule::{Level, Levels, Rule};
use serde_json::Value;

use crate::expect::OF_THE_ARCHIVE;
use crate::support::crawl_file::{CrawlFile, sha256};

fn ingest(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ingest"));
    command.args(arguments).env_remove("NO_COLOR").output().expect("ingest starts")
}

fn stdout(output: Output) -> String {
    String::from_utf8(output.stdout).expect("the page is UTF-8")
}

fn explained(page: &CrawlFile) -> Explanation {
    Explanation::new("page.md", page.to_string().as_bytes(), &Levels::default())
}

#[track_caller]
fn is_page(name: &str, code: i32) {
    let output = ingest(&["explain", &format!("fixtures/reject/{name}.md")]);
    assert_eq!(output.status.code(), Some(code));
    assert_eq!(stdout(output), fs::read_to_string(format!("fixtures/explain/{name}.txt")).unwrap());
}

#[test]
fn a_page_is_what_was_typed_by_hand() {
    is_page("hash-mismatch.no-break-space", 1);
    is_page("yaml-differs.anchor", 0);
}

/// Where the text and what was hashed first differ: line, column, and the two characters.
#[track_caller]
fn first_difference(name: &str) -> (usize, usize, String, String) {
    let source = fs::read(format!("fixtures/reject/hash-mismatch.{name}.md")).unwrap();
    let explanation = Explanation::new(name, &source, &Levels::default());
    let near = explanation.hash.unwrap().near_match.expect("a change is known that matches");
    (near.line, near.column, near.text.unwrap_or_default(), near.hashed.unwrap_or_default())
}

#[test]
fn the_first_difference_is_named() {
    let is = |line, column, text: &str, hashed: &str| (line, column, text.to_owned(), hashed.to_owned());
    assert_eq!(first_difference("nfc"), is(25, 1, "U+1112", "U+D55C"));
    assert_eq!(first_difference("no-break-space"), is(25, 2, "U+00A0", "U+0020"));
    assert_eq!(first_difference("all-entities"), is(25, 2, "U+0026", "U+00B7"));
    assert_eq!(first_difference("decoded-twice"), is(25, 1, "U+0026", "U+003C"));
    assert_eq!(first_difference("white-space"), is(25, 2, "U+000A", "U+0020"));
    assert_eq!(first_difference("newline"), is(25, 11, "", "U+000A"));
    assert_eq!(first_difference("title"), is(25, 1, "U+BCF8", "U+B098"));
}

/// Entities and CR LF before the place make it stand further on in the file than in the text.
#[test]
fn the_first_difference_is_placed_in_the_file() {
    let content = "A &lt; B\r\n\r\n&quot;한\u{a0}칸&quot;";
    let page = CrawlFile { hash: sha256("A < B\n\n\"한 칸\""), ..CrawlFile::with_text(content) };
    let near = explained(&page).hash.unwrap().near_match.expect("a change is known that matches");
    assert_eq!((near.line, near.column), (27, 8));
    assert_eq!(near.reading, "up to the footer, decoded, CR LF as LF");
}

#[test]
fn the_reading_that_matches_is_ticked() {
    let page = CrawlFile { hash: sha256("&lt; steht so da"), ..CrawlFile::with_text("&lt; steht so da") };
    let hash = explained(&page).hash.unwrap();
    let trials: Vec<_> = hash.trials.iter().map(|trial| (trial.matches, trial.sha256.clone())).collect();
    assert_eq!(trials, [(false, sha256("< steht so da")), (true, sha256("&lt; steht so da"))]);
}

#[test]
fn first_and_last_lines_have_their_numbers_in_the_file() {
    let text = explained(&CrawlFile::with_text("하나\n\n둘\n\n셋\n\n넷\n\n다섯")).text.unwrap();
    let lines = |lines: &[news_ingest::explain::TextLine]| -> Vec<(usize, String)> {
        lines.iter().map(|line| (line.line, line.text.clone())).collect()
    };
    assert_eq!(lines(&text.begins), [(25, "하나".to_owned()), (27, "둘".to_owned())]);
    assert_eq!(lines(&text.ends), [(31, "넷".to_owned()), (33, "다섯".to_owned())]);
    assert_eq!((text.first_line, text.last_line, text.characters), (25, 33, 15));
}

/// Whole or cut anywhere, a file is explained as it is read.
#[test]
fn an_explanation_says_of_every_file_what_reading_says() {
    let levels = Levels::default();
    for folder in ["fixtures/accept", "fixtures/reject"] {
        for file in fs::read_dir(folder).unwrap() {
            let source = fs::read(file.unwrap().path()).unwrap();
            let step = 1 + source.len() / 40;
            for source in (0..=source.len()).rev().step_by(step).map(|end| &source[..end]) {
                let explanation = Explanation::new("a.md", source, &levels);
                let mut scratch = Scratch::default();
                let outcome = crawl::read(source, &levels, &mut scratch);
                assert_eq!(explanation.accepted, outcome.article.is_some());
                assert_eq!(explanation.findings, outcome.findings);
                let read = outcome.article.map(|article| (article.title.into_owned(), article.verified));
                let entries = explanation.front_matter.iter().flat_map(|front_matter| &front_matter.entries);
                let title =
                    entries.filter(|entry| entry.key == "title").find_map(|entry| entry.value.clone());
                let told = title.zip(explanation.text.as_ref().map(|text| text.verified));
                assert!(read.is_none() || read == told, "{read:?} {told:?}");
                let mut page = Vec::new();
                explain::text::write(&explanation, &mut page).unwrap();
                assert!(page.starts_with(b"\x1b[1ma.md"));
            }
        }
    }
}

#[track_caller]
fn exits(arguments: &[&str], code: i32) {
    let output = ingest(&[&["explain"], arguments].concat());
    assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_exit_status_says_whether_every_file_would_be_accepted() {
    exits(&["fixtures/accept/escaped.md", "hash-mismatch"], 0);
    exits(&["fixtures/accept/escaped.md", "fixtures/reject/hash-mismatch.md"], 1);
    exits(&["-W", "hash-mismatch", "fixtures/reject/hash-mismatch.md"], 0);
    exits(&["-D", "not-yaml", "fixtures/accept/escaped.md"], 1);
    exits(&["--max-file-size", "100", "fixtures/accept/escaped.md"], 1);
    exits(&["no-such-rule"], 2);
    exits(&["no/such/file.md"], 2);
    exits(&["fixtures"], 2);
    exits(&[], 2);
}

#[test]
fn the_configuration_counts_as_it_does_for_check() {
    let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/explain-configured");
    let (file, config) = (format!("{folder}/2018/article.md"), format!("{folder}/ingest.toml"));
    fs::create_dir_all(format!("{folder}/2018")).unwrap();
    fs::copy("fixtures/reject/hash-mismatch.md", &file).unwrap();
    fs::write(&config, "[[override]]\npaths = [\"2018/**\"]\nwarn = [\"hash-mismatch\"]\n").unwrap();
    exits(&["--config", &config, &file], 0);
    exits(&["--isolated", &file], 1);
}

#[test]
fn stdin_is_a_file_too() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ingest"));
    command.args(["explain", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(CrawlFile::with_text("본문").to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(output).starts_with("-: accepted: "));
}

/// Whatever strangers wrote, a page has its own lines only, and JSON is JSON.
#[test]
fn hostile_text_forges_nothing() {
    let evil = "\u{1b}[2J\u{202e}::error::x ##[error]\u{85}\u{2028}<script>]]>%0A\"";
    let page =
        CrawlFile { publisher: evil.to_owned(), more: format!("{evil}: x\n"), ..CrawlFile::with_text(evil) };
    let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/explain-hostile");
    fs::create_dir_all(folder).unwrap();
    let path = format!("{folder}/::error::\u{1b}[31m\u{202e}.md");
    fs::write(&path, page.to_string()).unwrap();
    let text = stdout(ingest(&["explain", &path]));
    let json = stdout(ingest(&["explain", "--format", "json", &path]));
    for shown in [&text, &json] {
        let acts = |c: char| c != '\n' && (c.is_control() || ['\u{202e}', '\u{2028}'].contains(&c));
        assert!(!shown.contains(acts), "{shown}");
        assert!(!shown.contains("::") && !shown.contains("##"), "{shown}");
    }
    let parsed: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(parsed[0]["path"], path);
    let entries = parsed[0]["front_matter"]["entries"].as_array().unwrap();
    let publisher = entries.iter().find(|entry| entry["key"] == "publisher").unwrap();
    assert_eq!(publisher["template"].as_str().unwrap().lines().next(), evil.lines().next());
}

#[test]
fn colour_is_there_where_it_is_asked_for() {
    let page = |color| stdout(ingest(&["explain", "--color", color, "fixtures/accept/escaped.md"]));
    assert!(page("always").contains('\u{1b}'));
    assert!(!page("never").contains('\u{1b}'));
    assert!(!page("auto").contains('\u{1b}'), "a pipe is no terminal");
}

/// No bytes of one file can show these: they speak of the system, of a limit, of a bug or of other files.
const NOT_OF_ONE_FILE: [Rule; 5] =
    [Rule::Unreadable, Rule::TooLarge, Rule::Internal, Rule::IdConflict, Rule::Duplicate];

#[test]
fn every_rule_has_all_four_parts_in_80_columns() {
    for rule in Rule::ALL {
        let text = docs::RuleDoc::new(*rule);
        for part in [text.meaning, text.reason, text.example, text.remedy] {
            assert!(part.len() > 10 && !part.contains("\n# "), "{rule}: {part}");
        }
        for part in [text.meaning, text.reason, text.remedy] {
            let widest = part.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(widest <= 80, "{rule}: {part}");
        }
        let page = stdout(ingest(&["explain", rule.code()]));
        assert!(page.starts_with(&format!("{rule}: ")) && page.contains(text.remedy), "{page}");
    }
}

#[test]
fn the_example_of_a_rule_triggers_it_and_no_other() {
    let good = fs::read_to_string("fixtures/explain/good.md").unwrap();
    assert_eq!(found(good.as_bytes(), Rule::HashMismatch), []);
    for rule in Rule::ALL {
        let example = docs::RuleDoc::new(*rule).example;
        if NOT_OF_ONE_FILE.contains(rule) || OF_THE_ARCHIVE.contains(rule) {
            assert!(example.starts_with("```console\n"), "{rule}");
            continue;
        }
        let mut found = found(&changed(&good, example), *rule);
        found.dedup();
        assert_eq!(found, [*rule], "{example}");
    }
}

/// What is found at the default levels, `denied` being an error.
fn found(source: &[u8], denied: Rule) -> Vec<Rule> {
    let mut levels = Levels::default();
    levels.set(denied, Level::Error).unwrap();
    let mut scratch = Scratch::default();
    let outcome = crawl::read(source, &levels, &mut scratch);
    outcome.findings.iter().map(|finding| finding.rule).collect()
}

/// The file that an example shows: itself, or `good` with its lines changed.
fn changed(good: &str, example: &str) -> Vec<u8> {
    let example = example.strip_suffix("```").unwrap();
    if let Some(file) = example.strip_prefix("```file\n") {
        return unescaped(file.strip_suffix('\n').unwrap());
    }
    let diff = example.strip_prefix("```diff\n").expect("a file or a diff");
    let mut rest = good;
    let mut changed = String::new();
    for hunk in diff.split("@@\n") {
        let (mut before, mut after) = (String::new(), String::new());
        for line in hunk.lines() {
            let (mark, line) = line.split_at(line.len().min(1));
            if mark != "+" {
                before += &format!("{line}\n");
            }
            if mark != "-" {
                after += &format!("{line}\n");
            }
        }
        let (kept, behind) = rest.split_once(&before).unwrap_or_else(|| panic!("not in the file: {before}"));
        changed += &format!("{kept}{after}");
        rest = behind;
    }
    unescaped(&(changed + rest))
}

/// `\t`, `\r`, `\x1b` and `\u{feff}` for the bytes that they stand for.
fn unescaped(text: &str) -> Vec<u8> {
    let mut parts = text.split('\\');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        let (kind, rest) = part.split_at(1);
        let rest = match kind {
            "t" | "r" => {
                bytes.push(if kind == "t" { b'\t' } else { b'\r' });
                rest
            }
            "x" => {
                bytes.push(u8::from_str_radix(&rest[..2], 16).unwrap());
                &rest[2..]
            }
            "u" => {
                let (code, rest) = rest.strip_prefix('{').unwrap().split_once('}').unwrap();
                let c = char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap();
                bytes.extend(c.to_string().bytes());
                rest
            }
            _ => panic!("no such escape: {part}"),
        };
        bytes.extend(rest.bytes());
    }
    bytes
}
