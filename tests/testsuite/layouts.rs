//! Files of other writers under a `[layout]`: their records, what is refused, and that everything else works on them.
//!
//! The hashes of the fixtures were made by Python's `hashlib`, their records by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use news_ingest::findings::rule::Levels;
use news_ingest::layout;
use news_ingest::layout::definition::{InvalidKeys, LayoutField, MAX_KEYS_PER_FIELD, ValueForm, parse_zone};
use news_ingest::layout::values::Values;
use news_ingest::layout::{Layout, times};
use news_ingest::record::datetime::{Published, UtcTime};
use serde_json::Value;

use crate::support::crawl_file::article;
use crate::support::document::Document;
use crate::support::folder::{Folder, stderr, stdout};

/// The fixtures' files, sorted.
fn fixtures() -> Vec<PathBuf> {
    let files = fs::read_dir("fixtures/layouts").expect("the fixtures are there");
    let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    assert!(paths.len() >= 9);
    paths
}

#[test]
fn fixtures_give_their_records() {
    for path in fixtures() {
        let config = path.with_extension("toml");
        let output = Command::new(env!("CARGO_BIN_EXE_ingest"))
            .args(["-q", "-W", "hash-missing", "--config"])
            .args([&config, &path])
            .output()
            .unwrap();
        let expected = fs::read_to_string(path.with_extension("jsonl")).unwrap();
        assert_eq!(stdout(&output), expected, "{}: {}", path.display(), stderr(&output));
    }
}

fn by_lines() -> Layout {
    let mut layout = Layout::default();
    layout.values = ValueForm::Lines;
    layout
}

/// The page's layouts are those of the fixtures, and its other settings are accepted.
#[test]
fn the_page_has_the_layouts_of_fixtures() {
    let page = Document::open("docs/layouts.md");
    let layouts: Vec<String> =
        fixtures().iter().map(|path| fs::read_to_string(path.with_extension("toml")).unwrap()).collect();
    let folder = Folder::new("layout-page");
    folder.put("a.md", "");
    let mut shown = 0;
    for config in page.code("toml") {
        folder.put("ingest.toml", config);
        let output = folder.ingest(&["files", "."]);
        assert_eq!((stdout(&output), stderr(&output)), ("./a.md\n", ""), "{config}");
        shown += usize::from(layouts.iter().any(|layout| layout == config));
    }
    assert_eq!(shown, 6);
    let named = page.tables[0].iter().skip(1).map(|row| row.code[0].concat());
    let fields = LayoutField::ALL.into_iter().map(|(_, name)| name);
    let named: BTreeSet<String> = named.collect();
    assert!(fields.into_iter().all(|field| named.contains(field)), "{named:?}");
}

/// Keys and values of a block of lines, the values as `extra` has them.
#[track_caller]
fn lines(block: &str) -> Vec<(String, String)> {
    let layout = by_lines();
    let values = Values::read(block, &layout).expect("the block can be read");
    values.entries.iter().map(|entry| (entry.key.to_string(), entry.text().into_owned())).collect()
}

#[test]
fn a_value_of_a_template_is_taken_as_it_stands() {
    for (block, key, value) in [
        ("a: b: c\n", "a", "b: c"),
        ("a:\n", "a", ""),
        ("a: @b\r\n", "a", "@b"),
        ("a: # b\n", "a", "# b"),
        ("a: \"b\"\n", "a", "b"),
        ("a: \"b \\\"c\\\" \\n\"\n", "a", "b \"c\" \\n"),
        ("a: \"b \"c\" d\"\n", "a", "b \"c\" d"),
        ("a: \"b\", c\n", "a", "\"b\", c"),
        ("a: \"C:\\\"\n", "a", "C:\\"),
        ("a: 'it''s'\n", "a", "it's"),
        ("a: 'b' and 'c'\n", "a", "'b' and 'c'"),
        ("a: [b, c: d]\n", "a", "[b, c: d]"),
        ("a:\n  - b\n  - \"c\"\n", "a", "[\"b\",\"c\"]"),
        ("a:\n- b\n", "a", "[\"b\"]"),
        ("a: b\n  c\n\n  d\n", "a", "b\nc\nd"),
        ("제목: 값\n", "제목", "값"),
        ("\"my key\": b\n", "my key", "b"),
        ("'a: b': c\n", "a: b", "c"),
        ("a b: c\n", "a b", "c"),
        ("a-b.c/d: e\n", "a-b.c/d", "e"),
        ("https://x.example: y\n", "https://x.example", "y"),
        ("# a: b\nc: d\n", "c", "d"),
        ("a: 글\u{a0}\n", "a", "글"),
    ] {
        assert_eq!(lines(block), [(key.to_owned(), value.to_owned())], "{block:?}");
    }
    let error = Values::read("no key\na: b\n", &by_lines());
    assert!(error.is_err());
}

/// The first present key counts; one that is blank or null is not present. The others go to `extra`.
#[test]
fn the_first_present_key_is_taken() {
    let mut layout = Layout::default();
    let keys = ["a", "b", "c"].map(str::to_owned).to_vec();
    layout.set_keys(LayoutField::Publisher, keys).unwrap();
    for (block, taken, left) in [
        ("c: 1\nb: 2\n", "b", "c"),
        ("a: ''\nc: 1\n", "c", "a"),
        ("b: null\nc: 1\n", "c", "b"),
        ("b: ~\nc: 1\n", "c", "b"),
        ("b: 'null'\nc: 1\n", "b", "c"),
    ] {
        let mut values = Values::read(block, &layout).unwrap();
        assert_eq!(values.entry(LayoutField::Publisher).unwrap().key, taken, "{block:?}");
        let extra: Vec<String> = values.take_untaken().map(|entry| entry.key.into_owned()).collect();
        assert_eq!(extra, [left], "{block:?}");
    }
}

/// What Python's `datetime` says of each.
#[test]
fn times_are_read_in_the_forms_of_other_writers() {
    for (text, zone, expected) in [
        ("2026-05-06T01:02:03.004Z", 0, "2026-05-06T01:02:03.004Z"),
        ("2026-05-06 01:02:03.004050+00:00", 0, "2026-05-06T01:02:03.004050Z"),
        ("2026-05-06T01:02:03", 9 * 3600, "2026-05-05T16:02:03Z"),
        ("2026-05-06T01:02:03+02:00", 9 * 3600, "2026-05-05T23:02:03Z"),
        ("2026-05-06 10:02:03 (UTC +09:00)", 0, "2026-05-06T01:02:03Z"),
        ("2026-05-06 01:02 UTC", 3600, "2026-05-06T01:02:00Z"),
        ("2026-05-06 01:02:03+09", 0, "2026-05-05T16:02:03Z"),
        ("2026-05-06t01:02:03z", 3600, "2026-05-06T01:02:03Z"),
        ("Wed, 06 May 2026 01:02:03 GMT", 3600, "2026-05-06T01:02:03Z"),
        ("Wed, 06 May 2026 01:02:03 -0500", 0, "2026-05-06T06:02:03Z"),
    ] {
        let time = UtcTime::parse_in(&times::normalize(text), zone).map(|time| time.to_string());
        assert_eq!(time.as_deref(), Ok(expected), "{text}");
    }
    for text in ["", "2026-05-06", "yesterday", "2026-05-06 25:00", "2026-05-06 01:02 CET", "2026.05.06오"] {
        assert!(UtcTime::parse_in(&times::normalize(text), 0).is_err(), "{text}");
    }
    for (text, on, at) in [
        ("2026-05-06", "2026-05-06", None),
        ("2026-05-06T00:00:00+00:00", "2026-05-06", None),
        ("2026-05-06T00:00:00-05:00", "2026-05-06", None),
        ("2026-05-05T22:30:00-04:00", "2026-05-06", Some("2026-05-06T11:30:00+09:00")),
        ("2026-05-05T15:00:00Z", "2026-05-06", Some("2026-05-06T00:00:00+09:00")),
        ("2026-05-05 16:00:00", "2026-05-06", Some("2026-05-06T01:00:00+09:00")),
        ("2026-05-05T16:00:00.120Z", "2026-05-06", Some("2026-05-06T01:00:00.120+09:00")),
    ] {
        let published = Published::parse_in(&times::normalize(text), 0).unwrap();
        assert_eq!(published.on.to_string(), on, "{text}");
        assert_eq!(published.at.map(|at| at.to_string()).as_deref(), at, "{text}");
    }
    for (zone, seconds) in [("Z", Some(0)), ("+09:00", Some(32400)), ("-03:30", Some(-12600)), ("+9", None)] {
        assert_eq!(parse_zone(zone), seconds, "{zone}");
    }
}

#[test]
fn a_byline_names_one_person_an_item() {
    for (byline, expected) in [
        ("Cy Marsh", "Cy Marsh <>"),
        ("Cy Marsh; Dee Weir", "Cy Marsh <>, Dee Weir <>"),
        ("[\"Cy Marsh\", \"Dee Weir\"]", "Cy Marsh <>, Dee Weir <>"),
        ("\n- '[[Cy Marsh]]'\n- '[[d|Dee Weir]]'", "Cy Marsh <>, Dee Weir <>"),
        ("Cy Marsh <cy@example.com>", "Cy Marsh <cy@example.com>"),
        ("news@example.com", ""),
        ("홍길동 기자", "홍길동 기자 <>"),
    ] {
        let source = format!("---\ntitle: a\nby: {byline}\n---\ntext\n");
        let mut layout = by_lines();
        layout.set_keys(LayoutField::Byline, vec!["by".to_owned()]).unwrap();
        let mut buffer = String::new();
        let outcome = layout::read(source.as_bytes(), "a.md", &layout, &Levels::default(), &mut buffer);
        let article = outcome.rejected_article.expect("only the hash is missing");
        let people = article.authors.iter().map(|author| format!("{} <{}>", author.name, author.email));
        assert_eq!(people.collect::<Vec<_>>().join(", "), expected, "{byline}");
    }
}

const HASHED: &str = "e2ca3fbcbf64bca4ff7dc2d4ef8e03df6d41a7fa3b3c9ab6f1a7d2a0d3d2b8d5";
const YAML: &str =
    "title = \"t\"\nurl = \"u\"\npublished = \"p\"\nhash = \"h\"\nrequired = [\"title\", \"url\"]\n";

/// The findings of a file under a layout.
#[track_caller]
fn findings(layout: &str, file: &str) -> Vec<String> {
    let folder = Folder::new("layout-findings");
    folder.put("ingest.toml", format!("[layout]\n{layout}")).put("a.md", file);
    let output = folder.ingest(&["check", "-q", "--format", "concise", "a.md"]);
    assert_eq!(stderr(&output), "");
    stdout(&output).lines().map(|line| line.strip_prefix("a.md:").unwrap_or(line).to_owned()).collect()
}

#[test]
fn what_is_wrong_is_said_where_it_is() {
    let deep = format!("t: {}1{}", "[".repeat(40), "]".repeat(40));
    for (front_matter, expected) in [
        ("t: a\nu: https://a.example", "2:1: error[hash-missing]: `h` is missing"),
        ("t: a\nu: https://a.example\nh: 12ab", "4:4: error[hash-malformed]: `h` is `12ab`, not a digest"),
        (
            "t: a\nu: https://a.example\nh: xyz",
            "4:4: error[hash-malformed]: `h` is `xyz`, not a digest: not hex digits",
        ),
        (&format!("t: a\nu: https://a.example\nh: {HASHED}"), "4:4: error[hash-mismatch]: no reading"),
        ("t: a\nu: a/b\nh: ''", "3:4: error[invalid-field]: `u` is `a/b`, not an address of the web"),
        (
            "t: a\nu: https://a.example\np: soon\nh: ''",
            "4:4: error[invalid-field]: `p` is `soon`, not a date",
        ),
        ("t: [a]\nu: https://a.example\nh: ''", "2:4: error[invalid-field]: `t` is a list or a map"),
        (
            "u: https://a.example\nh: ''",
            "2:1: error[missing-field]: `title` is missing: no value stands at `t`",
        ),
        ("t: a\nt: b\nu: https://a.example\nh: ''", "error[duplicate-key]: the key `t` occurs a second time"),
        ("t: @a\nu: https://a.example", "error[invalid-front-matter]: YAML does not read this"),
        ("t: &a b\nu: *a", "error[front-matter-too-large]: the front matter holds an alias"),
        (&deep, "error[front-matter-too-large]: the front matter nests too deep"),
        (
            &format!("t: {}", "a".repeat(65_536)),
            "error[front-matter-too-large]: the front matter has 65540 bytes",
        ),
    ] {
        let found = findings(YAML, &format!("---\n{front_matter}\n---\n\nText.\n"));
        let shown = &front_matter[..front_matter.len().min(60)];
        assert!(found.iter().any(|line| line.contains(expected)), "{shown}: {found:?}");
    }
    let after = format!("{YAML}text = {{ after = \"## Content\" }}\n");
    let found = findings(&after, "---\nt: a\nu: https://a.example\nh: ''\n---\n\nText.\n");
    let expected = "6:1: error[no-content]: the body has no line `#\\x23 Content` for the text to follow";
    assert!(found.iter().any(|line| line == expected), "{found:?}");
    let lines = format!("{YAML}values = \"lines\"\n");
    let found = findings(&lines, "---\nwithout a key\nt: a\n---\n\nText.\n");
    assert_eq!(found, ["2:1: error[invalid-front-matter]: no key stands here, nor before it"]);
}

/// The digest is `sha256sum`'s of `Text.`, without a line feed.
#[test]
fn a_text_is_verified_by_its_hash_alone() {
    const SHA256: &str = "f06dce27b84e18ccb3c7e94a0679c279cd42027da23bcf1e1ca1f94e365ea420";
    let real = SHA256.to_owned();
    for (key, value, digits, verified) in [
        ("h", real.clone(), "", true),
        ("h", format!("SHA-256:{}", real.to_uppercase()), "", true),
        ("h", real[..16].to_owned(), "digits = 16\n", true),
        ("h", real[..16].to_owned(), "", false),
        ("h", "4f5211ff1bb6c7f7".to_owned(), "digits = 16\n", false),
        ("h", HASHED.to_owned(), "", false),
        ("fingerprint", real.clone(), "", false),
    ] {
        let folder = Folder::new("layout-verified");
        folder.put("ingest.toml", format!("[layout]\nhash = \"h\"\n{digits}"));
        folder.put("a.md", format!("---\ntitle: a\n{key}: \"{value}\"\n---\n\nText.\n"));
        let lowered = ["-W", "hash-missing", "-W", "hash-malformed", "-W", "hash-mismatch"];
        let output = folder.ingest(&[&["-q"], &lowered[..], &["a.md"]].concat());
        let record: Value = serde_json::from_str(stdout(&output)).unwrap();
        assert_eq!(record["verified"], verified, "{key}: {value} {digits}");
        assert_eq!(record["text"], "Text.", "{key}: {value}");
    }
}

fn sha256(text: &str) -> String {
    news_ingest::record::content_hash::ContentHash::digest(text.as_bytes()).to_string()
}

#[test]
fn a_configuration_that_means_nothing_is_refused_where_it_is() {
    let long = "a".repeat(1025);
    for (layout, expected) in [
        ("[layout]\ntitel = \"t\"\n", "2:1: no key is called `titel`"),
        ("[layout]\ntitle = 1\n", "2:9: not a key or a list of keys"),
        ("[layout]\ntitle = []\n", "2:9: not a key or a list of keys: the list is empty"),
        ("[layout]\ntitle = \"\"\n", "2:9: not a key: it is empty"),
        ("[layout]\ntitle = [\"a\", \"a\"]\n", "2:9: the key `a` stands here a second time"),
        ("[layout]\nurl = \"#\"\n", "2:7: `#` is the body's first heading, which only `title` can be"),
        (&format!("[layout]\nurl = \"{long}\"\n"), "2:7: not a key: it has more than 1024 bytes"),
        ("[layout]\nrequired = [\"titel\"]\n", "2:13: no field is called `titel`"),
        ("[layout]\nvalues = \"json\"\n", "2:10: not one of `yaml`, `lines`"),
        ("[layout]\ntext = \"middle\"\n", "2:8: not one of `body`, `below-heading`, `between-rules`"),
        ("[layout]\ntext = { before = \"a\" }\n", "2:10: no key is called `before`"),
        ("[layout]\ntext = { after = \" \" }\n", "2:18: not one line that is not blank"),
        ("[layout]\ncovers = \"{title}\"\n", "2:10: "),
        ("[layout]\ncovers = \"{text}{text}\"\n", "2:10: "),
        ("[layout]\nzone = \"Seoul\"\n", "2:8: not the offset of a zone, such as `+09:00`"),
        ("[layout]\ndigits = 8\n", "2:10: not a number of hex digits from 16 to 128"),
        ("layout = \"reuters\"\n", "1:10: no layout is called `reuters`; the built-in one is `naver`"),
        ("[[override]]\npaths = [\"a\"]\nlayout = { spaces = 1 }\n", "3:21: not one of `kept`, `collapsed`"),
    ] {
        let folder = Folder::new("layout-refused");
        folder.put("ingest.toml", layout).put("a.md", article(1));
        let output = folder.ingest(&["a.md"]);
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""), "{layout}");
        assert!(
            stderr(&output).contains(&format!("ingest.toml:{expected}")),
            "{layout}: {}",
            stderr(&output)
        );
    }
}

#[test]
fn hostile_layouts_and_files_are_bounded() {
    let mut layout = Layout::default();
    let keys: Vec<String> = (0..1_000_000).map(|number| format!("k{number}")).collect();
    assert_eq!(layout.set_keys(LayoutField::Title, keys), Err(InvalidKeys::TooMany));
    let most: Vec<String> = (0..MAX_KEYS_PER_FIELD).map(|number| format!("k{number}")).collect();
    assert_eq!(layout.set_keys(LayoutField::Title, most), Ok(()));
    layout.values = ValueForm::Lines;
    layout.recipe.covers = "{k1}{k2}{k1}\n{text}".parse().unwrap();
    layout.set_keys(LayoutField::Hash, vec!["h".to_owned()]).unwrap();
    let mut source = format!("---\nh: {HASHED}\nk1: {{text}}{{k1}}\nk2: {{k2}}\n");
    (3..100_000).for_each(|number| source.push_str(&format!("k{number}: {{k{number}}}\n")));
    source.push_str("---\n\nText.\n");
    let mut levels = Levels::default();
    let too_large = news_ingest::findings::rule::Rule::FrontMatterTooLarge;
    levels.set(too_large, news_ingest::findings::rule::Level::Warning).unwrap();
    let begin = Instant::now();
    let mut buffer = String::new();
    let outcome = layout::read(source.as_bytes(), "a.md", &layout, &levels, &mut buffer);
    assert!(!outcome.rejected_article.expect("the hash alone is wrong").verified);
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
}

const OTHER: &str =
    "[layout]\nid = \"id\"\nurl = \"source\"\nbyline = \"author\"\ncrawled = \"at\"\nhash = \"sum\"\n";

/// A file of another writer, whose text has the hash that it states.
fn other(id: &str, text: &str) -> String {
    let (source, hash) = ("https://news.example.com/", sha256(text));
    format!(
        "---\nid: {id}\ntitle: About {text}\nsource: {source}{id}\nauthor: Cy Marsh\nat: 2026-05-06T01:02:03Z\nsum: {hash}\n---\n\n{text}\n"
    )
}

/// Three files of another writer, one article of the built-in layout in `own/`.
fn mixed(name: &str) -> Folder {
    let folder = Folder::new(name);
    let config = format!("{OTHER}\n[[override]]\npaths = [\"in/own\"]\nlayout = \"naver\"\n");
    folder.put("ingest.toml", config).put("in/own/d.md", article(4));
    for (number, name) in ["a", "b", "c"].into_iter().enumerate() {
        folder.put(&format!("in/{name}.md"), other(&format!("tide-{name}"), &format!("text {number}")));
    }
    folder
}

fn records(json_lines: &str) -> Vec<Value> {
    json_lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn folders_can_have_another_layout() {
    let folder = mixed("layout-override");
    let output = folder.ingest(&["-q", "in"]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""));
    let all = records(stdout(&output));
    let ids: Vec<&str> = all.iter().map(|record| record["id"].as_str().unwrap()).collect();
    assert_eq!(ids[..3], ["tide-a", "tide-b", "tide-c"]);
    assert_eq!(all[3]["oid"].as_str().unwrap().len(), 3, "the built-in layout");
    assert!(all.iter().all(|record| record["verified"] == true));
    folder.put(
        "ingest.toml",
        format!(
            "[[override]]\npaths = [\"in/[abc].md\"]\n{}",
            OTHER.replace("[layout]", "[override.layout]")
        ),
    );
    assert_eq!(stdout(&folder.ingest(&["-q", "in"])), stdout(&output));
}

#[test]
fn threads_archives_and_shards_give_the_same_records() {
    let folder = mixed("layout-archives");
    let whole = records(stdout(&folder.ingest(&["-q", "-j1", "in"])));
    assert_eq!(records(stdout(&folder.ingest(&["-q", "-j4", "in"]))), whole);
    let tar = Command::new("tar").args(["-czf", "in.tar.gz", "in"]).current_dir(&folder.0).status().unwrap();
    assert!(tar.success());
    folder.put(
        "ingest.toml",
        format!("{OTHER}\n[[override]]\npaths = [\"in.tar.gz/in/own\"]\nlayout = \"naver\"\n"),
    );
    let mut packed = records(stdout(&folder.ingest(&["-q", "in.tar.gz"])));
    for record in &mut packed {
        let path = record["path"].as_str().unwrap().replace("in.tar.gz/", "");
        record["path"] = path.into();
    }
    let by_id = |records: Vec<Value>| -> BTreeMap<String, Value> {
        records.into_iter().map(|record| (record["id"].to_string(), record)).collect()
    };
    assert_eq!(by_id(packed), by_id(whole.clone()));
    let folder = mixed("layout-shards");
    let shards = ["1/2", "2/2"]
        .map(|shard| records(stdout(&folder.ingest(&["-q", "--exit-zero", "--shard", shard, "in"]))));
    assert_eq!(by_id(shards.concat()), by_id(whole));
}

#[test]
fn ids_of_any_length_are_deduplicated() {
    let folder = Folder::new("layout-dedup");
    let long = "tide/".repeat(200);
    folder.put("ingest.toml", OTHER);
    folder.put("in/1.md", other(&long, "one")).put("in/2.md", other(&long, "one"));
    folder.put("in/3.md", other(&long, "two")).put("in/4.md", other(&format!("{long}x"), "two"));
    let told = folder.ingest(&["check", "-q", "--format", "concise", "in"]);
    let told: Vec<&str> = stdout(&told).lines().map(|line| line.split("]:").next().unwrap()).collect();
    assert_eq!(told, ["in/2.md:2:5: warning[duplicate", "in/3.md:2:5: error[id-conflict"]);
    let kept = |arguments: &[&str]| -> Vec<String> {
        let output = folder.ingest(&[&["-q"], arguments, &["in"]].concat());
        let paths = records(stdout(&output)).into_iter().map(|record| record["path"].to_string());
        paths.map(|path| path.replace(['"', '/'], "").replace("in", "")).collect()
    };
    assert_eq!(kept(&["--dedup", "id"]), ["1.md", "4.md"]);
    assert_eq!(kept(&["--dedup", "id", "--keep", "latest"]), ["3.md", "4.md"]);
    assert_eq!(kept(&["--dedup", "text", "-A", "duplicate", "-A", "id-conflict"]), ["1.md", "3.md"]);
}

#[test]
fn summaries_reports_manifests_and_findings_know_the_layout() {
    let folder = mixed("layout-outputs");
    let output = folder.ingest(&["-q", "--summary", "s.json", "--manifest", "old.jsonl", "in"]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""));
    let summary: Value = serde_json::from_str(&folder.read("s.json")).unwrap();
    assert_eq!((&summary["articles"], &summary["verified"]), (&4.into(), &4.into()), "{summary}");
    let report = folder.ingest(&["report", "-q", "-o", "r.html", "in"]);
    assert_eq!((report.status.code(), stderr(&report)), (Some(0), ""));
    assert!(folder.read("r.html").contains("by the layout"));
    folder.put("in/b.md", other("tide-b", "changed"));
    let diff = folder.ingest(&["diff", "--format", "jsonl", "old.jsonl", "in"]);
    let kinds: Vec<Value> = records(stdout(&diff));
    assert_eq!(kinds.len(), 1, "{}{}", stdout(&diff), stderr(&diff));
    assert_eq!(kinds[0]["id"], "tide-b");
    let changed = folder.ingest(&["-q", "--changed-since", "old.jsonl", "in"]);
    assert_eq!(records(stdout(&changed))[0]["text"], "changed", "{}", stderr(&changed));
    folder.put("in/b.md", other("tide-b", "x").replace("\nx\n", "\ny\n"));
    let sarif: Value =
        serde_json::from_str(stdout(&folder.ingest(&["check", "-q", "--format", "sarif", "in"]))).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "hash-mismatch");
}

#[test]
fn the_schema_follows_the_layout() {
    let folder = mixed("layout-schema");
    for config in [folder.read("ingest.toml"), OTHER.to_owned()] {
        folder.put("ingest.toml", &config);
        let schema: Value = serde_json::from_str(stdout(&folder.ingest(&["schema"]))).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        for record in records(stdout(&folder.ingest(&["-q", "in/a.md", "in/b.md"]))) {
            assert!(validator.is_valid(&record), "{record}");
        }
        let built_in = folder.ingest(&["schema", "--isolated"]);
        let built_in: Value = serde_json::from_str(stdout(&built_in)).unwrap();
        assert_ne!(schema, built_in);
        assert_eq!(built_in["properties"]["oid"]["pattern"], "^[0-9]{3}$");
    }
}

#[test]
fn an_explanation_shows_the_recipe_and_its_digests() {
    let folder = mixed("layout-explain");
    let page = folder.ingest(&["explain", "in/a.md"]);
    let text = stdout(&page);
    let digest = sha256("text 0");
    for expected in [
        "in/a.md: accepted",
        "    2  id             tide-a\n                      └ id\n",
        "    4  source         https://news.example.com/tide-a\n                      └ url\n",
        "Text: line 10, 6 characters, 6 bytes, trimmed",
        "  covers   {text}",
        &format!("  stated   {digest}"),
        &format!("  ✓ {digest} SHA-256, trimmed"),
    ] {
        assert!(text.contains(expected), "{expected:?} is not in\n{text}");
    }
    let json = folder.ingest(&["explain", "--format", "json", "in/a.md", "in/own/d.md"]);
    let json: Value = serde_json::from_str(stdout(&json)).unwrap();
    assert_eq!(json[0]["layout"]["entries"][1]["fields"], serde_json::json!(["title"]));
    assert_eq!(json[0]["text"]["verified"], true);
    assert_eq!(json[1].get("layout"), None, "the built-in layout is explained as ever");
    folder.put("in/a.md", other("tide-a", "x").replace("\nx\n", "\ny\n"));
    let page = folder.ingest(&["explain", "in/a.md"]);
    assert!(stdout(&page).contains("  ✗ "), "{}", stdout(&page));
    assert_eq!(page.status.code(), Some(1));
}

/// Without a layout, one finding says that the file is another writer's.
#[test]
fn a_file_of_another_writer_has_one_finding() {
    let folder = Folder::new("layout-other");
    folder
        .put("a.md", other("tide", "text"))
        .put("b.md", other("tide", "text") + "\n---\n\nTwo.\n\n---\n\nThree.\n");
    let output = folder.ingest(&["check", "-q", "--format", "concise", "a.md", "b.md"]);
    let keys = "the keys `id`, `title`, `source`, `author`, `at`, `sum`";
    let said = format!(
        "the file is not of the built-in layout: it has {keys}, and neither `oid` nor `aid`; `ingest infer` proposes a `[layout]` for it"
    );
    let expected = format!("a.md:2:1: error[no-content]: {said}\nb.md:2:1: error[missing-field]: {said}\n");
    assert_eq!(stdout(&output), expected);
}
