//! Records: one line each, which another reader of JSON takes for the same article.

use std::borrow::Cow;

use news_ingest::output::json::record;
use news_ingest::output::projection::Projection;
use news_ingest::record::article::{Article, Author};

/// Writes an article whose every text is a part of `bytes`.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let cut = |part: usize| {
        let at = text.len() * part / 4;
        let at = (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        Cow::Borrowed(&text[at..])
    };
    let whole = || Cow::Borrowed(&*text);
    let article = Article {
        id: cut(3),
        oid: cut(2),
        aid: cut(1),
        title: whole(),
        text: whole(),
        publisher: cut(1),
        category: cut(2),
        byline: cut(3),
        authors: vec![Author { name: &text, role: "", email: &text }; bytes.len() % 3],
        published_on: None,
        published_at: None,
        crawled_at: None,
        url: cut(1),
        content_hash: cut(2),
        verified: bytes.len().is_multiple_of(2),
        comment_count: bytes.len() as u64,
        extra: vec![(cut(1), whole())],
        path: whole(),
    };
    let mut record = Vec::new();
    record::write(&article, Projection::default(), news_ingest::text::clean::is_clean(&text), &mut record);
    let line = str::from_utf8(&record).expect("records are UTF-8").strip_suffix('\n').expect("a line ends");
    assert!(!line.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')), "{line}");
    let read: serde_json::Value = serde_json::from_str(line).expect("a record is JSON");
    assert_eq!(read, serde_json::to_value(&article).expect("an article is JSON"));
}
