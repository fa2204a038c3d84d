//! A synthetic crawl file, printed as the crawler's template prints it.

#![allow(dead_code, reason = "benchmarks and fuzz targets take what they need")]

use std::fmt;
use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The parts of a crawl file as they are written, escaped or not.
#[derive(Debug, Clone)]
pub struct CrawlFile {
    pub id: String,
    pub oid: String,
    pub aid: String,
    pub title: String,
    pub category: String,
    pub publisher: String,
    pub author: String,
    pub published_at: String,
    pub crawled_at: String,
    pub url: String,
    pub hash: String,
    /// More lines of front matter.
    pub more: String,
    pub content: String,
    /// Section between the closing rule of CONTENT and the footer.
    pub comments: String,
}

impl CrawlFile {
    /// A good file whose text is `content`, not escaped.
    pub fn with_text(content: &str) -> CrawlFile {
        CrawlFile {
            id: "901_0000000001".into(),
            oid: "901".into(),
            aid: "0000000001".into(),
            title: "제목".into(),
            category: String::new(),
            publisher: "가나일보".into(),
            author: "\n\t\t\n\t\t\t홍길동 기자 (hong@example.com)\n\t\t\n\t".into(),
            published_at: "2025-03-14 00:00".into(),
            crawled_at: "2025-03-14 21:05:09".into(),
            url: "https://n.news.naver.com/mnews/article/901/0000000001".into(),
            hash: sha256(content),
            more: String::new(),
            content: content.into(),
            comments: String::new(),
        }
    }

    /// A good file with an id of its own.
    pub fn numbered(number: usize, content: &str) -> CrawlFile {
        CrawlFile::in_outlet("901", number, content)
    }

    /// A good file with the article id `number` in the outlet `oid`.
    pub fn in_outlet(oid: &str, number: usize, content: &str) -> CrawlFile {
        let aid = format!("{number:010}");
        CrawlFile {
            id: format!("{oid}_{aid}"),
            oid: oid.into(),
            url: format!("https://n.news.naver.com/mnews/article/{oid}/{aid}"),
            aid,
            ..CrawlFile::with_text(content)
        }
    }

    /// The front matter between its fences.
    pub fn front_matter(&self) -> String {
        let CrawlFile { id, oid, aid, title, category, publisher, author, published_at, crawled_at, .. } =
            self;
        let CrawlFile { url, hash, more, .. } = self;
        format!(
            "id: {id}\ntitle: \"{title}\"\ncategory: {category}\npublisher: {publisher}\nauthor: {author}\n\
             published_at: {published_at}\ncrawled_at: {crawled_at}\nurl: {url}\noid: {oid}\naid: {aid}\n\
             content_hash: {hash}\n{more}"
        )
    }

    /// Everything after the closing fence.
    pub fn body(&self) -> String {
        let CrawlFile {
            title, category, publisher, published_at, crawled_at, url, content, comments, ..
        } = self;
        format!(
            "\n# {title}\n\n**{publisher}** | {published_at} | {category}\n\n---\n\n{content}\n\n---\n\n{comments}\
             *Crawled at: {crawled_at}*\n*Source: [원문 보기]({url})*\n"
        )
    }
}

/// The whole file.
impl fmt::Display for CrawlFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "---\n{}---\n{}", self.front_matter(), self.body())
    }
}

/// A good file with an id of its own, of a length of its own up to some 3 KB.
pub fn article(number: usize) -> String {
    let text = format!("{number}번째 기사의 본문이다.{}", " 길다.".repeat(number % 300));
    CrawlFile::numbered(number, &text).to_string()
}

/// [`article`] without a `content_hash`: one error.
pub fn rejected(number: usize) -> String {
    article(number).replace("content_hash: ", "no_hash: ")
}

/// [`article`] whose heading is not its title: one warning.
pub fn doubtful(number: usize) -> String {
    article(number).replace("# 제목", "# 다른 제목")
}

/// SHA-256 of `text`, in hex.
pub fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes every character");
        hex
    })
}

/// `text` as the template's engine escapes it.
pub fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, c| {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#x27;"),
            '`' => escaped.push_str("&#x60;"),
            '=' => escaped.push_str("&#x3D;"),
            c => escaped.push(c),
        }
        escaped
    })
}
