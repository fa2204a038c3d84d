//! What messages quote: nothing that a terminal, a reader of lines or a CI system would obey leaves it.

use news_ingest::text::escape::{escape, quote};

use super::is_obeyed;

/// Escapes and quotes `bytes`.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let escaped = escape(&text).to_string();
    assert!(!escaped.contains(is_obeyed), "{escaped:?}");
    assert!(!escaped.contains("::") && !escaped.contains("##"), "{escaped:?}");
    assert!(escaped.chars().count() >= text.chars().count());
    let is_plain = |c: char| !is_obeyed(c) && !matches!(c, ':' | '#');
    assert!(!text.chars().all(is_plain) || escaped == text);
    let quoted = quote(&text).to_string();
    assert!(quoted.starts_with('`') && quoted.ends_with('`') && !quoted.contains(is_obeyed));
    // No character becomes more than `\u{10ffff}`.
    assert!(quoted.chars().count() <= 200 * 10 + 3);
}
