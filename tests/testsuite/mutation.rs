//! Crawl files with one thing wrong: no cut, flip, loss or doubling of a byte or line breaks the reader, and none that
//! changes the text passes as verified.

use std::fs;
use std::ops::Range;

use news_ingest::crawl;
use news_ingest::crawl::Scratch;
use news_ingest::findings::rule::{Level, Levels, Rule};

/// A fixture, the text that its content hash covers, and the words that CONTENT begins and ends with, typed from it.
const FIXTURES: [(&str, &str, [&str; 2]); 12] = [
    (
        "escaped",
        "봄비가 그친 뒤 '황사'가 온다. A &lt; B < C > D, x=1, `y`.\n\n\
         기상청은 \"외출을 자제해 달라\"고 말했다. &nbsp;&#39;끝&#39;",
        ["봄비가 그친", "&nbsp;&#39;끝&#39;"],
    ),
    (
        "unescaped",
        "주소는 https://example.com/?a=1&copy=2 이고, 태그는 &lt;b&gt; 로 쓴다. &amp; 는 그대로다.\n\n\
         \"따옴표\"와 '홑따옴표'도 그대로다.",
        ["주소는", "도 그대로다."],
    ),
    ("comments", "본문은 여기서 끝난다.", ["본문은", "끝난다."]),
    ("yaml", "진짜 YAML로 쓴 앞머리다.", ["진짜", "앞머리다."]),
    ("card", "카드 한 장.", ["카드 한", "한 장."]),
    ("escaped-url", "옛 주소를 쓴 \"기사\"다.", ["옛 주소를", "다."]),
    (
        "markdown-in-text",
        "첫 문단이다.\n\n---\n\n제목처럼 보이는 줄\n---\n\n# 샵으로 시작하는 줄\n\n```\n닫히지 않은 코드\n\n\
         <!-- 닫히지 않은 주석\n\n<pre>\n\n[링크]: https://example.com \"제목\"\n\n--------------------\n\n\
         *Crawled at: 2020-01-01 00:00:00*\n*Source: [원문 보기](https://example.com)*\n\n* 마지막 줄",
        ["첫 문단이다.", "* 마지막 줄"],
    ),
    ("no-comments", "본문이다.", ["본문", "이다."]),
    (
        "not-normalised",
        "한 칸\u{a0}띄움, 표의\u{3000}공백, 호환 한자 \u{f9e4}, 첫가끝 \u{1112}\u{1161}\u{11ab}, \
         숨은\u{ad}하이픈, 日本語と中文, emoji 😀, tab\t끝.",
        ["한 칸", "끝."],
    ),
    ("several-bylines", "셋이 함께 썼다.", ["셋이", "썼다."]),
    ("time-of-day", "자정 직전의 소식이다.", ["자정", "소식이다."]),
    ("unknown-keys", "모르는 열쇠도 버리지 않는다.", ["모르는 열쇠도", "않는다."]),
];

struct Fixture {
    name: &'static str,
    source: Vec<u8>,
    text: &'static str,
    /// Where CONTENT stands, in bytes.
    content: Range<usize>,
}

impl Fixture {
    fn all() -> [Fixture; 12] {
        FIXTURES.map(|(name, text, [first, last])| {
            let source =
                fs::read_to_string(format!("fixtures/accept/{name}.md")).expect("the fixture is there");
            let position = |part: &str| {
                assert_eq!(source.matches(part).count(), 1, "{part:?} in {name}");
                source.find(part).unwrap()
            };
            let content = position(first)..position(last) + last.len();
            Fixture { name, text, content, source: source.into_bytes() }
        })
    }
}

/// Every level as low as it goes, so that each file which can give a record does.
fn lowest() -> Levels {
    let mut levels = Levels::default();
    for &rule in Rule::ALL.iter().filter(|rule| rule.is_configurable()) {
        levels.set(rule, Level::Off).unwrap();
    }
    levels
}

#[track_caller]
fn holds(fixture: &Fixture, source: &[u8], levels: &Levels, scratch: &mut Scratch, what: &str) {
    let outcome = crawl::read(source, levels, scratch);
    let errors = outcome.findings.iter().filter(|finding| finding.level == Level::Error).count();
    assert_eq!(outcome.article.is_some(), errors == 0, "{what} of {}", fixture.name);
    let lines = source.split(|&byte| byte == b'\n').count();
    for finding in &outcome.findings {
        assert!((1..=lines).contains(&finding.location.line), "{what} of {}: {finding:?}", fixture.name);
        assert!(!finding.message.contains(char::is_control), "{what} of {}: {finding:?}", fixture.name);
    }
    if let Some(article) = outcome.article {
        assert_eq!(article.verified, outcome.verified_reading.is_some());
        if article.verified {
            assert_eq!(article.text, fixture.text, "{what} of {}", fixture.name);
        }
    }
}

/// Reads every changed file at these levels.
#[track_caller]
fn each(levels: &Levels, change: impl Fn(&Fixture, &mut dyn FnMut(&[u8], &str))) {
    let mut scratch = Scratch::default();
    for fixture in &Fixture::all() {
        let mut changed = 0;
        change(fixture, &mut |source, what| {
            changed += 1;
            holds(fixture, source, levels, &mut scratch, what);
        });
        assert!(changed >= fixture.source.len() / 100, "{changed}");
    }
}

#[test]
fn every_fixture_is_read_as_it_is() {
    for fixture in &Fixture::all() {
        let mut scratch = Scratch::default();
        let article = crawl::read(&fixture.source, &Levels::default(), &mut scratch).article.unwrap();
        assert_eq!(article.text, fixture.text);
        assert!(fixture.content.len() >= fixture.text.len());
    }
}

#[test]
fn cut_off_anywhere() {
    each(&lowest(), |Fixture { source, .. }, read| {
        for end in 0..source.len() {
            read(&source[..end], &format!("the first {end} bytes"));
            read(&source[end + 1..], &format!("all but the first {} bytes", end + 1));
        }
    });
}

#[test]
fn a_bit_flipped_anywhere() {
    each(&lowest(), |Fixture { source, .. }, read| {
        let mut flipped = source.clone();
        for at in 0..source.len() {
            for bit in 0..8 {
                flipped[at] ^= 1 << bit;
                read(&flipped, &format!("bit {bit} of byte {at}"));
                flipped[at] = source[at];
            }
        }
    });
}

/// No character of CONTENT stands for the same text with one bit changed.
#[test]
fn a_bit_flipped_in_the_content_is_found() {
    let mut scratch = Scratch::default();
    let levels = Levels::default();
    for Fixture { name, source, content, .. } in &Fixture::all() {
        let mut flipped = source.clone();
        for at in content.clone() {
            for bit in 0..8 {
                flipped[at] ^= 1 << bit;
                let outcome = crawl::read(&flipped, &levels, &mut scratch);
                assert!(outcome.article.is_none(), "bit {bit} of byte {at} of {name}");
                let found = |rule| outcome.findings.iter().any(|finding| finding.rule == rule);
                assert!(
                    found(Rule::HashMismatch) || found(Rule::NotUtf8),
                    "bit {bit} of byte {at} of {name}"
                );
                flipped[at] = source[at];
            }
        }
    }
}

#[test]
fn a_byte_lost_or_doubled_anywhere() {
    each(&lowest(), |Fixture { source, .. }, read| {
        for at in 0..source.len() {
            read(&[&source[..at], &source[at + 1..]].concat(), &format!("without byte {at}"));
            read(&[&source[..=at], &source[at..]].concat(), &format!("byte {at} twice"));
        }
    });
}

#[test]
fn a_byte_put_in_anywhere() {
    each(&lowest(), |Fixture { source, .. }, read| {
        for at in 0..=source.len() {
            for byte in *b"\n-\"\xff" {
                read(&[&source[..at], &[byte], &source[at..]].concat(), &format!("{byte} before byte {at}"));
            }
        }
    });
}

#[test]
fn lines_lost_doubled_or_swapped_anywhere() {
    each(&Levels::default(), |Fixture { source, .. }, read| {
        let lines: Vec<&[u8]> = source.split_inclusive(|&byte| byte == b'\n').collect();
        for at in 0..lines.len() {
            read(&[&lines[..at], &lines[at + 1..]].concat().concat(), &format!("without line {at}"));
            read(&[&lines[..=at], &lines[at..]].concat().concat(), &format!("line {at} twice"));
            for other in at + 1..lines.len() {
                let mut swapped = lines.clone();
                swapped.swap(at, other);
                read(&swapped.concat(), &format!("lines {at} and {other} swapped"));
                read(
                    &[&lines[..at], &lines[other..]].concat().concat(),
                    &format!("lines {at}..{other} lost"),
                );
            }
        }
    });
}
