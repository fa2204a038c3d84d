//! The content hash: digests that NIST and `sha256sum` give, and what is one in writing.

use news_ingest::record::content_hash::{ContentHash, ParseHashError, PrefixHasher};

#[track_caller]
fn digest(text: impl AsRef<[u8]>, expected: &str) {
    let hash = ContentHash::digest(text.as_ref());
    assert_eq!(hash.to_string(), expected);
    assert_eq!(expected.parse(), Ok(hash));
    assert_eq!(expected.to_uppercase().parse(), Ok(hash));
}

#[track_caller]
fn refused(text: &str) {
    assert_eq!(text.parse::<ContentHash>(), Err(ParseHashError), "{text:?}");
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

/// `head -c LENGTH /dev/zero | tr '\0' a | sha256sum`, of as many whole blocks as any other, more and fewer, and of what
/// is left behind them.
fn letters() -> [(String, &'static str); 11] {
    [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"),
        (55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
        (56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
        (63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
        (64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
        (65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"),
        (119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"),
        (120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"),
        (128, "6836cf13bac400e9105071cd6af47084dfacad4e5e302c94bfed24e013afb73e"),
        (1000, "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
    ]
    .map(|(length, digest)| ("a".repeat(length), digest))
}

#[test]
fn texts_hashed_together() {
    let digests = letters();
    for (first, first_digest) in &digests {
        for (second, second_digest) in &digests {
            for (third, third_digest) in &digests {
                let hashes = ContentHash::digest_each([first, second, third].map(String::as_bytes));
                let expected = [first_digest, second_digest, third_digest];
                assert_eq!(hashes.map(|hash| hash.to_string()), expected.map(|digest| digest.to_string()));
            }
        }
    }
    assert_eq!(ContentHash::digest_each([]), []);
}

/// `hashlib.sha256(bytes((i * i * 31 + 7 * i * k + k) % 256 for i in range(n))).hexdigest()` for each `n` and `k`, in Python.
const MIXED: [(usize, usize, &str); 8] = [
    (4300, 1, "f5225f27c6675e7ba64a072cec3abdf466b1e699b43d0959c7debba5acbeb196"),
    (2801, 2, "33cc77cfb92505cc3383bd8498678ec69cef7f1a7a2126f3d3057a65a1a62c5a"),
    (9907, 3, "3730f7749818eb7a30618b188b09964f71bf19f3e68f82bb84120924abe3da3d"),
    (64, 4, "6c05faec1f1aeb3ff972dd8a1ab41247b8221eed3944090db46168176d83be95"),
    (0, 5, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (515, 6, "fce8cd26f5ef6defb96a4a2edca60fe6f6f0a6260f2996ee93e10d62be7dbcad"),
    (72000, 7, "c1640cb807340a7d4b8ef1c0b23a5ae8a8e46ef3382d0f0c2fcfc51c7ab8b3b0"),
    (1023, 8, "761f6b392490cfcf4e8ae9d5fc308b9049c5ff4d786040b6ce87634d4480bcc9"),
];

#[test]
fn texts_of_all_lengths_hashed_together() {
    let texts = MIXED.map(|(n, k, _)| (0..n).map(|i| (i * i * 31 + 7 * i * k + k) as u8).collect::<Vec<_>>());
    for first in 0..MIXED.len() {
        // Each comes first once.
        let order: [usize; 8] = std::array::from_fn(|place| (first + place) % MIXED.len());
        let hashes = ContentHash::digest_each(order.map(|number| texts[number].as_slice()));
        assert_eq!(hashes.map(|hash| hash.to_string()), order.map(|number| MIXED[number].2));
    }
}

#[test]
fn a_text_that_grows() {
    let mut text = PrefixHasher::default();
    let mut length = 0;
    for (letters, digest) in letters() {
        assert_eq!(text.add(&letters.as_bytes()[length..]).to_string(), digest);
        length = letters.len();
    }
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
