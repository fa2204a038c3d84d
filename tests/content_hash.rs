//! The content hash: digests that NIST and `sha256sum` give, and what is one in writing.

use news_ingest::content_hash::{ContentHash, NotAHash};

#[track_caller]
fn digest(text: impl AsRef<[u8]>, expected: &str) {
    let hash = ContentHash::of(text.as_ref());
    assert_eq!(hash.to_string(), expected);
    assert_eq!(expected.parse(), Ok(hash));
    assert_eq!(expected.to_uppercase().parse(), Ok(hash));
}

#[track_caller]
fn refused(text: &str) {
    assert_eq!(text.parse::<ContentHash>(), Err(NotAHash), "{text:?}");
}

/// FIPS 180-4's examples, and the digest of a million times `a`.
#[test]
fn the_vectors_of_nist() {
    digest("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    digest("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    digest(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    );
    digest(
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
    );
    digest("a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/// `printf '…' | sha256sum`
#[test]
fn digests_of_sha256sum() {
    digest("가나다", "29205b39ec5e51163b59abe55c48c1aa0c52fb2868cab35e23f9265e473771f4");
    digest("한글", "bd87f9bb68b67d2fa1cb82b6751820e946d5b1316d25d5fd96512fb4be44a2a8");
    digest("\u{1112}\u{1161}\u{11ab}글", "edf357bd71a96eaa046b6400beb33336c382b547a830d1559b0db7179dc7f12e");
    digest("\u{a0}", "abfbd10daf8965c8860b3582af942d7a7cac972b31d1c50f382b67d9b6c07365");
    digest("첫 문단.\n\n둘째 문단.", "68fc7a09f25385684086f07e20733ff2745b37d32bf544e1871c501dc8442535");
    digest("첫 문단.\r\n\r\n둘째 문단.", "b46e77b5d36645f3ea31ade1457719ac64a8e790fffc3a950342254bfcead348");
    digest("&lt;", "3885ff5ae3386f58e4f1f1363d4863d8c9a5f280fe15e346ad7c78a09529637a");
}

#[test]
fn the_digest_is_32_bytes() {
    let hash: ContentHash =
        "000102030405060708090A0b0c0d0e0f101112131415161718191a1B1c1d1eFF".parse().unwrap();
    let bytes: Vec<u8> = (0..31).chain([255]).collect();
    assert_eq!(hash.as_bytes(), bytes.as_slice());
    assert_eq!(hash.to_string(), "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eff");
}

#[test]
fn every_other_writing_is_refused() {
    let good = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    refused("");
    refused(&good[1..]);
    refused(&good[..62]);
    refused(&format!("{good}0"));
    refused(&format!("{good}{good}"));
    refused(&format!(" {}", &good[1..]));
    refused(&format!("{}\n", &good[1..]));
    refused(&format!("{good} "));
    refused(&format!("+{}", &good[1..]));
    refused(&format!("0x{}", &good[2..]));
    refused(&format!("g{}", &good[1..]));
    refused(&format!("{}G", &good[1..]));
    refused(&format!("{}`", &good[1..]));
    refused(&format!("{}/", &good[1..]));
    refused(&format!("{}:", &good[1..]));
    refused(&format!("{}@", &good[1..]));
    // 64 characters of more bytes, and 64 bytes of fewer characters.
    refused(&format!("{}가", &good[1..]));
    refused(&format!("{}가", &good[3..]));
    refused(&format!("{}\u{ff11}", &good[3..]));
}
