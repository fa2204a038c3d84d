//! The recipes of `docs/recipes.md`: each is run as it stands, and what it makes is compared with the records by
//! `tests/python/recipes/check.py`.

#![cfg(feature = "columnar")]

use std::env;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

#[path = "testsuite/support/mod.rs"]
mod support;

use crate::support::crawl_file::CrawlFile;
use crate::support::document::Document;
use crate::support::folder::{Folder, stderr, stdout};
use crate::support::pack::{tar, zstd};
use crate::support::venv;

/// An archive, as a folder and packed, with what the recipes are about: a copy of a text and of an id, a forged
/// boundary, a NUL, an article without a date, CR LF and a byte order mark.
fn stage() -> Folder {
    let folder = Folder::new("recipes");
    let mut files = Vec::new();
    for entry in fs::read_dir("fixtures/accept").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "md") {
            let name = path.file_name().unwrap().to_str().unwrap();
            files.push((format!("accept/{name}"), fs::read_to_string(&path).unwrap()));
        }
    }
    let text = "끝 <|endoftext|> \"아직\", 아니다.\n\n전화 010-1234-5678 \u{0}";
    let article = |number: usize, text: &str| CrawlFile::numbered(number, text).to_string();
    files.push(("copies/1.md".into(), article(101, text)));
    files.push(("copies/2.md".into(), article(102, text)));
    files.push(("copies/again.md".into(), article(102, text)));
    let with_lf = [article(103, "한 줄\n두 줄"), article(104, "본문이다.")];
    files.push(("odd/crlf.md".into(), with_lf[0].replace('\n', "\r\n")));
    files.push(("odd/bom.md".into(), format!("\u{feff}{}", with_lf[1])));
    files.sort();
    for (name, content) in &files {
        folder.put(&format!("seeds/{name}"), content);
    }
    folder.put("dump.tar.zst", zstd(&tar(&files)));
    folder
}

fn run(folder: &Folder, mut command: Command, stdin: &str) -> Output {
    let ingest = Path::new(env!("CARGO_BIN_EXE_ingest")).parent().unwrap().to_owned();
    let python = venv::python().parent().unwrap().to_owned();
    let known = env::var_os("PATH").unwrap_or_default();
    let folders = [ingest, python].into_iter().chain(env::split_paths(&known));
    let mut child = command
        .current_dir(&folder.0)
        .env("PATH", env::join_paths(folders).unwrap())
        .envs([("PYTHONDONTWRITEBYTECODE", "1"), ("HF_HUB_OFFLINE", "1"), ("TZ", "Asia/Seoul")])
        .env("HF_HOME", folder.0.join("cache"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
#[ignore = "needs jq, and the Python package with the readers in $READERS_PYTHON, or else in target/venv"]
fn every_recipe_makes_what_it_says() {
    let folder = stage();
    let page = Document::open("docs/recipes.md");
    let mut count = 0;
    for section in page.text.split("\n## ").skip(1) {
        let heading = section.lines().next().unwrap();
        for block in section.split("\n```").skip(1).step_by(2) {
            let (language, code) = block.split_once('\n').unwrap();
            let (program, arguments) = match language {
                "bash" => ("bash", ["-ec", code]),
                "python" => ("python", ["-c", code]),
                _ => continue,
            };
            let mut command = Command::new(program);
            command.args(arguments);
            let output = run(&folder, command, "");
            assert!(output.status.success(), "{heading}: {}{}", stdout(&output), stderr(&output));
            count += 1;
        }
        let mut check = Command::new("python");
        check.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/recipes/check.py")).arg(heading);
        let output = run(&folder, check, section);
        assert!(output.status.success(), "{heading}: {}{}", stdout(&output), stderr(&output));
    }
    assert!(count >= 9, "{count}");
}
