//! `--redact` with its key and its lists, and the rules for personal data.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Output;

use serde_json::{Value, json};

use crate::support::crawl_file::{self, CrawlFile};
use crate::support::folder::{Folder, stderr, stdout};

const TEXT: &str = "전화 010-1234-5678 또는 +82 10 1234 5678, 메일 Hong@example.com";

/// An article with personal data everywhere, and a comment with some.
fn article() -> String {
    let more = "comment_count: 1\nhotline: 02-123-4567\ncontact:\n  rrn: 9001011234567\n  who: \"k 010-2345-6789\"\n";
    let comments = "## 댓글 (1 개)\n\n**kim**\n\n주민번호 900101-1234567\n\n---\n\n";
    let title = "문의 010-1234-5678".to_owned();
    // What YAML reads may be nested.
    let author = "홍길동 기자 (hong@example.com)".to_owned();
    CrawlFile { title, author, more: more.into(), comments: comments.into(), ..CrawlFile::with_text(TEXT) }
        .to_string()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.put("a.md", article());
    folder
}

fn ok(output: &Output) -> &str {
    assert_eq!(output.status.code(), Some(0), "{}", stderr(output));
    stdout(output)
}

/// Writes a key that only its owner may read.
fn put_key(folder: &Folder, name: &str, key: &[u8], mode: u32) {
    folder.put(name, key);
    fs::set_permissions(folder.0.join(name), fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn personal_data_is_replaced_in_every_value_that_may_hold_some() {
    let folder = folder("redact-all");
    let arguments =
        ["-q", "--redact", "all", "--comments", "c.jsonl", "--redactions", "r.jsonl", "--summary", "s.json"];
    let output = folder.ingest(&[&arguments[..], &["a.md"]].concat());
    let record = &lines(ok(&output))[0];
    assert_eq!(record["text"], "전화 [phone] 또는 [phone], 메일 [email]");
    assert_eq!(record["title"], "문의 [phone]");
    assert_eq!(record["byline"], "홍길동 기자 ([email])");
    assert_eq!(record["authors"], json!([{"name": "홍길동", "role": "기자", "email": "[email]"}]));
    assert_eq!(record["extra"]["hotline"], "[phone]");
    // The text of a nested value is still JSON.
    let contact: Value = serde_json::from_str(record["extra"]["contact"].as_str().unwrap()).unwrap();
    assert_eq!(contact, json!({"rrn": "[rrn]", "who": "k [phone]"}));
    assert_eq!(record["verified"], false);
    assert_eq!(record["content_hash"], crawl_file::sha256(TEXT));
    assert_eq!(record["id"], "901_0000000001");
    assert_eq!(record["url"], "https://n.news.naver.com/mnews/article/901/0000000001");
    let comments = lines(&folder.read("c.jsonl"));
    assert_eq!(comments[0]["text"], "주민번호 [rrn]");

    // Offsets and lengths are characters of the value as it was.
    let redactions = lines(&folder.read("r.jsonl"));
    let places: Vec<_> = redactions
        .iter()
        .map(|line| {
            assert_eq!([&line["path"], &line["id"]], ["a.md", "901_0000000001"]);
            assert_eq!(line.as_object().unwrap().len(), 6);
            json!([line["pointer"], line["kind"], line["offset"], line["length"]])
        })
        .collect();
    let expected = [
        json!(["/text", "phone", 3, 13]),
        json!(["/text", "phone", 20, 16]),
        json!(["/text", "email", 41, 16]),
        json!(["/title", "phone", 3, 13]),
        json!(["/byline", "email", 8, 16]),
        json!(["/extra/hotline", "phone", 0, 11]),
        json!(["/extra/contact", "rrn", 8, 13]),
        json!(["/extra/contact", "phone", 32, 13]),
        json!(["/authors/0/email", "email", 0, 16]),
        json!(["/comments/0/text", "rrn", 5, 14]),
    ];
    assert_eq!(places, expected);
    let totals: Value = serde_json::from_str(&folder.read("s.json")).unwrap();
    assert_eq!(totals["redactions"], json!({"email": 3, "phone": 5, "rrn": 2}));
}

#[test]
fn only_the_kinds_that_are_asked_for_are_replaced() {
    let folder = folder("redact-some");
    let output = folder.ingest(&["-q", "--redact", "emails,rrn", "--summary", "s.json", "a.md"]);
    let record = &lines(ok(&output))[0];
    assert_eq!(record["text"], "전화 010-1234-5678 또는 +82 10 1234 5678, 메일 [email]");
    let output = folder.ingest(&["-q", "--redact", "cards", "a.md"]);
    let record = &lines(ok(&output))[0];
    assert_eq!([&record["text"], &record["verified"]], [&json!(TEXT), &json!(true)]);
    assert_eq!(record["authors"][0]["email"], "hong@example.com");
    let refused = folder.ingest(&["--redact", "names", "a.md"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("[possible values: all, emails, phones, rrn,"), "{}", stderr(&refused));
}

/// `python3 -c 'import hmac; print(hmac.new(bytes(range(32)), b"phone:01012345678", "sha256").hexdigest()[:16])'`
#[test]
fn pseudonyms_are_those_of_python() {
    let folder = folder("redact-key");
    put_key(&folder, "key", &(0..32).collect::<Vec<u8>>(), 0o600);
    put_key(&folder, "other", &(1..33).collect::<Vec<u8>>(), 0o400);
    let output = folder.ingest(&["-q", "--redact", "all", "--redact-key", "key", "a.md"]);
    let record = &lines(ok(&output))[0];
    let phone = "[phone:252d2c450ea8e95d]";
    assert_eq!(record["text"], format!("전화 {phone} 또는 {phone}, 메일 [email:9d05b6f39b938b83]"));
    assert_eq!(record["authors"][0]["email"], "[email:9d05b6f39b938b83]");
    assert!(record["extra"]["contact"].as_str().unwrap().contains(r#""[rrn:f993a61580d53f70]""#));
    let output = folder.ingest(&["-q", "--redact", "all", "--redact-key", "other", "a.md"]);
    assert!(lines(ok(&output))[0]["text"].as_str().unwrap().starts_with("전화 [phone:53c2994a4f4c7f43]"));
    folder.put(
        "b.md",
        CrawlFile::with_text(
            "여권 m123a4567, 차량 １２가 ３４５６, 카드 4111 1111 1111 1111, 신한은행 110-123-456789",
        )
        .to_string(),
    );
    let output = folder.ingest(&["-q", "--redact", "all", "--redact-key", "key", "b.md"]);
    let expected = "여권 [passport:f377a9b930d17123], 차량 [plate:a2e0ecf7b51264b7], 카드 [card:47bedcc02d6b6161], \
                    신한은행 [account:2f17059e4fdbec7b]";
    assert_eq!(lines(ok(&output))[0]["text"], expected);
}

#[test]
fn a_key_that_others_may_read_or_of_another_size_is_refused() {
    let folder = folder("redact-bad-key");
    let refused = |name: &str, expected: &str| {
        let output = folder.ingest(&["--redact", "all", "--redact-key", name, "a.md"]);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    };
    put_key(&folder, "open", &[7; 32], 0o644);
    put_key(&folder, "group", &[7; 32], 0o640);
    put_key(&folder, "short", &[7; 31], 0o600);
    put_key(&folder, "long", &[7; 33], 0o600);
    refused("open", "others may read the key `open`: its mode is 0644, not 0600");
    refused("group", "its mode is 0640");
    refused("short", "has 31 bytes, not 32");
    refused("long", "has more bytes, not 32");
    refused("none", "cannot read the key `none`: ");
    refused(".", "the key `.` ");
    let output = folder.ingest(&["--redact-key", "open", "a.md"]);
    assert!(stderr(&output).contains("--redact <KINDS>"), "{}", stderr(&output));
}

#[test]
fn numbers_of_institutions_are_kept() {
    let folder = folder("redact-kept");
    folder.put("kept", "# 신문사\n02) 123-4567\n\n+82-10-1234-5678 # 제보\n1588-1234\n");
    let output = folder.ingest(&[
        "-q",
        "--redact",
        "phones",
        "--keep-phones",
        "kept",
        "--redactions",
        "-",
        "-o",
        "o.jsonl",
        "a.md",
    ]);
    let pointers: Vec<_> = lines(ok(&output)).iter().map(|line| line["pointer"].clone()).collect();
    assert_eq!(pointers, ["/extra/contact"]);
    let record = &lines(&folder.read("o.jsonl"))[0];
    assert_eq!([&record["text"], &record["verified"]], [&json!(TEXT), &json!(true)]);
    folder.put("kept", "02-123-4567\n신문사 02-123-4567\n");
    let output = folder.ingest(&["--redact", "phones", "--keep-phones", "kept", "a.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("line 2 of `kept`: `신문사 02-123-4567` is not a telephone number"));
}

/// Neither the message nor the line below it repeats the data.
#[test]
fn a_rule_finds_personal_data_and_does_not_repeat_it() {
    let folder = folder("personal-rules");
    let rules = ["-W", "personal-phone", "-W", "personal-rrn", "-W", "personal-email"];
    for format in ["text", "concise", "json", "jsonl", "github", "sarif", "junit", "gitlab", "markdown"] {
        let output = folder.ingest(&[&["check", "-q", "--format", format], &rules[..], &["a.md"]].concat());
        let said = stdout(&output);
        assert!(said.contains("personal-phone") && said.contains("personal-rrn"), "{format}: {said}");
        for data in ["1234-5678", "1234567", "example.com"] {
            assert!(!said.contains(data), "{format}: {said}");
        }
    }
    let output = folder.ingest(&[&["check", "-q", "--format", "concise"], &rules[..], &["a.md"]].concat());
    let places: Vec<_> =
        stdout(&output).lines().map(|line| line.split(": ").take(2).collect::<Vec<_>>().join(" ")).collect();
    let kinds = [
        ("phone", &["010-1234-5678", "+82 10 1234 5678", "02-123-4567", "010-2345-6789"][..]),
        ("rrn", &["9001011234567", "900101-1234567"]),
        ("email", &["hong@example.com", "Hong@example.com"]),
    ];
    let mut expected = Vec::new();
    for (number, line) in article().lines().enumerate() {
        for (kind, values) in kinds {
            let columns = values.iter().flat_map(|value| line.match_indices(value));
            expected
                .extend(columns.map(|(offset, _)| (number + 1, line[..offset].chars().count() + 1, kind)));
        }
    }
    expected.sort_unstable();
    assert_eq!(expected.len(), 10);
    let expected: Vec<_> = expected
        .iter()
        .map(|(line, column, kind)| format!("a.md:{line}:{column} warning[personal-{kind}]"))
        .collect();
    assert_eq!(places, expected, "{}", stdout(&output));
    let output = folder.ingest(&["check", "-q", "a.md"]);
    assert_eq!(stdout(&output), "");
}
