//! The schemas: what is written validates, what is broken does not, and every key is described.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use jsonschema::Validator;
use news_ingest::explain::Explanation;
use news_ingest::findings::rule::{Level, Levels, Rule};
use news_ingest::layout::Layouts;
use news_ingest::schema;
use news_ingest::schema::SchemaKind;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::crawl_file::CrawlFile;

fn schema(subject: SchemaKind) -> Value {
    serde_json::from_str(&schema::json_schema(subject, &Layouts::default())).expect("the schema is JSON")
}

fn validator(subject: SchemaKind) -> Validator {
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    options.build(&schema(subject)).expect("the schema is one")
}

fn records() -> Vec<String> {
    let files = fs::read_dir("fixtures/accept").unwrap().map(|file| file.unwrap().path());
    let records = files.filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    let records: Vec<String> = records.map(|path| fs::read_to_string(path).unwrap()).collect();
    assert!(records.len() >= 12);
    records
}

fn escaped_record() -> Value {
    serde_json::from_str(&fs::read_to_string("fixtures/accept/escaped.jsonl").unwrap()).unwrap()
}

/// The record once more, as a reader of another program would declare it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "what counts is that it is read")]
struct Record {
    id: String,
    oid: String,
    aid: String,
    title: String,
    text: String,
    publisher: String,
    category: String,
    byline: String,
    authors: Vec<Author>,
    published_on: Option<String>,
    published_at: Option<String>,
    crawled_at: String,
    url: String,
    content_hash: String,
    verified: bool,
    comment_count: u64,
    extra: BTreeMap<String, String>,
    path: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "what counts is that it is read")]
struct Author {
    name: String,
    role: String,
    email: String,
}

#[test]
fn every_record_validates_and_has_the_declared_keys() {
    let validator = validator(SchemaKind::Record);
    for record in records() {
        let value: Value = serde_json::from_str(&record).unwrap();
        let wrong: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(wrong, [""; 0], "{record}");
        serde_json::from_str::<Record>(&record).expect("the declared keys and no others");
    }
}

#[test]
fn the_schema_has_the_keys_in_the_order_of_the_record() {
    let schema = schema(SchemaKind::Record);
    let record = escaped_record();
    let keys = |object: &Value| object.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&schema["properties"]), keys(&record));
    assert_eq!(schema["required"], json!(keys(&record)));
}

#[track_caller]
fn is_refused(key: &str, value: Value) {
    let mut record = escaped_record();
    record[key] = value;
    assert!(!validator(SchemaKind::Record).is_valid(&record), "{key}: {}", record[key]);
}

#[test]
fn a_broken_record_does_not_validate() {
    is_refused("id", json!("901_000000001"));
    is_refused("id", json!(9010000000001_u64));
    is_refused("oid", json!("90"));
    is_refused("aid", json!("000000000１"));
    is_refused("title", json!(""));
    is_refused("title", Value::Null);
    is_refused("text", Value::Null);
    is_refused("authors", json!(["홍길동"]));
    is_refused("authors", json!([{ "name": "홍길동", "role": "기자" }]));
    is_refused("authors", json!([{ "name": "홍길동", "role": "기자", "email": "", "age": "40" }]));
    is_refused("published_on", json!("2025-02-30"));
    is_refused("published_on", json!(""));
    is_refused("published_at", json!("2025-03-14 21:05"));
    is_refused("crawled_at", json!("2025-03-14T21:05:09"));
    is_refused("content_hash", json!("2AC173EF65C4F5298113C5722798FE1B1DA1D641879D6E3B0EA5279EF00774E5"));
    is_refused("verified", json!("true"));
    is_refused("comment_count", json!(-1));
    is_refused("comment_count", json!(1.5));
    is_refused("extra", json!({ "desk": 1 }));
    is_refused("unknown", json!("key"));
}

#[test]
fn every_key_of_a_record_is_required() {
    let validator = validator(SchemaKind::Record);
    let record = escaped_record();
    assert!(validator.is_valid(&record));
    for key in record.as_object().unwrap().keys() {
        let mut without = record.clone();
        without.as_object_mut().unwrap().remove(key);
        assert!(!validator.is_valid(&without), "{key}");
    }
}

/// A reply, and a comment of which the file says as little as it can.
#[test]
fn a_comment_has_every_key_in_order() {
    let lines = [
        r#"{"article_id":"901_0000000001","position":1,"depth":1,"parent":0,"author":"독자","author_id":"ab**","created_at":"2025-12-30T09:48:00+09:00","likes":3,"dislikes":1,"best":true,"deleted":false,"text":"글"}"#,
        r#"{"article_id":"901_0000000001","position":0,"depth":0,"parent":null,"author":"","author_id":"","created_at":null,"likes":null,"dislikes":null,"best":false,"deleted":true,"text":""}"#,
    ];
    let (validator, schema) = (validator(SchemaKind::Comment), schema(SchemaKind::Comment));
    for line in lines {
        let comment: Value = serde_json::from_str(line).unwrap();
        assert!(validator.is_valid(&comment), "{line}");
        let keys: Vec<&String> = comment.as_object().unwrap().keys().collect();
        assert_eq!(schema["properties"].as_object().unwrap().keys().collect::<Vec<_>>(), keys);
        assert_eq!(schema["required"], json!(keys));
        for (key, wrong) in [
            ("article_id", json!("1")),
            ("position", Value::Null),
            ("depth", json!(-1)),
            ("parent", json!("0")),
            ("author", Value::Null),
            ("created_at", json!("2025-12-30 09:48")),
            ("likes", json!(0.5)),
            ("deleted", json!(0)),
            ("text", Value::Null),
            ("unknown", json!("key")),
        ] {
            let mut broken = comment.clone();
            broken[key] = wrong;
            assert!(!validator.is_valid(&broken), "{broken}");
        }
    }
}

#[test]
fn every_comment_that_is_written_validates() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let (archive, table) =
        (format!("{folder}/schema-comments.md"), format!("{folder}/schema-comments.jsonl"));
    let list = "**가** | ⭐ **BEST** | 2025-12-30 09:48 | 👍 3\n\n글\n\n> **나** (b)\n>\n> 답\n\n---\n\n*[삭제된 댓글입니다]*";
    let comments = format!("## 댓글 (3 개)\n\n{list}\n\n---\n\n");
    fs::write(&archive, CrawlFile { comments, ..CrawlFile::with_text("본문") }.to_string()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ingest"));
    assert!(command.args(["-q", "--comments", &table, &archive]).output().unwrap().status.success());
    let (validator, written) = (validator(SchemaKind::Comment), fs::read_to_string(&table).unwrap());
    assert_eq!(written.lines().count(), 3);
    for line in written.lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        let wrong: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(wrong, [""; 0], "{line}");
    }
}

#[test]
fn a_finding_is_path_rule_level_line_column_and_message() {
    let validator = validator(SchemaKind::Finding);
    let good = json!({
        "path": "a.md", "line": 3, "column": 1, "level": "warning", "rule": "heading-differs", "message": "other"
    });
    assert!(validator.is_valid(&good));
    for (key, value) in [
        ("level", json!("off")),
        ("rule", json!("no-such-rule")),
        ("line", json!(0)),
        ("column", json!("1")),
        ("path", Value::Null),
        ("severity", json!("high")),
    ] {
        let mut broken = good.clone();
        broken[key] = value;
        assert!(!validator.is_valid(&broken), "{broken}");
    }
    for key in good.as_object().unwrap().keys() {
        let mut without = good.clone();
        without.as_object_mut().unwrap().remove(key);
        assert!(!validator.is_valid(&without), "{key}");
    }
}

#[test]
fn every_finding_of_the_fixtures_validates() {
    let validator = validator(SchemaKind::Finding);
    let denied = Rule::ALL.iter().flat_map(|rule| ["-D", rule.code()]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_ingest"));
    command.args(["check", "-q", "--isolated", "--format", "jsonl", "fixtures/reject"]).args(denied);
    let lines = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(lines.lines().count() >= 50, "{lines}");
    for line in lines.lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        let wrong: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(wrong, [""; 0], "{line}");
    }
}

#[test]
fn every_explanation_of_a_fixture_validates() {
    let validator = validator(SchemaKind::Explanation);
    let mut levels = Levels::default();
    Rule::ALL.iter().for_each(|rule| levels.set(*rule, Level::Error).unwrap());
    for folder in ["fixtures/accept", "fixtures/reject"] {
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path().display().to_string();
            let explanation = Explanation::new(&path, &fs::read(&path).unwrap(), &levels);
            let value = serde_json::to_value(explanation).unwrap();
            let wrong: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
            assert_eq!(wrong, [""; 0], "{path}");
        }
    }
}

#[test]
fn every_line_of_a_manifest_and_every_difference_validates() {
    let manifest = format!("{}/schema-manifest.jsonl", env!("CARGO_TARGET_TMPDIR"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_ingest"));
    let output =
        command.args(["-q", "--isolated", "--manifest", &manifest, "--dedup", "id", "fixtures"]).output();
    assert_eq!(output.unwrap().status.code(), Some(1));
    let mut command = Command::new(env!("CARGO_BIN_EXE_ingest"));
    let differences =
        command.args(["diff", "--isolated", "--format", "jsonl", "fixtures/accept", "fixtures/reject"]);
    let differences = String::from_utf8(differences.output().unwrap().stdout).unwrap();
    let manifest = fs::read_to_string(manifest).unwrap();
    for (subject, lines) in [(SchemaKind::Manifest, manifest), (SchemaKind::Difference, differences)] {
        let validator = validator(subject);
        assert!(lines.lines().count() >= 50, "{lines}");
        for line in lines.lines() {
            let value: Value = serde_json::from_str(line).unwrap();
            assert!(validator.is_valid(&value), "{line}");
            let mut broken = value;
            broken["unknown"] = json!("key");
            assert!(!validator.is_valid(&broken), "{line}");
        }
    }
}

#[test]
fn every_key_is_described_and_no_object_is_open() {
    let subjects = [
        SchemaKind::Record,
        SchemaKind::Comment,
        SchemaKind::Finding,
        SchemaKind::Manifest,
        SchemaKind::Difference,
        SchemaKind::Explanation,
    ];
    for subject in subjects {
        let schema = schema(subject);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        let mut objects = vec![&schema];
        objects.extend(schema["$defs"].as_object().into_iter().flat_map(|defs| defs.values()));
        for object in objects {
            let properties = object["properties"].as_object();
            assert_eq!(properties.is_some(), object["additionalProperties"] == json!(false), "{object}");
            for (key, property) in properties.into_iter().flatten() {
                let description = property["description"].as_str().unwrap_or_default();
                assert!(description.ends_with('.'), "{key}: {property}");
            }
        }
    }
}

#[track_caller]
fn prints(arguments: &[&str], title: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_ingest")).args(arguments).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let schema: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(schema["title"], title);
}

#[test]
fn the_command_prints_each_schema() {
    prints(&["schema"], "Record");
    prints(&["schema", "record"], "Record");
    prints(&["schema", "comment"], "Comment");
    prints(&["schema", "finding"], "Finding");
    prints(&["schema", "manifest"], "Manifest");
    prints(&["schema", "difference"], "Difference");
    prints(&["schema", "explanation"], "Explanation");
}
