//! The documentation: its links lead somewhere, its tables are what the program says, and both READMEs say the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::documents::{commands, flags};
use crate::support::document::{Document, KOREAN_README, README, Row};
use crate::support::folder::{Folder, stderr, stdout};

/// The anchor that GitHub gives a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|&c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn links_lead_to_files_and_headings() {
    let mut pages = Document::all();
    pages.extend(["fixtures/README.md", "CHANGELOG.md"].map(Document::open));
    for page in &pages {
        for link in page.links.iter().filter(|link| !link.starts_with("https://")) {
            let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
            let place = format!("{}: {link}", page.path.display());
            let target = page.path.parent().unwrap().join(file);
            let target = if file.is_empty() { page.path.clone() } else { target };
            assert!(target.exists(), "{place}");
            if !fragment.is_empty() {
                let headings = Document::open(target).headings;
                assert!(headings.iter().any(|heading| anchor(heading) == fragment), "{place}");
            }
        }
    }
    for readme in [README, KOREAN_README] {
        let page = Document::open(readme);
        assert!(page.text.lines().count() <= 250, "{readme} is for users in a hurry");
        for file in fs::read_dir("docs").unwrap() {
            let name = format!("docs/{}", file.unwrap().file_name().to_str().unwrap());
            assert!(page.links.contains(&name), "{readme} does not link {name}");
        }
    }
}

#[test]
fn the_sample_is_a_fixture_and_its_record() {
    for readme in [README, KOREAN_README] {
        let page = Document::open(readme);
        let [file] = page.code("markdown").collect::<Vec<_>>()[..] else { panic!("{readme}") };
        assert_eq!(file, fs::read_to_string("fixtures/accept/several-bylines.md").unwrap(), "{readme}");
        let [record] = page.code("json").collect::<Vec<_>>()[..] else { panic!("{readme}") };
        let expected = fs::read_to_string("fixtures/accept/several-bylines.jsonl").unwrap();
        let [record, expected] =
            [record, &expected].map(|json| serde_json::from_str::<Value>(json).unwrap().to_string());
        assert_eq!(record, expected, "{readme}");
    }
}

fn keys(subject: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_ingest")).args(["schema", subject]).output().unwrap();
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    schema["properties"].as_object().unwrap().keys().cloned().collect()
}

fn first_codes(rows: &[Row]) -> Vec<String> {
    rows.iter().flat_map(|row| row.code[0].clone()).collect()
}

#[test]
fn records_and_comments_have_the_keys_of_their_tables() {
    let readers = "docs/records-and-readers.md";
    for page in [README, KOREAN_README, readers] {
        assert_eq!(first_codes(Document::open(page).table_with("id")), keys("record"), "{page}");
    }
    assert_eq!(first_codes(Document::open(readers).table_with("article_id")), keys("comment"));
    let [short, long] = [README, readers].map(|page| Document::open(page).table_with("id").to_vec());
    assert!(short.iter().zip(&long).all(|(short, long)| short.cells == long.cells));
}

#[test]
fn options_of_tables_are_those_of_the_program_and_none_is_left_out() {
    let known: BTreeSet<String> = commands().iter().flat_map(|command| flags(command)).collect();
    let mut named = BTreeSet::new();
    for page in Document::all() {
        for row in page.tables.iter().flatten() {
            let flags = row.code[0].iter().filter(|code| code.starts_with('-') && code.len() > 1);
            named.extend(flags.map(|flag| flag.split([' ', '=']).next().unwrap().to_owned()));
        }
    }
    named.remove("-qq");
    let unknown: Vec<_> = named.difference(&known).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    let usual = ["--help", "--version"].map(str::to_owned);
    let long = known.iter().filter(|flag| flag.starts_with("--") && !usual.contains(flag));
    let pages: String = Document::all().into_iter().map(|page| page.text).collect();
    let absent: Vec<_> = long.filter(|flag| !pages.contains(&format!("`{flag}"))).collect();
    assert!(absent.is_empty(), "{absent:?}");
}

#[test]
fn the_configuration_of_the_page_is_accepted() {
    let folder = Folder::new("pages-config");
    let page = Document::open("docs/configuration.md");
    folder.put("a.md", "").put("drafts/b.md", "");
    for (number, config) in page.code("toml").enumerate() {
        folder.put("ingest.toml", config);
        let output = folder.ingest(&["files", "."]);
        let expected = if number == 0 { "./a.md\n" } else { "./a.md\n./drafts/b.md\n" };
        assert_eq!((stdout(&output), stderr(&output)), (expected, ""), "{config}");
    }
}

#[test]
fn flags_of_ready_made_jobs_are_there() {
    let page = Document::open("docs/ci.md");
    let known = flags("check");
    let mut count = 0;
    for job in page.code("yaml") {
        assert!(serde_yaml::from_str::<Value>(job).is_ok(), "{job}");
        for line in job.lines().filter(|line| !line.contains("cargo ")) {
            for flag in line.split([' ', '[', ',', ']', '=']).filter(|word| word.starts_with("--")) {
                assert!(known.contains(flag), "{flag}");
                count += 1;
            }
        }
    }
    assert!(count >= 10, "{count}");
}

#[test]
fn proofs_of_promises_are_there() {
    let page = Document::open("docs/guarantees.md");
    let is_name = |code: &&String| code.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_'));
    let names: BTreeSet<&String> =
        page.tables[0].iter().flat_map(|row| row.code[1].iter().filter(is_name)).collect();
    assert!(names.len() >= 15, "{names:?}");
    for name in names {
        let mut files =
            ["tests", "tests/testsuite", "fuzz/src"].map(|folder| format!("{folder}/{name}.rs")).into_iter();
        assert!(Path::new(name).exists() || files.any(|file| Path::new(&file).exists()), "{name}");
    }
}

/// Code without the comments of a shell.
fn uncommented(code: &str) -> String {
    code.lines().map(|line| line.split("  #").next().unwrap().trim_end()).collect::<Vec<_>>().join("\n")
}

fn sorted<T: Ord>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.into_iter().collect();
    values.sort();
    values
}

#[test]
fn the_korean_readme_has_the_same_tables_commands_and_links() {
    let [english, korean] = [README, KOREAN_README].map(Document::open);
    assert_eq!(korean.headings.len(), english.headings.len());
    let blocks = |page: &Document| -> Vec<_> {
        page.blocks.iter().map(|(language, code)| (language.clone(), uncommented(code))).collect()
    };
    assert_eq!(blocks(&korean), blocks(&english));
    let pages = |page: &Document| {
        let other = [README, KOREAN_README];
        let pages = page.links.iter().filter(|link| !other.contains(&link.as_str()));
        sorted(pages.map(|link| link.split('#').next().unwrap().to_owned()))
    };
    assert_eq!(pages(&korean), pages(&english));
    assert_eq!(korean.tables.len(), english.tables.len());
    for (korean, english) in korean.tables.iter().zip(&english.tables) {
        assert_eq!(korean.len(), english.len());
        for (korean, english) in korean.iter().zip(english).skip(1) {
            let code = |row: &Row| sorted(row.code.concat());
            assert_eq!(code(korean), code(english), "{:?}", korean.cells);
            if korean.code[0].is_empty() && english.cells[0].starts_with(|c: char| c.is_ascii_digit()) {
                assert_eq!(korean.cells[0], english.cells[0]);
            }
        }
    }
    let levels = |page: &Document| -> Vec<String> {
        page.table_with("unreadable").iter().map(|row| row.cells[1].clone()).collect()
    };
    assert_eq!(levels(&korean), levels(&english));
}
