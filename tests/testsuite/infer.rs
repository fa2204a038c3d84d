//! `ingest infer`: the layout that it proposes, and that the program then reads with it what is expected.
//!
//! Every digest was made by Python's `hashlib`, every record by hand.

use std::fs;
use std::process::Command;

use news_ingest::infer::sample::Sampler;
use news_ingest::infer::{Proposal, SampleFile};

use crate::support::crawl_file::article;
use crate::support::folder::{Folder, stderr, stdout};

/// Proposes a layout for `files`.
#[track_caller]
fn propose(files: &[&str]) -> Proposal {
    let names: Vec<String> = (0..files.len()).map(|index| format!("{index}.md")).collect();
    let sample = files.iter().zip(&names);
    let sample: Vec<SampleFile<'_>> =
        sample.map(|(file, path)| SampleFile { path, bytes: file.as_bytes() }).collect();
    Proposal::new(&sample).expect("the files can be read")
}

/// Asserts that the configuration for `files` has each of `lines`.
#[track_caller]
fn proposes(files: &[&str], lines: &[&str]) {
    let proposed = propose(files).to_string();
    for line in lines {
        assert!(proposed.lines().any(|proposed| proposed == *line), "{line:?} is not in\n{proposed}");
    }
}

/// The fixtures' configurations were written by hand. The program finds one that gives the same records.
#[test]
fn the_fixtures_give_their_records_under_the_proposed_layout_too() {
    let folder = Folder::new("infer-fixtures");
    for name in [
        "gnosis",
        "doc-scraper",
        "docset",
        "harmonyos",
        "llms-cache",
        "markdownload",
        "obsidian-clipper",
        "trafilatura",
    ] {
        let path = fs::canonicalize(format!("fixtures/layouts/{name}.md")).unwrap();
        folder.put(&format!("fixtures/layouts/{name}.md"), fs::read(path).unwrap());
        let path = format!("fixtures/layouts/{name}.md");
        let proposed = folder.ingest(&["infer", &path]);
        folder.put("ingest.toml", stdout(&proposed));
        let output = folder.ingest(&["-q", "-W", "hash-missing", &path]);
        let expected = fs::read_to_string(format!("fixtures/layouts/{name}.jsonl")).unwrap();
        assert_eq!(stdout(&output), expected, "{name}: {}\n{}", stderr(&output), stdout(&proposed));
    }
}

const TITLE_URL_TEXT: [&str; 4] = [
    "---\ntitle: Tale 0\nurl: https://e.example/0\nsha1: 5c06c119ed15a3ded993e68f1f5d9707e80ced6d\n---\n\nWorkers began to mend the wall.\n",
    "---\ntitle: Tale 1\nurl: https://e.example/1\nsha1: e80f01ab0933cc27e3c5a1507c9b8c67c6f737f4\n---\n\nThe wall was mended.\n\nIt stands.\n",
    "---\ntitle: Tale 2\nurl: https://e.example/2\nsha1: 75af07e7ed4a74696f9d8520bb99b5417e605f68\n---\n\nA ship came in.\n",
    "---\ntitle: Tale 3\nurl: https://e.example/3\nsha1: 96ee1d916580e33320c07679adc2ad5957c9e56a\n---\n\nNobody knew the captain.\n",
];

const BOTH_EDGES: [&str; 6] = [
    "---\nurl: https://e.example/0\nhash: sha256:7acd4cb707b54cb94d3d23060504a6255f93c1a65fc76dd0d1ccadabbee2a4d4\n---\n\nWorkers began to mend the wall.\n",
    "---\nurl: https://e.example/1\nhash: sha256:f243fcb9f0ed98165f42d57fb9bade0ab633d31374d42c39db0d367382b7d60d\n---\n\nThe wall was mended.\n\nIt stands.\n",
    "---\nurl: https://e.example/2\nhash: sha256:5ce3c8f36d08f05d480ed3d5d77dacbac5b28c2d06654eb6c1bb9f871bebffe4\n---\n\nA ship came in.\n",
    "---\nurl: https://e.example/3\nhash: sha256:b18ffe8bd145fa808c4abf7156f2e1da9d9e8b31d1bf107d8cb5edb554cb19ae\n---\n\nNobody knew the captain.\n",
    "---\nurl: https://e.example/4\nhash: sha256:c3cbe8b1c2a5ca5c0f421008a9d3614e57af4d4402389319ff039cdd99d06925\n---\n\nThe harbour froze.\n",
    "---\nurl: https://e.example/5\nhash: sha256:c80f97520c0812a831465cd6eee608d3e63a7a0c162643f5e1223e5d9ded736b\n---\n\nSpring came late.\n",
];

const TWO_OF_SIX: [&str; 6] = [
    "---\nurl: https://e.example/0\nhash: 7acd4cb707b54cb94d3d23060504a6255f93c1a65fc76dd0d1ccadabbee2a4d4\n---\n\nWorkers began to mend the wall.\n",
    "---\nurl: https://e.example/1\nhash: 6ee9107b8b0c625eb98d16660bef32e119e82fee1b5ee81dd6ba439f4e00bb1d\n---\n\nThe wall was mended.\n\nIt stands.\n",
    "---\nurl: https://e.example/2\nhash: 49f9afd92a07ac057dab20334db65f32b8bc15d1ac88156fb80b9b6ec7a0db0a\n---\n\nA ship came in.\n",
    "---\nurl: https://e.example/3\nhash: 2b4e813d381c3f49cf5bb11d750acf9fa2739bc1a225b143ce08c94f7472ebca\n---\n\nNobody knew the captain.\n",
    "---\nurl: https://e.example/4\nhash: dbbe2f3f8bf20f42bd9f75fc991dd5492faa1ad6bb87efc3a7fc52be91ea6e60\n---\n\nThe harbour froze.\n",
    "---\nurl: https://e.example/5\nhash: 62e2c1b553ffecfc25724c176e712186a0d74cac4ecff36e933d11f776675204\n---\n\nSpring came late.\n",
];

const OF_URLS: [&str; 3] = [
    "---\nurl: https://e.example/0\nhash: cbf9ababb4f7a9ee67b3a1e846386fecad79e48980621e8c49650d49a169a0fb\n---\n\n\n",
    "---\nurl: https://e.example/1\nhash: c64ee62666b9c9c5e0eaabda9bda8e191d10c34e095d9edacbacbea400d921cb\n---\n\n\n",
    "---\nurl: https://e.example/2\nhash: cb1d03ea42161b8fc7f5213b401d627c8c5c519de076d158430046714ce67336\n---\n\n\n",
];

const LINKS_REWRITTEN: [&str; 6] = [
    "---\nurl: https://e.example/0\nhash: 7acd4cb707b54cb94d3d23060504a6255f93c1a65fc76dd0d1ccadabbee2a4d4\n---\n\nWorkers began to mend the wall.\n",
    "---\nurl: https://e.example/1\nhash: 6ee9107b8b0c625eb98d16660bef32e119e82fee1b5ee81dd6ba439f4e00bb1d\n---\n\nThe wall was mended.\n\nIt stands.\n",
    "---\nurl: https://e.example/2\nhash: 5ce3c8f36d08f05d480ed3d5d77dacbac5b28c2d06654eb6c1bb9f871bebffe4\n---\n\nA ship came in.\n",
    "---\nurl: https://e.example/3\nhash: caf8ec97ca3fde97c7e469224d05ae6bc1cee55037ca6253fedd0e05c57257c4\n---\n\nNobody knew the captain.\n",
    "---\nurl: https://e.example/7\nhash: 2e0545eb9906359bf3890d4e6c5df522c5671015d9205146989b0bc50f403e1a\n---\n\nSee [this](../a.md).7\n",
    "---\nurl: https://e.example/8\nhash: 7c8c9306ed3c500ab9f6ade2865e5034cbefed954dc784c31b10adeafb9b86ae\n---\n\nSee [this](../a.md).8\n",
];

const TRUNCATED: [&str; 3] = [
    "---\nurl: https://e.example/0\nchecksum: 192cf623e28f92939028\n---\n\n# Heading\n\n## Content\n\nWorkers began to mend the wall.\n",
    "---\nurl: https://e.example/1\nchecksum: 9c92536dba2eb1f6e4d8\n---\n\n# Heading\n\n## Content\n\nThe wall was mended.\n\nIt stands.\n",
    "---\nurl: https://e.example/2\nchecksum: 5eee547b04f91b95c15f\n---\n\n# Heading\n\n## Content\n\nA ship came in.\n",
];

#[test]
fn a_hash_may_cover_title_and_url_before_the_text() {
    proposes(
        &TITLE_URL_TEXT,
        &[
            "# 4 of 4 files verify: `sha1` is the SHA-1 of \"{title}\\n{url}\\n{text}\", whose text is the body.",
            "hash = \"sha1\"",
            "covers = \"{title}\\n{url}\\n{text}\"",
        ],
    );
}

#[test]
fn what_is_trimmed_is_no_part_of_the_recipe() {
    proposes(
        &BOTH_EDGES,
        &[
            "# 6 of 6 files verify: `hash` is the SHA-256 of the body.",
            "# The hash decides what is trimmed: the text is trimmed in 3, with a final line feed in 3.",
            "text = \"body\"",
        ],
    );
}

#[test]
fn three_files_must_agree() {
    assert!(propose(&TWO_OF_SIX).found().is_none());
    proposes(&TWO_OF_SIX, &["# warn = [\"hash-mismatch\"]", "hash = \"hash\""]);
    // Where there are fewer, all must.
    assert_eq!(propose(&TWO_OF_SIX[..2]).found().map(|found| found.verified()), Some(2));
    assert!(propose(&TWO_OF_SIX[1..3]).found().is_none());
}

#[test]
fn a_hash_that_covers_no_text_proves_none() {
    assert!(propose(&OF_URLS).found().is_none());
}

#[test]
fn what_the_others_have_in_common_is_named() {
    proposes(
        &LINKS_REWRITTEN,
        &[
            "# 4 of 6 files verify: `hash` is the SHA-256 of the body.",
            "# 2 do not, such as `4.md`, `5.md`.",
            "# In common: a relative link (2 of 2; 0 of the 4 that verify).",
            "# warn = [\"hash-mismatch\"]",
        ],
    );
}

#[test]
fn a_truncated_digest_of_a_part_is_found() {
    proposes(
        &TRUNCATED,
        &[
            "# 3 of 3 files verify: `checksum` is the first 20 digits of the MD5 of the body after the line \"## Content\".",
            "digits = 20",
            "text = { after = \"## Content\" }",
        ],
    );
}

#[test]
fn a_similarity_hash_is_no_hash() {
    proposes(
        &["---\nurl: https://e.example/1\nfingerprint: \"4f5211ff1bb6c7f7\"\n---\ntext\n"],
        &["# warn = [\"hash-missing\"]", "url = \"url\""],
    );
}

/// Kinds of values, and which of two keys a field takes.
#[test]
fn fields_are_found_by_names_and_kinds() {
    for (front_matter, expected) in [
        // A source is an address or a name.
        ("source: https://e.example/1\n", "url = \"source\""),
        ("source: The Post\nlink: https://e.example/1\n", "publisher = \"source\""),
        // `date` with a time of day and no zone is as often that of the crawl.
        ("date: 2026-03-04\n", "published = \"date\""),
        (
            "date: 2026-03-04 13:49\n",
            "# `date` is a time too, of which its name does not say enough: it stays in `extra`.",
        ),
        (
            "created: 2026-03-04\n",
            "# `created` is a time too, of which its name does not say enough: it stays in `extra`.",
        ),
        ("created: 2026-03-04T10:11:12Z\n", "crawled = \"created\""),
        ("page-fetched-time: 2026-03-04T10:11:12Z\n", "crawled = \"page-fetched-time\""),
        ("crawled_at: 2026-03-04 10:11:12\n", "zone = \"+00:00\""),
        ("제목: 담장\n기자: 홍길동 기자\n", "bylines = \"korean\""),
        ("제목: 담장\n", "title = \"제목\""),
        ("标题: 墙\n", "title = \"标题\""),
        ("Article Title: A wall\n", "title = \"Article Title\""),
        ("name: \"C:\\new\"\n", "values = \"lines\""),
        ("title: Release 1\n", "values = \"yaml\""),
        ("title: Release #1\nnote: a #b\n", "values = \"lines\""),
        ("title: @lint\n", "values = \"lines\""),
        ("title: |\n  A\n  wall\n", "values = \"yaml\""),
        ("guid: 7\n", "id = \"guid\""),
    ] {
        proposes(&[&format!("---\n{front_matter}---\ntext\n")], &[expected]);
    }
    proposes(&["---\nsite: a\n---\n# Wall\n\ntext\n"], &["title = \"#\"", "text = \"below-heading\""]);
}

/// Keys and values of a file reach a configuration as texts, never as entries or comments of their own.
#[test]
fn nothing_of_a_file_escapes_into_the_configuration() {
    let folder = Folder::new("infer-hostile");
    let hostile = "---\n\"ti\\\"tle\\n[layout]\\nx = 1\": \"a\"\n\"url\\u202e\": https://e.example/1\ntitle: \u{7f}\u{1b}[2J\n\
                   source: https://e.example/2\n---\n\n## Content\u{7f}\n\ntext\n";
    folder.put("in/a\u{1b}.md", hostile);
    let proposed = folder.ingest(&["infer", "in"]);
    assert_eq!(proposed.status.code(), Some(0), "{}", stderr(&proposed));
    let is_unsafe = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    assert!(!stdout(&proposed).contains(is_unsafe), "{}", stdout(&proposed));
    folder.put("ingest.toml", stdout(&proposed));
    assert_ne!(folder.ingest(&["-q", "in"]).status.code(), Some(2), "{}", stdout(&proposed));
}

#[test]
fn many_keys_and_long_values_are_bounded() {
    let keys: String = (0..4000).map(|index| format!("k{index}: {index}\n")).collect();
    let long = "a".repeat(50_000);
    let files = [
        format!("---\nurl: https://e.example/1\n{keys}---\ntext\n"),
        format!("---\nhash: {}\ntitle: {long}\n---\n{}\n", "0".repeat(64), "word ".repeat(10_000)),
        format!("---\n{}\n---\ntext\n", "[".repeat(60_000)),
        format!("---\n{}---\ntext\n", "k: &a\n".repeat(1_000_000)),
    ];
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let proposed = propose(&files).to_string();
    assert!(proposed.len() < 20_000, "{} bytes", proposed.len());
    assert!(proposed.contains("#   and 940 or more others\n"), "{proposed}");
}

#[test]
fn files_of_the_built_in_layout_need_none() {
    let file = article(1);
    proposes(&[&file], &["# The built-in layout reads these files: no `[layout]` is needed."]);
}

#[test]
fn nothing_to_read_is_an_exit_status_of_1() {
    let folder = Folder::new("infer-nothing");
    folder.put("in/a.md", "Title: Harbour wall\n\nno front matter\n");
    let output = folder.ingest(&["infer", "in"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "");
    assert_eq!(stderr(&output), "ingest: none of 1 files has front matter that can be read\n");
    assert_eq!(folder.ingest(&["infer", "absent"]).status.code(), Some(2));
}

#[test]
fn explain_names_the_recipe_that_would_verify() {
    let folder = Folder::new("infer-explain");
    folder.put("a.md", TRUNCATED[0]);
    let expected = "  ✓ `checksum` is the first 20 digits of the MD5 of the body after the line \"## Content\"; in `[layout]`:\n    \
                    hash = \"checksum\"\n    digits = 20\n    text = { after = \"## Content\" }\n";
    let built_in = folder.ingest(&["explain", "a.md"]);
    assert!(stdout(&built_in).contains(expected), "{}", stdout(&built_in));
    folder.put("ingest.toml", "[layout]\nhash = \"checksum\"\ndigits = 16\n");
    let under_layout = folder.ingest(&["explain", "a.md"]);
    assert!(stdout(&under_layout).contains(expected), "{}", stdout(&under_layout));
    folder.put(
        "ingest.toml",
        "[layout]\nhash = \"checksum\"\ndigits = 16\ntext = { after = \"## Content\" }\n",
    );
    let verified = folder.ingest(&["explain", "a.md"]);
    assert!(!stdout(&verified).contains("Another recipe"), "{}", stdout(&verified));
}

/// Each archive's hashes were made by Python, which also recomputes those of the records, from the printed layout alone.
#[test]
#[ignore = "needs Python 3.11"]
fn python_proves_what_a_proposed_layout_verifies() {
    const PROGRAMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/python/layouts");
    let folder = Folder::new("infer-python");
    let python = |program: &str, arguments: &[&str]| {
        let mut command = Command::new("python3");
        command.arg(format!("{PROGRAMS}/{program}")).args(arguments).current_dir(&folder.0);
        command.output().expect("Python runs")
    };
    let generated = python("generate.py", &["in", "60"]);
    assert!(generated.status.success(), "{}", stderr(&generated));
    let archives: Vec<(&str, &str)> =
        stdout(&generated).lines().map(|line| line.split_once(' ').unwrap()).collect();
    assert_eq!(archives.len(), 8);
    for (archive, proven) in archives {
        let input = format!("in/{archive}");
        folder.put("ingest.toml", folder.ingest(&["infer", &input]).stdout);
        let read = folder.ingest(&["-qq", "-W", "hash-mismatch", "-o", "articles.jsonl", &input]);
        assert_eq!(read.status.code(), Some(0), "{archive}: {}", stderr(&read));
        let checked = python("recipe.py", &["ingest.toml", "articles.jsonl"]);
        assert_eq!(stdout(&checked).trim_end(), proven, "{archive}: {}", stderr(&checked));
        let changed = folder.read("articles.jsonl").replacen(r#""text":""#, r#""text":"!"#, 1);
        folder.put("articles.jsonl", changed.replacen(r#""verified":false"#, r#""verified":true"#, 1));
        assert!(!python("recipe.py", &["ingest.toml", "articles.jsonl"]).status.success(), "{archive}");
    }
}

#[test]
fn a_sample_is_spread_evenly_and_always_the_same() {
    for (count, limit, expected) in [
        (0, 3, &[][..]),
        (2, 3, &[0, 1]),
        (3, 3, &[0, 1, 2]),
        (5, 3, &[0, 1, 3]),
        (100, 4, &[0, 16, 48, 80]),
        (7, 1, &[0]),
    ] {
        let mut sampler = Sampler::new(limit, usize::MAX);
        (0..count).for_each(|item| sampler.offer(item, 1));
        assert_eq!(sampler.seen(), count);
        assert_eq!(sampler.into_sample(), expected, "{limit} of {count} items");
    }
    let mut heavy = Sampler::new(1000, 100);
    (0..1000).for_each(|item| heavy.offer(item, 10));
    let sample = heavy.into_sample();
    assert!(sample.len() <= 10 && *sample.last().unwrap() >= 500, "{sample:?}");
}
