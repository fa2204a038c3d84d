//! What of the records is wanted: some keys, a part of the files, each article once.

use std::fs;

use news_ingest::input::shard::Shard;
use news_ingest::layout::Layouts;
use news_ingest::record::key::Key;
use news_ingest::schema;
use news_ingest::schema::SchemaKind;
use serde_json::{Map, Value};

use crate::support::crawl_file::{self, CrawlFile};
use crate::support::folder::{Folder, stderr, stdout};

const KEYS: [&str; 18] = [
    "id",
    "oid",
    "aid",
    "title",
    "text",
    "publisher",
    "category",
    "byline",
    "authors",
    "published_on",
    "published_at",
    "crawled_at",
    "url",
    "content_hash",
    "verified",
    "comment_count",
    "extra",
    "path",
];

#[test]
fn keys_have_the_order_of_the_contract_in_every_format() {
    assert_eq!(Key::ALL.iter().map(|key| key.name()).collect::<Vec<_>>(), KEYS);
    let folder = Folder::new("keys-order");
    let record = folder.ingest(&["-q", concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/accept/escaped.md")]);
    // A quote in a value is escaped, so that only a key matches.
    let find =
        |key: &str| ["{", ","].iter().find_map(|start| stdout(&record).find(&format!("{start}\"{key}\":")));
    let offsets = KEYS.map(|key| find(key).expect("the record has the key"));
    assert!(offsets.is_sorted(), "{offsets:?}");
    let schema: Value =
        serde_json::from_str(&schema::json_schema(SchemaKind::Record, &Layouts::default())).unwrap();
    let properties = schema["properties"].as_object().unwrap();
    assert_eq!(properties.keys().map(String::as_str).collect::<Vec<_>>(), KEYS);
}

fn numbered(number: usize, text: &str) -> String {
    CrawlFile::numbered(number, text).to_string()
}

fn records(lines: &str) -> Vec<Map<String, Value>> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The values of a key that is a string.
fn values(lines: &str, key: &str) -> Vec<String> {
    records(lines).iter().map(|record| record[key].as_str().unwrap().to_owned()).collect()
}

#[test]
fn all_keys_are_the_whole_record() {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/accept");
    let folder = Folder::new("fields-all");
    let whole = folder.ingest(&["-q", fixtures]);
    let all = folder.ingest(&["-q", "--fields", &KEYS.join(","), fixtures]);
    assert!(whole.stdout == all.stdout && !all.stdout.is_empty());
    for key in KEYS {
        let one = folder.ingest(&["-q", "--fields", key, fixtures]);
        let expected: Vec<Value> =
            records(stdout(&whole)).into_iter().map(|mut record| record.remove(key).unwrap()).collect();
        let got: Vec<Value> =
            records(stdout(&one)).into_iter().map(|mut record| record.remove(key).unwrap()).collect();
        assert_eq!(got, expected, "{key}");
        assert!(records(stdout(&one)).iter().all(|record| record.len() == 1), "{key}");
    }
}

#[test]
fn some_keys_stand_in_the_order_of_the_record() {
    let folder = Folder::new("fields-some");
    folder.put("a.md", numbered(1, "본문 \"이다\""));
    let got = |fields: &str| stdout(&folder.ingest(&["-q", "--fields", fields, "a.md"])).to_owned();
    assert_eq!(got("text,id"), "{\"id\":\"901_0000000001\",\"text\":\"본문 \\\"이다\\\"\"}\n");
    assert_eq!(got("path, id,id"), "{\"id\":\"901_0000000001\",\"path\":\"a.md\"}\n");
    for (fields, said) in [
        ("id,titel", "no key of the record is called `titel`; did you mean `title`?\n  one of id, oid,"),
        ("id,foo", "no key of the record is called `foo`\n  one of id, oid,"),
        ("", "no key of the record is called ``"),
        ("id,", "no key of the record is called ``"),
        ("ID", "no key of the record is called `ID`; did you mean `id`?"),
    ] {
        let output = folder.ingest(&["--fields", fields, "a.md"]);
        assert_eq!((stdout(&output), output.status.code()), ("", Some(2)), "{fields}");
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
}

/// Computed by a program of another language.
#[test]
fn the_part_of_a_path_is_the_same_everywhere() {
    for (path, count, expected) in [
        ("a.md", 2, 1),
        ("a.md", 100, 97),
        ("2025/03/0412.md", 7, 6),
        ("가/나 다.md", 7, 2),
        ("-", 3, 2),
        ("x/y/z.txt", 1000003, 659947),
    ] {
        let parts = (1..=count.min(200)).chain([expected]);
        let has = |part: &u64| format!("{part}/{count}").parse::<Shard>().unwrap().contains(path.as_bytes());
        let mut found: Vec<u64> = parts.filter(has).collect();
        found.dedup();
        assert_eq!(found, [expected], "{path} of {count}");
    }
    for wrong in [
        "",
        "1",
        "0/2",
        "3/2",
        "1/0",
        "-1/2",
        "+1/2",
        "1/2/3",
        " 1/2",
        "a/b",
        "1/",
        "/2",
        "1/99999999999999999999",
    ] {
        assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
    }
}

#[test]
fn parts_are_disjoint_and_together_the_whole() {
    let folder = Folder::new("shards");
    for number in 0..400 {
        folder.put(&format!("in/{}/{number}.md", number % 3), numbered(number, "본문"));
    }
    let whole = values(stdout(&folder.ingest(&["in"])), "path");
    let parts: Vec<Vec<String>> = (1..=4)
        .map(|part| values(stdout(&folder.ingest(&["--shard", &format!("{part}/4"), "in"])), "path"))
        .collect();
    for part in &parts {
        assert!((60..140).contains(&part.len()), "{}", part.len());
        // The order stays.
        assert!(whole.iter().filter(|path| part.contains(path)).eq(part));
    }
    let mut together = parts.concat();
    together.sort();
    let mut sorted = whole.clone();
    sorted.sort();
    assert_eq!(together, sorted);
    // What is in front of the folder, and how it is reached, does not matter.
    fs::create_dir(folder.0.join("elsewhere")).unwrap();
    fs::rename(folder.0.join("in"), folder.0.join("elsewhere/moved")).unwrap();
    let moved = folder.ingest(&["--shard", "2/4", "./elsewhere//moved/"]);
    let relative = |path: &String, root: &str| path.strip_prefix(root).unwrap().to_owned();
    let moved: Vec<String> =
        values(stdout(&moved), "path").iter().map(|path| relative(path, "./elsewhere//moved/")).collect();
    assert_eq!(moved, parts[1].iter().map(|path| relative(path, "in/")).collect::<Vec<_>>());
}

#[test]
fn a_file_that_is_an_argument_and_stdin_are_in_one_part() {
    let folder = Folder::new("shards-files");
    let names: Vec<String> = (0..30).map(|number| format!("{number}.md")).collect();
    for (number, name) in names.iter().enumerate() {
        folder.put(&format!("in/{name}"), numbered(number, "본문"));
    }
    let paths: Vec<String> = names.iter().map(|name| format!("in/{name}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let part = |part: &str, arguments: &[&str]| {
        let mut ids = values(stdout(&folder.ingest(&[&["--shard", part], arguments].concat())), "id");
        ids.sort();
        ids
    };
    assert_eq!([part("1/2", &paths), part("2/2", &paths)], [part("1/2", &["in"]), part("2/2", &["in"])]);
    assert_eq!(part("1/2", &paths).len() + part("2/2", &paths).len(), 30);
    let checked = folder.ingest(&["check", "--shard", "1/2", "in"]);
    assert!(
        stderr(&checked).starts_with(&format!("{} article", part("1/2", &["in"]).len())),
        "{}",
        stderr(&checked)
    );
}

/// Each file is its number, its text and whether it is accepted.
fn put_all(folder: &Folder, files: &[(usize, &str, bool)]) {
    for (at, (number, text, is_accepted)) in files.iter().enumerate() {
        let article = numbered(*number, text);
        let article =
            if *is_accepted { article } else { article.replace("crawled_at: 2025", "crawled_at: x") };
        folder.put(&format!("in/{at}.md"), article);
    }
}

#[test]
fn an_article_is_kept_once_the_first_in_order() {
    let folder = Folder::new("dedup");
    put_all(
        &folder,
        &[
            (1, "가", false),
            (1, "가", true),
            (2, "나", true),
            (1, "가", true),
            (1, "다", true),
            (3, "나", true),
            (3, "라", true),
        ],
    );
    for (by, kept, left_out) in [
        (
            "id",
            &["1", "2", "5"][..],
            &[
                "3.md: left out: `in/1.md` has this id already",
                "4.md: left out: `in/1.md` has this id already",
                "6.md: left out: `in/5.md` has this id already",
            ][..],
        ),
        (
            "text",
            &["1", "2", "6"],
            &[
                "3.md: left out: an earlier file has this text already",
                "5.md: left out: an earlier file has this text already",
            ],
        ),
    ] {
        for threads in ["1", "4"] {
            let output = folder.ingest(&[
                "--dedup",
                by,
                "-v",
                "-j",
                threads,
                "--summary",
                "totals.json",
                "--max-rejected",
                "2",
                "in",
            ]);
            let kept: Vec<String> = kept.iter().map(|number| format!("in/{number}.md")).collect();
            assert_eq!(values(stdout(&output), "path"), kept, "{by}");
            let listed: Vec<&str> = stderr(&output)
                .lines()
                .filter_map(|line| line.strip_prefix("in/").filter(|line| line.contains("left out")))
                .collect();
            assert_eq!(listed, left_out, "{by}");
            let totals: Value = serde_json::from_str(&folder.read("totals.json")).unwrap();
            let rejected = 7 - kept.len() - left_out.len();
            assert_eq!(
                [&totals["files"], &totals["articles"], &totals["left_out"], &totals["rejected"]],
                [7, kept.len(), left_out.len(), rejected],
                "{by}"
            );
            assert_eq!(totals["findings"]["warning"].get("duplicate"), None);
            let quiet = folder.ingest(&["--dedup", by, "--max-rejected", "2", "in"]);
            assert_eq!(quiet.stdout, output.stdout);
            assert!(
                !stderr(&quiet).contains("left out:")
                    && stderr(&quiet).contains(&format!(", {} left out, ", left_out.len()))
            );
            assert_eq!(quiet.status.code(), Some(0), "{}", stderr(&quiet));
        }
    }
}

#[test]
fn an_unverified_text_is_compared_as_it_is() {
    let folder = Folder::new("dedup-unverified");
    // Both state the hash of `가`.
    folder.put("1.md", numbered(1, "가")).put("2.md", numbered(2, "가").replace("\n가\n", "\n나\n"));
    folder.put("3.md", numbered(3, "나"));
    let output = folder.ingest(&["-W", "hash-mismatch", "--dedup", "text", "."]);
    assert_eq!(values(stdout(&output), "path"), ["./1.md", "./2.md"], "{}", stderr(&output));
}

#[test]
fn addresses_are_redacted_and_what_is_not_the_hashed_text_is_not_verified() {
    let folder = Folder::new("redact");
    let with_address = "본문이다. hong@example.com 제보: kim@example.co.kr";
    let address_in_text = CrawlFile {
        author: "홍길동 기자(hong@example.com)".to_owned(),
        ..CrawlFile::with_text(with_address)
    };
    let none_in_text = CrawlFile {
        author: "김가람 기자 kim@example.com".to_owned(),
        ..CrawlFile::with_text("본문이다.")
    };
    folder.put("a.md", address_in_text.to_string());
    folder.put("b.md", none_in_text.to_string().replace("0000000001", "0000000002"));
    let whole = folder.ingest(&["-q", "--summary", "whole.json", "."]);
    let redacted = folder.ingest(&["-q", "--redact", "emails", "--summary", "redacted.json", "."]);
    assert_eq!(redacted.status.code(), Some(0), "{}", stderr(&redacted));
    let (whole, redacted) = (records(stdout(&whole)), records(stdout(&redacted)));
    assert_eq!(redacted.len(), 2);
    assert_eq!(redacted[0]["text"], "본문이다. [email] 제보: [email]");
    assert_eq!(redacted[0]["byline"], "홍길동 기자([email])");
    assert_eq!(redacted[0]["authors"][0]["name"], "홍길동");
    assert_eq!([&redacted[0]["verified"], &redacted[1]["verified"]], [false, true]);
    for (whole, redacted) in whole.iter().zip(&redacted) {
        assert_eq!(whole["verified"], true);
        assert_eq!(redacted["authors"][0]["email"], "[email]");
        for key in KEYS.iter().filter(|key| !["text", "byline", "authors", "verified"].contains(key)) {
            assert_eq!(redacted[*key], whole[*key], "{key}");
        }
        let text = redacted["text"].as_str().unwrap();
        let is_hashed = crawl_file::sha256(text) == redacted["content_hash"].as_str().unwrap();
        assert_eq!(redacted["verified"], is_hashed);
    }
    // What was read was verified.
    for totals in ["whole.json", "redacted.json"] {
        let totals: Value = serde_json::from_str(&folder.read(totals)).unwrap();
        assert_eq!(totals["verified"], 2);
    }
    // Texts are compared as they were read.
    let dedup = folder.ingest(&["-q", "--redact", "emails", "--dedup", "text", "."]);
    assert_eq!(records(stdout(&dedup)), redacted);
}
