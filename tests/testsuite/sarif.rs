//! SARIF as its published schema has it, and as GitHub documents what it takes.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use jsonschema::Validator;
use news_ingest::findings::finding::Finding;
use news_ingest::findings::location::Location;
use news_ingest::findings::render;
use news_ingest::findings::render::FindingFormat;
use news_ingest::findings::rule::{Level, Rule};
use serde_json::Value;
use tar::{Builder, EntryType};

use crate::support::crawl_file::CrawlFile;
use crate::support::folder::{Folder, stderr, stdout};
use crate::support::pack;
use crate::support::parse::{decoded, items};

const SCHEMA: &str = "fixtures/formats/sarif-2.1.0.schema.json";

static PUBLISHED: LazyLock<Validator> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(&fs::read_to_string(SCHEMA).unwrap()).unwrap();
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap()
});

/// The run of a log that the schema takes.
#[track_caller]
fn run(log: &str) -> Value {
    let mut log: Value = serde_json::from_str(log).unwrap();
    let errors: Vec<String> =
        PUBLISHED.iter_errors(&log).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert_eq!(errors, [""; 0]);
    assert_eq!(items(&log["runs"]).len(), 1);
    log["runs"][0].take()
}

#[track_caller]
fn check(folder: &Folder, arguments: &[&str]) -> Value {
    let output = folder.ingest(&[&["check", "--isolated", "-q", "--format", "sarif"], arguments].concat());
    run(stdout(&output))
}

/// An archive of members that are no crawl files, however they are called.
fn tar<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<u8> {
    let mut tar = Builder::new(Vec::new());
    for name in names {
        let mut header = pack::header(1, EntryType::Regular);
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        tar.append(&header, &b"x"[..]).unwrap();
    }
    tar.into_inner().unwrap()
}

fn uris(run: &Value) -> Vec<String> {
    let physical = |result: &Value| result["locations"][0]["physicalLocation"].clone();
    let uri = |result: &Value| physical(result)["artifactLocation"]["uri"].as_str().unwrap().to_owned();
    items(&run["results"]).iter().map(uri).collect()
}

/// Members that GitHub requires of a rule or a result, and how many characters it takes.
const OF_A_RULE: [(&str, usize); 6] = [
    ("/id", 255),
    ("/shortDescription/text", 1024),
    ("/fullDescription/text", 1024),
    ("/help/text", 60_000),
    ("/help/markdown", 60_000),
    ("/defaultConfiguration/level", 7),
];
const OF_A_RESULT: [(&str, usize); 3] = [
    ("/message/text", 10_000),
    ("/locations/0/physicalLocation/artifactLocation/uri", 8192),
    ("/partialFingerprints/primaryLocationLineHash", 64),
];
const OF_A_REGION: [&str; 4] = ["startLine", "startColumn", "endLine", "endColumn"];

#[track_caller]
fn has(value: &Value, members: &[(&str, usize)]) {
    for (pointer, most) in members {
        let text = value.pointer(pointer).and_then(Value::as_str);
        let length = text.unwrap_or_else(|| panic!("{pointer} of {value}")).chars().count();
        assert!((1..=*most).contains(&length), "{pointer} of {value}");
    }
}

#[test]
fn the_log_is_what_github_documents() {
    let folder = Folder::new("sarif-github");
    for entry in fs::read_dir("fixtures/reject").unwrap() {
        let path = entry.unwrap().path();
        folder.put(Path::new(path.file_name().unwrap()).to_str().unwrap(), fs::read(&path).unwrap());
    }
    let run = check(&folder, &["."]);
    let driver = &run["tool"]["driver"];
    assert!(driver["informationUri"].as_str().unwrap().starts_with("https://"));
    assert!(driver["semanticVersion"].is_string());
    items(&driver["rules"]).iter().for_each(|rule| has(rule, &OF_A_RULE));
    let results = items(&run["results"]);
    assert!(results.len() > 30);
    for result in results {
        has(result, &OF_A_RESULT);
        assert_eq!(items(&result["locations"]).len(), 1);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let [start_line, start_column, end_line, end_column] =
            OF_A_REGION.map(|member| region[member].as_u64().unwrap());
        assert!(start_line >= 1 && start_column >= 1, "{region}");
        // The end is after the last character.
        assert!((end_line, end_column) > (start_line, start_column), "{region}");
    }
    assert!(serde_json::to_vec(&run).unwrap().len() < 10 << 20, "GitHub takes 10 MB, compressed");
}

#[test]
fn results_end_where_github_refuses_more_and_the_rest_is_counted() {
    let folder = Folder::new("sarif-limit");
    let names: Vec<String> = (0..25_001).map(|number| format!("{number}.md")).collect();
    folder.put("x.tar", tar(names.iter().map(String::as_str)));
    let output = folder.ingest(&["check", "-q", "--format", "sarif", "x.tar"]);
    let all = run(stdout(&output));
    assert_eq!(items(&all["results"]).len(), 25_000);
    let invocation = &all["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], true);
    assert_eq!(
        invocation["toolExecutionNotifications"][0]["message"]["text"],
        "findings that are counted and not among the results: 1; see --max-findings"
    );
    assert_eq!(stderr(&output), "ingest: 1 more findings not shown; see --max-findings\n");
    let more = check(&folder, &["--max-findings", "30000", "x.tar"]);
    assert_eq!(items(&more["results"]).len(), 25_001);
    assert_eq!(more["invocations"], Value::Null);
    let none = check(&folder, &["--max-findings", "0", "x.tar"]);
    assert_eq!(items(&none["results"]).len(), 0);
}

/// The text of the one result whose message this is.
fn message(text: &str) -> String {
    let location = Location { line: 1, column: 1 };
    let (rule, level, message) = (Rule::HeadingDiffers, Level::Warning, text.to_owned());
    let finding = Finding { rule, level, location, message, snippet: None, width: 1, count: 1 };
    let file = render::File { path: "a.md", is_accepted: true, findings: &[&finding], known: None };
    let (mut report, mut log) = (FindingFormat::Sarif.report(), Vec::new());
    report.begin(&mut log);
    report.file(&file, &mut log);
    report.end(0, &mut log);
    let run = run(std::str::from_utf8(&log).unwrap());
    run["results"][0]["message"]["text"].as_str().unwrap().to_owned()
}

/// The escapes are those that CodeQL writes and GitHub takes back.
#[test]
fn a_title_makes_no_link_and_no_placeholder() {
    for (text, expected) in [
        ("[x](https://example.com)", r"\[x\](https://example.com)"),
        ("[단독] 제목", r"\[단독\] 제목"),
        (r"\[x](1)", r"\\\[x\](1)"),
        ("{0}", "{{0}}"),
        ("{a} {}", "{a} {}"),
    ] {
        assert_eq!(message(text), expected);
    }
    let folder = Folder::new("sarif-link");
    let crawl_file = CrawlFile::with_text("본문이다.")
        .to_string()
        .replace("title: \"제목\"", "title: \"[x](https://example.com)\"");
    folder.put("a.md", crawl_file);
    let text = check(&folder, &["a.md"])["results"][0]["message"]["text"].as_str().unwrap().to_owned();
    assert_eq!(text, r"the heading is `제목`, the title `\[x\](https://example.com)`");
}

/// These arguments name files that the three formats for repositories call so.
#[track_caller]
fn calls(folder: &Folder, argument: &str, expected: &str) {
    assert_eq!(uris(&check(folder, &[argument])), [expected], "{argument}");
    let told = |format| folder.ingest(&["check", "--isolated", "-q", "--format", format, argument]);
    let issues: Value = serde_json::from_str(stdout(&told("gitlab"))).unwrap();
    let path = decoded(expected);
    assert_eq!(issues[0]["location"]["path"], path.trim_start_matches("file://"), "{argument}");
    let start = format!("::error file={},line=1,", path.trim_start_matches("file://"));
    assert!(stdout(&told("github")).starts_with(&start), "{argument}");
}

#[test]
fn a_file_has_the_name_that_its_repository_has_for_it() {
    let folder = Folder::new("sarif-paths");
    folder.put("seeds/a b.md", "x").put("other/c.md", "x");
    let here = fs::canonicalize(&folder.0).unwrap();
    let here = here.to_str().unwrap();
    for argument in
        ["seeds", "./seeds", ".//seeds", "././/seeds/.", "seeds//", "other/../seeds", "seeds/a b.md"]
    {
        calls(&folder, argument, "seeds/a%20b.md");
    }
    calls(&folder, &format!("{here}/seeds"), "seeds/a%20b.md");
    calls(&folder, &format!("{here}//other/../seeds"), "seeds/a%20b.md");
    let outside = Folder::new("sarif-outside");
    outside.put("a.md", "x");
    let absolute = fs::canonicalize(&outside.0).unwrap().join("a.md");
    let absolute = absolute.to_str().unwrap();
    calls(&folder, absolute, &format!("file://{absolute}"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_byte_that_is_not_utf_8_is_that_byte_in_the_uri() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = Folder::new("sarif-bytes");
    fs::write(folder.0.join(OsStr::from_bytes(b"a\xff\xfe.md")), "x").unwrap();
    assert_eq!(uris(&check(&folder, &["."])), ["a%FF%FE.md"]);
}

#[test]
fn a_member_leads_out_of_no_archive() {
    let folder = Folder::new("sarif-member");
    folder.put("x.tar", tar(["../a.md", "b/../../a.md"]));
    assert_eq!(uris(&check(&folder, &["./x.tar"])), ["x.tar/..%2Fa.md", "x.tar/b/..%2F..%2Fa.md"]);
}

#[test]
fn members_of_one_name_have_fingerprints_of_their_own() {
    let folder = Folder::new("sarif-twice");
    let fingerprints = |log: &Value| -> Vec<String> {
        let hash = |result: &Value| result["partialFingerprints"]["primaryLocationLineHash"].to_string();
        items(&log["results"]).iter().map(hash).collect()
    };
    folder.put("x.tar", tar(["a.md", "a.md", "./a.md"]));
    let three = fingerprints(&check(&folder, &["x.tar"]));
    let mut different = three.clone();
    different.sort_unstable();
    different.dedup();
    assert_eq!(different.len(), 3);
    // printf 'x.tar/a.md\nno-front-matter\n0' | sha256sum, and with a number: '…\n0\n1', '…\n0\n2'
    assert_eq!(three, HASHES.map(|hash| format!("\"{hash}\"")));
    folder.put("x.tar", tar(["b.md", "a.md", "c.md", "a.md"]));
    let moved = fingerprints(&check(&folder, &[".//x.tar"]));
    assert_eq!([&moved[1], &moved[3]], [&three[0], &three[1]], "those of other names change nothing");
}

const HASHES: [&str; 3] = [
    "8af49e26bd5ba728c948ecc8d883dc90f59fc5046cc1f95d3929f9a0ce80f4be",
    "539167e683accc2df280d69180f7b6d43d63d7fddf63b2af12ae7e944e92ce43",
    "06e6a5181194ff05a59cf59f24191f1809e079b488f8be9033b9805428b2c347",
];
