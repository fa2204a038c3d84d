//! One crawl file from bytes: the shortcuts change nothing, and what is accepted is written, read back and equal.

use std::borrow::Cow;

use news_ingest::crawl;
use news_ingest::crawl::{Input, Outcome, Scratch};
use news_ingest::findings::rule::{Level, Levels, Rule};
use news_ingest::output::json::record;
use news_ingest::output::projection::Projection;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::is_obeyed;

/// Reads `bytes` as one crawl file, at the usual levels and with every rule lowered.
pub fn run(bytes: &[u8]) {
    let mut lowered = Levels::default();
    for &rule in Rule::ALL.iter().filter(|rule| rule.is_configurable()) {
        lowered.set(rule, Level::Warning).expect("it can be lowered");
    }
    holds(bytes, &Levels::default());
    holds(bytes, &lowered);
}

fn holds(bytes: &[u8], levels: &Levels) {
    let (mut for_fast, mut for_slow) = (Scratch::default(), Scratch::default());
    let fast = crawl::read(bytes, levels, &mut for_fast);
    let slow = crawl::read_reference(bytes, levels, &mut for_slow);
    // The second of the batch finds the byline of the first.
    let input = || Some(Input { source: bytes, levels: Cow::Borrowed(levels) });
    let batch = [input(), input(), None, None, None, None, None, None];
    crawl::read_batch(batch, &mut Scratch::default(), &mut |_, outcome| {
        assert_eq!((&outcome.article, &outcome.findings), (&fast.article, &fast.findings));
    });
    assert_eq!(fast.findings, slow.findings);
    assert_eq!(fast.article, slow.article);
    assert_eq!((&fast.identity, fast.verified_reading), (&slow.identity, slow.verified_reading));
    assert_eq!(fast.comments, slow.comments);
    let records =
        [(&fast, fast.is_clean), (&slow, slow.is_clean), (&slow, false)].map(|(outcome, is_clean)| {
            let mut record = Vec::new();
            outcome
                .article
                .iter()
                .for_each(|article| record::write(article, Projection::default(), is_clean, &mut record));
            record
        });
    assert!(records.iter().all(|record| *record == records[0]), "plain or not, it is the same record");
    are_sound(&fast, bytes);
}

fn are_sound(outcome: &Outcome<'_>, bytes: &[u8]) {
    let lines = bytes.split(|&byte| byte == b'\n').count();
    for finding in &outcome.findings {
        assert!((1..=lines).contains(&finding.location.line), "{finding:?}");
        assert!(!finding.message.contains(is_obeyed), "{finding:?}");
    }
    let rejected = outcome.findings.iter().any(|finding| finding.level == Level::Error);
    let Some(article) = &outcome.article else { return assert!(!outcome.findings.is_empty()) };
    assert!(!rejected);
    let mut record = Vec::new();
    record::write(article, Projection::default(), outcome.is_clean, &mut record);
    let line = str::from_utf8(&record).expect("records are UTF-8").strip_suffix('\n').expect("a line ends");
    assert!(!line.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')), "{line}");
    let read: Value = serde_json::from_str(line).expect("a record is JSON");
    assert_eq!(read, serde_json::to_value(article).expect("an article is JSON"));
    assert_eq!(read["text"], *article.text);
    if article.verified {
        let digest = Sha256::digest(article.text.as_bytes());
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, *article.content_hash);
    }
    if let Some(section) = &outcome.comments {
        for (position, comment) in section.comments().iter().enumerate() {
            assert!(comment.parent.is_none_or(|parent| parent < position), "{comment:?}");
        }
    }
}
