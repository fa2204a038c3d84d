//! Files made to keep a reader busy: one pattern many times over, in each place where it can stand.

use super::page::Page;

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
    let page = Page::of("본문이다.");
    match place {
        "front matter" => Page { more: format!("x: {filling}\n"), ..page }.print(),
        "author" => {
            Page { author: format!("\n\t\t\n\t\t\t{}\n\t", filling.replace('\n', "\n\t\t\t")), ..page }
                .print()
        }
        "title" => Page { title: on_a_line(), ..page }.print(),
        "heading" => page.print().replace("# 제목", &format!("# {}", on_a_line())),
        "header" => page.print().replace("# 제목", &format!("# 제목\n\n{filling}")),
        "content" => Page { content: filling, ..page }.print(),
        "content with many ends" => {
            let ends = "\n\n---\n\n## 댓글 (1 개)\r\n".repeat(9);
            Page { content: format!("&amp;\u{a0}{filling}{ends}"), ..page }.print()
        }
        "comments" => Page {
            more: "comment_count: 1\n".to_owned(),
            comments: format!(
                "📊 **댓글 통계**: 총 1 개\n\n## 댓글 (1 개)\n\n**독자** | 👍 3\n\n{filling}\n\n---\n\n"
            ),
            ..page
        }
        .print(),
        "footer" => format!("{}{filling}", page.print()),
        "whole" => filling,
        _ => panic!("no place is called {place}"),
    }
}

/// Front matter of about `size` bytes in keys that all differ.
pub fn keys(size: usize) -> String {
    let more = (0..size / 12).map(|number| format!("k{number:07}: v\n")).collect();
    Page { more, ..Page::of("본문이다.") }.print()
}
