//! Dates, URLs, ids and hashes: what is read is shown, and read again as the same.

use std::fmt::Display;
use std::str::FromStr;

use news_ingest::crawl::url;
use news_ingest::record::content_hash::ContentHash;
use news_ingest::record::datetime::{KoreanTime, Published, UtcTime};
use news_ingest::record::id::ArticleId;

/// Reads `bytes` as each kind of value.
pub fn run(bytes: &[u8]) {
    let Ok(value) = str::from_utf8(bytes) else { return };
    is_read_again::<UtcTime>(value);
    is_read_again::<KoreanTime>(value);
    is_read_again::<ArticleId>(value);
    is_read_again::<ContentHash>(value);
    if let Ok(published) = value.parse::<Published>() {
        let day: Published = published.on.to_string().parse().expect("a day is a day");
        assert_eq!((day.on, day.at), (published.on, None));
        if let Some(at) = published.at {
            let again: Published = at.to_string().parse().expect("a time is a time");
            assert_eq!((again.on, again.at), (published.on, published.at));
        }
    }
    let _ = url::is_web_address(value);
    if let Some((oid, aid)) = url::article_ids(value) {
        assert!(value.contains(oid) && value.contains(aid));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        assert!(is_number(oid) && is_number(aid), "{value:?} names {oid:?} and {aid:?}");
    }
}

fn is_read_again<T: FromStr + Display + PartialEq>(value: &str) {
    if let Ok(read) = value.parse::<T>() {
        let again = read.to_string().parse::<T>();
        assert!(again.is_ok_and(|again| again == read), "{value:?} is shown as {read}");
    }
}
