//! What is read: names in folders, by globs.

mod folder;
mod page;

use folder::{Folder, stderr, stdout};
use page::Page;

/// A crawl file with an id of its own.
fn article(number: usize) -> String {
    let aid = format!("{number:010}");
    let url = format!("https://n.news.naver.com/mnews/article/901/{aid}");
    Page { id: format!("901_{aid}"), aid, url, ..Page::of(&format!("{number}번째 본문이다.")) }.print()
}

/// The paths of the records, in order; all files were accepted.
#[track_caller]
fn read(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let output = folder.ingest(&[&["-q"], arguments].concat());
    assert_eq!(stderr(&output), "", "{arguments:?}");
    paths(stdout(&output))
}

#[track_caller]
fn paths(records: &str) -> Vec<String> {
    let path = |record: &str| {
        let record: serde_json::Value = serde_json::from_str(record).expect("a record is JSON");
        record["path"].as_str().unwrap().to_owned()
    };
    records.lines().map(path).collect()
}

/// Files in three folders.
fn archive(name: &str) -> Folder {
    let folder = Folder::new(name);
    for (number, name) in
        ["a.md", "a.news", "README.md", "2018/a.md", "2018/05/b.md", "2018/05/b.txt", ".h/a.md", ".a.md"]
            .iter()
            .enumerate()
    {
        folder.put(&format!("in/{name}"), article(number));
    }
    folder
}

#[test]
fn globs_choose_the_names_that_are_read_in_folders() {
    let folder = archive("globs");
    for (arguments, expected) in [
        (&[][..], &["2018/05/b.md", "2018/05/b.txt", "2018/a.md", "README.md", "a.md"][..]),
        (&["--include", "*.news"], &["a.news"]),
        (&["--include", "*.news", "--include", "b.*"], &["2018/05/b.md", "2018/05/b.txt", "a.news"]),
        (&["--include", "a*"], &["2018/a.md", "a.md", "a.news"]),
        (&["--include", "2018/*"], &["2018/a.md"]),
        (&["--include", "2018/**"], &["2018/05/b.md", "2018/05/b.txt", "2018/a.md"]),
        (&["--include", "./*.md"], &["README.md", "a.md"]),
        (&["--include", "/a.{md,news}"], &["a.md", "a.news"]),
        (&["--include", "**/b.txt"], &["2018/05/b.txt"]),
        (&["--exclude", "README.md"], &["2018/05/b.md", "2018/05/b.txt", "2018/a.md", "a.md"]),
        (&["--exclude", "2018"], &["README.md", "a.md"]),
        (&["--exclude", "2018/"], &["README.md", "a.md"]),
        (&["--exclude", "05"], &["2018/a.md", "README.md", "a.md"]),
        (&["--exclude", "2018/05"], &["2018/a.md", "README.md", "a.md"]),
        (&["--exclude", "2018/**"], &["README.md", "a.md"]),
        (&["--exclude", "2018/*.md"], &["2018/05/b.md", "2018/05/b.txt", "README.md", "a.md"]),
        (&["--exclude", "/05"], &["2018/05/b.md", "2018/05/b.txt", "2018/a.md", "README.md", "a.md"]),
        (&["--include", "*.md", "--exclude", "a.md"], &["2018/05/b.md", "README.md"]),
        (&["--include", "a.md", "--exclude", "2018", "--exclude", "x"], &["a.md"]),
        (&["--include", "*"], &["2018/05/b.md", "2018/05/b.txt", "2018/a.md", "README.md", "a.md", "a.news"]),
        // Hidden names stay unread, whatever is asked for.
        (&["--include", ".*", "--include", "a.news"], &["a.news"]),
    ] {
        let expected: Vec<String> = expected.iter().map(|path| format!("in/{path}")).collect();
        assert_eq!(read(&folder, &[arguments, &["in"]].concat()), expected, "{arguments:?}");
    }
}

#[test]
fn globs_count_from_the_argument_and_an_argument_that_is_a_file_is_always_read() {
    let folder = archive("globs-arguments");
    assert_eq!(read(&folder, &["--include", "05/*.md", "in/2018"]), ["in/2018/05/b.md"]);
    assert_eq!(read(&folder, &["--include", "05/*.md", "./in/../in/2018/"]), ["./in/../in/2018/05/b.md"]);
    assert_eq!(read(&folder, &["--exclude", "2018", "in/2018/05"]), ["in/2018/05/b.md", "in/2018/05/b.txt"]);
    assert_eq!(
        read(&folder, &["--include", "b.*", "--exclude", "*.md", "in/a.news", "in/2018", "in/a.md"]),
        ["in/a.news", "in/2018/05/b.txt", "in/a.md"]
    );
}

#[test]
fn the_configuration_names_them_too_and_the_command_line_replaces_it() {
    let folder = archive("globs-configuration");
    folder.put("ingest.toml", "include = [\"*.md\"]\nexclude = [\"2018\", \"README.*\"]\n");
    assert_eq!(read(&folder, &["in"]), ["in/a.md"]);
    assert_eq!(read(&folder, &["--include", "*.news", "in"]), ["in/a.news"]);
    assert_eq!(read(&folder, &["--exclude", "a.md", "in"]), ["in/2018/05/b.md", "in/README.md"]);
    assert_eq!(read(&folder, &["--isolated", "in"]).len(), 5);
    folder.put("ingest.toml", "include = []\n");
    assert_eq!(read(&folder, &["in"]).len(), 5);
}

#[test]
fn a_glob_that_makes_no_sense_is_a_usage_error() {
    let folder = archive("globs-wrong");
    for (arguments, said) in [
        (["--include", "[a", "in"], "`[a`: unclosed character class"),
        (["--exclude", "{a", "in"], "`{a`: unclosed alternate group"),
    ] {
        let output = folder.ingest(&arguments);
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    folder.put("ingest.toml", "exclude = [\"a\", \"[a\"]");
    let output = folder.ingest(&["--config", "ingest.toml", "in"]);
    assert!(stderr(&output).starts_with("error: ingest.toml:1:17: unclosed character class"));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn where_nothing_is_found_the_names_are_told() {
    let folder = archive("globs-nothing");
    let nothing = |arguments: &[&str]| {
        let output = folder.ingest(&[arguments, &["-q", "in/.h"]].concat());
        assert_eq!(output.status.code(), Some(1));
        stderr(&output).to_owned()
    };
    let said = |names: &str| format!("ingest: nothing to read: no {names} here\n");
    assert_eq!(nothing(&["--exclude", "*"]), said("*.md, *.markdown or *.txt"));
    assert_eq!(nothing(&["--include", "*.x\x1b"]), said("*.x\\x1b"));
    assert_eq!(nothing(&["--include", "a", "--include", "b"]), said("a or b"));
}
