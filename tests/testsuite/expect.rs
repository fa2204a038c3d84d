//! `[expect]`: findings about the archive as a whole, at their line of the configuration.

use std::fmt::Write;

use news_ingest::findings::render::FindingFormat;
use news_ingest::findings::rule::Rule;
use serde_json::{Value, json};

use crate::support::crawl_file::CrawlFile;
use crate::support::folder::{Folder, stderr, stdout};
use crate::support::pack;
use crate::support::parse;

/// The rules about the archive as a whole, which no file by itself can break.
pub const OF_THE_ARCHIVE: [Rule; 6] = [
    Rule::StaleArchive,
    Rule::MissingDay,
    Rule::DayCount,
    Rule::FallingCount,
    Rule::MissingPublisher,
    Rule::ShareLimit,
];

/// 2026-09-01 is a Tuesday; the archive has 60 days from then on.
const DAYS: usize = 60;
/// The day after the last day of the archive.
const AS_OF: &str = "2026-10-31";

fn day(number: usize) -> String {
    if number < 30 { format!("2026-09-{:02}", number + 1) } else { format!("2026-10-{:02}", number - 29) }
}

fn published(number: usize, publisher: &str, day: &str) -> String {
    CrawlFile {
        publisher: publisher.to_owned(),
        published_at: format!("{day} 00:00"),
        crawled_at: format!("{day} 12:00:00"),
        ..CrawlFile::numbered(number, &format!("{number}번째 기사의 본문이다."))
    }
    .to_string()
}

/// Articles of three publishers on each day, fewer on weekends, in one tar archive.
fn archive(name: &str, has: impl Fn(&str, usize) -> bool) -> Folder {
    let mut members = Vec::new();
    for number in 0..DAYS {
        let is_weekend = [4, 5].contains(&(number % 7));
        for (publisher, usual) in [("가나일보", 6), ("다라신문", 4), ("Maba, \"News\"", 2)] {
            let count = if is_weekend { usual / 2 } else { usual + number % 2 };
            for _ in (0..count).filter(|_| has(publisher, number)) {
                let name = format!("{}/{:05}.md", day(number), members.len());
                members.push((name, published(members.len(), publisher, &day(number))));
            }
        }
    }
    let folder = Folder::new(name);
    folder.put("dump.tar", pack::tar(&members));
    folder
}

const GATES: &str = "\
[expect]
newest-published = 1
newest-crawled = 1
every-day = true
publishers = [\"가나일보\", \"다라신문\"]
verified = \"100%\"
empty-bylines = \"0%\"
duplicates = \"0%\"
fall = { below = \"50%\", weeks = 4 }

[[expect.day-count]]
min = 6
max = 15

[[expect.day-count]]
publisher = \"가나일보\"
min = 6
except = [\"sat\", \"sun\"]
";

/// The findings about the archive.
#[track_caller]
fn told(folder: &Folder, arguments: &[&str]) -> (Vec<String>, Option<i32>) {
    let output =
        folder.ingest(&[&["check", "-q", "--format", "concise", "--as-of", AS_OF], arguments].concat());
    assert_eq!(stderr(&output), "");
    (stdout(&output).lines().map(str::to_owned).collect(), output.status.code())
}

#[test]
fn an_archive_that_is_as_expected_has_no_finding() {
    let folder = archive("expect-good", |_, _| true);
    folder.put("ingest.toml", GATES);
    assert_eq!(told(&folder, &["dump.tar"]), (vec![], Some(0)));
    let bare = folder.ingest(&["-q", "--as-of", AS_OF, "-o", "articles.jsonl", "dump.tar"]);
    assert_eq!((stderr(&bare), bare.status.code()), ("", Some(0)));
}

/// The 45th day, 2026-10-15, is a Thursday; the Thursdays of the four weeks before have 5, 4, 5 and 4 articles.
const LOST: usize = 44;

#[test]
fn a_lost_day_of_one_publisher_is_one_finding_in_every_format() {
    let folder = archive("expect-lost", |publisher, day| (publisher, day) != ("다라신문", LOST));
    let config = GATES.replace("min = 6\nmax = 15\n", "min = 4\nmax = 15\n");
    folder.put("ingest.toml", &config);
    let message = "0 articles on 2026-10-15 by `다라신문`, less than 50% of 4.5, the median of this weekday in the 4 weeks before";
    let expected = format!("ingest.toml:9:8: error[falling-count]: {message}");
    assert_eq!(told(&folder, &["dump.tar"]), (vec![expected.clone()], Some(1)));
    for (format, _) in FindingFormat::ALL {
        let output = folder.ingest(&["check", "-q", "--format", format, "--as-of", AS_OF, "dump.tar"]);
        let expected = if format == "gitlab" { expected.replace(":9:8:", ":9:") } else { expected.clone() };
        assert_eq!(parse::findings(format, stdout(&output)), [expected], "{format}");
        assert_eq!(output.status.code(), Some(1), "{format}");
    }
    let output = folder.ingest(&["--as-of", AS_OF, "-o", "articles.jsonl", "dump.tar"]);
    assert!(stderr(&output).contains(", 1 expectation not met ("), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(1));
    assert!(folder.0.join("articles.jsonl").exists(), "the records are good");

    folder.put("ingest.toml", format!("warn = [\"falling-count\"]\n{config}"));
    let (findings, code) = told(&folder, &["dump.tar"]);
    assert_eq!((findings.len(), code), (1, Some(0)));
    assert_eq!(told(&folder, &["-A", "falling-count", "dump.tar"]), (vec![], Some(0)));
}

/// What one expectation says of an archive, as `line rule: message`.
#[track_caller]
fn finds(folder: &Folder, config: &str, expected: &[&str]) {
    folder.put("ingest.toml", config);
    let (findings, code) = told(folder, &["dump.tar"]);
    let short = findings.iter().map(|line| {
        let (place, rest) = line.strip_prefix("ingest.toml:").unwrap().split_once(": error[").unwrap();
        format!("{} {}", place.split(':').next().unwrap(), rest.replace("]:", ":"))
    });
    assert_eq!(short.collect::<Vec<_>>(), expected, "{config}");
    assert_eq!(code, Some(i32::from(!expected.is_empty())), "{config}");
}

#[test]
fn each_expectation_says_what_is_not_met() {
    // Nothing is published on three days, and nothing after the 50th.
    let folder = archive("expect-each", |_, day| ![10, 11, 20].contains(&day) && day < 50);
    let folder = &folder;
    finds(folder, "[expect]\nnewest-published = 11\nnewest-crawled = 11\n", &[]);
    finds(
        folder,
        "[expect]\nnewest-published = 10\nnewest-crawled = 10\n",
        &[
            "2 stale-archive: the newest article was published on 2026-10-20, 11 days before 2026-10-31; the limit is 10",
            "3 stale-archive: the newest article was crawled on 2026-10-20, 11 days before 2026-10-31; the limit is 10",
        ],
    );
    let gaps = [
        "2 missing-day: no article was published from 2026-09-11 to 2026-09-12, 2 days",
        "2 missing-day: no article was published on 2026-09-21",
        "2 missing-day: no article was published from 2026-10-21 to 2026-10-30, 10 days",
    ];
    finds(folder, "[expect]\nevery-day = true\n", &gaps);
    finds(folder, "[expect]\nevery-day = true\nto = 2026-10-20\n", &gaps[..2]);
    finds(folder, "[expect]\nevery-day = true\nfrom = 2026-09-13\nto = \"2026-10-20\"\n", &gaps[1..2]);
    finds(folder, "[expect]\nevery-day = true\nlast-days = 11\n", &gaps[2..]);
    finds(folder, "[expect]\nevery-day = true\nlast-days = 0\n", &[]);
    finds(folder, "[expect]\nevery-day = false\n", &[]);
    finds(
        folder,
        "[expect]\npublishers = [\n\"가나일보\",\n\"라라\\u001b\"]\n",
        &[r"4 missing-publisher: no article is by `라라\x1b`"],
    );
    let lost = "[[expect.day-count]]\nmin = 1\nexcept = [\"mon\"]\n[expect]\nto = 2026-10-20\n";
    finds(
        folder,
        lost,
        &[
            "1 day-count: 0 articles on 2026-09-11, fewer than 1",
            "1 day-count: 0 articles on 2026-09-12, fewer than 1",
        ],
    );
    finds(
        folder,
        "[[expect.day-count]]\npublisher = \"가나일보\"\nmax = 6\n[expect]\nfrom = 2026-09-01\nto = 2026-09-02\n",
        &["1 day-count: 7 articles on 2026-09-02 by `가나일보`, more than 6"],
    );
}

#[test]
fn shares_are_those_of_the_articles() {
    let folder = Folder::new("expect-shares");
    let mut members = Vec::new();
    for number in 0..20 {
        let mut text = published(number, "가나일보", "2026-10-30");
        match number {
            0 => text = text.replace("0번째", "영번째"),
            1 | 2 => text = text.replace("홍길동 기자 (hong@example.com)", ""),
            3..=5 => text = text.replace(&format!("{number:010}"), "0000000006"),
            _ => {}
        }
        members.push((format!("{number}.md"), text));
    }
    folder.put("dump.tar", pack::tar(&members));
    let lowered = "warn = [\"hash-mismatch\"]\nallow = [\"id-conflict\"]\n[expect]\n";
    let finds = |gate: &str, expected: &[&str]| {
        folder.put("ingest.toml", format!("{lowered}{gate}\n"));
        let output = folder.ingest(&["check", "-qq", "--format", "concise", "--as-of", AS_OF, "dump.tar"]);
        let messages: Vec<_> =
            stdout(&output).lines().map(|line| line.split_once("share-limit]: ").unwrap().1).collect();
        assert_eq!(messages, expected, "{gate}");
    };
    finds("verified = \"95%\"", &[]);
    finds("verified = \"95.1%\"", &["19 of 20 articles are verified, less than 95.1%"]);
    finds("empty-bylines = \"10%\"", &[]);
    finds("empty-bylines = \"9.99%\"", &["2 of 20 articles have an empty byline, more than 9.99%"]);
    finds("duplicates = \"15%\"", &[]);
    finds("duplicates = \"0%\"", &["3 of 20 articles have the id of another file, more than 0%"]);
}

#[test]
fn summaries_of_shards_add_up_to_the_verdict_on_the_whole() {
    let folder =
        archive("expect-shards", |publisher, day| (publisher, day) != ("다라신문", LOST) && day != 12);
    folder.put("ingest.toml", GATES);
    let (whole, _) = told(&folder, &["dump.tar"]);
    assert!(whole.len() >= 3, "{whole:?}");
    let mut summaries = Vec::new();
    for shard in 1..=5 {
        let (shard, summary) = (format!("{shard}/5"), format!("{shard}.json.gz"));
        let output =
            folder.ingest(&["check", "--as-of", AS_OF, "--shard", &shard, "--summary", &summary, "dump.tar"]);
        assert_eq!((stdout(&output), output.status.code()), ("", Some(0)));
        assert!(stderr(&output).contains("`ingest expect` judges summaries"), "{}", stderr(&output));
        summaries.push(summary);
    }
    let files: Vec<&str> = summaries.iter().map(String::as_str).collect();
    let output = folder.ingest(&[&["expect", "--as-of", AS_OF], &files[..]].concat());
    assert_eq!(stdout(&output).lines().collect::<Vec<_>>(), whole);
    assert_eq!(output.status.code(), Some(1));
    let one =
        folder.ingest(&["-q", "--as-of", AS_OF, "-o", "a.jsonl", "--summary", "whole.json", "dump.tar"]);
    assert_eq!(one.status.code(), Some(1));
    let output = folder.ingest(&["expect", "--as-of", AS_OF, "whole.json"]);
    assert_eq!(stdout(&output).lines().collect::<Vec<_>>(), whole);

    let sarif = folder.ingest(&["expect", "--format", "sarif", "--as-of", AS_OF, "whole.json"]);
    let log: Value = serde_json::from_str(stdout(&sarif)).unwrap();
    let location = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "ingest.toml");
    assert_eq!(location["region"]["startLine"], 4);
}

#[test]
fn the_summary_has_the_counts_by_day_and_publisher() {
    let folder = Folder::new("expect-counts");
    folder
        .put("in/a.md", published(1, "가나일보", "2026-10-29"))
        .put("in/b.md", published(2, "가나일보", "2026-10-29"));
    folder
        .put("in/c.md", published(3, "", "2026-10-30"))
        .put("in/d.md", published(2, "가나일보", "2026-10-29"));
    folder.put(
        "in/e.md",
        published(5, "다라신문", "2026-10-29").replace("published_at: 2026-10-29 00:00", "published_at: "),
    );
    folder.put("ingest.toml", "[expect]\n");
    folder.ingest(&["-qq", "--dedup", "id", "-o", "a.jsonl", "--summary", "totals.json", "in"]);
    let totals: Value = serde_json::from_str(&folder.read("totals.json")).unwrap();
    let expected = json!({
        "articles": 4, "verified": 4, "without_byline": 0, "duplicates": 1, "left_out": 1,
        "published": {"": {"2026-10-30": 1}, "가나일보": {"2026-10-29": 2}, "다라신문": {}},
        "crawled": {"2026-10-29": 3, "2026-10-30": 1},
    });
    assert_eq!(totals["archive"], expected);
    folder.ingest(&["-qq", "--isolated", "-o", "a.jsonl", "--summary", "totals.json", "in"]);
    assert!(!folder.read("totals.json").contains("archive"), "nothing is expected");
    let output = folder.ingest(&["expect", "totals.json"]);
    assert!(stderr(&output).contains("had no `[expect]` in its configuration"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(2));
}

/// Expectations are about the archive, not about the records that a run writes.
#[test]
fn articles_that_have_not_changed_are_counted() {
    let folder = archive("expect-unchanged", |publisher, day| (publisher, day) != ("다라신문", LOST));
    folder.put("ingest.toml", GATES.replace("min = 6\nmax = 15\n", "min = 4\nmax = 15\n"));
    let run = |more: &[&str]| {
        let first = ["--as-of", AS_OF, "--summary", "totals.json", "--manifest", "m.jsonl", "-o", "a.jsonl"];
        let output = folder.ingest(&[&first, more, &["dump.tar"]].concat());
        let lines = stderr(&output).lines().map(str::to_owned);
        let unmet: Vec<_> = lines.filter(|line| line.contains("falling-count")).collect();
        let totals: Value = serde_json::from_str(&folder.read("totals.json")).unwrap();
        (unmet, totals["archive"].clone(), output.status.code())
    };
    let full = run(&[]);
    assert_eq!((full.0.len(), full.2), (1, Some(1)), "{full:?}");
    let files = folder.read("m.jsonl").lines().count() - 1;
    assert_eq!(full.1["articles"], files);
    assert_eq!(run(&["--changed-since", "m.jsonl"]), full);
    assert_eq!(folder.read("a.jsonl"), "", "every article is unchanged");
}

#[test]
fn a_wrong_expectation_is_refused_at_its_place() {
    let folder = Folder::new("expect-wrong");
    folder.put("a.md", published(1, "가나일보", "2026-10-29"));
    for (config, place, message) in [
        ("[expect]\nnewest = 1\n", "2:1", "no key is called `newest`"),
        ("[expect]\nnewest-crawled = -1\n", "2:18", "not a number"),
        ("[expect]\nverified = \"101%\"\n", "2:12", "not a share such as 1% or 0.5%"),
        ("[expect]\nverified = 1\n", "2:12", "not a share"),
        ("[expect]\nevery-day = 1\n", "2:13", "not `true` or `false`"),
        ("[expect]\nfall = { weeks = 4 }\n", "2:8", "`below` is missing"),
        ("[expect]\nfall = { below = \"5%\", weeks = 0 }\n", "2:32", "not a number of weeks"),
        ("[expect]\nfrom = 2026-02-30\n", "2:8", ""),
        ("[expect]\nto = \"2026-13-01\"\n", "2:6", "not a day such as 2026-11-28"),
        ("[expect]\nfrom = \"2026-01-01\"\nlast-days = 3\n", "3:13", "take one of them"),
        ("[[expect.day-count]]\nmin = 3\nmax = 2\n", "1:1", "`min` is more than `max`"),
        ("[[expect.day-count]]\nexcept = [\"sut\"]\n", "2:11", "did you mean `sat`?"),
        ("expect = 1\n", "1:10", "not a table"),
    ] {
        folder.put("ingest.toml", config);
        let output = folder.ingest(&["check", "a.md"]);
        let expected = format!("ingest.toml:{place}: ");
        assert!(
            stderr(&output).contains(&expected) && stderr(&output).contains(message),
            "{}",
            stderr(&output)
        );
        assert_eq!(output.status.code(), Some(2), "{config}");
    }
}

#[test]
fn many_findings_of_one_expectation_are_summed_up() {
    let folder = Folder::new("expect-many");
    let mut config = String::from("[expect]\nfrom = 0001-01-01\nto = 9999-12-31\n");
    write!(config, "[[expect.day-count]]\nmin = 1\n").unwrap();
    folder.put("a.md", published(1, "가나일보", "2026-10-29")).put("ingest.toml", config);
    let output = folder.ingest(&["check", "--format", "jsonl", "a.md"]);
    assert_eq!(stdout(&output).lines().count(), 1001);
    // 9,999 years have 3,652,059 days, of which one has an article.
    assert!(stderr(&output).contains(", 3652058 expectations not met ("), "{}", stderr(&output));
}
