//! The frame, held against the front matter: what differs, where that stands, and what is said in other words.

use news_ingest::crawl;
use news_ingest::crawl::Scratch;
use news_ingest::findings::rule::{Level, Levels, Rule};

use crate::support::crawl_file::CrawlFile;

/// The front matter of one crawl file and the body of another.
fn joined(front: &CrawlFile, body: &CrawlFile) -> String {
    format!("---\n{}---\n{}", front.front_matter(), body.body())
}

/// The rules and the places, `line:column`, of what is found in an accepted file with every rule on.
#[track_caller]
fn finds(what: &str, file: &str, expected: &[(Rule, &str)]) {
    let mut levels = Levels::default();
    levels.set(Rule::CategoryDiffers, Level::Warning).expect("the level can be raised");
    let mut scratch = Scratch::default();
    let outcome = crawl::read(file.as_bytes(), &levels, &mut scratch);
    assert!(outcome.article.is_some(), "{what}: {:?}", outcome.findings);
    let place = |at: news_ingest::findings::location::Location| format!("{}:{}", at.line, at.column);
    let found: Vec<(Rule, String)> =
        outcome.findings.iter().map(|finding| (finding.rule, place(finding.location))).collect();
    let expected: Vec<(Rule, String)> = expected.iter().map(|(rule, at)| (*rule, (*at).to_owned())).collect();
    assert_eq!(found, expected, "{what}: {:?}", outcome.findings);
}

#[test]
fn what_is_said_in_other_words_is_no_difference() {
    let crawl_file = CrawlFile { category: "sports".into(), ..CrawlFile::with_text("본문이다.") };
    finds("the same", &crawl_file.to_string(), &[]);
    for (what, other) in [
        (
            "a crawl time with a T",
            CrawlFile { crawled_at: "2025-03-14T21:05:09".into(), ..crawl_file.clone() },
        ),
        ("a date with dots", CrawlFile { published_at: "2025.03.14.".into(), ..crawl_file.clone() }),
        ("blanks in a title", CrawlFile { title: "봄  비가".into(), ..crawl_file.clone() }),
        ("an escaped publisher", CrawlFile { publisher: "가&#x27;나".into(), ..crawl_file.clone() }),
    ] {
        let front = match what {
            "blanks in a title" => CrawlFile { title: "봄 비가".into(), ..crawl_file.clone() },
            "an escaped publisher" => CrawlFile { publisher: "가'나".into(), ..crawl_file.clone() },
            _ => crawl_file.clone(),
        };
        finds(what, &joined(&front, &other), &[]);
    }
}

#[test]
fn what_differs_is_found_where_it_stands() {
    let crawl_file = CrawlFile { category: "sports".into(), ..CrawlFile::with_text("본문이다.") };
    for (what, other, expected) in [
        (
            "the heading",
            CrawlFile { title: "다른".into(), ..crawl_file.clone() },
            (Rule::HeadingDiffers, "19:3"),
        ),
        (
            "the publisher",
            CrawlFile { publisher: "다라".into(), ..crawl_file.clone() },
            (Rule::HeaderDiffers, "21:3"),
        ),
        (
            "the date",
            CrawlFile { published_at: "2025-03-15 00:00".into(), ..crawl_file.clone() },
            (Rule::HeaderDiffers, "21:12"),
        ),
        (
            "no date that can be read",
            CrawlFile { published_at: "어제".into(), ..crawl_file.clone() },
            (Rule::HeaderDiffers, "21:12"),
        ),
        (
            "the category",
            CrawlFile { category: "it".into(), ..crawl_file.clone() },
            (Rule::CategoryDiffers, "21:31"),
        ),
        (
            "the crawl time",
            CrawlFile { crawled_at: "2025-03-14 21:05:10".into(), ..crawl_file.clone() },
            (Rule::FooterDiffers, "29:14"),
        ),
        (
            "the address",
            CrawlFile { url: "https://example.com/".into(), ..crawl_file.clone() },
            (Rule::FooterDiffers, "30:18"),
        ),
    ] {
        finds(what, &joined(&crawl_file, &other), &[expected]);
    }
    let both = CrawlFile { publisher: "다라일보".into(), category: "it".into(), ..crawl_file.clone() };
    let expected = [(Rule::HeaderDiffers, "21:3"), (Rule::CategoryDiffers, "21:31")];
    finds("publisher and category", &joined(&crawl_file, &both), &expected);
    let not_bold = crawl_file.to_string().replace("\n**가나일보**", "\n가나일보**");
    finds("a line that is not bold", &not_bold, &[(Rule::HeaderDiffers, "18:1")]);
    let without_category = crawl_file.to_string().replace(" | sports\n", "\n");
    finds("no category in the bold line", &without_category, &[(Rule::CategoryDiffers, "21:28")]);
    let without_time = crawl_file.to_string().replace("*Crawled at: 2025-03-14 21:05:09*\n", "");
    finds("no crawl time in the footer", &without_time, &[(Rule::FooterDiffers, "28:1")]);
    let without_link = crawl_file.to_string().replace("*Source: [", "*Source: ");
    finds("no link in the footer", &without_link, &[(Rule::FooterDiffers, "28:1")]);
}

#[test]
fn what_stands_behind_the_footer_hides_nothing() {
    let crawl_file = CrawlFile::with_text("앞\n\n---\n\n본문이다.");
    finds("a rule", &format!("{crawl_file}\n---\n"), &[]);
    finds("a link", &format!("{crawl_file}\n[다른](https://example.com/)\n"), &[]);
    let kept = CrawlFile::with_text("가\r\n나").to_string().replace(")*\n", ")*\r\n");
    finds("another line end than the text's", &kept, &[(Rule::LineEndings, "31:73")]);
    finds("a text", &format!("{crawl_file}\n끝\n"), &[]);
}

#[test]
fn a_url_may_hold_what_ends_a_link_in_markdown() {
    for tail in [
        "?q=a)b", "?q=a(b", "?q=)", "?q=a](b", "?q=[a]", "?q=a\\)b", "?q=<a>", "?q=a>b", "?q=`a`", "?q=*a*",
        "?q=a_b_", "#)*",
    ] {
        let crawl_file = CrawlFile::with_text("본문이다.");
        let crawl_file = CrawlFile { url: format!("{}{tail}", crawl_file.url), ..crawl_file };
        let printed = crawl_file.to_string();
        finds(tail, &printed, &[]);
        finds(tail, &printed.replace('\n', "\r\n"), &[(Rule::LineEndings, "1:4")]);
        finds(tail, &format!("\u{feff}{printed}"), &[(Rule::ByteOrderMark, "1:1")]);
        finds(tail, &printed.replace(")*\n", ")* \n\n"), &[]);
        finds(tail, &printed.replace("원문 보기", "source"), &[]);
        let other = CrawlFile { url: format!("{}0", crawl_file.url), ..crawl_file.clone() };
        finds(
            tail,
            &joined(&crawl_file, &other).replace('\n', "\r\n"),
            &[(Rule::LineEndings, "1:4"), (Rule::FooterDiffers, "30:18")],
        );
    }
}

#[test]
fn a_heading_repeats_all_lines_of_a_title() {
    let crawl_file =
        CrawlFile { title: "첫 줄\n둘째 줄".into(), ..CrawlFile::with_text("본문이다.") };
    finds("as printed", &crawl_file.to_string(), &[]);
    finds("CR LF", &crawl_file.to_string().replace('\n', "\r\n"), &[(Rule::LineEndings, "1:4")]);
    let other = CrawlFile { title: "첫 줄\n다른 줄".into(), ..crawl_file.clone() };
    finds("another line", &joined(&crawl_file, &other), &[(Rule::HeadingDiffers, "20:3")]);
}

#[test]
fn the_first_heading_and_the_first_bold_line_count() {
    let printed = CrawlFile::with_text("본문이다.").to_string();
    finds("a second heading", &printed.replacen("\n\n**가나", "\n\n# 다른\n\n**가나", 1), &[]);
    finds("a second bold line", &printed.replacen("\n\n---\n", "\n\n**다라** | 어제 | it\n\n---\n", 1), &[]);
}

#[test]
fn without_a_footer_the_last_rule_ends_the_text() {
    let printed = CrawlFile::with_text("앞\n\n---\n\n본문이다.").to_string();
    let (before, _) = printed.split_once("*Crawled at").expect("there is a footer");
    for tail in ["", "\n", "글---\n", "글\n---\n", "----\n", "-- -\n", "---글\n"] {
        let file = format!("{before}{tail}");
        finds(tail, &file, &[(Rule::FooterDiffers, "32:1")]);
    }
}
