//! Faults of single fields and of what they say about each other.

use super::{Fault, Step, error, off, warning};
use crate::article::Article;
use crate::byline::Byline;

pub const FAULTS: &[Fault] = &[
    error("no-id", "missing-field", &[Step::Page(|page| page.remove("id"))]),
    error("no-oid", "missing-field", &[Step::Page(|page| page.remove("oid"))]),
    error("no-aid", "missing-field", &[Step::Page(|page| page.remove("aid"))]),
    error("no-title", "missing-field", &[Step::Page(|page| page.remove("title"))]),
    error("no-url", "missing-field", &[Step::Page(|page| page.remove("url"))]),
    error("no-crawled-at", "missing-field", &[Step::Page(|page| page.remove("crawled_at"))]),
    error("empty-id", "missing-field", &[Step::Page(|page| page.set("id", ""))]),
    error("empty-oid", "missing-field", &[Step::Page(|page| page.set("oid", ""))]),
    error("empty-aid", "missing-field", &[Step::Page(|page| page.set("aid", ""))]),
    error("empty-title", "missing-field", &[Step::Page(|page| page.set("title", "\"\""))]),
    error("empty-url", "missing-field", &[Step::Page(|page| page.set("url", ""))]),
    error("empty-crawled-at", "missing-field", &[Step::Page(|page| page.set("crawled_at", ""))]),
    error("letters-in-the-id", "invalid-field", &[Step::Page(|page| page.set("id", "O14_000545615G"))]),
    error("two-digits-of-oid", "invalid-field", &[Step::Page(|page| page.set("oid", "14"))]),
    error("nine-digits-of-aid", "invalid-field", &[Step::Page(|page| page.set("aid", "005456156"))]),
    error(
        "thirteenth-month",
        "invalid-field",
        &[Step::Page(|page| page.set("published_at", "2025-13-01 00:00"))],
    ),
    error("date-in-words", "invalid-field", &[Step::Page(|page| page.set("published_at", "어제"))]),
    error(
        "february-30",
        "invalid-field",
        &[Step::Page(|page| page.set("crawled_at", "2025-02-30 09:48:52"))],
    ),
    error("crawled-at-in-words", "invalid-field", &[Step::Page(|page| page.set("crawled_at", "just now"))]),
    error(
        "ftp",
        "invalid-field",
        &[Step::Article(|article| article.url = article.url.replace("https", "ftp"))],
    ),
    error(
        "script-as-url",
        "invalid-field",
        &[Step::Article(|article| article.url = "javascript:alert(1)".to_owned())],
    ),
    error(
        "comment-count-in-words",
        "invalid-field",
        &[Step::Page(|page| page.push("comment_count", "많음".to_owned()))],
    ),
    error(
        "negative-comment-count",
        "invalid-field",
        &[Step::Page(|page| page.push("comment_count", "-1".to_owned()))],
    ),
    error("id-of-another", "identity-conflict", &[Step::Page(|page| page.set("id", "999_9999999999"))]),
    error("aid-of-another", "identity-conflict", &[Step::Page(|page| page.set("aid", "9999999999"))]),
    error("url-of-another", "identity-conflict", &[Step::Article(url_of_another)]),
    error("query-url-of-another", "identity-conflict", &[Step::Article(query_url_of_another)]),
    error("same-id-other-text", "id-conflict", &[Step::Again(same_id)]),
    warning("copy-crawled-later", "duplicate", &[Step::Again(copy_crawled_later)]),
    warning(
        "escape-in-the-title",
        "control-character",
        &[Step::Article(|article| article.title.insert_str(0, "\u{1b}[31m"))],
    ),
    warning(
        "bell-in-the-text",
        "control-character",
        &[Step::Article(|article| article.text.push_str("\u{7} 끝"))],
    ),
    warning(
        "c1-in-the-publisher",
        "control-character",
        &[Step::Article(|article| article.publisher.push_str("\u{9b}1m"))],
    ),
    warning(
        "bidi-in-the-byline",
        "control-character",
        &[Step::Article(|article| article.byline = Byline::OnTheKeyLine("홍길동\u{202e}기자".to_owned()))],
    ),
    off(
        "replacement-in-the-text",
        "replacement-character",
        &[Step::Article(|article| article.text.push_str(" \u{fffd} 끝"))],
    ),
    off(
        "email-in-the-text",
        "personal-email",
        &[Step::Article(|article| article.text.push_str(" 제보는 hong@example.com으로 받는다."))],
    ),
    off(
        "phone-in-the-text",
        "personal-phone",
        &[Step::Article(|article| article.text.push_str(" 연락처는 010-1234-5678이다."))],
    ),
    off(
        "rrn-in-the-text",
        "personal-rrn",
        &[Step::Article(|article| article.text.push_str(" 신분증에는 900101-1234567이라고 있다."))],
    ),
    off(
        "card-in-the-text",
        "personal-card",
        &[Step::Article(|article| article.text.push_str(" 카드는 4111-1111-1111-1111이다."))],
    ),
    off(
        "account-in-the-text",
        "personal-account",
        &[Step::Article(|article| article.text.push_str(" 계좌는 신한은행 110-123-456789이다."))],
    ),
    off(
        "passport-in-the-text",
        "personal-passport",
        &[Step::Article(|article| article.text.push_str(" 여권 번호는 M12345678이다."))],
    ),
    off(
        "plate-in-the-text",
        "personal-plate",
        &[Step::Article(|article| article.text.push_str(" 차량은 12가 3456이다."))],
    ),
];

fn url_of_another(article: &mut Article) {
    article.url = format!("https://n.news.naver.com/mnews/article/{}/9999999999", article.oid);
}

fn query_url_of_another(article: &mut Article) {
    article.url = format!("https://news.naver.com/main/read.naver?oid=999&aid={}", article.aid);
}

fn same_id(earlier: &Article, article: &mut Article) {
    article.id.clone_from(&earlier.id);
    article.oid.clone_from(&earlier.oid);
    article.aid.clone_from(&earlier.aid);
    article.url = format!("https://n.news.naver.com/mnews/article/{}/{}", earlier.oid, earlier.aid);
}

fn copy_crawled_later(earlier: &Article, article: &mut Article) {
    same_id(earlier, article);
    article.text.clone_from(&earlier.text);
    article.escaped = earlier.escaped;
}
