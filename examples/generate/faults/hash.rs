//! Faults of the content hash, and texts that are no longer what was hashed.

use unicode_normalization::UnicodeNormalization;

use super::{Fault, Step, error};
use crate::article::Article;

pub const FAULTS: &[Fault] = &[
    error("no-hash", "hash-missing", &[Step::Page(|page| page.remove("content_hash"))]),
    error("empty-hash", "hash-missing", &[Step::Page(|page| page.set("content_hash", ""))]),
    error(
        "hash-as-long-as-sha-1",
        "hash-malformed",
        &[Step::Page(|page| page.set("content_hash", &"0a".repeat(20)))],
    ),
    error(
        "hash-one-digit-longer",
        "hash-malformed",
        &[Step::Page(|page| page.set("content_hash", &"a".repeat(65)))],
    ),
    error(
        "hash-with-a-letter-g",
        "hash-malformed",
        &[Step::Page(|page| page.set("content_hash", &"0g".repeat(32)))],
    ),
    error(
        "hash-of-nothing-here",
        "hash-mismatch",
        &[Step::Page(|page| page.set("content_hash", &"0a".repeat(32)))],
    ),
    error(
        "changed-character",
        "hash-mismatch",
        &[Step::Article(|article| change(article, |text| text.replacen("말했다", "밀했다", 1)))],
    ),
    error(
        "added-space",
        "hash-mismatch",
        &[Step::Article(|article| change(article, |text| text.replacen(' ', "  ", 1)))],
    ),
    error("lost-paragraph", "hash-mismatch", &[Step::Article(lost_paragraph)]),
    error("nfc", "hash-mismatch", &[Step::Article(nfc)]),
    error("nfd", "hash-mismatch", &[Step::Article(|article| change(article, |text| text.nfd().collect()))]),
    error("nbsp-as-space", "hash-mismatch", &[Step::Article(nbsp_as_space)]),
    error("title-hashed-in-front", "hash-mismatch", &[Step::Article(title_in_front)]),
    error(
        "newline-hashed-behind",
        "hash-mismatch",
        &[Step::Article(|article| article.hashed = Some(format!("{}\n", article.text)))],
    ),
    error(
        "beginning-hashed",
        "hash-mismatch",
        &[Step::Article(|article| article.hashed = Some(article.text.chars().take(20).collect()))],
    ),
    error(
        "cut-off-behind-a-rule",
        "hash-mismatch",
        &[Step::Article(add_rules), Step::File(cut_off_behind_a_rule)],
    ),
];

/// Changes the text, but not the hash.
fn change(article: &mut Article, changed: impl Fn(&str) -> String) {
    let text = changed(&article.text);
    article.hashed = Some(std::mem::replace(&mut article.text, text));
}

fn lost_paragraph(article: &mut Article) {
    change(article, |text| text.rsplit_once("\n\n").map_or("", |(kept, _)| kept).to_owned());
}

fn nfc(article: &mut Article) {
    article.text.push_str(" \u{f914} \u{1112}\u{1161}\u{11ab}");
    change(article, |text| text.nfc().collect());
}

fn nbsp_as_space(article: &mut Article) {
    article.text = article.text.replacen(' ', "\u{a0}", 3);
    change(article, |text| text.replace('\u{a0}', " "));
}

fn title_in_front(article: &mut Article) {
    article.hashed = Some(format!("{}\n\n{}", article.title, article.text));
}

fn add_rules(article: &mut Article) {
    article.text = article.text.replace("\n\n", "\n\n---\n\n");
}

fn cut_off_behind_a_rule(mut file: String) -> Vec<u8> {
    let closing = file.rfind("\n\n---\n\n").unwrap_or(0);
    let inner = file[..closing].rfind("\n\n---\n\n").unwrap_or(0);
    file.truncate(inner + "\n\n---\n\n".len());
    format!("{file}여기서 끊").into()
}
