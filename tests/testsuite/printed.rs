//! What a template prints and what departs from it is read the same in a batch, by itself, and with YAML for every block.

use std::array;
use std::borrow::Cow;
use std::fs;

use news_ingest::crawl;
use news_ingest::crawl::{Input, InputBatch, Scratch};
use news_ingest::findings::rule::Levels;

use crate::support::crawl_file::{CrawlFile, escaped, sha256};

const TEXT: &str = "첫 문단의 \"따옴표\" & 'x<y'.\n\n---\n\n둘째 문단, 탭\t하나.";

/// An escaped crawl file of [`TEXT`].
fn usual() -> CrawlFile {
    CrawlFile { hash: sha256(TEXT), ..CrawlFile::with_text(&escaped(TEXT)) }
}

fn counted_before_the_hash(crawl_file: &CrawlFile) -> String {
    crawl_file.to_string().replacen("content_hash: ", "comment_count: 0\ncontent_hash: ", 1)
}

fn is_accepted(file: &str) -> bool {
    let mut scratch = Scratch::default();
    let outcome = crawl::read(file.as_bytes(), &Levels::default(), &mut scratch);
    outcome.article.is_some() && outcome.findings.is_empty() && outcome.is_clean
}

#[track_caller]
fn is_read_the_same(file: &[u8]) {
    let levels = Levels::default();
    let (mut scratch, mut other) = (Scratch::default(), Scratch::default());
    let fast = crawl::read(file, &levels, &mut scratch);
    let slow = crawl::read_reference(file, &levels, &mut other);
    let shown = String::from_utf8_lossy(file);
    assert_eq!(fast.findings, slow.findings, "of {shown}");
    assert_eq!(fast.article, slow.article, "of {shown}");
    assert_eq!((fast.identity, fast.verified_reading), (slow.identity, slow.verified_reading), "of {shown}");
    assert_eq!(fast.comments, slow.comments, "of {shown}");
}

#[test]
fn what_the_template_prints_is_accepted() {
    let comments = "*댓글이 없습니다.*\n\n---\n\n";
    let commented = CrawlFile { comments: comments.into(), ..usual() };
    for (what, file) in [
        ("an escaped file", usual().to_string()),
        ("an unescaped file", CrawlFile::with_text(TEXT).to_string()),
        (
            "quotes in a title",
            CrawlFile { title: "그는 \"간다\"고".into(), ..CrawlFile::with_text(TEXT) }.to_string(),
        ),
        ("an escaped title", CrawlFile { title: "R&amp;D".into(), ..usual() }.to_string()),
        (
            "a byline on the key's line",
            CrawlFile { author: "홍길동 기자 (hong@example.com)".into(), ..usual() }.to_string(),
        ),
        (
            "two bylines",
            CrawlFile { author: "\n\t\t\n\t\t\t홍길동\n\t\t\t김가람\n\t\t\n\t".into(), ..usual() }
                .to_string(),
        ),
        (
            "an empty line in a byline",
            CrawlFile { author: "\n\t\t\n\n\t\t\t홍길동\n\t".into(), ..usual() }.to_string(),
        ),
        (
            "blanks around a byline on the key's line",
            CrawlFile { author: " 홍길동 ".into(), ..usual() }.to_string(),
        ),
        ("no byline", CrawlFile { author: String::new(), ..usual() }.to_string()),
        ("no publisher", CrawlFile { publisher: String::new(), ..usual() }.to_string()),
        ("no date", CrawlFile { published_at: String::new(), ..usual() }.to_string()),
        ("a time of day", CrawlFile { published_at: "2025-03-14 09:48".into(), ..usual() }.to_string()),
        ("a category", CrawlFile { category: "sports".into(), ..usual() }.to_string()),
        (
            "another address",
            CrawlFile { url: "https://example.com/a?b&#x3D;c".into(), ..usual() }.to_string(),
        ),
        ("no comments", CrawlFile { more: "comment_count: 0\n".into(), ..commented.clone() }.to_string()),
        ("comments counted before the hash", counted_before_the_hash(&commented)),
        (
            "a text longer than any front matter",
            CrawlFile::with_text("긴 글이다.\n".repeat(8_000).trim_end()).to_string(),
        ),
        ("no last line end", usual().to_string().trim_end().to_owned()),
    ] {
        assert!(is_accepted(&file), "{what}");
        is_read_the_same(file.as_bytes());
    }
}

#[test]
fn what_departs_from_it_is_read_the_same() {
    let crawl_file = usual();
    let printed = crawl_file.to_string();
    let with = |from: &str, to: &str| {
        assert!(printed.contains(from), "{from:?} is there to be replaced");
        printed.replacen(from, to, 1)
    };
    for (_, file) in [
        ("another fence", with("---\nid", "--- \nid")),
        ("another order", with("oid: 901\naid: 0000000001\n", "aid: 0000000001\noid: 901\n")),
        ("a key that is not known", CrawlFile { more: "reporter: x\n".into(), ..usual() }.to_string()),
        ("a key twice", with("oid: 901\n", "oid: 901\noid: 901\n")),
        ("a missing key", with("oid: 901\n", "")),
        (
            "a comment count twice",
            counted_before_the_hash(&CrawlFile { more: "comment_count: 0\n".into(), ..usual() }),
        ),
        (
            "a comment count that is no number",
            CrawlFile { more: "comment_count: x\n".into(), ..usual() }.to_string(),
        ),
        ("no space behind a colon", with("category: \n", "category:\n")),
        ("blanks around a value", with("publisher: 가나일보", "publisher:  가나일보")),
        ("a blank behind a value", with("oid: 901\n", "oid: 901 \n")),
        (
            "a blank before a value, and in the bold line",
            CrawlFile { publisher: " 가나".into(), ..usual() }.to_string(),
        ),
        (
            "a blank behind a value, and in the bold line",
            CrawlFile { publisher: "가나 ".into(), ..usual() }.to_string(),
        ),
        ("a title without quotes", with("title: \"제목\"", "title: 제목")),
        ("an empty title", CrawlFile { title: String::new(), ..usual() }.to_string()),
        (
            "a value that YAML reads otherwise",
            CrawlFile { publisher: "가나 #1".into(), ..usual() }.to_string(),
        ),
        ("an author by spaces", crawl_file.to_string().replace('\t', "    ")),
        (
            "an author on both lines",
            CrawlFile { author: "홍길동\n\t\t\t김가람".into(), ..usual() }.to_string(),
        ),
        (
            "an author on both lines, behind what YAML rejects",
            CrawlFile {
                title: "\"가\" 나".into(),
                author: "홍길동\n\t\t\t김가람".into(),
                ..CrawlFile::with_text(TEXT)
            }
            .to_string(),
        ),
        ("another id", with("id: 901_0000000001", "id: 901_0000000002")),
        ("an id that is none", with("oid: 901\n", "oid: 9O1\n")),
        ("an address of another article", crawl_file.to_string().replace("article/901/", "article/902/")),
        ("an address of nothing", CrawlFile { url: "nothing".into(), ..usual() }.to_string()),
        ("a date that is none", CrawlFile { published_at: "2025-02-30 00:00".into(), ..usual() }.to_string()),
        ("no crawl time", CrawlFile { crawled_at: String::new(), ..usual() }.to_string()),
        ("a hash in capitals", CrawlFile { hash: sha256(TEXT).to_uppercase(), ..usual() }.to_string()),
        ("another hash", CrawlFile { hash: sha256("x"), ..usual() }.to_string()),
        ("an empty text", CrawlFile::with_text("").to_string()),
        ("another heading", with("\n# 제목", "\n# 제목이")),
        ("another publisher in the bold line", with("\n**가나일보**", "\n**다라일보**")),
        ("another category in the bold line", with("00:00 | \n", "00:00 | sports\n")),
        ("no rule", with("00:00 | \n\n---\n", "00:00 | \n\n")),
        ("another footer", with("*Crawled at: 2025-03-14 21", "*Crawled at: 2025-03-14 22")),
        ("no footer", printed[..printed.find("*Crawled").expect("there is a footer")].to_owned()),
        ("text behind the footer", format!("{printed}끝\n")),
    ] {
        is_read_the_same(file.as_bytes());
    }
    is_read_the_same(printed.replace('\n', "\r\n").as_bytes());
    for (what, file) in [
        ("CR LF that the text keeps", CrawlFile::with_text("가\r\n나").to_string()),
        ("a control character", with("가나일보", "가나\u{1b}일보")),
        ("a line separator", printed.replace("제목", "제\u{2028}목")),
    ] {
        assert!(
            !crawl::read(file.as_bytes(), &Levels::default(), &mut Scratch::default()).is_clean,
            "{what}"
        );
        is_read_the_same(file.as_bytes());
    }
}

#[test]
fn files_that_are_read_together_are_read_the_same() {
    let files = [
        usual().to_string(),
        CrawlFile::with_text(TEXT).to_string(),
        CrawlFile::with_text("긴 글이다.\n".repeat(8_000).trim_end()).to_string(),
        // Proven by the reading that is tried second.
        CrawlFile::with_text("R&amp;D").to_string(),
        CrawlFile { hash: sha256("x"), ..usual() }.to_string(),
        usual().to_string().replace('\n', "\r\n"),
        CrawlFile { crawled_at: String::new(), ..usual() }.to_string(),
        String::new(),
    ];
    let levels = Levels::default();
    for turn in 0..files.len() {
        for missing in [None, Some(0), Some(1), Some(3)] {
            let mut scratch = Scratch::default();
            let batch: InputBatch<'_> = array::from_fn(|number| {
                let source = files[(turn + number) % files.len()].as_bytes();
                let file = Input { source, levels: Cow::Borrowed(&levels) };
                Some(file).filter(|_| missing != Some(number))
            });
            let mut received = Vec::new();
            crawl::read_batch(batch, &mut scratch, &mut |number, outcome| {
                let mut scratch = Scratch::default();
                let source = files[(turn + number) % files.len()].as_bytes();
                let alone = crawl::read_reference(source, &levels, &mut scratch);
                assert_eq!(outcome.findings, alone.findings);
                assert_eq!(outcome.article, alone.article);
                assert_eq!(
                    (outcome.identity, outcome.verified_reading),
                    (alone.identity, alone.verified_reading)
                );
                received.push(number);
            });
            assert_eq!(
                received,
                (0..crawl::BATCH_FILES).filter(|number| missing != Some(*number)).collect::<Vec<_>>()
            );
        }
    }
}

/// Every byte of the fixtures lost, doubled, and replaced by what means something to one of the readings.
#[test]
fn a_fixture_with_any_one_byte_changed_is_read_the_same() {
    for name in ["escaped", "unescaped", "comments", "no-comments", "card"] {
        let source = fs::read(format!("fixtures/accept/{name}.md")).expect("the fixture is there");
        for at in 0..source.len() {
            let (before, from) = source.split_at(at);
            is_read_the_same(&[before, &from[1..]].concat());
            is_read_the_same(&[before, &from[..1], from].concat());
            for byte in *b"\n \t\"-:#&|1a" {
                is_read_the_same(&[before, &[byte], &from[1..]].concat());
            }
        }
    }
}
