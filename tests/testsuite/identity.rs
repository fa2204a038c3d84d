//! What an id is made of, what is refused, and the number that stands for it.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use news_ingest::record::id::{Aid, ArticleId, Oid, ParseIdError};
use proptest::prelude::*;

#[test]
fn read_and_written_with_their_leading_zeros() {
    for text in ["014", "000", "999"] {
        reads_back::<Oid>(text);
    }
    for text in ["0005456156", "0000000000", "9999999999"] {
        reads_back::<Aid>(text);
    }
    for text in ["014_0005456156", "000_0000000000", "999_9999999999"] {
        reads_back::<ArticleId>(text);
    }
}

#[test]
fn refused() {
    for text in
        ["", "14", "0014", "1e2", "-14", "+14", " 14", "14 ", "014\n", "１４", "٣", "일", "a14", "0x1"]
    {
        assert_eq!(text.parse::<Oid>(), Err(ParseIdError::Oid), "{text:?}");
    }
    for text in [
        "",
        "005456156",
        "00005456156",
        "000545615a",
        "000545615 ",
        "-005456156",
        "000545.156",
        "0005456１",
        "12e4567890",
    ] {
        assert_eq!(text.parse::<Aid>(), Err(ParseIdError::Aid), "{text:?}");
    }
    for text in [
        "",
        "_",
        "014",
        "0140005456156",
        "014-0005456156",
        "014__0005456156",
        "_0140005456156",
        "014_0005456156_",
        "014_0005456156 ",
        " 014_0005456156",
        "014 _0005456156",
        "14_0005456156",
        "014_5456156",
        "0005456156_014",
        "014_0005456156_014",
    ] {
        assert_eq!(text.parse::<ArticleId>(), Err(ParseIdError::ArticleId), "{text:?}");
    }
}

#[test]
fn as_a_number() {
    for (text, number) in [
        ("000_0000000000", 0),
        ("000_0000000001", 1),
        ("001_0000000000", 10_000_000_000),
        ("014_0005456156", 140_005_456_156),
        ("999_9999999999", 9_999_999_999_999),
    ] {
        assert_eq!(read::<ArticleId>(text).as_u64(), number, "{text}");
    }
}

#[test]
fn joined_and_parted() {
    let (oid, aid) = (read::<Oid>("014"), read::<Aid>("0005456156"));
    let id = ArticleId::new(oid, aid);
    assert_eq!(id.to_string(), "014_0005456156");
    assert_eq!((id.oid(), id.aid()), (oid, aid));
    assert_eq!(id, read("014_0005456156"));
}

proptest! {
    #[test]
    fn no_string_panics(text in "(?s).*|[0-9_]{0,15}") {
        let _ = (text.parse::<Oid>(), text.parse::<Aid>(), text.parse::<ArticleId>());
    }

    #[test]
    fn numbers_tell_articles_apart_and_keep_their_order(
        one in (0..1000_u64, 0..10_000_000_000_u64),
        other in (0..1000_u64, 0..10_000_000_000_u64),
    ) {
        let id = |(oid, aid): (u64, u64)| read::<ArticleId>(&format!("{oid:03}_{aid:010}"));
        prop_assert_eq!(id(one).as_u64().cmp(&id(other).as_u64()), one.cmp(&other));
        prop_assert_eq!(id(one).cmp(&id(other)), one.cmp(&other));
    }
}

#[track_caller]
fn reads_back<T: FromStr<Err = ParseIdError> + Display>(text: &str) {
    assert_eq!(read::<T>(text).to_string(), text);
}

#[track_caller]
fn read<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| panic!("{text:?} is refused: {error:?}"))
}
