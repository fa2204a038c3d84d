//! Files made to keep a reader busy: one pattern many times over, in each place where it can stand.

use super::crawl_file::CrawlFile;

/// What costs some parser more than its length.
pub const PATTERNS: [&str; 38] = [
    "[",
    "{\"\":[",
    "{",
    "- ",
    "- \n",
    "&a ",
    "&a [",
    "*a ",
    "\"",
    "'",
    "&",
    "&#",
    "&#x3D",
    "&amp;",
    "---\n",
    "\n---\n\n",
    "-",
    "```\n",
    "`",
    "<!--",
    "<",
    "](",
    "[a](",
    "**",
    "*Crawled at: ",
    "\n\n---\n\n*Crawled at: ",
    "\n\n---\n\n## 댓글 (",
    ">",
    "가",
    "\r\n",
    "\u{a0}",
    "a@",
    // Marks that normalisation puts in order.
    "\u{323}\u{301}",
    // What a terminal would obey.
    "\u{1b}\u{202e}",
    // What can begin a comment, and what can end one.
    "** ()",
    "\n\n**a** | 👍\n\n",
    ">>>> **a**\n>>>>\n---\n\n",
    // Text that has every reading, each with every change.
    "\r\n&amp;\u{a0}가\n\n---\n\n## 댓글 (1 개)\n\n",
];

/// Lines of front matter, each another key.
pub const KEYS: &str = "k: v\n";

pub const PLACES: [&str; 10] = [
    "front matter",
    "author",
    "title",
    "heading",
    "header",
    "content",
    "content with many ends",
    "comments",
    "footer",
    "whole",
];

/// About `size` bytes of `pattern` in `place`; the file is otherwise good, but for its hash.
pub fn file(pattern: &str, place: &str, size: usize) -> String {
    let filling = pattern.repeat(size / pattern.len());
    let on_a_line = || filling.replace(['\n', '\r'], " ");
    let crawl_file = CrawlFile::with_text("본문이다.");
    match place {
        "front matter" => CrawlFile { more: format!("x: {filling}\n"), ..crawl_file }.to_string(),
        "author" => CrawlFile {
            author: format!("\n\t\t\n\t\t\t{}\n\t", filling.replace('\n', "\n\t\t\t")),
            ..crawl_file
        }
        .to_string(),
        "title" => CrawlFile { title: on_a_line(), ..crawl_file }.to_string(),
        "heading" => crawl_file.to_string().replace("# 제목", &format!("# {}", on_a_line())),
        "header" => crawl_file.to_string().replace("# 제목", &format!("# 제목\n\n{filling}")),
        "content" => CrawlFile { content: filling, ..crawl_file }.to_string(),
        "content with many ends" => {
            let ends = "\n\n---\n\n## 댓글 (1 개)\r\n".repeat(9);
            CrawlFile { content: format!("&amp;\u{a0}{filling}{ends}"), ..crawl_file }.to_string()
        }
        "comments" => CrawlFile {
            more: "comment_count: 1\n".to_owned(),
            comments: format!(
                "📊 **댓글 통계**: 총 1 개\n\n## 댓글 (1 개)\n\n**독자** | 👍 3\n\n{filling}\n\n---\n\n"
            ),
            ..crawl_file
        }
        .to_string(),
        "footer" => format!("{crawl_file}{filling}"),
        "whole" => filling,
        _ => panic!("no place is called {place}"),
    }
}

/// Front matter of about `size` bytes in keys that all differ.
pub fn keys(size: usize) -> String {
    let more = (0..size / 12).map(|number| format!("k{number:07}: v\n")).collect();
    CrawlFile { more, ..CrawlFile::with_text("본문이다.") }.to_string()
}
