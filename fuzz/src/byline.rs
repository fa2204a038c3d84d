//! Bylines: normalised once and for all, and nobody is named who is not there.

use news_ingest::crawl::byline;

/// Reads `bytes` as an author value.
pub fn run(bytes: &[u8]) {
    let raw = String::from_utf8_lossy(bytes);
    let (mut once, mut twice) = (String::new(), String::new());
    byline::normalize(&raw, &mut once);
    byline::normalize(&once, &mut twice);
    assert_eq!(once, twice);
    assert!(once.split_whitespace().eq(raw.split_whitespace()));
    assert!(once.is_empty() || once.split('\n').all(|line| !line.is_empty() && line.trim() == line));
    for author in byline::authors(&once, "예시일보") {
        assert!(!author.name.is_empty(), "{author:?}");
        assert!(once.contains(author.name) && once.contains(author.email), "{author:?}");
        // A quoted local part may hold a sign of its own.
        let unquoted = author.email.rsplit('"').next().unwrap_or_default();
        assert!(author.email.is_empty() || unquoted.matches(['@', '＠', '﹫']).count() == 1, "{author:?}");
    }
}
