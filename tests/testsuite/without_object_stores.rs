//! Without the cargo feature `cloud`, a URL is told what is missing.

#![cfg(not(feature = "cloud"))]

use crate::support::crawl_file::CrawlFile;
use crate::support::folder::{Folder, fed, stderr, stdout};

const SAID: &str = "this program was built without object stores, the cargo feature `cloud`";

#[test]
fn a_url_needs_the_feature() {
    let folder = Folder::new("without-stores");
    folder.put("in/a.md", CrawlFile::with_text("본문이다.").to_string());
    for url in ["s3://news/a.md", "gs://news", "az://news/2025/", "https://example.com/dump.tar.zst"] {
        let read = folder.ingest(&[url]);
        assert_eq!((stderr(&read), read.status.code()), (&*format!("error: {url}: {SAID}\n"), Some(2)));
        let written = folder.ingest(&["--to", "jsonl", "-o", url, "in"]);
        let said = format!("error: cannot write `{url}`: {SAID}\n");
        assert_eq!((stderr(&written), written.status.code()), (&*said, Some(2)));
    }
    let listed = fed(&folder, &["-q", "--files-from", "-"], b"s3://news/a.md\nin/a.md\n");
    let said = format!("s3://news/a.md:1:1: error[unreadable]: {SAID}\n");
    assert_eq!((stderr(&listed), listed.status.code()), (&*said, Some(1)));
    assert_eq!(stdout(&listed).lines().count(), 1);
}

/// A folder may be called like the beginning of a URL.
#[test]
fn a_path_is_no_url() {
    let folder = Folder::new("without-urls");
    folder.put("s3:/news/a.md", CrawlFile::with_text("본문이다.").to_string());
    for path in ["./s3://news/a.md", "s3:/news/a.md"] {
        assert_eq!(folder.ingest(&["-q", path]).status.code(), Some(0), "{path}");
    }
}
