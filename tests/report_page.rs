//! The page in a real browser: nothing fails, nothing is asked of a network, and the numbers are right.
//!
//! The checks are in `tests/python/report_page/check.py`, which drives Chromium, and computes the numbers with DuckDB.

use std::env;
use std::path::Path;
use std::process::Command;

#[path = "testsuite/support/mod.rs"]
mod support;

use crate::support::crawl_file::CrawlFile;
use crate::support::folder::{Folder, stderr};

const ARTICLES: usize = 400;

/// An archive with several publishers, days without an article, wire copies and all kinds of bylines.
fn archive(name: &str) -> Folder {
    let folder = Folder::new(&format!("report-page-{name}"));
    for number in 0..ARTICLES {
        folder.put(&format!("seeds/{number:04}.md"), varied(number).to_string());
    }
    folder.put("seeds/broken.md", CrawlFile { hash: "0".repeat(64), ..varied(ARTICLES) }.to_string());
    folder.put("seeds/unread.md", "no front matter");
    folder
}

fn varied(number: usize) -> CrawlFile {
    let authors = [
        "홍길동 기자(hong@example.com)",
        "김가람 특파원",
        "",
        "홍길동 기자, 이나래 기자(na@example.com)",
        "AP",
        "가나방송 박다솜 앵커 da@example.com",
    ];
    let text = match number % 25 {
        7 => "여러 곳에 실린 기사다.".to_owned(),
        9 if number < 60 => "두어 곳에 실린 기사다.".to_owned(),
        _ => format!("{number}번째 기사다.{}", " 길다.".repeat(number * number % 977)),
    };
    // No article on two days of eleven.
    let day = match number % 11 {
        day @ (4 | 8) => day - 1,
        day => day,
    } + 11 * (number % 5);
    let published = format!("2025-{:02}-{:02}", 3 + day / 28, 1 + day % 28);
    let crawled = if number == 11 { day - 1 } else { day + [0, 0, 0, 1, 2, 5][number % 6] };
    CrawlFile {
        title: format!("제목 {number}"),
        publisher: if number.is_multiple_of(40) {
            String::new()
        } else {
            format!("신문 {}", number * number % 83 % 29)
        },
        category: ["", "", "politics", "sports"][number % 4].into(),
        author: authors[number % authors.len()].into(),
        published_at: if number % 50 == 3 { String::new() } else { format!("{published} 00:00") },
        crawled_at: format!("2025-{:02}-{:02} {:02}:30:00", 3 + crawled / 28, 1 + crawled % 28, number % 24),
        ..CrawlFile::numbered(number, &text)
    }
}

/// Makes a page of the archive, and runs a check on it.
#[track_caller]
fn check(name: &str, folder: &Folder) {
    let output =
        folder.ingest(&["-qq", "seeds", "-o", "articles.jsonl", "--lang", "en", "--report", "report.html"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let python = env::var_os("INGEST_TEST_PYTHON").unwrap_or_else(|| "target/venv/bin/python".into());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/report_page/check.py");
    let files = ["report.html", "articles.jsonl"].map(|file| folder.0.join(file));
    let checked = Command::new(&python).arg(script).arg(name).args(files).output();
    let checked = checked.unwrap_or_else(|error| panic!("{}: {error}", python.to_string_lossy()));
    assert!(checked.status.success(), "{}", stderr(&checked));
}

#[test]
#[ignore = "needs Chromium"]
fn it_opens_without_an_error_or_a_request() {
    check("opens", &archive("opens"));
}

#[test]
#[ignore = "needs Chromium"]
fn tables_sort_by_click_and_key() {
    check("sorts", &archive("sorts"));
}

#[test]
#[ignore = "needs Chromium"]
fn the_filter_filters() {
    check("filters", &archive("filters"));
}

#[test]
#[ignore = "needs Chromium"]
fn it_is_whole_without_script() {
    check("without_script", &archive("without-script"));
}

#[test]
#[ignore = "needs Chromium"]
fn it_is_there_for_screen_readers_and_keyboards() {
    check("readable", &archive("readable"));
}

#[test]
#[ignore = "needs Chromium"]
fn contrast_is_enough_in_light_and_dark_and_on_paper() {
    check("contrast", &archive("contrast"));
}

#[test]
#[ignore = "needs Chromium and DuckDB"]
fn charts_and_tables_have_the_numbers_of_the_records() {
    check("charts", &archive("charts"));
}

#[test]
#[ignore = "needs Chromium"]
fn a_hostile_archive_does_nothing() {
    let folder = Folder::new("report-page-hostile");
    let script = |number: usize| format!("<script>window.pwned = {number}</script>");
    let image = "\"><img src=x onerror=window.pwned=3>";
    let hostile = [
        CrawlFile { title: script(1), ..varied(1) },
        CrawlFile { title: format!("{image} javascript:window.pwned=4"), ..varied(2) },
        CrawlFile { title: "\u{202e}제목\u{2066} \u{200f}끝".into(), ..varied(3) },
        CrawlFile { title: "긴".repeat(10_000), ..varied(4) },
        CrawlFile { title: "x".repeat(10_000), ..varied(5) },
        CrawlFile { publisher: format!("</style>{}", script(2)), ..varied(6) },
        CrawlFile { publisher: "<b onclick=window.pwned=5>\u{202e}신문".into(), ..varied(8) },
        CrawlFile { category: format!("</table></main>{}", script(6)), ..varied(10) },
        CrawlFile { author: format!("<i>홍길동 {}기자", script(7)), ..varied(11) },
        CrawlFile { title: "{{ 7 * 7 }}{% raw %}&#60;b&#62;".into(), ..varied(12) },
    ];
    for (number, page) in hostile.iter().enumerate() {
        let printed = page.to_string();
        folder.put(&format!("seeds/{number:02}.md"), &printed);
        // The same once more, found out by its heading and its hash: lines and messages quote it.
        let changed = printed.replace("\n# ", "\n# <marquee>").replace("content_hash: ", "content_hash: <b>");
        folder.put(&format!("seeds/<b>{number:02}\u{202e}.md"), changed);
    }
    check("hostile", &folder);
}
