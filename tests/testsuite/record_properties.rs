//! What holds for every text on its way out: a record is JSON on one line, and what is quoted acts on nobody.

use std::borrow::Cow;

use news_ingest::crawl;
use news_ingest::crawl::Scratch;
use news_ingest::findings::rule::Levels;
use news_ingest::output::json::record;
use news_ingest::output::projection::Projection;
use news_ingest::record::article::{Article, Author};
use news_ingest::record::datetime::{Published, UtcTime};
use news_ingest::text::escape::{escape, quote};
use proptest::prelude::*;

fn is_safe(shown: &str) -> bool {
    let acts = |c: char| {
        c.is_control()
            || matches!(u32::from(c), 0x2028 | 0x2029 | 0x061c | 0x200e | 0x200f | 0x202a..=0x202e | 0x2066..=0x2069)
    };
    !shown.contains(acts) && !shown.contains("::") && !shown.contains("##")
}

/// Texts that are likely to need an escape somewhere.
fn texts(count: usize) -> impl Strategy<Value = Vec<String>> {
    let text = prop_oneof![
        any::<String>(),
        "[:#`'\"\\\\\n\r\t가\u{85}\u{2028}\u{2029}\u{202e}\u{61c}]{0,20}",
        "[\u{0}-\u{a0}\u{2020}-\u{2030}\"\\\\]{0,40}"
    ];
    prop::collection::vec(text, count)
}

#[test]
fn no_character_acts_on_its_reader() {
    for c in '\0'..='\u{ffff}' {
        let text = format!("a{c}{c}b");
        let escaped = escape(&text).to_string();
        assert!(is_safe(&escaped), "{escaped:?}");
        assert_eq!(escaped == text, is_safe(&text), "{escaped:?}");
    }
}

#[test]
fn a_text_of_nothing_but_what_is_escaped_is_escaped() {
    for (text, expected) in [
        ("\\", r#""\\""#),
        ("\\\\", r#""\\\\""#),
        ("\"", r#""\"""#),
        ("\n", r#""\n""#),
        ("\t", r#""\t""#),
        ("\r", r#""\r""#),
        ("\u{1}", r#""\u0001""#),
        ("\u{7f}", r#""\u007f""#),
    ] {
        let (mut scratch, mut record) = (Scratch::default(), Vec::new());
        let source = include_bytes!("../../fixtures/accept/escaped.md");
        let outcome = crawl::read(source, &Levels::default(), &mut scratch);
        let article = Article { title: text.into(), ..outcome.article.expect("nothing is wrong with it") };
        record::write(&article, Projection::default(), false, &mut record);
        let record = String::from_utf8(record).expect("a record is UTF-8");
        assert!(record.contains(&format!(r#""title":{expected},"#)), "{record}");
    }
}

proptest! {
    /// The record is what `serde_json` writes, but for the characters that some readers take for a line's end.
    #[test]
    fn a_record_is_json_on_one_line(texts in texts(16), comment_count: u64, verified: bool, has_times: bool) {
        let text = |at: usize| Cow::Borrowed(texts[at].as_str());
        let published: Option<Published> = has_times.then(|| "2025-03-14 09:41".parse().expect("a time"));
        let crawled_at: Option<UtcTime> = has_times.then(|| "2025-03-14 21:05:09".parse().expect("a time"));
        let author = |at: usize| Author { name: &texts[at], role: &texts[at + 1], email: &texts[at + 2] };
        let article = Article {
            id: text(0), oid: text(1), aid: text(2), title: text(3), text: text(4), publisher: text(5),
            category: text(6), byline: text(7), authors: vec![author(8), author(9)],
            published_on: published.map(|published| published.on),
            published_at: published.and_then(|published| published.at),
            crawled_at, url: text(11), content_hash: text(12), verified, comment_count,
            extra: vec![(text(13), text(14)), (text(14), text(13))], path: text(15),
        };
        let mut record = b"before".to_vec();
        record::write(&article, Projection::default(), false, &mut record);
        let record = std::str::from_utf8(&record[6..]).expect("a record is UTF-8");
        let line = record.strip_suffix('\n').expect("a record ends with a newline");
        prop_assert!(!line.contains(|c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}'), "{line:?}");
        // Of the escapes that JSON allows, `serde_json` takes the short ones for U+0008 and U+000C.
        if !texts.iter().any(|text| text.contains(['\u{8}', '\u{c}'])) {
            let expected = serde_json::to_string(&article).expect("an article is JSON");
            let expected: String = expected.chars().map(|c| match c {
                '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => format!("\\u{:04x}", u32::from(c)),
                c => c.to_string(),
            }).collect();
            prop_assert_eq!(line, expected);
        }
        let value: serde_json::Value = serde_json::from_str(line).expect("a record is JSON");
        prop_assert_eq!(&value, &serde_json::to_value(&article).expect("an article is JSON"));
        prop_assert_eq!(value["text"].as_str(), Some(texts[4].as_str()));
    }

    #[test]
    fn what_is_quoted_acts_on_nobody(texts in texts(2)) {
        for text in &texts {
            let (escaped, quoted) = (escape(text).to_string(), quote(text).to_string());
            prop_assert!(is_safe(&escaped), "{escaped:?}");
            prop_assert!(is_safe(&quoted), "{quoted:?}");
            prop_assert!(quoted.starts_with('`') && quoted.ends_with('`'));
            // What needs no escape stays as it is.
            if is_safe(text) {
                prop_assert_eq!(&escaped, text);
            }
        }
    }

    #[test]
    fn a_quote_is_short(text in "(?s).{150,260}") {
        let is_cut = text.chars().count() > 200;
        let kept: String = text.chars().take(200).collect();
        let end = if is_cut { "…`" } else { "`" };
        prop_assert_eq!(quote(&text).to_string(), format!("`{}{end}", escape(&kept)));
    }
}
