//! The page as a file: where it goes, what it says in which language, and what it never says.

use std::fs;

use crate::support::crawl_file::CrawlFile;
use crate::support::folder::{Folder, stderr, stdout};

fn numbered(number: usize) -> CrawlFile {
    CrawlFile::numbered(number, &format!("{number}번째 기사의 본문이다."))
}

fn three(name: &str) -> Folder {
    let folder = Folder::new(&format!("report-{name}"));
    (1..=3).for_each(|number| {
        folder.put(&format!("seeds/{number}.md"), numbered(number).to_string());
    });
    folder
}

/// The page without what another run changes: version, command, and time.
fn lasting(page: &str) -> String {
    let changing = ["<div><dt>Command", "<div><dt>Started at", "<div><dt>Time"];
    page.lines()
        .filter(|line| !changing.iter().any(|start| line.contains(start)))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn one_run_gives_the_records_and_the_page() {
    let folder = three("both");
    let bare = folder.ingest(&["seeds"]);
    let both = folder.ingest(&["seeds", "--lang", "en", "--report", "report.html"]);
    assert_eq!((stdout(&both), both.status.code()), (stdout(&bare), Some(0)));
    let alone = folder.ingest(&["report", "--lang", "en", "seeds", "-o", "alone.html"]);
    assert_eq!((stdout(&alone), alone.status.code()), ("", Some(0)));
    let printed = folder.ingest(&["report", "--lang", "en", "seeds"]);
    let page = folder.read("report.html");
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">") && page.ends_with("</html>"), "{page}");
    for other in [folder.read("alone.html").as_str(), stdout(&printed)] {
        assert_eq!(lasting(other), lasting(&page));
    }
    assert!(page.contains("<code>ingest seeds --lang en --report report.html</code>"), "{page}");
}

#[test]
fn threads_and_locale_change_nothing_but_the_language() {
    let folder = three("threads");
    let page = |threads: &str, locale: &str| {
        let mut command = folder.command(&["report", "-j", threads, "seeds"]);
        let output =
            command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", locale).output().unwrap();
        lasting(stdout(&output))
    };
    let english = page("1", "C");
    assert!(
        english.contains("<html lang=\"en\">") && english.contains("Every file was accepted"),
        "{english}"
    );
    for other in ["", "de_DE.UTF-8", "C.UTF-8", "kok_IN"] {
        assert_eq!(page("7", other), english, "{other}");
    }
    let korean = page("1", "ko_KR.UTF-8");
    assert!(
        korean.contains("<html lang=\"ko\">") && korean.contains("모든 파일을 받아들였습니다"),
        "{korean}"
    );
    let forced = folder.command(&["report", "--lang", "ko", "seeds"]).env("LC_ALL", "C").output().unwrap();
    assert!(stdout(&forced).contains("<html lang=\"ko\">"));
}

#[test]
fn the_verdict_is_the_exit_status() {
    let folder = three("verdict");
    folder.put("bad/1.md", "no front matter").put("none/1.html", "");
    for (arguments, status, class, headline) in [
        (&["seeds"][..], 0, "good", "Every file was accepted"),
        (&["seeds", "bad"], 1, "bad", "1 of 4 files was rejected"),
        (&["seeds", "bad", "--exit-zero"], 0, "bad", "1 of 4 files was rejected"),
        (&["seeds", "bad", "--max-rejected", "1"], 0, "good", "Accepted, with rejected files"),
        (&["seeds", "bad", "bad", "--fail-fast"], 1, "bad", "1 of 4 files was rejected"),
        (&["none"], 1, "bad", "No files found"),
    ] {
        let arguments = [&["report", "--lang", "en", "-o", "report.html"], arguments].concat();
        let output = folder.ingest(&arguments);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        let page = folder.read("report.html");
        assert!(page.contains(&format!("<header class=\"top {class}\">")), "{arguments:?}");
        assert!(page.contains(&format!("</span>{headline}</h1>")), "{arguments:?}\n{page}");
    }
}

#[test]
fn what_is_wrong_is_told_on_stderr_too() {
    let folder = three("stderr");
    folder.put("seeds/4.md", "no front matter");
    let output = folder.ingest(&["report", "seeds", "-o", "report.html"]);
    assert!(stderr(&output).starts_with("seeds/4.md:1:1: error[no-front-matter]: "), "{output:?}");
    assert!(stderr(&output).contains("3 articles, 1 rejected, 0 warnings"), "{output:?}");
}

#[test]
fn the_page_is_the_old_one_until_the_new_one_is_complete() {
    let folder = three("old");
    folder.put("report.html", "old");
    assert_eq!(folder.ingest(&["report", "absent", "-o", "report.html"]).status.code(), Some(2));
    assert_eq!(folder.read("report.html"), "old");
    let twice = folder.ingest(&["seeds", "-o", "out.html", "--to", "jsonl", "--report", "out.html"]);
    assert_eq!((twice.status.code(), stderr(&twice)), (Some(2), "error: `out.html` is written twice\n"));
    let nowhere = folder.ingest(&["report", "seeds", "-o", "absent/report.html"]);
    assert_eq!(nowhere.status.code(), Some(2), "{nowhere:?}");
    let without = folder.ingest(&["seeds", "--lang", "ko"]);
    assert!(stderr(&without).contains("--report <FILE>"), "{without:?}");
}

/// Lines and messages quote what a file says, and bylines are what is quoted most.
#[test]
fn no_address_is_on_the_page() {
    let folder = Folder::new("report-addresses");
    let secret = |number: usize, author: &str| CrawlFile { author: author.into(), ..numbered(number) };
    folder.put("1.md", secret(1, "홍길동 기자(secret.one@example.com)").to_string());
    folder.put("2.md", secret(2, "홍길동 #secret.two@example.com").to_string());
    folder.put("3.md", CrawlFile { publisher: "secret.three@example.com".into(), ..numbered(3) }.to_string());
    let title = "제목 secret.four@example.com";
    folder.put(
        "4.md",
        CrawlFile { title: title.into(), ..numbered(4) }.to_string().replace("# 제목", "# 다른 제목"),
    );
    let padding = "가".repeat(130);
    folder.put("5.md", secret(5, &format!("{padding} #{padding} secret.five@example.com")).to_string());
    let output = folder.ingest(&["report", "--lang", "en", ".", "-W", "not-yaml"]);
    let page = stdout(&output);
    let rules = ["yaml-differs", "heading-differs"];
    assert!(rules.iter().all(|rule| page.contains(rule)), "{}", stderr(&output));
    // Once in the note on privacy, and in each place of one.
    assert!(page.matches("[email]").count() > 3, "{}", page.matches("[email]").count());
    assert!(!page.contains("secret"), "{}", page.split("secret").next().unwrap().lines().last().unwrap());
    let addresses = page.split("<span id=\"addresses\">").nth(1).unwrap().split('<').next();
    assert_eq!(addresses, Some("5"), "each of the five bylines holds one");
}

#[test]
fn the_page_stays_under_a_megabyte_however_many_names_there_are() {
    let folder = Folder::new("report-size");
    for number in 0..1_500 {
        let name = format!("{number} {}", "<긴 이름>".repeat(60));
        let page = CrawlFile { publisher: name.clone(), category: name, ..numbered(number) };
        let page = if number % 2 == 0 { page } else { CrawlFile { hash: "0".repeat(64), ..page } };
        folder.put(&format!("{}/{number}.md", "길".repeat(70)), page.to_string());
    }
    let output =
        folder.ingest(&["report", "-qq", "--lang", "ko", ".", "-W", "hash-mismatch", "-o", "report.html"]);
    assert_eq!(output.status.code(), Some(0));
    let bytes = fs::metadata(folder.0.join("report.html")).unwrap().len();
    assert!(bytes < 1_000_000, "{bytes}");
    assert!(folder.read("report.html").contains("그 밖의 1,200개"));
}

#[test]
fn a_date_that_is_far_from_all_others_makes_no_dot_of_the_rest() {
    let folder = Folder::new("report-far");
    for number in 0..120 {
        folder.put(&format!("{number}.md"), numbered(number).to_string());
    }
    let far = CrawlFile { published_at: "0205-03-14 00:00".into(), ..numbered(120) };
    folder.put("120.md", far.to_string());
    let page = folder.ingest(&["report", "--lang", "en", "."]).stdout;
    let page = String::from_utf8(page).unwrap();
    assert!(page.contains("Far from all other dates, and not drawn: 0205-03-14."), "{page}");
    assert!(page.contains("Published from 2025-03-14 to 2025-03-14. Days: 1, without an article: 0."));
    let bars = page.matches("class=\"published\" data-from=").count();
    assert_eq!(bars, 1);
}
