//! Records as CSV: the values that need quotes, empty ones, parts, and what Python's `csv` reads.

use std::borrow::Cow;
use std::fs;
use std::process::Command;

use news_ingest::output::projection::Projection;
use news_ingest::output::text_format::TextFormat;
use news_ingest::record::article::{Article, Author};
use news_ingest::record::datetime::Published;

use crate::support::crawl_file::CrawlFile;
use crate::support::folder::{Folder, stderr, stdout};

fn article<'a>(title: &'a str, text: &'a str) -> Article<'a> {
    Article {
        id: Cow::Borrowed("901_0000000001"),
        oid: Cow::Borrowed("901"),
        aid: Cow::Borrowed("0000000001"),
        title: Cow::Borrowed(title),
        text: Cow::Borrowed(text),
        publisher: Cow::Borrowed("가나일보"),
        category: Cow::Borrowed(""),
        byline: Cow::Borrowed("홍길동 기자"),
        authors: vec![Author { name: "홍길동", role: "기자", email: "" }],
        published_on: Some("2025-03-14 09:41".parse::<Published>().unwrap().on),
        published_at: "2025-03-14 09:41".parse::<Published>().unwrap().at,
        crawled_at: None,
        url: Cow::Borrowed("https://example.com/a,b"),
        content_hash: Cow::Borrowed("00"),
        verified: true,
        comment_count: 3,
        extra: vec![(Cow::Borrowed("tag"), Cow::Borrowed("\"x\"\n"))],
        path: Cow::Borrowed("a.md"),
    }
}

fn csv(article: &Article<'_>, projection: Projection) -> String {
    let (mut text, encoder) = (Vec::new(), TextFormat::Csv.encoder());
    encoder.write_header(projection, &mut text);
    encoder.write_record(article, projection, true, &mut text);
    String::from_utf8(text).expect("CSV is UTF-8")
}

#[test]
fn a_record_is_a_line_below_the_keys() {
    let expected = concat!(
        "id,oid,aid,title,text,publisher,category,byline,authors,published_on,published_at,crawled_at,url,",
        "content_hash,verified,comment_count,extra,path\r\n",
        "901_0000000001,901,0000000001,제목,본문,가나일보,,홍길동 기자,",
        r#""[{""name"":""홍길동"",""role"":""기자"",""email"":""""}]","#,
        "2025-03-14,2025-03-14T09:41:00+09:00,,\"https://example.com/a,b\",00,true,3,",
        r#""{""tag"":""\""x\""\n""}",a.md"#,
        "\r\n",
    );
    assert_eq!(csv(&article("제목", "본문"), Projection::default()), expected);
    let empty = Article { authors: Vec::new(), extra: Vec::new(), ..article("제목", "본문") };
    let nested = Projection::parse(["authors", "extra"]).unwrap();
    assert_eq!(csv(&empty, nested), "authors,extra\r\n[],{}\r\n");
}

#[test]
fn values_are_quoted_where_they_need_it() {
    for (title, expected) in [
        ("가나", "가나"),
        (" a ", " a "),
        ("a,b", "\"a,b\""),
        ("a\"b", "\"a\"\"b\""),
        ("\"", "\"\"\"\""),
        ("a\nb", "\"a\nb\""),
        ("a\rb", "\"a\rb\""),
        ("a\r\n", "\"a\r\n\""),
        ("'a'", "'a'"),
        ("=1+1", "=1+1"),
        ("\u{2028}", "\u{2028}"),
    ] {
        let title_and_path = Projection::parse(["title", "path"]).unwrap();
        let line = format!("title,path\r\n{expected},a.md\r\n");
        assert_eq!(csv(&article(title, ""), title_and_path), line, "{title:?}");
    }
}

/// A reader skips an empty line.
#[test]
fn an_empty_record_is_no_empty_line() {
    for key in ["text", "category", "crawled_at"] {
        let projection = Projection::parse([key]).unwrap();
        assert_eq!(csv(&article("", ""), projection), format!("{key}\r\n\"\"\r\n"));
    }
    let two = Projection::parse(["text", "category"]).unwrap();
    assert_eq!(csv(&article("", ""), two), "text,category\r\n,\r\n");
}

/// Articles whose texts have lines and quotes, which a part must not be cut at.
fn folder_of(name: &str, count: usize) -> Folder {
    let folder = Folder::new(&format!("csv-{name}"));
    for number in 0..count {
        let (id, aid) = (format!("901_{number:010}"), format!("{number:010}"));
        let url = format!("https://n.news.naver.com/mnews/article/901/{aid}");
        let page =
            CrawlFile {
                id, aid, url, ..CrawlFile::with_text(&format!("첫 줄 \"{number}\"\n\n둘째 줄, 끝"))
            };
        folder.put(&format!("in/{number}.md"), page.to_string());
    }
    fs::create_dir_all(folder.0.join("out")).unwrap();
    folder
}

#[test]
fn the_ending_of_the_file_or_the_option_asks_for_it() {
    let folder = folder_of("endings", 2);
    let plain = folder.ingest(&["-q", "--to", "csv", "--fields", "id,text", "in"]);
    let record = |number: usize| format!("901_{number:010},\"첫 줄 \"\"{number}\"\"\n\n둘째 줄, 끝\"\r\n");
    assert_eq!(stdout(&plain), format!("id,text\r\n{}{}", record(0), record(1)));
    for (name, program) in [("a.csv", "cat"), ("a.CSV", "cat"), ("a.csv.gz", "gzip"), ("a.csv.zst", "zstd")] {
        let path = format!("out/{name}");
        let output = folder.ingest(&["-q", "-o", &path, "--fields", "id,text", "in"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let bytes = fs::read(folder.0.join(&path)).unwrap();
        let unpacked = match program {
            "cat" => bytes,
            "gzip" => Command::new("gzip").args(["-dc"]).arg(folder.0.join(&path)).output().unwrap().stdout,
            _ => zstd::decode_all(bytes.as_slice()).unwrap(),
        };
        assert!(unpacked == plain.stdout, "{name}");
    }
    // Without an article there is a header, so that a reader finds the columns.
    folder.put("none", "");
    let none = folder.ingest(&["-q", "--to", "csv", "--fields", "id,text", "--files-from", "none"]);
    assert_eq!(stdout(&none), "id,text\r\n");
}

#[test]
fn parts_have_whole_records_below_a_header_each() {
    let folder = folder_of("parts", 5);
    let part = |number: usize| folder.read(&format!("out/a-{number:05}.csv"));
    let header = "text\r\n";
    let record = |number: usize| format!("\"첫 줄 \"\"{number}\"\"\n\n둘째 줄, 끝\"\r\n");
    let expected = [
        format!("{header}{}{}", record(0), record(1)),
        format!("{header}{}{}", record(2), record(3)),
        format!("{header}{}", record(4)),
    ];
    let two = (header.len() + 2 * record(0).len()).to_string();
    let more = (header.len() + 2 * record(0).len() - 1).to_string();
    for (option, size, parts) in
        [("--split-records", "2", 3), ("--split-size", two.as_str(), 3), ("--split-size", more.as_str(), 5)]
    {
        let output = folder.ingest(&["-q", "-o", "out/a.csv", "--fields", "text", option, size, "in"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert_eq!(fs::read_dir(folder.0.join("out")).unwrap().count(), parts, "{option} {size}");
        if parts == 3 {
            assert_eq!([part(0), part(1), part(2)], expected, "{option} {size}");
        }
    }
}

#[test]
#[ignore = "needs python3"]
fn python_reads_the_values_of_the_json_lines() {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/accept");
    let folder = Folder::new("csv-python");
    for name in ["a.csv", "a.jsonl"] {
        folder.ingest(&["-q", "-W", "hash-mismatch", "-o", name, fixtures]);
    }
    let output = Command::new("python3")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/python/readers/with_csv.py"))
        .args([folder.0.join("a.csv"), folder.0.join("a.jsonl")])
        .output()
        .expect("Python runs");
    let count = folder.read("a.jsonl").lines().count();
    assert_eq!((stdout(&output), stderr(&output)), (format!("{count}\n").as_str(), ""));
}
