//! Faults of the body: its rules, and what it repeats of the front matter.

use super::{Fault, Step, error, off, warning};

pub const FAULTS: &[Fault] = &[
    error("no-rules", "no-content", &[Step::File(|file| without_rules(&file, 2))]),
    error("one-rule", "no-content", &[Step::File(|file| without_rules(&file, 1))]),
    error("cut-off-in-the-text", "no-content", &[Step::File(|file| cut_off(file, "말했다"))]),
    error("cut-off-behind-the-front-matter", "no-content", &[Step::File(|file| cut_off(file, "\n# "))]),
    error("cut-off-behind-the-heading", "no-content", &[Step::File(|file| cut_off(file, "\n**"))]),
    warning("empty-text", "empty-text", &[Step::Article(|article| article.text.clear())]),
    warning(
        "blank-text",
        "empty-text",
        &[Step::Article(|article| {
            article.text.clear();
            article.padding = ("\u{a0}", "\n\u{3000}");
        })],
    ),
    warning("other-heading", "heading-differs", &[Step::Page(|page| page.heading = "다른 제목".to_owned())]),
    warning("longer-heading", "heading-differs", &[Step::Page(|page| page.heading.push_str(" (종합)"))]),
    warning("other-publisher", "header-differs", &[Step::Page(|page| page.bold[0].push('X'))]),
    warning(
        "other-date",
        "header-differs",
        &[Step::Page(|page| page.bold[1] = "2024-01-01 00:00".to_owned())],
    ),
    warning(
        "other-crawl-time",
        "footer-differs",
        &[Step::Page(|page| page.set_footer(0, "2024-01-01 00:00:00"))],
    ),
    warning(
        "other-url-in-the-footer",
        "footer-differs",
        &[Step::Page(|page| page.set_footer(1, "https://example.com/"))],
    ),
    warning("no-footer", "footer-differs", &[Step::Page(|page| page.footer = None)]),
    off(
        "category-rewritten",
        "category-differs",
        &[
            Step::Article(|article| article.category = "politics".to_owned()),
            Step::Page(|page| page.bold[2].clear()),
        ],
    ),
    off(
        "other-category",
        "category-differs",
        &[
            Step::Article(|article| article.category = "politics".to_owned()),
            Step::Page(|page| page.bold[2] = "sports".to_owned()),
        ],
    ),
];

/// The file without its last rules, and without the footer that follows them.
fn without_rules(file: &str, count: usize) -> Vec<u8> {
    let mut parts: Vec<&str> = file.split("\n\n---\n").collect();
    let footer = parts.pop();
    let mut out = parts.join(if count == 1 { "\n\n---\n" } else { "\n" });
    out.push_str(footer.unwrap_or(""));
    out.into()
}

fn cut_off(mut file: String, behind: &str) -> Vec<u8> {
    file.truncate(file.find(behind).map_or(0, |at| at + behind.len()));
    file.into()
}
