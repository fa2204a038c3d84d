//! Which article a URL names, and what passes for a web address.

use news_ingest::crawl::url::{article_ids, is_web_address};
use proptest::prelude::*;

#[test]
fn urls_that_name_an_article() {
    for url in [
        "https://n.news.naver.com/mnews/article/014/0005456156",
        "http://n.news.naver.com/mnews/article/014/0005456156",
        "HTTPS://N.News.NAVER.com/mnews/article/014/0005456156",
        "https://n.news.naver.com:443/mnews/article/014/0005456156",
        "https://n.news.naver.com:/mnews/article/014/0005456156",
        "https://n.news.naver.com./mnews/article/014/0005456156",
        "https://reader:x@N.NEWS.naver.COM.:443/mnews/article/014/0005456156",
        "https://reader@n.news.naver.com/mnews/article/014/0005456156",
        "https://n.news.naver.com/mnews/article/014/0005456156?sid=101",
        "https://n.news.naver.com/mnews/article/014/0005456156?",
        "https://n.news.naver.com/mnews/article/014/0005456156#comments",
        "https://n.news.naver.com/mnews/article/014/0005456156?sid=101#a?b",
        "https://n.news.naver.com/mnews/article/014/0005456156/",
        "https://n.news.naver.com/mnews/article/014/0005456156/comment",
        "https://n.news.naver.com/article/014/0005456156",
        "https://n.news.naver.com/article/newspaper/014/0005456156?date=20251230",
        "https://n.news.naver.com/article/comment/014/0005456156",
        "https://n.news.naver.com/mnews/article/comment/014/0005456156?m_view=1",
        "https://n.news.naver.com/article//014/0005456156",
        "https://n.news.naver.com/article/article/014/0005456156",
        "https://n.news.naver.com/article/list/of/article/014/0005456156",
        "https://m.news.naver.com/article/014/0005456156",
        "https://m.entertain.naver.com/article/014/0005456156",
        "https://m.sports.naver.com/kbaseball/article/014/0005456156",
        "https://sports.news.naver.com/kbaseball/article/014/0005456156",
        "https://news.naver.com/main/read.naver?oid=014&aid=0005456156",
        "https://news.naver.com/main/read.naver?aid=0005456156&oid=014",
        "https://news.naver.com/main/read.nhn?mode=LSD&mid=shm&sid1=101&oid=014&aid=0005456156",
        "https://m.news.naver.com/read.nhn?oid=014&sid1=101&aid=0005456156&cid=",
        "https://news.naver.com/main/read.naver?oid=014&aid=0005456156#comment",
        "https://news.naver.com?oid=014&aid=0005456156",
        "https://news.naver.com/main/read.naver?oid=014&aid=0005456156&oid=015&aid=1",
        "https://n.news.naver.com/article/014/0005456156?oid=015&aid=0000000001",
        "https://n.news.naver.com/article/comment/all?oid=014&aid=0005456156",
    ] {
        assert_eq!(article_ids(url), Some(("014", "0005456156")), "{url}");
    }
}

#[test]
fn digits_as_they_stand() {
    for (url, pair) in [
        ("https://n.news.naver.com/article/14/5456156", ("14", "5456156")),
        ("https://n.news.naver.com/article/0014/00005456156", ("0014", "00005456156")),
        ("https://news.naver.com/main/read.naver?oid=1&aid=2", ("1", "2")),
    ] {
        assert_eq!(article_ids(url), Some(pair), "{url}");
    }
}

#[test]
fn urls_that_name_none() {
    for url in [
        "https://n.news.naver.com../mnews/article/014/0005456156",
        "https://naver.com.example/mnews/article/014/0005456156",
        "",
        "n.news.naver.com/article/014/0005456156",
        "//n.news.naver.com/article/014/0005456156",
        "ftp://n.news.naver.com/article/014/0005456156",
        " https://n.news.naver.com/article/014/0005456156",
        "https:/n.news.naver.com/article/014/0005456156",
        "https://naver.com/article/014/0005456156",
        "https://.naver.com/article/014/0005456156",
        "https://n..naver.com/article/014/0005456156",
        "https://notnaver.com/article/014/0005456156",
        "https://n.news.naver.com.example/article/014/0005456156",
        "https://n.news.naver.com@example.org/article/014/0005456156",
        "https://example.org\\.naver.com/article/014/0005456156",
        "https://example.org?.naver.com/article/014/0005456156",
        "https://example.org#.naver.com/article/014/0005456156",
        "https://example.org/n.news.naver.com/article/014/0005456156",
        "https://뉴스.naver.com/article/014/0005456156",
        "https://뉴naver.com/article/014/0005456156",
        "https://n.news.naver.com:port/article/014/0005456156",
        "https://n.news.naver.com",
        "https://n.news.naver.com/",
        "https://n.news.naver.com/article",
        "https://n.news.naver.com/article/",
        "https://n.news.naver.com/article/014",
        "https://n.news.naver.com/article/014/",
        "https://n.news.naver.com/article/newspaper/014",
        "https://n.news.naver.com/article/014/newspaper/0005456156",
        "https://n.news.naver.com/article/a/b/014/0005456156",
        "https://n.news.naver.com/article/014/0005456156a",
        "https://n.news.naver.com/article/014_0005456156",
        "https://n.news.naver.com/article/０１４/0005456156",
        "https://n.news.naver.com/articles/014/0005456156",
        "https://n.news.naver.com/014/0005456156",
        "https://n.news.naver.com/?/article/014/0005456156",
        "https://n.news.naver.com/#/article/014/0005456156",
        "https://news.naver.com/main/read.naver?oid=014",
        "https://news.naver.com/main/read.naver?aid=0005456156",
        "https://news.naver.com/main/read.naver?oid=&aid=0005456156",
        "https://news.naver.com/main/read.naver?oid=0a4&aid=0005456156",
        "https://news.naver.com/main/read.naver?oid=014&raid=0005456156",
        "https://news.naver.com/main/read.naver?oid=014#aid=0005456156",
        "https://news.naver.com/main/read.naver#?oid=014&aid=0005456156",
        "https://news.naver.com/main/read.naver?oid=014&amp;aid=0005456156",
    ] {
        assert_eq!(article_ids(url), None, "{url}");
    }
}

#[test]
fn web_addresses() {
    for (url, is_one) in [
        ("https://n.news.naver.com/mnews/article/014/0005456156", true),
        ("http://example.org", true),
        ("HtTp://example.org/?q=1#top", true),
        ("https://localhost:8080/a", true),
        ("https://user:secret@example.org/", true),
        ("https://[2001:db8::1]:443/", true),
        ("https://뉴스.example/기사", true),
        ("", false),
        ("example.org", false),
        ("//example.org", false),
        ("https:example.org", false),
        ("https:/example.org", false),
        ("https://", false),
        ("https:///path", false),
        ("https://?query", false),
        ("https://#fragment", false),
        ("https://:443/", false),
        ("https://user@/", false),
        ("https://user@:443/", false),
        ("https://example.org:http/", false),
        ("javascript:alert(1)", false),
        ("javascript://example.org/%0aalert(1)", false),
        ("ftp://example.org/", false),
        ("file:///etc/hosts", false),
        ("xhttps://example.org/", false),
        (" https://example.org/", false),
        ("https://example.org/ ", false),
        ("https://example.org/a b", false),
        ("https://example.org/a\u{a0}b", false),
        ("https://example.org/a\u{3000}b", false),
        ("https://example.org/a\u{2028}b", false),
        ("https://example.org/a\tb", false),
        ("https://example.org/\n", false),
        ("https://example.org/\0", false),
        ("https://example.org/\u{1b}[0m", false),
        ("https://example.org/\u{85}", false),
        ("https://exa mple.org/", false),
    ] {
        assert_eq!(is_web_address(url), is_one, "{url:?}");
    }
}

proptest! {
    #[test]
    fn no_string_panics(text in "(?s).*", rest in "[a-z0-9.:@/?#&=\\[\\]뉴]{0,40}") {
        for url in [text, format!("https://{rest}"), format!("http://{rest}.naver.com/article/{rest}")] {
            let _ = (article_ids(&url), is_web_address(&url));
        }
    }

    #[test]
    fn both_forms_name_the_digits_they_hold(oid in "[0-9]{1,12}", aid in "[0-9]{1,12}") {
        for url in [
            format!("https://n.news.naver.com/mnews/article/{oid}/{aid}?sid=101"),
            format!("https://news.naver.com/main/read.naver?sid1=101&aid={aid}&oid={oid}"),
        ] {
            prop_assert_eq!(article_ids(&url), Some((oid.as_str(), aid.as_str())));
        }
    }
}
