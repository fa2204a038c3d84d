//! `--exclude-ids` and `--exclude-urls`: what they leave out, how addresses are compared, and what a list may not say.

use news_ingest::exclusions::address::Address;
use serde_json::{Value, json};

use crate::support::crawl_file::CrawlFile;
use crate::support::folder::{Folder, fed, stderr, stdout};
use crate::support::pack;

/// Five articles: two of one publisher, one of another, one with an address outside Naver, one that is rejected.
fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    let comments = "## 댓글 (1 개)\n\n**kim**\n\n댓글이다.\n\n---\n\n".to_owned();
    let commented = CrawlFile::in_outlet("001", 1, "하나");
    folder
        .put("in/1.md", CrawlFile { comments, more: "comment_count: 1\n".into(), ..commented }.to_string())
        .put("in/2.md", CrawlFile::in_outlet("001", 2, "둘").to_string().replace("# 제목", "# 다른 제목"))
        .put("in/3.md", CrawlFile::in_outlet("002", 3, "셋").to_string())
        .put("in/4.md", elsewhere(4, "https://www.example.com/news/4?a=1").to_string())
        .put("in/5.md", CrawlFile::in_outlet("003", 5, "다섯").to_string().replace("다섯", "여섯 "));
    folder
}

fn elsewhere(number: usize, url: &str) -> CrawlFile {
    CrawlFile { url: url.into(), ..CrawlFile::in_outlet("004", number, "넷") }
}

/// The names of the files whose records are written.
#[track_caller]
fn written(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let output = folder.ingest(&[&["-qq", "--exit-zero"], arguments].concat());
    assert_eq!((output.status.code(), stderr(&output).contains("error:")), (Some(0), false));
    let path = |line| serde_json::from_str::<Value>(line).unwrap()["path"].as_str().unwrap().to_owned();
    stdout(&output).lines().map(path).collect()
}

#[test]
fn articles_of_the_lists_are_in_no_output() {
    let folder = folder("exclude-all");
    folder.put("ids", "001_0000000001 # 요청 12\n\n# 폐간\n003\n").put("urls", "example.com\n");
    let outputs = [
        ("--comments", "comments.jsonl"),
        ("--rejects", "rejects.jsonl"),
        ("--manifest", "manifest.jsonl"),
        ("--summary", "summary.json"),
        ("--report", "report.html"),
        ("-o", "records.jsonl"),
    ];
    let outputs: Vec<&str> = outputs.iter().flat_map(|(option, name)| [*option, *name]).collect();
    let output =
        folder.ingest(&[&["--exclude-ids", "ids", "--exclude-urls", "urls", "in"], &outputs[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let last = stderr(&output).lines().last().unwrap();
    assert!(last.starts_with("2 articles, 0 rejected, 3 excluded, 1 warning ("), "{last}");
    assert_eq!(folder.read("comments.jsonl") + &folder.read("rejects.jsonl"), "");
    for name in ["records.jsonl", "manifest.jsonl", "report.html"] {
        let content = folder.read(name);
        for id in ["001_0000000001", "004_0000000004", "003_0000000005", "in/1.md", "in/4.md", "in/5.md"] {
            assert!(!content.contains(id), "{name} has {id}");
        }
    }
    assert_eq!(folder.read("manifest.jsonl").lines().count(), 3);
    assert!(folder.read("report.html").contains("because a list excludes the article: 3."));
    let totals: Value = serde_json::from_str(&folder.read("summary.json")).unwrap();
    let counts = ["files", "articles", "rejected", "left_out", "excluded"].map(|key| totals[key].clone());
    assert_eq!(json!(counts), json!([5, 2, 0, 0, 3]));
}

#[test]
fn check_and_report_count_them() {
    let folder = folder("exclude-check");
    folder.put("ids", "003_0000000005\n001_0000000002\n");
    let output = folder.ingest(&["check", "--exclude-ids", "ids", "--summary", "s.json", "in"]);
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), ""));
    assert!(
        stderr(&output).starts_with("3 articles, 0 rejected, 2 excluded, 0 warnings"),
        "{}",
        stderr(&output)
    );
    assert!(folder.read("s.json").contains("\"excluded\":2"));
    let output = folder.ingest(&["report", "--exclude-ids", "ids", "-o", "r.html", "in"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("2 excluded"), "{}", stderr(&output));
    // Others keep their effect.
    folder.put("ids", "001_0000000002\n");
    assert_eq!(folder.ingest(&["check", "-q", "--exclude-ids", "ids", "in"]).status.code(), Some(1));
}

#[test]
fn a_run_whose_every_article_is_excluded_keeps_what_was_there() {
    let folder = folder("exclude-every");
    folder.put("ids", "001\n002\n003\n004\n").put("old.jsonl", "old\n");
    let output = folder.ingest(&["--exclude-ids", "ids", "-o", "old.jsonl", "in"]);
    assert_eq!((output.status.code(), folder.read("old.jsonl").as_str()), (Some(0), "old\n"));
    let told = stderr(&output);
    assert!(told.starts_with("ingest: `old.jsonl` is left as it was: no article was accepted\n"), "{told}");
    assert!(told.contains("0 articles, 0 rejected, 5 excluded, 0 warnings"), "{told}");
}

#[test]
fn an_excluded_article_is_no_earlier_copy() {
    let folder = Folder::new("exclude-dedup");
    folder
        .put("in/a.md", elsewhere(4, "https://example.com/4").to_string())
        .put("in/b.md", elsewhere(4, "https://example.org/4").to_string())
        .put("urls", "example.com\n");
    for more in [
        &["--dedup", "id"][..],
        &["--dedup", "text"],
        &["--dedup", "id", "--keep", "latest"],
        &["-D", "duplicate"],
    ] {
        assert_eq!(written(&folder, &[more, &["in"]].concat()).len(), 1, "{more:?}");
        let with_list = [more, &["--exclude-urls", "urls", "in"]].concat();
        assert_eq!(written(&folder, &with_list), ["in/b.md"], "{more:?}");
    }
    // The latest copy is that of the last file, unless it is excluded.
    folder.put("urls", "example.org\n");
    let latest = ["--dedup", "id", "--keep", "latest", "--exclude-urls", "urls", "in"];
    assert_eq!(written(&folder, &latest), ["in/a.md"]);
}

#[test]
fn an_address_of_naver_stands_for_all_of_that_article() {
    let folder = folder("exclude-naver");
    for url in [
        "https://n.news.naver.com/mnews/article/002/0000000003",
        "http://n.news.naver.com/article/002/0000000003?sid=100#comments",
        "n.news.naver.com/article/comment/002/0000000003",
        "https://news.naver.com/main/read.naver?mode=LSD&oid=002&aid=0000000003",
        "https://m.sports.naver.com/kbaseball/article/002/0000000003",
    ] {
        folder.put("urls", url);
        let kept = written(&folder, &["--exclude-urls", "urls", "in"]);
        assert_eq!(kept, ["in/1.md", "in/2.md", "in/4.md"], "{url}");
    }
    folder.put("urls", "n.news.naver.com");
    assert_eq!(written(&folder, &["--exclude-urls", "urls", "in"]), ["in/4.md"]);
}

#[test]
fn ways_to_write_an_address_are_one() {
    let form = |text: &str| Address::parse(text).map(|address| address.as_bytes().to_vec());
    let same: [&[&str]; 5] = [
        &[
            "https://example.com/News/1",
            "http://example.com/News/1",
            "HTTPS://WWW.Example.COM/News/1/",
            "//m.example.com:443/News/1//",
            "example.com:80/News/1",
            "www.example.com./News/1?#top",
            "https://user:word@example.com/%4Eews/1",
        ],
        &["https://example.com/?id=1", "example.com?id=1", "www.example.com/?id=%31#a#b"],
        &["https://example.com/가", "example.com/%EA%B0%80", "example.com/%ea%b0%80/"],
        &["https://example.com", "https://example.com/", "www.example.com", "M.EXAMPLE.COM", "example.com/#"],
        &["example.com/a%2fb", "example.com/a%2Fb"],
    ];
    for ways in same {
        let first = form(ways[0]).unwrap();
        ways.iter().for_each(|way| assert_eq!(form(way).as_ref(), Some(&first), "{way}"));
    }
    let all_different = [
        "example.com",
        "news.example.com",
        "example.com:8080",
        "example.com/News/1",
        "example.com/news/1",
        "example.com/a/b",
        "example.com/a%2Fb",
        "example.com/?id=1&p=2",
        "example.com/?p=2&id=1",
        "m.com",
        "192.0.2.1",
    ];
    for (index, text) in all_different.iter().enumerate() {
        let others = &all_different[index + 1..];
        assert!(form(text).is_some() && others.iter().all(|other| form(other) != form(text)), "{text}");
    }
    for none in [
        "",
        "localhost",
        "001",
        "1.5",
        "a b.com",
        "ftp://example.com/1",
        "mailto:a@example.com",
        "a@example.com",
        "example..com",
        "https://",
        "://example.com",
        "example.com:port/1",
        "[::1]/1",
        "exa\u{7f}mple.com",
        "기사",
    ] {
        assert_eq!(form(none), None, "{none}");
    }
}

#[test]
fn a_host_stands_for_itself_alone() {
    let folder = folder("exclude-host");
    for (line, is_excluded) in [
        ("example.com", true),
        ("m.example.com", true),
        ("http://www.example.com/", true),
        ("www.example.com/news/4/?a=1", true),
        ("www.example.com/news/4", false),
        ("com.example.com", false),
        ("ample.com", false),
        ("example.com:8080", false),
    ] {
        folder.put("urls", line);
        let kept = written(&folder, &["--exclude-urls", "urls", "in/3.md", "in/4.md"]);
        assert_eq!(kept.len(), if is_excluded { 1 } else { 2 }, "{line}");
    }
}

#[test]
fn a_line_that_can_match_nothing_is_refused() {
    let folder = folder("exclude-refused");
    let neither_id = "is neither an id such as `001_0123456789` nor an `oid` such as `001`";
    let neither_url = "is neither a URL of the web nor a host such as `example.com`";
    let to_urls = "; URLs and hosts belong in the list of `--exclude-urls`";
    let to_ids = "; ids belong in the list of `--exclude-ids`";
    for (option, list, line, expected) in [
        ("--exclude-ids", "001\n# 2\n\n0001\n".to_owned(), 4, format!("`0001` {neither_id}\n")),
        ("--exclude-ids", "001_123".to_owned(), 1, format!("`001_123` {neither_id}\n")),
        ("--exclude-ids", "001 002".to_owned(), 1, format!("`001 002` {neither_id}\n")),
        ("--exclude-ids", "\n001#a".to_owned(), 2, format!("`001#a` {neither_id}\n")),
        ("--exclude-ids", "٠٠١".to_owned(), 1, format!("`٠٠١` {neither_id}\n")),
        ("--exclude-ids", "example.com/1".to_owned(), 1, format!("`example.com/1` {neither_id}{to_urls}\n")),
        ("--exclude-urls", "001\n".to_owned(), 1, format!("`001` {neither_url}{to_ids}\n")),
        ("--exclude-urls", "a.kr\r\n001_0000000001\r\n".to_owned(), 2, format!("{neither_url}{to_ids}\n")),
        ("--exclude-urls", "ftp://a.kr/1".to_owned(), 1, format!("`ftp://a.kr/1` {neither_url}\n")),
        ("--exclude-urls", "hong@a.kr".to_owned(), 1, format!("`hong@a.kr` {neither_url}\n")),
        ("--exclude-urls", "a.kr\n\u{1b}[31m.kr".to_owned(), 2, format!("`\\x1b[31m.kr` {neither_url}\n")),
        (
            "--exclude-urls",
            format!("a.kr\na.kr/{}", "x".repeat(65_536)),
            2,
            "more than 65536 bytes\n".to_owned(),
        ),
    ] {
        folder.put("list", &list);
        let output = folder.ingest(&["-o", "out.jsonl", option, "list", "in"]);
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""), "{list:.20}");
        let told = stderr(&output);
        assert!(told.starts_with(&format!("error: line {line} of `list`: ")), "{told}");
        assert!(told.contains(&expected), "{told}");
        assert!(!folder.0.join("out.jsonl").exists());
    }
    folder.put("list", b"a.kr\n\xff.kr\n");
    let output = folder.ingest(&["--exclude-urls", "list", "in"]);
    assert!(stderr(&output).starts_with("error: line 2 of `list`: not UTF-8\n"), "{}", stderr(&output));
    let output = folder.ingest(&["--exclude-ids", "none", "in"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("error: cannot read the list `none`: "), "{}", stderr(&output));
}

#[test]
fn lists_may_come_from_windows_compressed_or_on_stdin() {
    let folder = folder("exclude-forms");
    let list = "\u{feff}001_0000000001\r\n\r\n \t002\t# 둘째\r\n#003\r\n004";
    folder
        .put("plain", list)
        .put("list.gz", pack::gzip(list.as_bytes()))
        .put("list.zst", pack::zstd(list.as_bytes()))
        .put("empty", "");
    for name in ["plain", "list.gz", "list.zst"] {
        assert_eq!(written(&folder, &["--exclude-ids", name, "in"]), ["in/2.md"], "{name}");
    }
    assert_eq!(written(&folder, &["--exclude-ids", "empty", "in"]).len(), 4);
    let output = fed(&folder, &["-qq", "--exclude-ids", "-", "in"], list.as_bytes());
    assert_eq!(stdout(&output).lines().count(), 1);
    for twice in [&["--exclude-ids", "-", "-"][..], &["--exclude-ids", "-", "--exclude-urls", "-", "in"]] {
        let output = fed(&folder, twice, b"");
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(stderr(&output), "error: the standard input can be read only once\n");
    }
}

#[test]
fn the_configuration_names_lists_beside_itself() {
    let folder = folder("exclude-config");
    folder
        .put("ingest.toml", "exclude-ids = \"lists/ids\"\nexclude-urls = \"lists/urls\"\n")
        .put("lists/ids", "001\n")
        .put("lists/urls", "example.com\n")
        .put("other", "002\n");
    assert_eq!(written(&folder, &["in"]), ["in/3.md"]);
    let mut inside = folder.command(&["-qq", "--exit-zero", "."]);
    let output = inside.current_dir(folder.0.join("in")).output().unwrap();
    assert_eq!(stdout(&output).lines().count(), 1);
    assert_eq!(written(&folder, &["--exclude-ids", "other", "in"]), ["in/1.md", "in/2.md"]);
    assert_eq!(written(&folder, &["--isolated", "in"]).len(), 4);
    for (toml, expected) in [
        ("exclude-ids = 1", "ingest.toml:1:15: not the name of a file"),
        ("exclude-urls = \"\"", "ingest.toml:1:16: not the name of a file"),
        ("exclude-id = \"a\"", "no key is called `exclude-id`; did you mean `exclude-ids`?"),
        ("exclude-ids = \"lists/urls\"", "lists/urls`: `example.com` is neither an id"),
        ("exclude-ids = \"-\"", "/-`: No such file"),
    ] {
        folder.put("ingest.toml", toml);
        let output = folder.ingest(&["in"]);
        assert_eq!(output.status.code(), Some(2), "{toml}");
        assert!(stderr(&output).contains(expected), "{toml}: {}", stderr(&output));
    }
}

#[test]
fn another_list_or_redaction_makes_every_file_a_changed_one() {
    let folder = folder("exclude-changes");
    folder.put("ids", "001_0000000001\n003\n").put("phones", "02-123-4567\n");
    let lists = ["--exclude-ids", "ids", "--redact", "emails,phones", "--keep-phones", "phones", "in"];
    folder.ingest(&[&["-q", "-o", "a.jsonl", "--manifest", "m.jsonl"], &lists[..]].concat());
    let last: Value = serde_json::from_str(folder.read("m.jsonl").lines().last().unwrap()).unwrap();
    assert_eq!(last["options"]["redact"], json!(["email", "phone"]));
    let since = |arguments: &[&str]| {
        let output =
            folder.ingest(&[&["--changed-since", "m.jsonl", "--removed", "gone"], arguments].concat());
        (stdout(&output).lines().count(), stderr(&output).contains("with another set of options"))
    };
    assert_eq!(since(&lists), (0, false));
    // Neither comments nor the order are part of a list.
    folder.put("ids", "003 # a\n# b\n001_0000000001\n003\n");
    assert_eq!(since(&lists), (0, false));
    folder.put("phones", "02-123-4568\n");
    assert_eq!(since(&lists), (3, true));
    folder.put("phones", "02-123-4567\n");
    let fewer = ["--exclude-ids", "ids", "--redact", "emails", "--keep-phones", "phones", "in"];
    assert_eq!(since(&fewer), (3, true));
    folder.put("ids", "003\n001\n");
    assert_eq!(since(&lists), (2, true));
    assert_eq!(folder.read("gone"), "001_0000000002\n");
}
