//! Real readers: what DuckDB, Polars, pandas, PyArrow and Hugging Face `datasets` make of the JSON Lines, of Parquet
//! and of an Arrow stream is what Python's own `json` reads in the lines, value by value.
//!
//! `tests/python/readers/` has a script for each.

#![cfg(feature = "columnar")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use serde_json::{Value, json};

#[path = "testsuite/support/mod.rs"]
mod support;

use crate::support::crawl_file::CrawlFile;
use crate::support::folder::{Folder, stderr, stdout};
use crate::support::venv;

const READERS: [&str; 5] = ["duckdb", "polars", "pandas", "pyarrow", "datasets"];

/// Generated files of both eras, every kind of them that is accepted, and what is left to harm a reader.
static EVERYTHING: LazyLock<Folder> = LazyLock::new(|| {
    let folder = Folder::new("readers-everything");
    let generated = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--example", "generate", "--", "--files", "3000", "--seed", "21"])
        .args(["--comments", "0.2", "--faults", "0.3", "--duplicates", "0.02"])
        .arg(folder.0.join("in/generated"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(generated.status.success(), "{}", stderr(&generated));
    put_accepted(&folder);
    for (number, file) in harmful().into_iter().enumerate() {
        folder.put(&format!("in/harmful/{number}.md"), numbered(file, number).to_string());
    }
    write(&folder);
    let records: Vec<Value> =
        folder.read(LINES).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    // What is to be read is there.
    for (key, value) in [
        ("category", json!("")),
        ("category", json!("sports")),
        ("publisher", json!("")),
        ("authors", json!([])),
        ("published_on", json!(null)),
        ("published_at", json!("2024-09-01T23:55:00+09:00")),
        ("crawled_at", json!(null)),
        ("verified", json!(false)),
        ("comment_count", json!(3)),
        ("extra", json!({"tags": "[\"날씨\",\"no\"]", "place": "{\"city\":\"서울\",\"code\":\"014\"}"})),
    ] {
        assert!(records.iter().any(|record| record[key] == value), "no record has {key} {value}");
    }
    assert!(records.len() > 2000 && records.iter().any(|record| record["oid"].as_str() < Some("1")));
    folder
});

/// As many records as a reader may guess its columns from, in which whatever can be empty is, and then a full one.
static LATE: LazyLock<Folder> = LazyLock::new(|| {
    // DuckDB looks at 20,480.
    const EMPTY: usize = 21_000;
    let folder = Folder::new("readers-late");
    let (publisher, author, published_at) = Default::default();
    let file = CrawlFile { publisher, author, published_at, ..CrawlFile::with_text("짧은 본문이다.") };
    for number in 0..EMPTY {
        folder.put(&format!("in/{number:05}.md"), numbered(file.clone(), number).to_string());
    }
    let full = CrawlFile {
        category: "sports".into(),
        published_at: "2025-03-14 10:30".into(),
        more: "patched: 예\n".into(),
        ..CrawlFile::with_text("뒤늦은 본문이다.")
    };
    folder.put("in/last.md", numbered(full, EMPTY).to_string());
    write(&folder);
    let lines = folder.read(LINES);
    let count = |what: &str| lines.matches(what).count();
    assert_eq!((count("\n"), count("\"category\":\"\"")), (EMPTY + 1, EMPTY));
    assert_eq!((count("\"authors\":[]"), count("\"extra\":{}")), (EMPTY, EMPTY));
    assert_eq!((count("\"published_on\":null"), count("\"published_at\":null")), (EMPTY, EMPTY));
    folder
});

const LINES: &str = "articles.jsonl";

fn put_accepted(folder: &Folder) {
    for entry in fs::read_dir("fixtures/accept").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        folder.put(&format!("in/accept/{name}"), fs::read(&path).unwrap());
    }
}

/// What no other file has: characters that end a string or a line somewhere, extra values that look like something
/// else, times that some clocks do not have, and a record of more than a megabyte.
fn harmful() -> Vec<CrawlFile> {
    vec![
        CrawlFile {
            title: "\"014\" \\u0041 \\n \\".into(),
            ..CrawlFile::with_text("\0 \u{1} \u{1b} \u{7f} \u{85} \u{2028} \u{2029} \u{fffd} 🙂 끝")
        },
        CrawlFile { title: "2025-03-14".into(), publisher: "007".into(), ..CrawlFile::with_text("null") },
        CrawlFile {
            more: "edited: 2025-03-15\nempty:\nquoted: \"a, b\"\n".into(),
            ..CrawlFile::with_text("{}")
        },
        CrawlFile {
            more: "edited: 어제\nnumber: 007\nlist: [1, [2, null]]\n".into(),
            ..CrawlFile::with_text("[1, 2")
        },
        CrawlFile {
            published_at: "1950-06-25 04:00".into(), ..CrawlFile::with_text("1970년보다 이르다.")
        },
        CrawlFile {
            published_at: "2999-12-31 23:59".into(), ..CrawlFile::with_text("2038년보다 늦다.")
        },
        CrawlFile {
            published_at: "0001-01-01 09:00".into(), ..CrawlFile::with_text("UTC로 가장 이르다.")
        },
        CrawlFile {
            published_at: "9999-12-31 23:59".into(), ..CrawlFile::with_text("한국에서 가장 늦다.")
        },
        CrawlFile {
            more: "comment_count: 9223372036854775807\n".into(),
            ..CrawlFile::with_text("댓글이 많다.")
        },
        CrawlFile::with_text(&format!("{}끝", "아주 긴 본문이다. ".repeat(60_000))),
    ]
}

fn numbered(file: CrawlFile, number: usize) -> CrawlFile {
    let aid = format!("{number:010}");
    let (id, url) = (format!("001_{aid}"), format!("https://n.news.naver.com/mnews/article/001/{aid}"));
    CrawlFile { id, oid: "001".into(), aid, url, ..file }
}

/// The records of the folder `in` beside it, as JSON Lines and as Parquet.
#[track_caller]
fn write(folder: &Folder) {
    for name in [LINES, "articles.parquet"] {
        let written = folder.ingest(&["-o", name, "in"].into_iter().chain(TOLERANT).collect::<Vec<_>>());
        assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
    }
}

/// As much as can be becomes a record: unverified ones, and ones without a time of the crawl.
const TOLERANT: [&str; 6] = ["-qq", "--exit-zero", "-W", "hash-mismatch", "-W", "missing-field"];

fn python(folder: &Folder, script: &str) -> Command {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = venv::python();
    assert!(
        python.is_file(),
        "no Python is at {}: $READERS_PYTHON names another; see tests/python/readers/requirements.txt",
        python.display()
    );
    let mut command = Command::new(python);
    command
        .arg(root.join("tests/python/readers").join(script))
        .current_dir(&folder.0)
        .env("HF_HOME", folder.0.join("cache"))
        .env("HF_HUB_OFFLINE", "1")
        .env("HF_DATASETS_DISABLE_PROGRESS_BARS", "1")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        // A moment is the same wherever it is read.
        .env("TZ", "Asia/Seoul");
    command
}

fn read_with(reader: &str, folder: &Folder, expected: &str) -> Output {
    python(folder, &format!("with_{reader}.py")).arg(expected).output().expect("Python runs")
}

/// JSON Lines and Parquet are what they should be, for one reader.
#[track_caller]
fn agrees(reader: &str) {
    for folder in [&EVERYTHING, &LATE] {
        let output = read_with(reader, folder, LINES);
        assert!(output.status.success(), "{}", stderr(&output));
        let records = folder.read(LINES).lines().count();
        let said: Vec<&str> = stdout(&output).lines().collect();
        let expected = [LINES, "articles.parquet"].map(|name| format!("{name}: {records} records agree"));
        assert_eq!(said, expected);
    }
}

#[test]
#[ignore = "needs DuckDB in $READERS_PYTHON, or else in target/venv/bin/python"]
fn duckdb_reads_what_was_written() {
    agrees("duckdb");
}

#[test]
#[ignore = "needs Polars in $READERS_PYTHON, or else in target/venv/bin/python"]
fn polars_reads_what_was_written() {
    agrees("polars");
}

#[test]
#[ignore = "needs pandas in $READERS_PYTHON, or else in target/venv/bin/python"]
fn pandas_reads_what_was_written() {
    agrees("pandas");
}

#[test]
#[ignore = "needs PyArrow in $READERS_PYTHON, or else in target/venv/bin/python"]
fn pyarrow_reads_what_was_written() {
    agrees("pyarrow");
}

#[test]
#[ignore = "needs Hugging Face `datasets` in $READERS_PYTHON, or else in target/venv/bin/python"]
fn datasets_reads_what_was_written() {
    agrees("datasets");
}

/// The records, and the tables of the package, which runs the program itself.
#[test]
#[ignore = "needs the Python package and the readers in $READERS_PYTHON, or else in target/venv/bin/python"]
fn the_package_reads_what_was_written() {
    let output = read_with("news_ingest", &EVERYTHING, LINES);
    assert!(output.status.success(), "{}", stderr(&output));
    let records = EVERYTHING.read(LINES).lines().count();
    let ways = ["read", "to_arrow", "batches", "to_polars", "to_pandas", "to_dataset"];
    let expected = ways.map(|way| format!("{way}: {records} records agree\n")).concat();
    assert_eq!(stdout(&output), expected);
}

/// Where all titles look like dates, two readers guess wrong in JSON Lines, but not where they are told.
#[test]
#[ignore = "needs DuckDB and PyArrow in $READERS_PYTHON, or else in target/venv/bin/python"]
fn text_that_looks_like_dates_stays_text_where_its_type_is_told() {
    let folder = Folder::new("readers-dated");
    for number in 1..10 {
        let (title, category) = (format!("2025-03-0{number}"), "12:30:45".into());
        let file = CrawlFile { title, category, ..CrawlFile::with_text(&format!("2024-01-0{number}")) };
        folder.put(&format!("in/{number}.md"), numbered(file, number).to_string());
    }
    write(&folder);
    let output = python(&folder, "dated.py").output().expect("Python runs");
    assert_eq!((stdout(&output), stderr(&output)), ("dated: 9 records agree\n", ""));
}

/// From JSON Lines, Spark would need to be told the order of the columns.
#[test]
#[ignore = "needs Spark in $READERS_PYTHON, or else in target/venv/bin/python, and Java"]
fn spark_reads_what_was_written_as_parquet() {
    let output = read_with("spark", &EVERYTHING, LINES);
    assert!(output.status.success(), "{}", stderr(&output));
    let records = EVERYTHING.read(LINES).lines().count();
    assert_eq!(stdout(&output), format!("articles.parquet: {records} records agree\n"));
}

/// What Python's `reader` makes of the stream that a run writes into its standard input.
#[track_caller]
fn agrees_from_a_pipe(reader: &str, command: impl Fn(&Folder) -> Command) {
    for folder in [&EVERYTHING, &LATE] {
        let mut ingest = folder
            .command(&["--to", "arrow", "in"].into_iter().chain(TOLERANT).collect::<Vec<_>>())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("ingest runs");
        let output = command(folder)
            .args([LINES, reader])
            .stdin(ingest.stdout.take().expect("it is piped"))
            .output()
            .expect("Python runs");
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(ingest.wait().expect("ingest ends").success());
        let records = folder.read(LINES).lines().count();
        assert_eq!(stdout(&output), format!("the stream in {reader}: {records} records agree\n"));
    }
}

#[test]
#[ignore = "needs DuckDB, Polars and PyArrow in $READERS_PYTHON, or else in target/venv/bin/python"]
fn an_arrow_stream_is_read_from_a_pipe() {
    for reader in ["duckdb", "polars", "pyarrow"] {
        agrees_from_a_pipe(reader, |folder| python(folder, "from_pipe.py"));
    }
}

#[test]
#[ignore = "needs tests/python/readers/duckdb_alone.txt in target/duckdb-alone"]
fn duckdb_reads_an_arrow_stream_without_pyarrow() {
    let packages = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/duckdb-alone");
    assert!(packages.is_dir(), "nothing is at {}", packages.display());
    agrees_from_a_pipe("duckdb alone", |folder| {
        let mut command = python(folder, "from_pipe.py");
        command.env("PYTHONPATH", &packages);
        command
    });
}

/// The comparison can fail: it tells one title that looks the same, composed and decomposed.
#[test]
#[ignore = "needs the readers in $READERS_PYTHON, or else in target/venv/bin/python"]
fn a_difference_is_told_for_every_reader_and_format() {
    let [one, other] = [("composed", "제목"), ("decomposed", "\u{110c}\u{1166}\u{1106}\u{1169}\u{11a8}")]
        .map(|(name, title)| {
            let folder = Folder::new(&format!("readers-{name}"));
            put_accepted(&folder);
            folder.put(
                "in/a.md",
                numbered(CrawlFile { title: title.into(), ..CrawlFile::with_text("본문이다.") }, 1)
                    .to_string(),
            );
            write(&folder);
            folder
        });
    one.put("other.jsonl", other.read(LINES));
    let mixed = Folder::new("readers-mixed");
    mixed.put(LINES, one.read(LINES));
    fs::copy(other.0.join("articles.parquet"), mixed.0.join("articles.parquet")).unwrap();
    for reader in READERS {
        for (folder, expected, differs) in [(&one, "other.jsonl", LINES), (&mixed, LINES, "articles.parquet")]
        {
            let output = read_with(reader, folder, expected);
            assert_eq!(output.status.code(), Some(1), "{reader}: {}", stdout(&output));
            let said = stderr(&output);
            assert!(said.contains(&format!("{differs}: row 1: title is ")), "{reader}: {said}");
            assert_eq!(said.matches(": row ").count(), 1, "{reader}: {said}");
        }
    }
}

/// How PyArrow reads the footer of a Parquet file.
#[track_caller]
fn layout(folder: &Folder, name: &str) -> Value {
    let output = python(folder, "layout.py").arg(name).output().expect("Python runs");
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_str(stdout(&output)).expect("JSON")
}

#[test]
#[ignore = "needs PyArrow in $READERS_PYTHON, or else in target/venv/bin/python"]
fn a_parquet_file_has_its_schema_compression_and_statistics() {
    let person = "list<element: struct<name: string not null, role: string not null, email: string not null> not null>";
    let folder = Folder::new("readers-layout");
    put_accepted(&folder);
    write(&folder);
    let layout = layout(&folder, "articles.parquet");
    let string = |name: &str| json!([name, "string", "not null"]);
    let columns = json!([
        string("id"),
        string("oid"),
        string("aid"),
        string("title"),
        string("text"),
        string("publisher"),
        string("category"),
        string("byline"),
        ["authors", person, "not null"],
        ["published_on", "date32[day]", "null"],
        ["published_at", "timestamp[us, tz=UTC]", "null"],
        ["crawled_at", "timestamp[us, tz=UTC]", "null"],
        string("url"),
        string("content_hash"),
        ["verified", "bool", "not null"],
        ["comment_count", "int64", "not null"],
        ["extra", "list<element: struct<key: string not null, value: string not null> not null>", "not null"],
        string("path"),
    ]);
    assert_eq!(layout["columns"], columns);
    assert_eq!(layout["compression"], json!(["ZSTD"]));
    assert_eq!(layout["rows"], 12);
    assert_eq!(layout["created_by"], concat!("ingest version ", env!("CARGO_PKG_VERSION")));
    // Read off the fixtures: the least, the greatest, and how many are null.
    let ranges = &layout["ranges"];
    assert_eq!(ranges["id"], json!(["901_0000000001", "901_0000000012", 0]));
    assert_eq!(ranges["oid"], json!(["901", "901", 0]));
    assert_eq!(ranges["publisher"], json!(["", "가나일보", 0]));
    assert_eq!(ranges["published_on"], json!(["2024-09-01", "2025-03-14", 1]));
    assert_eq!(ranges["verified"], json!(["True", "True", 0]));
    assert_eq!(ranges["comment_count"], json!(["0", "3", 0]));
    for without in ["title", "text", "byline", "url", "content_hash", "path"] {
        assert_eq!(ranges[without], Value::Null, "{without}");
    }
    let dictionaries = layout["dictionaries"].as_array().expect("a list");
    for (name, has) in [("publisher", true), ("category", true), ("text", false), ("content_hash", false)] {
        assert_eq!(dictionaries.contains(&name.into()), has, "{name}");
    }
}

#[test]
#[ignore = "needs PyArrow in $READERS_PYTHON, or else in target/venv/bin/python"]
fn groups_of_rows_are_near_128_mb() {
    const PAGES: usize = 150;
    let folder = Folder::new("readers-groups");
    let text = "백만 바이트를 채우는 본문이다. ".repeat((1 << 20) / "백만 바이트를 채우는 본문이다. ".len());
    for number in 0..PAGES {
        let file = CrawlFile::with_text(&format!("{number}. {text}끝"));
        folder.put(&format!("in/{number:03}.md"), numbered(file, number).to_string());
    }
    let written = folder.ingest(&["-qq", "-o", "articles.parquet", "in"]);
    assert_eq!((written.status.code(), stderr(&written)), (Some(0), ""));
    let layout = layout(&folder, "articles.parquet");
    let groups: Vec<[u64; 2]> = layout["groups"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|group| ["rows", "bytes"].map(|key| group[key].as_u64().expect("a number")))
        .collect();
    assert_eq!(groups.iter().map(|[rows, _]| rows).sum::<u64>(), PAGES as u64);
    assert!(groups.len() == 2 && (110_000_000..=(128 << 20)).contains(&groups[0][1]), "{groups:?}");
}

/// The calls of the page are those of the scripts, word for word.
#[test]
fn the_page_gives_the_calls_that_are_tested() {
    let file = fs::read_to_string("docs/records-and-readers.md").unwrap();
    let scripts =
        READERS.map(|reader| fs::read_to_string(format!("tests/python/readers/with_{reader}.py")).unwrap());
    let is_tested = |code: &str| scripts.iter().any(|script| script.contains(code));
    let (_, table) = file.split_once("| reader | Parquet | JSON Lines |\n").expect("there is the table");
    let rows: Vec<&str> = table.lines().skip(1).take_while(|line| line.starts_with('|')).collect();
    let calls: Vec<&str> = rows.iter().flat_map(|row| row.split('`').skip(1).step_by(2)).collect();
    assert_eq!((rows.len(), calls.len()), (READERS.len(), 2 * READERS.len()));
    for call in calls {
        assert!(is_tested(call), "no script has {call}");
    }
    let (_, features) = file.split_once("```python\nfrom datasets").expect("there are the features");
    let features = features.split("```").next().expect("the block ends");
    for part in features.split("\n\n") {
        assert!(is_tested(part.trim_start()), "no script has {part}");
    }
}
