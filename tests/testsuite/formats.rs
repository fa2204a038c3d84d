//! The formats of findings: every rule shows in each, what strangers wrote forges nothing, and real parsers read them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use news_ingest::findings::finding::Finding;
use news_ingest::findings::location::Location;
use news_ingest::findings::render;
use news_ingest::findings::render::FindingFormat;
use news_ingest::findings::rule::{Level, Rule};
use news_ingest::findings::snippet::Snippet;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::crawl_file::CrawlFile;
use crate::support::folder::{Folder, stderr, stdout};
use crate::support::parse;

const FORMATS: [&str; 9] =
    ["text", "concise", "json", "jsonl", "github", "sarif", "junit", "gitlab", "markdown"];

/// What acts on terminals, logs, XML, HTML, JSON, and the commands of CI systems.
const HOSTILE: &str = "\x1b[31m::error::x %0A,]]>\"<script>&'##[x]\u{202e}";

/// A file whose name, title and date are hostile, a good one, and one without a hash.
fn hostile(name: &str) -> Folder {
    let folder = Folder::new(name);
    let crawl_file = CrawlFile { published_at: HOSTILE.into(), ..CrawlFile::with_text("본문이다.") };
    let bad = crawl_file.to_string().replace("title: \"제목\"", &format!("title: \"{HOSTILE}\""));
    folder.put(&format!("{HOSTILE}\n.md"), bad);
    let good = CrawlFile {
        id: "901_0000000002".into(),
        aid: "0000000002".into(),
        ..CrawlFile::with_text("본문이다.")
    };
    let url = "https://n.news.naver.com/mnews/article/901/0000000002";
    folder.put("a/good.md", CrawlFile { url: url.into(), ..good }.to_string());
    folder.put(
        "a/missing.md",
        CrawlFile::with_text("본문이다.").to_string().replace("content_hash: ", "no_hash: "),
    );
    folder
}

#[test]
fn a_hostile_file_forges_nothing_in_any_format() {
    let folder = hostile("hostile");
    for format in FORMATS.iter().filter(|format| **format != "sarif") {
        let output = folder.ingest(&["check", "-q", "--format", format, "."]);
        let expected = fs::read_to_string(format!("fixtures/formats/hostile.{format}")).unwrap();
        assert_eq!(stdout(&output), expected, "{format}");
        assert_eq!(stderr(&output), "", "{format}");
        assert_eq!(output.status.code(), Some(1), "{format}");
    }
}

#[test]
fn a_hostile_file_forges_nothing_in_sarif() {
    let folder = hostile("hostile-sarif");
    let output = folder.ingest(&["check", "-q", "--format", "sarif", "."]);
    let log: Value = serde_json::from_str(stdout(&output)).unwrap();
    let expected: Value =
        serde_json::from_str(&fs::read_to_string("fixtures/formats/hostile.sarif").unwrap()).unwrap();
    assert_eq!(log["runs"][0]["results"], expected);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn no_format_lets_a_character_through_that_acts_on_its_reader() {
    let folder = hostile("hostile-bytes");
    for format in FORMATS {
        let output = folder.ingest(&["check", "--statistics", "--format", format, "."]);
        for stream in [stdout(&output), stderr(&output)] {
            let acts = |c: char| c != '\n' && c.is_control() || matches!(c, '\u{202e}' | '\u{2028}');
            assert!(!stream.contains(acts), "{format}: {stream}");
            assert!(!stream.contains("##["), "{format}: {stream}");
            let is_command = |line: &&str| line.trim_start().starts_with("::");
            let commands = stream.lines().filter(is_command).count();
            let is_github = format == "github" && stream.len() == output.stdout.len();
            assert_eq!(commands, if is_github { stream.lines().count() } else { 0 }, "{format}");
        }
        let bare = folder.ingest(&["-q", "--format", format, "."]);
        let check = folder.ingest(&["check", "-q", "--format", format, "."]);
        assert_eq!(stderr(&bare), stdout(&check), "{format}: the bare command tells the same");
    }
}

fn reject_fixtures() -> Vec<PathBuf> {
    let files = fs::read_dir("fixtures/reject").unwrap().map(|file| file.unwrap().path());
    let mut sources: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|e| e == "md")).collect();
    sources.sort();
    sources
}

fn rule(path: &Path) -> &str {
    path.file_stem().unwrap().to_str().unwrap().split('.').next().unwrap()
}

/// What each format says of each rejected fixture is what the `.stderr` beside it says, as far as the format can.
#[test]
fn every_rule_shows_in_every_format() {
    let sources = reject_fixtures();
    let rules: BTreeSet<&str> = sources.iter().map(|path| rule(path)).collect();
    assert!(rules.len() >= Rule::ALL.len() - 8);
    let folder = Folder::new("every-rule");
    for path in &sources {
        let expected = fs::read_to_string(path.with_extension("stderr")).unwrap();
        for format in FORMATS {
            let (rule, shown) = (rule(path), path.to_str().unwrap());
            let mut command = folder.command(&["check", "-q", "--max-file-size", "128K", "--format", format]);
            command.args(["-D", rule, GOOD, shown]).current_dir(env!("CARGO_MANIFEST_DIR"));
            let output = command.output().unwrap();
            let mut told: Vec<String> = parse::findings(format, stdout(&output))
                .iter()
                .map(|line| with_short_digests(line))
                .collect();
            let mut expected: Vec<String> = expected.lines().map(str::to_owned).collect();
            if format == "gitlab" {
                expected.iter_mut().for_each(|line| *line = without_column(line));
            }
            if format == "junit" {
                // Errors stand apart from warnings here.
                told.sort_unstable();
                expected.sort_unstable();
            }
            assert_eq!(told, expected, "{format}: {shown}");
            assert_eq!(output.status.code(), Some(1), "{format}: {shown}");
        }
    }
}

/// No bytes of a file break `unreadable` and `internal`, but what tells of the others tells of them.
#[test]
fn every_rule_and_level_comes_back_from_every_format() {
    for format in FindingFormat::ALL.map(|(name, _)| name) {
        for (rule, level) in Rule::ALL.iter().flat_map(|rule| [(rule, Level::Error), (rule, Level::Warning)])
        {
            let message = "a `value`: 100% odd".to_owned();
            let location = Location { line: 3, column: 7 };
            let finding =
                Finding { rule: *rule, level, location, message, snippet: None, width: 1, count: 1 };
            let is_accepted = level == Level::Warning;
            let file = render::File { path: "./a.md", is_accepted, findings: &[&finding], known: None };
            let (mut report, mut told) = (format.parse::<FindingFormat>().unwrap().report(), Vec::new());
            report.begin(&mut told);
            report.file(&file, &mut told);
            report.end(0, &mut told);
            // Repositories name a file without the `./`.
            let is_relative = ["github", "sarif", "gitlab"].contains(&format);
            let path = if is_relative { "a.md" } else { "./a.md" };
            let line = format!("{path}:3:7: {level}[{rule}]: a `value`: 100% odd");
            let expected = if format == "gitlab" { without_column(&line) } else { line };
            let told = String::from_utf8(told).unwrap();
            let plain = told.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "");
            let plain = plain.replace("\x1b[31m", "").replace("\x1b[33m", "");
            assert_eq!(parse::findings(format, &plain), [expected], "{format}");
        }
    }
}

/// `path:line:column: rest` as `path:line: rest`.
fn without_column(line: &str) -> String {
    let (place, rest) = line.split_once(": ").unwrap();
    format!("{}: {rest}", place.rsplit_once(':').unwrap().0)
}

#[test]
fn sarif_has_its_required_members_and_a_rule_entry_for_each_rule() {
    let folder = Folder::new("sarif");
    folder.put("a.md", CrawlFile::with_text("본문이다.").to_string());
    let output = folder.ingest(&["check", "-q", "--format", "sarif", "a.md"]);
    let log: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
    let driver = &log["runs"][0]["tool"]["driver"];
    assert_eq!(driver["name"], "ingest");
    let rules = parse::items(&driver["rules"]);
    assert_eq!(rules.len(), Rule::ALL.len());
    for (entry, rule) in rules.iter().zip(Rule::ALL) {
        assert_eq!(entry["id"], rule.code());
        assert_eq!(entry["shortDescription"]["text"], rule.summary());
        let help = entry["help"]["text"].as_str().unwrap();
        let explained = fs::read_to_string(format!("src/findings/rules/{rule}.md")).unwrap();
        for heading in ["# What it means\n", "# Why it matters\n", "# What to do\n"] {
            let (_, part) = explained.split_once(heading).unwrap();
            let part = part.split("\n# ").next().unwrap().trim();
            assert!(!part.is_empty() && help.contains(part), "{rule}: {part}");
        }
        let level = rule.default_level().to_string();
        assert_eq!(entry["defaultConfiguration"]["enabled"], level != "off");
        assert_eq!(entry["defaultConfiguration"]["level"], if level == "off" { "warning" } else { &level });
    }
}

#[test]
fn no_finding_is_still_a_document() {
    let folder = Folder::new("no-finding");
    folder.put("a.md", CrawlFile::with_text("본문이다.").to_string());
    let told = |format| stdout(&folder.ingest(&["check", "-q", "--format", format, "a.md"])).to_owned();
    assert_eq!(["text", "concise", "jsonl", "github"].map(told), ["", "", "", ""]);
    assert_eq!(["json", "gitlab"].map(told), ["[]\n", "[]\n"]);
    assert_eq!(parse::cases(&told("junit")).len(), 1);
}

#[test]
fn junit_has_a_suite_for_each_folder_and_a_case_for_each_file() {
    let folder = Folder::new("junit");
    let bad = CrawlFile::with_text("본문이다.").to_string().replace("content_hash: ", "no_hash: ");
    let doubtful = CrawlFile::with_text("본문이다.").to_string().replace("# 제목", "# 다른 제목");
    folder.put("a.md", &bad).put("b/2.md", &bad).put("b/1/x.md", &bad).put("b/3.md", doubtful);
    let output = folder.ingest(&["check", "-q", "--format", "junit", "."]);
    let cases = parse::cases(stdout(&output));
    let told: Vec<_> = cases
        .iter()
        .map(|case| (&*case.suite, &*case.name, case.failure.as_deref(), case.lines.len()))
        .collect();
    let failure = Some("hash-missing");
    let expected = [
        (".", "a.md", failure, 1),
        ("./b/1", "x.md", failure, 1),
        ("./b", "2.md", failure, 1),
        ("./b", "3.md", None, 1),
    ];
    assert_eq!(told, expected);
    let cut = folder.ingest(&["check", "-q", "--format", "junit", "--max-findings", "1", "."]);
    let failures = parse::cases(stdout(&cut)).iter().filter(|case| case.failure.is_some()).count();
    assert_eq!(failures, 3, "a rejected file is a failure even where its findings are not told");
}

/// Only so are a million files of one folder no matter of memory.
#[test]
fn junit_hands_on_the_cases_of_a_large_folder_before_its_end() {
    let mut report = "junit".parse::<FindingFormat>().unwrap().report();
    let mut document = Vec::new();
    report.begin(&mut document);
    for number in 0..2_500 {
        let path = format!("a/{number}.md");
        report.file(
            &render::File { path: &path, is_accepted: true, findings: &[], known: None },
            &mut document,
        );
    }
    let before_the_end = String::from_utf8(document.clone()).unwrap();
    assert_eq!(before_the_end.matches("<testcase ").count(), 2_000);
    report.end(0, &mut document);
    let document = String::from_utf8(document).unwrap();
    let counts: Vec<&str> = document
        .lines()
        .filter_map(|line| line.trim().strip_prefix("<testsuite name=\"a\" tests="))
        .collect();
    let rest = " skipped=\"0\" errors=\"0\" failures=\"0\">";
    assert_eq!(counts, ["\"1000\"", "\"1000\"", "\"500\""].map(|count| format!("{count}{rest}")));
    assert_eq!(parse::cases(&document).len(), 2_500);
}

/// XML 1.0 has no other characters, escaped or not.
fn is_xml(c: char) -> bool {
    matches!(u32::from(c), 0x9 | 0xa | 0xd | 0x20..=0xd7ff | 0xe000..=0xfffd | 0x1_0000..=0x10_ffff)
}

#[test]
fn junit_has_no_character_that_xml_has_not() {
    let outside: String = (0..=0x1_0000).filter_map(char::from_u32).filter(|c| !is_xml(*c)).collect();
    assert_eq!(outside.chars().count(), 31, "29 controls, U+FFFE and U+FFFF");
    let folder = Folder::new("junit-characters");
    let crawl_file =
        CrawlFile { published_at: "x\u{ffff}".into(), ..CrawlFile::with_text("본문이다.") }.to_string();
    folder.put(
        "\u{fffe}/\u{ffff}.md",
        crawl_file.replace("title: \"제목\"", "title: \"\u{fffe}\u{fffd}\u{1fffe}\""),
    );
    let output = folder.ingest(&["check", "-q", "--format", "junit", "."]);
    assert!(stdout(&output).chars().all(is_xml), "{}", stdout(&output));
    let [case] = <[parse::Case; 1]>::try_from(parse::cases(stdout(&output))).unwrap();
    assert_eq!((&*case.suite, &*case.name), ("./\\u{fffe}", "\\u{ffff}.md"));
    let said = [
        r"./\u{fffe}/\u{ffff}.md:11:15: error[invalid-field]: `published_at` is `x\u{ffff}`, not a date or a time",
        "./\\u{fffe}/\\u{ffff}.md:19:3: warning[heading-differs]: the heading is `제목`, \
         the title `\\u{fffe}\u{fffd}\u{1fffe}`",
    ];
    assert_eq!(case.lines, said);
    let all: Vec<char> = outside.chars().collect();
    for c in all {
        let location = Location { line: 1, column: 1 };
        let message = format!("odd {c}");
        let finding = Finding {
            rule: Rule::NotUtf8,
            level: Level::Error,
            location,
            message,
            snippet: None,
            width: 1,
            count: 1,
        };
        let path = format!("{c}/{c}.md");
        let file = render::File { path: &path, is_accepted: false, findings: &[&finding], known: None };
        let (mut report, mut told) = (FindingFormat::Junit.report(), Vec::new());
        report.file(&file, &mut told);
        report.end(0, &mut told);
        assert!(String::from_utf8(told).unwrap().chars().all(is_xml), "{c:?}");
    }
}

#[test]
fn fingerprints_outlive_lines_that_move_and_differ_from_each_other() {
    let folder = Folder::new("fingerprints");
    let bad = CrawlFile {
        published_at: "nie".into(),
        crawled_at: "nie".into(),
        ..CrawlFile::with_text("본문이다.")
    };
    let fingerprints = |crawl_file: String| -> Vec<String> {
        folder.put("a.md", crawl_file);
        let output = folder.ingest(&["check", "-q", "--format", "gitlab", "a.md"]);
        let issues: Value = serde_json::from_str(stdout(&output)).unwrap();
        parse::items(&issues).iter().map(|issue| issue["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    let before = fingerprints(bad.to_string());
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], before[1]);
    assert_eq!(
        fingerprints(bad.to_string().replace("category: \n", "category: \nkind: x\nsort: y\n")),
        before
    );
}

/// Under `-W RULE`, `text` shows the line `shown` and the caret below it.
#[track_caller]
fn shows(crawl_file: impl AsRef<[u8]>, rule: &str, shown: &str) {
    let folder = Folder::new(&format!("shows-{rule}-{}", shown.len()));
    folder.put("a.md", crawl_file);
    let output = folder.ingest(&["check", "-q", "-W", rule, "a.md"]);
    let all = stdout(&output);
    let context =
        all.split("\n\n").find(|part| part.contains(&format!("[{rule}]"))).expect("the rule is told");
    let (_, lines) = context.trim_end().split_once('\n').unwrap_or_default();
    assert_eq!(lines, shown, "{all}");
}

/// The message with the digests as people are shown them; programs get them whole.
fn with_short_digests(line: &str) -> String {
    let is_digest = |word: &str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let words = line.split(' ').map(|word| match word.strip_suffix(',').unwrap_or(word) {
        digest if is_digest(digest) => format!("{}…{}", &digest[..12], &word[64..]),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn text_shows_the_line_and_a_caret() {
    let crawl_file = |content: &str| CrawlFile::with_text(content).to_string();
    // A wide character takes two columns of a terminal.
    shows(crawl_file("한글\u{202e}."), "control-character", "   |\n25 | 한글\\u{202e}.\n   |     ^^^^^^^^");
    shows(
        crawl_file(&format!("{}\u{fffd}{}", "x".repeat(500), "y".repeat(500))),
        "replacement-character",
        &format!("   |\n25 | …{}\u{fffd}{}...\n   |  {}^", "x".repeat(60), "y".repeat(10), " ".repeat(60)),
    );
    shows(
        crawl_file("본문").replace("# 제목", "# 다른"),
        "heading-differs",
        "   |\n19 | # 다른\n   |   ^^^^",
    );
    shows(format!("\u{feff}{}", crawl_file("본문")), "byte-order-mark", "  |\n1 | ---\n  | ^");
    shows(crawl_file("본문").replace('\n', "\r\n"), "line-endings", "  |\n1 | ---\n  |    ^");
    // Where the line is empty there is nothing to show.
    let end = crawl_file("본문").split_once("*Crawled").unwrap().0.trim_end().to_owned();
    shows(end + "\n", "footer-differs", "");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Whatever stands in the line and wherever the place is, there is a header, three lines of context, a blank one.
    #[test]
    fn text_shows_any_line(
        source in ".{0,300}|[\\x00-\\xff]{0,40}|(\\PC|\u{301}|\u{200d}|👍){0,200}",
        column in 1_usize..400,
    ) {
        let location = Location { line: 1, column };
        let snippet = Snippet::at(source.as_bytes(), location);
        let is_empty = snippet.text.is_empty();
        let (rule, level, message) = (Rule::HeadingDiffers, Level::Warning, "odd".to_owned());
        let finding = Finding { rule, level, location, message, snippet: Some(Box::new(snippet)), width: 1, count: 1 };
        let mut told = Vec::new();
        let file = render::File { path: "a.md", is_accepted: true, findings: &[&finding], known: None };
        FindingFormat::Text.report().file(&file, &mut told);
        let told = String::from_utf8(told).unwrap();
        prop_assert_eq!(told.lines().count(), if is_empty { 1 } else { 5 }, "{}", told);
        prop_assert!(!told.contains(|c: char| !matches!(c, '\n' | '\x1b') && c.is_control()), "{}", told);
    }
}

const GOOD: &str = "fixtures/accept/card.md";
