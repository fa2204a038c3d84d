//! Any file under any layout: it is read without a panic, and what is verified has the hash by another hand.

use news_ingest::findings::rule::{Level, Levels, Rule};
use news_ingest::layout;
use news_ingest::layout::Layout;
use news_ingest::layout::definition::{BylineForm, LayoutField, ValueForm};
use news_ingest::layout::part::TextPart;
use news_ingest::layout::recipe::{Entities, Spaces};
use news_ingest::output::json::record;
use news_ingest::output::projection::Projection;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::is_obeyed;

/// Reads the bytes after the first two, which choose the layout, as one file; then as the body of a file with a hash.
pub fn run(bytes: &[u8]) {
    let [switches, more, file @ ..] = bytes else { return };
    let layout = layout(*switches, *more);
    read(&layout, file);
    if let Ok(body) = str::from_utf8(file) {
        is_proven(&layout, body, *more);
    }
}

fn layout(switches: u8, more: u8) -> Layout {
    let mut layout = Layout::default();
    for (field, keys) in [
        (LayoutField::Id, &["id"][..]),
        (LayoutField::Url, &["url", "source"]),
        (LayoutField::Publisher, &["site"]),
        (LayoutField::Byline, &["author"]),
        (LayoutField::Published, &["date", "published"]),
        (LayoutField::Crawled, &["created"]),
        (LayoutField::Hash, &["hash"]),
    ] {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        layout.set_keys(field, keys).expect("the keys are good");
    }
    if switches & 1 > 0 {
        layout.values = ValueForm::Lines;
    }
    if switches & 2 > 0 {
        layout.bylines = BylineForm::Korean;
    }
    if switches & 4 > 0 {
        layout.recipe.spaces = Spaces::Collapsed;
    }
    if switches & 8 > 0 {
        layout.recipe.entities = Entities::Decoded;
    }
    layout.recipe.part = match switches >> 4 & 3 {
        0 => TextPart::Body,
        1 => TextPart::BelowHeading,
        2 => TextPart::BetweenRules,
        _ => TextPart::After("## Content".to_owned()),
    };
    let covers = ["{text}", "{title}\n{text}", "{url}{text}{author}"][usize::from(switches >> 6) % 3];
    layout.recipe.covers = covers.parse().expect("the template is good");
    layout.digits = (more & 1 > 0).then_some(16);
    layout.zone = i64::from(more) * 60;
    layout
}

/// Every rule lowered, so that there is an article wherever there can be one.
fn lowered() -> Levels {
    let mut levels = Levels::default();
    for &rule in Rule::ALL.iter().filter(|rule| rule.is_configurable()) {
        levels.set(rule, Level::Warning).expect("it can be lowered");
    }
    levels
}

fn read(layout: &Layout, file: &[u8]) {
    let lines = file.split(|&byte| byte == b'\n').count();
    for levels in [Levels::default(), lowered()] {
        let mut buffer = String::new();
        let outcome = layout::read(file, "a/b.md", layout, &levels, &mut buffer);
        for finding in &outcome.findings {
            assert!((1..=lines).contains(&finding.location.line), "{finding:?}");
            assert!(!finding.message.contains(is_obeyed), "{finding:?}");
        }
        let Some(article) = &outcome.article else {
            assert!(!outcome.findings.is_empty());
            continue;
        };
        let mut line = Vec::new();
        record::write(article, Projection::default(), outcome.is_clean, &mut line);
        let line = str::from_utf8(&line).expect("records are UTF-8").trim_end_matches('\n');
        assert!(!line.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')), "{line}");
        let read: Value = serde_json::from_str(line).expect("a record is JSON");
        assert_eq!(read, serde_json::to_value(article).expect("an article is JSON"));
        let is_of_text = layout.recipe.spaces == Spaces::Kept && layout.recipe.covers.is_text_alone();
        if article.verified && is_of_text && article.content_hash.len() == 64 {
            assert_eq!(hex(&article.text), *article.content_hash);
        }
    }
}

/// A file whose hash is that of its body, as a writer could have made it, is proven.
fn is_proven(layout: &Layout, body: &str, more: u8) {
    let mut layout = layout.clone();
    layout.recipe.part = TextPart::Body;
    layout.recipe.covers = "{text}".parse().expect("the template is good");
    let hashed = match (layout.recipe.spaces, more >> 1 & 3) {
        (Spaces::Collapsed, _) => body.split_whitespace().collect::<Vec<_>>().join(" "),
        (Spaces::Kept, 0) => body.to_owned(),
        (Spaces::Kept, 1) => body.trim().to_owned() + "\n",
        (Spaces::Kept, 2) => body.trim().replace("\r\n", "\n"),
        (Spaces::Kept, _) => body.trim().to_owned(),
    };
    let file = format!("---\ntitle: a\nhash: \"{}\"\n---\n{body}", hex(&hashed));
    let mut buffer = String::new();
    let outcome = layout::read(file.as_bytes(), "a.md", &layout, &lowered(), &mut buffer);
    let Some(article) = outcome.article else {
        return assert!(outcome.findings.iter().any(|finding| finding.level == Level::Error));
    };
    assert!(article.verified, "{:?}", outcome.findings);
    if layout.recipe.spaces == Spaces::Kept {
        assert_eq!(article.text, hashed);
    }
}

fn hex(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
