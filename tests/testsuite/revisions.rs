//! `--dedup id --keep latest`: of several crawls of an article, the newest one that is verified gives the record.

use std::process::Output;

use serde_json::Value;

use crate::support::crawl_file::CrawlFile;
use crate::support::folder::{Folder, fed, stderr, stdout};
use crate::support::pack;

const NEWEST: &str = "2025-03-16 08:00:00";

/// A crawl of the article `901_0000000001`.
fn crawl(crawled_at: &str) -> CrawlFile {
    let text = format!("{crawled_at}에 가져온 본문이다.");
    CrawlFile { crawled_at: crawled_at.to_owned(), ..CrawlFile::with_text(&text) }
}

fn revisions() -> [String; 3] {
    ["2025-03-14 21:05:09", "2025-03-15 09:00:00", NEWEST].map(|moment| crawl(moment).to_string())
}

/// Every order of three.
const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

/// Three files in a folder, a compressed tar and a zip archive.
fn spread(name: &str, files: &[String; 3], order: [usize; 3]) -> Folder {
    let [first, second, third] = order.map(|number| files[number].clone());
    let member = |text: String| vec![("a.md".to_owned(), text)];
    let folder = Folder::new(name);
    folder.put("folder/a.md", first);
    folder.put("dump.tar.gz", pack::gzip(&pack::tar(&member(second))));
    folder.put("dump.zip", pack::zip(&member(third)));
    folder
}

const PLACES: [&str; 3] = ["folder", "dump.tar.gz", "dump.zip"];

/// The records without their paths.
#[track_caller]
fn records(output: &Output) -> Vec<Value> {
    assert_eq!((stderr(output), output.status.code()), ("", Some(0)));
    let records = stdout(output).lines().map(|line| {
        let mut record: Value = serde_json::from_str(line).unwrap();
        record.as_object_mut().unwrap().remove("path").unwrap();
        record
    });
    records.collect()
}

#[test]
fn any_order_of_three_crawls_leaves_the_same_record() {
    let files = revisions();
    let alone = Folder::new("revisions-alone");
    alone.put("a.md", &files[2]);
    let expected = records(&alone.ingest(&["-q", "a.md"]));
    for order in ORDERS {
        let folder = spread("revisions-orders", &files, order);
        for places in ORDERS {
            let [first, second, third] = places.map(|place| PLACES[place]);
            for threads in ["1", "4"] {
                let arguments =
                    ["-q", "-j", threads, "--dedup", "id", "--keep", "latest", first, second, third];
                assert_eq!(records(&folder.ingest(&arguments)), expected, "{order:?} {places:?}");
            }
        }
    }
}

#[test]
fn the_first_is_kept_unless_the_latest_is_asked_for() {
    let folder = spread("revisions-first", &revisions(), [1, 2, 0]);
    for keep in [&[][..], &["--keep", "first"]] {
        let arguments = [&["-q", "--dedup", "id"], keep, &PLACES].concat();
        let records = records(&folder.ingest(&arguments));
        assert_eq!(records.len(), 1);
        assert_eq!(records[0]["crawled_at"], "2025-03-15T09:00:00Z");
    }
}

#[test]
fn an_unverified_copy_never_wins_over_a_verified_one() {
    let mut files = revisions();
    files[2] = files[2].replace("가져온 본문이다", "가져온 다른 본문이다");
    for order in ORDERS {
        let folder = spread("revisions-unverified", &files, order);
        let arguments =
            [&["-qq", "-W", "hash-mismatch", "--dedup", "id", "--keep", "latest"], &PLACES[..]].concat();
        let records = records(&folder.ingest(&arguments));
        assert_eq!(records.len(), 1);
        assert_eq!(records[0]["crawled_at"], "2025-03-15T09:00:00Z", "{order:?}");
        assert_eq!(records[0]["verified"], true);
    }
    // Rejected, it does not count at all.
    let folder = spread("revisions-rejected", &files, [2, 0, 1]);
    let output = folder.ingest(&[&["-q", "--dedup", "id", "--keep", "latest"], &PLACES[..]].concat());
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("2025-03-15T09:00:00Z"));
}

#[test]
fn of_equal_times_the_later_in_order_wins_and_what_is_skipped_names_it() {
    let folder = Folder::new("revisions-tie");
    let page = crawl(NEWEST);
    for name in ["a", "b", "c"] {
        folder.put(&format!("{name}.md"), page.to_string());
    }
    folder.put("d.md", crawl("2025-03-14 00:00:01").to_string());
    for paths in [["a.md", "d.md", "b.md", "c.md"], ["d.md", "c.md", "b.md", "a.md"]] {
        let last = paths[3];
        let output = folder.ingest(&[&["-v", "--dedup", "id", "--keep", "latest"], &paths[..]].concat());
        let record: Value = serde_json::from_str(stdout(&output)).unwrap();
        assert_eq!(record["path"], last);
        for path in &paths[..3] {
            let line = format!("{path}: left out: `{last}` is the latest copy of this id\n");
            assert!(stderr(&output).contains(&line), "{}", stderr(&output));
        }
        assert!(stderr(&output).contains("1 article, 0 rejected, 3 left out, 0 warnings"));
    }
    // One file, named three times.
    let output = folder.ingest(&["-q", "--dedup", "id", "--keep", "latest", "a.md", "a.md", "a.md"]);
    assert_eq!(stdout(&output).lines().count(), 1);
}

#[test]
fn other_articles_and_their_comments_stay_in_order() {
    let folder = Folder::new("revisions-others");
    for (number, moment) in ["2025-03-15 00:00:01", "2025-03-14 00:00:01"].iter().enumerate() {
        for id in 1..=50 {
            let CrawlFile { id: name, aid, url, .. } = CrawlFile::numbered(id, "");
            let file = CrawlFile { id: name, aid, url, ..crawl(moment) };
            folder.put(&format!("{number}/{id:02}.md"), file.to_string());
        }
    }
    let output = folder.ingest(&["-q", "--dedup", "id", "--keep", "latest", "1", "0"]);
    let ids: Vec<String> =
        records(&output).iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, (1..=50).map(|id| format!("901_{id:010}")).collect::<Vec<_>>());
    assert!(records(&output).iter().all(|record| record["crawled_at"] == "2025-03-15T00:00:01Z"));
}

#[test]
fn what_can_be_read_only_once_is_refused() {
    let folder = Folder::new("revisions-once");
    folder.put("list", "a.md\n").put("a.md", crawl(NEWEST).to_string());
    for arguments in [&["-"][..], &["--files-from", "-"], &["a.md", "/dev/stdin"]] {
        let output = fed(&folder, &[&["--dedup", "id", "--keep", "latest"], arguments].concat(), b"a.md\n");
        assert!(stderr(&output).contains("can be read only once: save it as a file"), "{}", stderr(&output));
        assert_eq!((stdout(&output), output.status.code()), ("", Some(2)), "{arguments:?}");
    }
    let list = folder.ingest(&["-q", "--dedup", "id", "--keep", "latest", "--files-from", "list"]);
    assert_eq!(stdout(&list).lines().count(), 1);
    for (arguments, expected) in [
        (&["--keep", "latest", "a.md"][..], "--dedup"),
        (&["--dedup", "text", "--keep", "latest", "a.md"], "`--keep latest` is for `--dedup id`"),
    ] {
        let output = folder.ingest(arguments);
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
        assert_eq!(output.status.code(), Some(2));
    }
}
