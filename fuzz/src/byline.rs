//! Bylines: normalised once and for all, and nobody is named who is not there.

use news_ingest::crawl::byline;

/// The shapes that archives hold.
pub const SEEDS: &[&[u8]] = &[
    "\n\t\t\n\t\t\t홍길동 기자 (hong@example.com)\n\t\t\t김가람·이나래 기자\n\t".as_bytes(),
    "세종=홍길동 기자(hong@example.com), 베이징 | 김가람 특파원 영상편집 : 이나래".as_bytes(),
    "BY HONG GILDONG    [hong@example.com] IP SM ap CBS노컷뉴스 이름 기자(=여수)(e@x.kr)".as_bytes(),
];

/// Reads `bytes` as an author value.
pub fn run(bytes: &[u8]) {
    let raw = String::from_utf8_lossy(bytes);
    let (mut once, mut twice) = (String::new(), String::new());
    byline::normalize(&raw, &mut once);
    byline::normalize(&once, &mut twice);
    assert_eq!(once, twice);
    assert!(once.split_whitespace().eq(raw.split_whitespace()));
    assert!(once.is_empty() || once.split('\n').all(|line| !line.is_empty() && line.trim() == line));
    for author in byline::authors(&once) {
        assert!([author.name, author.role, author.email].iter().any(|part| !part.is_empty()), "{author:?}");
        assert!(once.contains(author.name) && once.contains(author.email), "{author:?}");
        assert!(author.email.is_empty() || author.email.matches('@').count() == 1, "{author:?}");
    }
}
