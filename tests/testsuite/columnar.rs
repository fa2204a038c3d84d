//! Parquet and Arrow: the same values as the JSON Lines, row by row, whoever reads them.

#![cfg(feature = "columnar")]

use std::fs::{self, File};
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, RecordBatch};
use arrow_ipc::reader::StreamReader;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::{Map, Value, json};

use crate::support::crawl_file::CrawlFile;
use crate::support::folder::{Folder, stderr, stdout};

const STRINGS: [&str; 11] =
    ["id", "oid", "aid", "title", "text", "publisher", "category", "byline", "url", "content_hash", "path"];

/// The accepted fixtures, and enough articles for several batches.
fn fixtures_and_articles(name: &str) -> Folder {
    let folder = Folder::new(name);
    for entry in fs::read_dir("fixtures/accept").unwrap() {
        let path = entry.unwrap().path();
        folder.put(&format!("in/{}", path.file_name().unwrap().to_str().unwrap()), fs::read(&path).unwrap());
    }
    for number in 100..600 {
        let text = format!("{number}번째 \"기사\"의 본문이다.\n\n{}", "길다. ".repeat(number) + "끝");
        folder.put(&format!("in/{number}.md"), CrawlFile::numbered(number, &text).to_string());
    }
    folder
}

/// The rows as records, but for times: those are the moments that they stand for.
fn rows(batches: impl IntoIterator<Item = RecordBatch>) -> Vec<Value> {
    batches
        .into_iter()
        .flat_map(|batch| (0..batch.num_rows()).map(move |row| self::row(&batch, row)))
        .collect()
}

fn row(batch: &RecordBatch, row: usize) -> Value {
    let column =
        |name: &str| batch.column_by_name(name).unwrap_or_else(|| panic!("no column {name}")).clone();
    let mut record = Map::new();
    for name in STRINGS {
        record.insert(name.into(), column(name).as_string::<i32>().value(row).into());
    }
    let days = column("published_on");
    let epoch = date(1970, 1, 1);
    let day = (!days.is_null(row)).then(|| {
        let days = days.as_primitive::<Date32Type>().value(row);
        epoch.checked_add(jiff::Span::new().days(days)).unwrap().to_string()
    });
    record.insert("published_on".into(), json!(day));
    for name in ["published_at", "crawled_at"] {
        let moments = column(name);
        let moment =
            (!moments.is_null(row)).then(|| moments.as_primitive::<TimestampMicrosecondType>().value(row));
        record.insert(name.into(), json!(moment));
    }
    record.insert("verified".into(), column("verified").as_boolean().value(row).into());
    record.insert(
        "comment_count".into(),
        column("comment_count").as_primitive::<Int64Type>().value(row).into(),
    );
    let people = column("authors").as_list::<i32>().value(row);
    let people = people.as_struct();
    let part = |name: &str, person: usize| {
        people.column_by_name(name).unwrap().as_string::<i32>().value(person).to_owned()
    };
    let authors = (0..people.len()).map(|person| {
        json!({"name": part("name", person), "role": part("role", person), "email": part("email", person)})
    });
    record.insert("authors".into(), authors.collect());
    let entries = column("extra").as_list::<i32>().value(row);
    let entries = entries.as_struct();
    let part = |name: &str, entry: usize| {
        entries.column_by_name(name).unwrap().as_string::<i32>().value(entry).to_owned()
    };
    let extra: Map<String, Value> =
        (0..entries.len()).map(|entry| (part("key", entry), part("value", entry).into())).collect();
    record.insert("extra".into(), extra.into());
    Value::Object(record)
}

/// The JSON Lines as the same rows: times as microseconds, read by another library than the one that wrote them.
fn expected(lines: &str) -> Vec<Value> {
    lines
        .lines()
        .map(|line| {
            let mut record: Value = serde_json::from_str(line).unwrap();
            for name in ["published_at", "crawled_at"] {
                if let Some(time) = record[name].as_str() {
                    record[name] = time.parse::<Timestamp>().unwrap().as_microsecond().into();
                }
            }
            if let Some(day) = record["published_on"].as_str() {
                assert!(day.parse::<Date>().is_ok());
            }
            record
        })
        .collect()
}

fn parquet(path: &Path) -> Vec<Value> {
    let reader =
        ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap().build().unwrap();
    rows(reader.map(Result::unwrap))
}

#[track_caller]
fn same(found: &[Value], expected: &[Value]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found, expected);
    }
}

#[test]
fn parquet_holds_the_values_of_the_lines() {
    let folder = fixtures_and_articles("parquet");
    let lines = folder.ingest(&["-q", "in"]);
    let written = folder.ingest(&["-q", "-o", "a.parquet", "in"]);
    assert_eq!((written.status.code(), stderr(&written)), (Some(0), ""));
    let expected = expected(stdout(&lines));
    assert!(expected.len() == 512 && expected.iter().any(|record| !record["published_at"].is_null()));
    same(&parquet(&folder.0.join("a.parquet")), &expected);
}

#[test]
fn parts_are_tables_of_their_own() {
    let folder = fixtures_and_articles("columnar-parts");
    let lines = expected(stdout(&folder.ingest(&["-q", "in"])));
    for (limit, most) in [("--split-records", "200"), ("--split-size", "100K")] {
        let written = folder.ingest(&["-q", "-o", "a.parquet", limit, most, "in"]);
        assert_eq!((written.status.code(), stderr(&written)), (Some(0), ""));
        let paths: Vec<_> = (0..)
            .map(|part| folder.0.join(format!("a-{part:05}.parquet")))
            .take_while(|path| path.exists())
            .collect();
        let parts: Vec<Vec<Value>> = paths.iter().map(|path| parquet(path)).collect();
        assert!(parts.len() > 2 && parts.iter().all(|part| !part.is_empty()), "{limit}");
        if limit == "--split-records" {
            assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [200, 200, 112]);
        }
        same(&parts.concat(), &lines);
    }
}

/// What a reader is told of a column before it reads it.
#[test]
fn columns_are_compressed_counted_and_told_apart_where_that_pays() {
    let folder = fixtures_and_articles("columnar-metadata");
    assert_eq!(folder.ingest(&["-q", "-o", "a.parquet", "in"]).status.code(), Some(0));
    let file = File::open(folder.0.join("a.parquet")).unwrap();
    let metadata = SerializedFileReader::new(file).unwrap().metadata().clone();
    assert_eq!((metadata.num_row_groups(), metadata.file_metadata().num_rows()), (1, 512));
    let columns = metadata.row_group(0).columns();
    let names: Vec<String> = columns.iter().map(|column| column.column_path().string()).collect();
    assert_eq!(names.len(), 16 + 3 + 2, "{names:?}");
    for (column, name) in columns.iter().zip(&names) {
        assert!(matches!(column.compression(), Compression::ZSTD(_)), "{name}");
        let has_dictionary = column.dictionary_page_offset().is_some();
        let hardly_ever_twice =
            ["id", "aid", "title", "text", "url", "content_hash", "path"].contains(&name.as_str());
        assert!(has_dictionary != hardly_ever_twice || name == "verified", "{name}");
        let is_told =
            ["id", "oid", "publisher", "published_on", "crawled_at", "verified"].contains(&name.as_str());
        assert!(!is_told || column.statistics().is_some_and(|told| told.min_bytes_opt().is_some()), "{name}");
    }
}

/// Rows of 15 MB: eight of them fit into a group.
#[test]
#[ignore = "takes half a minute where nothing is optimized"]
fn a_group_of_rows_has_about_128_mb() {
    let folder = Folder::new("columnar-groups");
    for number in 0..10 {
        let text = format!("{number}{}", "가나다라 ".repeat((15 << 20) / 13) + "끝");
        folder.put(&format!("in/{number}.md"), CrawlFile::numbered(number, &text).to_string());
    }
    let written = folder.ingest(&["-q", "-o", "a.parquet", "in"]);
    assert_eq!((written.status.code(), stderr(&written)), (Some(0), ""));
    let file = File::open(folder.0.join("a.parquet")).unwrap();
    let metadata = SerializedFileReader::new(file).unwrap().metadata().clone();
    let groups: Vec<_> =
        metadata.row_groups().iter().map(|group| (group.num_rows(), group.total_byte_size())).collect();
    assert_eq!(groups.iter().map(|(rows, _)| *rows).collect::<Vec<_>>(), [8, 2], "{groups:?}");
    assert!((120 << 20..=128 << 20).contains(&groups[0].1), "{groups:?}");
}

#[test]
fn an_arrow_stream_holds_the_values_of_the_lines() {
    let folder = fixtures_and_articles("arrow");
    let lines = folder.ingest(&["-q", "in"]);
    let stream = folder.ingest(&["-q", "--to", "arrow", "in"]);
    let reader = StreamReader::try_new(Cursor::new(&stream.stdout), None).unwrap();
    same(&rows(reader.map(Result::unwrap)), &expected(stdout(&lines)));
}

/// Of so small a batch the standard output would hold all back, and the run then wait for ever: the time is only for that.
#[test]
fn a_batch_is_there_while_the_run_waits_for_more_input() {
    // Not one long wait, of which nothing would be left for a test that was stopped for a while.
    const WAITS: usize = 300;
    const A_WAIT: Duration = Duration::from_millis(100);
    let folder = fixtures_and_articles("arrow-waiting");
    let arguments = ["-qq", "-j1", "--to", "arrow", "--fields", "verified", "--files-from", "-"];
    let mut command = folder.command(&arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let (mut list, stream) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let (sender, received) = mpsc::channel();
    let reader = thread::spawn(move || {
        let batches = StreamReader::try_new(stream, None).unwrap();
        batches.for_each(|batch| sender.send(batch.unwrap().num_rows()).unwrap());
    });
    // Enough for one batch, and for the files that are read together to be handed over up to its end.
    list.write_all("in/100.md\n".repeat(4608).as_bytes()).unwrap();
    let first = (0..WAITS).find_map(|_| received.recv_timeout(A_WAIT).ok());
    drop(list);
    assert_eq!((first, received.recv()), (Some(4096), Ok(512)));
    reader.join().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// The largest number of a column is 2^63 - 1, the earliest year of most readers 0001, in UTC.
#[test]
fn what_no_column_holds_is_an_invalid_field_in_every_format() {
    let folder = Folder::new("columnar-limits");
    let crawl_file = |number: usize| CrawlFile::numbered(number, &format!("{number}번째 본문이다."));
    let counted =
        |number, count: &str| CrawlFile { more: format!("comment_count: {count}\n"), ..crawl_file(number) };
    let published = |number, time: &str| CrawlFile { published_at: time.into(), ..crawl_file(number) };
    for (name, crawl_file) in [
        ("good/a.md", counted(1, "9223372036854775807")),
        ("good/b.md", published(2, "0001-01-01 09:00")),
        ("good/c.md", published(3, "9999-12-30 23:59")),
        ("bad/a.md", counted(4, "9223372036854775808")),
        ("bad/b.md", counted(5, "99999999999999999999999")),
        ("bad/c.md", published(6, "0001-01-01 08:59")),
        ("bad/d.md", published(7, "0001-01-01 00:00 +09:00")),
    ] {
        folder.put(name, crawl_file.to_string());
    }
    let lines = folder.ingest(&["-q", "--max-rejected", "4", "good", "bad"]);
    assert_eq!(lines.status.code(), Some(0), "{}", stderr(&lines));
    assert_eq!(stderr(&lines).matches("error[invalid-field]").count(), 4, "{}", stderr(&lines));
    let expected = expected(stdout(&lines));
    assert_eq!(expected[0]["comment_count"], json!(9_223_372_036_854_775_807_u64));
    assert_eq!(expected[1]["published_at"], json!(-62_135_596_800_000_000_i64));
    for options in [&[][..], &["-W", "invalid-field"]] {
        let arguments = [&["-qq", "--max-rejected", "4", "good", "bad"], options].concat();
        let lines = folder.ingest(&arguments);
        let written = folder.ingest(&[&arguments[..], &["-o", "a.parquet"]].concat());
        assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
        same(&parquet(&folder.0.join("a.parquet")), &self::expected(stdout(&lines)));
    }
}

#[test]
fn the_same_bytes_come_out_at_any_number_of_threads() {
    let folder = fixtures_and_articles("columnar-threads");
    for format in ["parquet", "arrow"] {
        let [alone, together] =
            ["1", "8"].map(|threads| folder.ingest(&["-q", "-j", threads, "--to", format, "in"]).stdout);
        assert!(alone == together && !alone.is_empty(), "{format}");
    }
}

#[test]
fn a_record_that_is_taken_back_is_no_row() {
    let folder = fixtures_and_articles("columnar-dedup");
    let arguments = ["-q", "-D", "duplicate", "in", "in"];
    let lines = folder.ingest(&arguments);
    let written = folder.ingest(&[&arguments[..], &["-o", "a.parquet"]].concat());
    assert_eq!(written.status.code(), Some(1));
    same(&parquet(&folder.0.join("a.parquet")), &expected(stdout(&lines)));
}

#[test]
fn a_full_disk_is_2_and_a_reader_that_goes_away_is_141() {
    let folder = fixtures_and_articles("columnar-full");
    for format in ["parquet", "arrow"] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = folder.command(&["-q", "--to", format, "in"]).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{format}");
        assert!(stderr(&output).contains("No space left on device"), "{format}: {}", stderr(&output));
        let mut child = folder
            .command(&["-q", "--to", format, "in"])
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(141), "{format}");
    }
}
