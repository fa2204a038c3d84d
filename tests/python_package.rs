//! The Python package: what its wheel installs, and that its tasks share out what the program reads by itself.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

#[path = "testsuite/support/mod.rs"]
mod support;

use crate::support::crawl_file::article;
use crate::support::document::Document;
use crate::support::folder::{Folder, stderr, stdout};
use crate::support::pack::{Files, gzip, tar, zip, zstd};
use crate::support::{oddities, venv};

/// The one that `.ci/run` builds.
fn wheel() -> PathBuf {
    let wheels = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/wheels");
    let mut wheels = fs::read_dir(wheels).expect("a wheel was built").map(|entry| entry.unwrap().path());
    let wheel = wheels.find(|path| path.extension().is_some_and(|ending| ending == "whl"));
    wheel.expect("a wheel was built")
}

#[track_caller]
fn said(command: &mut Command) -> String {
    let output = command.env_remove("PYTHONPATH").output().expect("it runs");
    assert!(output.status.success(), "{command:?}: {}", stderr(&output));
    stdout(&output).trim_end().to_owned()
}

const FIND: &str = "import news_ingest; print(news_ingest.find_ingest())";

#[test]
#[ignore = "needs Python, and the wheel in target/wheels that `.ci/run` builds"]
fn a_wheel_brings_the_program_and_a_way_to_find_it() {
    let folder = Folder::new("python-wheel");
    let root = fs::canonicalize(&folder.0).unwrap();
    said(Command::new("python3").args(["-m", "venv"]).arg(root.join("venv")));
    let python = root.join("venv/bin/python");
    let install = |target: &[&OsStr]| {
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]).args(target).arg(wheel());
        said(&mut pip)
    };
    let program = root.join("venv/bin/ingest");
    install(&[]);
    let version = said(Command::new(&program).arg("--version"));
    assert_eq!(version, concat!("ingest ", env!("CARGO_PKG_VERSION")));
    // Whatever is on the path.
    assert_eq!(said(Command::new(&python).args(["-c", FIND]).env("PATH", "")), program.to_str().unwrap());
    // Beside a package that is shipped to the workers as a folder.
    let shipped = root.join("shipped");
    install(&["--target".as_ref(), shipped.as_os_str()]);
    fs::remove_file(&program).unwrap();
    let mut asked = Command::new(&python);
    asked.args(["-c", FIND]).current_dir(&shipped).env("PATH", "/nowhere");
    assert_eq!(said(&mut asked), shipped.join("bin/ingest").to_str().unwrap());

    let without = Command::new(&python).args(["-c", "import news_ingest.spark"]).output().unwrap();
    let last = stderr(&without).lines().last().unwrap().to_owned();
    assert!(last.contains("the data source needs PySpark 4 and PyArrow, on the workers too"), "{last}");
    let gone = Command::new(&python).args(["-c", FIND]).env("PATH", "/nowhere").output().unwrap();
    assert!(stderr(&gone).contains("no program `ingest` is there: looked for "), "{}", stderr(&gone));
}

/// What the driver lists of a folder is what the program reads of it, in its order.
#[test]
#[ignore = "needs the Python package with PyArrow in $READERS_PYTHON, or else in target/venv"]
fn the_tasks_of_a_folder_read_what_one_run_does() {
    let folder = Folder::new("python-tasks");
    let files = |from: usize| -> Files {
        (from..from + 9).map(|number| (format!("{}/{number}.md", number % 3), article(number))).collect()
    };
    for (name, content) in files(0) {
        folder.put(&format!("in/a/{name}"), content);
    }
    folder.put("in/a.b/x.md", article(20)).put("in/a-b/x.txt", article(21)).put("in/B.markdown", article(22));
    folder.put("in/dump.tar.gz", gzip(&tar(&files(100)))).put("in/dump.zip", zip(&files(200)));
    folder.put("in/no ending", tar(&files(300))).put("in/packed", zstd(&tar(&files(400))));
    folder
        .put("in/one.md.gz", gzip(article(500).as_bytes()))
        .put("in/two.md.Z", zstd(article(501).as_bytes()));
    // What is not looked for.
    folder
        .put("in/log.gz", gzip(b"no"))
        .put("in/page.html", article(600))
        .put("in/.hidden/x.md", article(601));
    folder.put("in/.x.md", article(602)).put("in/empty", "").put("in/short.md", article(603));
    std::os::unix::fs::symlink("short.md", folder.0.join("in/link.md")).unwrap();
    let odd = folder.0.join("in").join(OsStr::from_bytes(b"odd \xff\nname.md"));
    fs::write(odd, article(604)).unwrap();

    let root = fs::canonicalize(folder.0.join("in")).unwrap();
    let root = root.to_str().unwrap();
    let written = folder.ingest(&["-qq", "--fields", "path", root]);
    let lines = stdout(&written).lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let expected: Vec<String> = lines.map(|line| line["path"].as_str().unwrap().to_owned()).collect();
    assert_eq!(expected.len(), 9 * 5 + 3 + 2 + 2);
    for (bytes, tasks) in [("1", 20..=20), ("20000", 2..=19), ("1000000000", 1..=1)] {
        let output = without_spark(&folder, &[&format!("partitionBytes={bytes}"), &format!("path={root}")]);
        let found: Vec<String> =
            stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(found, expected, "{}", stderr(&output));
        let shared: usize = stderr(&output).trim_end().trim_end_matches(" tasks").parse().unwrap();
        assert!(tasks.contains(&shared), "{shared} tasks of {bytes} bytes");
    }
}

/// The records' paths as JSON strings, and the findings, of what the tasks read together.
fn without_spark(folder: &Folder, options: &[&str]) -> Output {
    Command::new(venv::python())
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/spark/without_spark.py"))
        .args(options)
        .current_dir(&folder.0)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("Python runs")
}

/// Whatever names promise, globs say, or a list names by a relative path.
#[test]
#[ignore = "needs the Python package with PyArrow in $READERS_PYTHON, or else in target/venv"]
fn the_tasks_of_odd_files_find_what_one_run_does() {
    let folder = Folder::new("python-odd");
    oddities::put(&folder, "in");
    let root = fs::canonicalize(&folder.0).unwrap();
    let absolute = |path: &str| root.join(path).to_str().unwrap().to_owned();
    let listed = ["in/Z.md", "in/gone.md", "in/tar.md", "in/sub"];
    folder.put("relative", listed.join("\r\n")).put("absolute", listed.map(absolute).join("\n"));
    let (whole, path) = (absolute("in"), format!("path={}", absolute("in")));
    for (options, arguments) in [
        (&[path.as_str()][..], &[whole.as_str()][..]),
        (&[&path, r"include=\[a\].md"], &[&whole, "--include", r"\[a\].md"]),
        (
            &[&path, "include=[Z,t]*.{md,tar}, v7"],
            &[&whole, "--include", "[Z,t]*.{md,tar}", "--include", "v7"],
        ),
        (&[&path, "include=/sub/dump.tar/*.md"], &[&whole, "--include", "/sub/dump.tar/*.md"]),
        (&[&path, "exclude=sub,*.zip"], &[&whole, "--exclude", "sub", "--exclude", "*.zip"]),
        (&["filesFrom=relative"], &["--files-from", "absolute"]),
    ] {
        let local = folder.ingest(&[&["-qq", "--exit-zero", "--fields", "path"], arguments].concat());
        let path = |line: &str| serde_json::from_str::<Value>(line).unwrap()["path"].to_string();
        let records: Vec<String> = stdout(&local).lines().map(path).collect();
        for bytes in ["1", "20000", "1000000000"] {
            let output = without_spark(&folder, &[options, &[&format!("partitionBytes={bytes}")]].concat());
            let found = stdout(&output).lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
            assert_eq!(found.map(|path| path.to_string()).collect::<Vec<_>>(), records, "{options:?}");
            let findings = stderr(&output).lines().filter(|line| {
                // A task alone may have an archive without crawl files.
                !line.ends_with(" tasks") && !line.contains("nothing to read")
            });
            let expected: Vec<&str> = stderr(&local).lines().collect();
            assert_eq!(findings.collect::<Vec<_>>(), expected, "{options:?}");
        }
    }
}

fn package() -> Command {
    let mut python = Command::new(venv::python());
    python
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("TZ", "Asia/Seoul");
    python
}

/// `tests/python/package/` has a method for each property.
#[test]
#[ignore = "needs the Python package with the readers and mypy in $READERS_PYTHON, or else in target/venv"]
fn articles_are_read_from_python() {
    said(package().args(["-W", "error", "tests/python/package/test_reading.py"]));
}

#[test]
#[ignore = "needs the Python package with Polars in $READERS_PYTHON, or else in target/venv"]
fn the_examples_of_the_page_run() {
    let folder = Folder::new("python-page");
    let files: Files = (0..3).map(|number| (format!("{number}.md"), article(number))).collect();
    folder.put("dump.tar.zst", zstd(&tar(&files)));
    for (name, content) in &files {
        folder.put(&format!("seeds/{name}"), content);
    }
    folder.put("seeds/short.md", "---\n");
    let page = Document::open("docs/python.md");
    let outputs = page.code("python").map(|code| said(package().args(["-c", code]).current_dir(&folder.0)));
    let [loop_, totals, table] = outputs.collect::<Vec<_>>().try_into().expect("three examples");
    assert_eq!(loop_.lines().count(), files.len());
    assert!(totals.starts_with("seeds/short.md:1: unclosed-front-matter: "), "{totals}");
    assert!(totals.ends_with("\n3 articles, 1 rejected"), "{totals}");
    assert!(table.contains("│ publisher ┆ published_on ┆ len │"), "{table}");
}
