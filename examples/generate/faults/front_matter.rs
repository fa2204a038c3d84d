//! Faults of the front matter as a block.

use super::{Fault, Step, error, off, warning};
use crate::article::Article;
use crate::byline::Byline;
use crate::page::Page;

pub const FAULTS: &[Fault] = &[
    error("blank-line-first", "no-front-matter", &[Step::File(|file| format!("\n{file}").into())]),
    error("four-dashes-first", "no-front-matter", &[Step::File(|file| format!("-{file}").into())]),
    error("body-alone", "no-front-matter", &[Step::File(body_alone)]),
    error(
        "web-page",
        "no-front-matter",
        &[Step::File(|_| b"<!doctype html>\n<title>404</title>\n".to_vec())],
    ),
    error("cut-off-in-the-front-matter", "unclosed-front-matter", &[Step::File(|file| cut(file, "\noid:"))]),
    error("first-fence-alone", "unclosed-front-matter", &[Step::File(|_| b"---\n".to_vec())]),
    error(
        "value-of-70-kb",
        "front-matter-too-large",
        &[Step::Page(|page| page.push("note", "가".repeat(24_000)))],
    ),
    error("nested-40-deep", "front-matter-too-large", &[Step::Page(nest)]),
    error("alias", "front-matter-too-large", &[Step::Page(|page| flow(page, "first: &a [x], second: *a"))]),
    error(
        "words-alone",
        "invalid-front-matter",
        &[Step::Page(|page| page.set_block("그냥 몇 마디 말\n두 번째 줄\n"))],
    ),
    error(
        "broken-flow",
        "invalid-front-matter",
        &[Step::Page(|page| page.set_block("{id: \"1\", title: [\n"))],
    ),
    error("list", "invalid-front-matter", &[Step::Page(|page| page.set_block("- 하나\n- 둘\n"))]),
    error("key-twice", "duplicate-key", &[Step::Page(|page| page.repeat("oid"))]),
    error(
        "title-twice",
        "duplicate-key",
        &[Step::Page(|page| page.push("title", "\"다른 제목\"".to_owned()))],
    ),
    error("unknown-key-twice", "duplicate-key", &[Step::Page(unknown_key_twice)]),
    error("byline-like-a-key", "duplicate-key", &[Step::Page(byline_like_a_key)]),
    warning("category-after-the-byline", "key-order", &[Step::Page(category_after_the_byline)]),
    warning(
        "comment-in-the-byline",
        "yaml-differs",
        &[Step::Article(|article| article.byline = line("홍길동 #1"))],
    ),
    warning("anchor-in-the-publisher", "yaml-differs", &[Step::Article(anchor_in_the_publisher)]),
    warning(
        "backslash-in-the-title",
        "yaml-differs",
        &[Step::Article(|article| article.title.push_str(" C:\\new"))],
    ),
    warning("publisher-quoted-by-yaml", "yaml-differs", &[Step::Page(quoted_publisher)]),
    off(
        "byline-indented-with-tabs",
        "not-yaml",
        &[Step::Article(|article| article.byline = Byline::Indented(vec!["홍길동 기자".to_owned()]))],
    ),
    off(
        "colon-in-the-byline",
        "not-yaml",
        &[Step::Article(|article| article.byline = line("영상편집 : 홍길동"))],
    ),
    off("byline-begins-with-at", "not-yaml", &[Step::Article(|article| article.byline = line("@홍길동"))]),
    off("quotes-in-the-title", "not-yaml", &[Step::Article(quotes_in_the_title)]),
    off(
        "key-of-another-crawler",
        "unknown-field",
        &[Step::Article(|article| {
            article.extra.push(("photo_url".to_owned(), "https://example.com/a.jpg".to_owned()))
        })],
    ),
];

fn line(text: &str) -> Byline {
    Byline::OnTheKeyLine(text.to_owned())
}

fn cut(mut file: String, before: &str) -> Vec<u8> {
    file.truncate(file.find(before).unwrap_or(0));
    file.into()
}

fn body_alone(file: String) -> Vec<u8> {
    file.find("\n# ").map_or_else(Vec::new, |heading| file[heading + 1..].into())
}

fn nest(page: &mut Page) {
    flow(page, &format!("deep: {}{}", "[".repeat(40), "]".repeat(40)));
}

/// The whole block as one YAML flow mapping, which has no line that a template would print.
fn flow(page: &mut Page, more: &str) {
    let entries: Vec<String> = page
        .front_matter
        .iter()
        .map(|(key, value)| format!("{key}: \"{}\"", value.trim().trim_matches('"')))
        .collect();
    page.set_block(&format!("{{{}, {more}}}\n", entries.join(", ")));
}

fn unknown_key_twice(page: &mut Page) {
    page.push("photo", "a".to_owned());
    page.push("photo", "b".to_owned());
}

fn byline_like_a_key(page: &mut Page) {
    page.set("author", "\n\t\t\n\t\t\t홍길동 기자\ntitle: 독자가 쓴 줄\n\t\t\n\t");
}

fn category_after_the_byline(page: &mut Page) {
    if let Some(category) = page.front_matter.iter().position(|(key, _)| key == "category") {
        let entry = page.front_matter.remove(category);
        let author = page.front_matter.iter().position(|(key, _)| key == "author");
        page.front_matter.insert(author.map_or(category, |author| author + 1), entry);
    }
}

/// Unescaped: YAML takes `&a` for an anchor, but not `&amp;a`.
fn anchor_in_the_publisher(article: &mut Article) {
    article.escaped = false;
    article.publisher.insert_str(0, "&a ");
}

fn quoted_publisher(page: &mut Page) {
    let quoted = format!("'{}'", page.value("publisher").map_or("", |value| value.trim()));
    page.set("publisher", &quoted);
}

fn quotes_in_the_title(article: &mut Article) {
    article.escaped = false;
    article.title = format!("\"{}\" 끝", article.title);
}
