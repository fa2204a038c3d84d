//! The recipe of another writer's hash: what it covers, and the text that a stated digest proves.
//!
//! Every digest was made by Python's `hashlib`.

use std::borrow::Cow;

use news_ingest::layout::covers::Covers;
use news_ingest::layout::part::{TextPart, first_heading};
use news_ingest::layout::recipe::{Entities, Recipe, Spaces};
use news_ingest::layout::stated_hash::{StatedHash, StatedHashError};

fn covers(template: &str) -> Covers {
    template.parse().unwrap_or_else(|error| panic!("{template}: {error}"))
}

/// The values of the file in every case below.
fn value(key: &str) -> Option<Cow<'static, str>> {
    let value = match key {
        "title" => "Wall: a tale",
        "url" => "https://news.example.com/wall",
        "제목" => "담장",
        _ => return None,
    };
    Some(Cow::Borrowed(value))
}

/// The text that `recipe` proves of `body`.
fn proven_text(recipe: &Recipe, body: &str, stated: &str) -> Option<String> {
    let stated = StatedHash::parse(stated, Some(16)).unwrap_or_else(|error| panic!("{stated}: {error}"));
    let proof = recipe.prove(body, &stated, &value)?;
    Some(proof.reading.extract(body).into_owned())
}

#[test]
fn the_stated_hash_decides_what_the_text_is() {
    let cases = [
        // Edges.
        (
            Recipe::default(),
            "\n# Wall\n\nOnce there was a wall.\n",
            "affdfbd81a64d1a9361508ec0637e2bfb06f6db78ba26222a00b4f9ee5e861bd",
            "# Wall\n\nOnce there was a wall.",
        ),
        (
            Recipe::default(),
            "\n# Wall\n\nOnce there was a wall.\n",
            "d8a7fc5bd0fc00851132aa149ae0978abac507c44a5d4ef17ee180320ac1806b",
            "# Wall\n\nOnce there was a wall.\n",
        ),
        (
            Recipe::default(),
            "\n# Wall\n\nOnce there was a wall.",
            "d8a7fc5bd0fc00851132aa149ae0978abac507c44a5d4ef17ee180320ac1806b",
            "# Wall\n\nOnce there was a wall.\n",
        ),
        (
            Recipe::default(),
            "\n# Wall\n\nOnce there was a wall.\n",
            "5e6a6d0fc4684c1c966265aa6aa3972d0d2494bdbdfa02caa555fdeaae0d9719",
            "\n# Wall\n\nOnce there was a wall.\n",
        ),
        (
            Recipe::default(),
            "\n\n  indented\n\n\n",
            "b0c5a6eb3fbf8d9d44c185b3edc2371e54d628a2d10d61c77b88d8b62c1f66d9",
            "  indented",
        ),
        (
            Recipe::default(),
            "\n\n  indented\n\n\n",
            "a258f543b0a6d2a4676f8bbbeeba22987cf78355586a1c78528441f09bdf5271",
            "indented",
        ),
        (
            Recipe::default(),
            "\n\n  indented\n\n\n",
            "3fff73ccad89835b9eec0e2731c0c6b06e0169043139d1d4743e2891a4d4f3c4",
            "  indented\n\n",
        ),
        (
            Recipe::default(),
            "\u{feff} wall \u{3000}\n",
            "4d8aaa64f68587b18e27604cd3d3b67aaa66342ef33df2ae755b5524e84cb3d5",
            "wall",
        ),
        (
            Recipe::default(),
            "\u{feff} wall \u{3000}\n",
            "3fd88dc3b6dde7aec4d67dd570e727c480e6a0cff42948497d91773e958c8132",
            "\u{feff} wall",
        ),
        (
            Recipe::default(),
            "\u{feff} wall \u{3000}\n",
            "6be942e708ec18d8dd20c3d71aff1ebb373213e59d50e0ca64fad4a364132f1c",
            "wall \u{3000}",
        ),
        (Recipe::default(), "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", ""),
        (Recipe::default(), "\n\n", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", ""),
        // Line ends.
        (
            Recipe::default(),
            "\r\n# Wall\r\n\r\nOnce\r\n",
            "8b15b5f3b01f124d7555d478033f78571342ca4650921e5171c6d56597223c11",
            "# Wall\r\n\r\nOnce\n",
        ),
        (
            Recipe::default(),
            "\r\n# Wall\r\n\r\nOnce\r\n",
            "277644e15b17eb49728ca1f32a5ca942cb4c7867330b53d83e54f104bc89e2c9",
            "# Wall\n\nOnce",
        ),
        (
            Recipe::default(),
            "\r\n# Wall\r\n\r\nOnce\r\n",
            "d8d6dfa15c81be3e69a911c377e13a0243b9fcf464491438e815fb705c404c38",
            "# Wall\n\nOnce\n",
        ),
        (
            Recipe::default(),
            "\r\n# Wall\r\n\r\nOnce\r\n",
            "c82f8dfbc0a8f687fbb0930d9c2208ece0d75c53150cf22e167069c62aa04288",
            "# Wall\r\n\r\nOnce",
        ),
        // Entities.
        (
            Recipe { entities: Entities::Decoded, ..Recipe::default() },
            "\n1 &lt; 2 &amp;amp; 3\n",
            "d15039102937834ab270537764641c84a6ae7411ee50d5e6e9f3e16656a146a6",
            "1 < 2 &amp; 3",
        ),
        (
            Recipe { entities: Entities::Decoded, ..Recipe::default() },
            "\n1 &lt; 2\n",
            "73e79ede25d1072a450243ab81583dc2d9e3e69e82f61d55fb2e53bd14eab23d",
            "1 &lt; 2",
        ),
        (
            Recipe::default(),
            "\n1 &lt; 2\n",
            "73e79ede25d1072a450243ab81583dc2d9e3e69e82f61d55fb2e53bd14eab23d",
            "1 &lt; 2",
        ),
        // Parts.
        (
            Recipe { part: TextPart::BelowHeading, ..Recipe::default() },
            "\n# Wall\n\nOnce there was a wall.\n",
            "1f369aa37b13c7a47d37c95d6f8b23d506ff46c667cab0c675151c1d9ab451e8",
            "Once there was a wall.",
        ),
        (
            Recipe { part: TextPart::BelowHeading, ..Recipe::default() },
            "\n> Navigation\n\n# Wall #\n\nOnce\n",
            "d88f6d8372f4d54ecfa210948ad8f8fccf83984881e298b673c8f1a941e2aa33",
            "Once",
        ),
        (
            Recipe { part: TextPart::BelowHeading, ..Recipe::default() },
            "\n```\n# no heading\n```\n",
            "b31fa1a6567d78827ee7b51c8095e078e6d68e3e2beb780a015f299dec7c4720",
            "```\n# no heading\n```",
        ),
        (
            Recipe { part: TextPart::BetweenRules, ..Recipe::default() },
            "\n# Wall\n\n---\nOnce\n\n---\nfooter\n",
            "d88f6d8372f4d54ecfa210948ad8f8fccf83984881e298b673c8f1a941e2aa33",
            "Once",
        ),
        (
            Recipe { part: TextPart::BetweenRules, ..Recipe::default() },
            "\n---\nOnce\n---\n twice\n\n---\nfooter\n",
            "7fa7e5727e5045ae790dc617d6ea87e81008da87d8bf2f4639841f4dbe7308fb",
            "Once\n---\n twice",
        ),
        (
            Recipe { part: TextPart::BetweenRules, ..Recipe::default() },
            "\n---\nOnce\n---\n twice\n\n---\nfooter\n",
            "d88f6d8372f4d54ecfa210948ad8f8fccf83984881e298b673c8f1a941e2aa33",
            "Once",
        ),
        (
            Recipe { part: TextPart::BetweenRules, ..Recipe::default() },
            "\n> Excerpt\n\n---\nOnce\n",
            "bc15aea0cf5608b9d6626d96415af8426b5f7b197ace3ed9789bd2368c359c91",
            "Once\n",
        ),
        (
            Recipe { part: TextPart::After("## Content".to_owned()), ..Recipe::default() },
            "\n## Summary\n\nA wall.\n\n## Content\n\nOnce\n",
            "d88f6d8372f4d54ecfa210948ad8f8fccf83984881e298b673c8f1a941e2aa33",
            "Once",
        ),
        // White space.
        (
            Recipe { spaces: Spaces::Collapsed, ..Recipe::default() },
            "\n```json\n{ \"a\":   1 }\n```\n\u{a0}\u{3000}wall\n\n",
            "f43881329ce6036fb93dc6ad169ba293a2c34d4df47e1fcceeb7b22edc6ecb49",
            "```json\n{ \"a\":   1 }\n```\n\u{a0}\u{3000}wall",
        ),
        (
            Recipe { spaces: Spaces::Collapsed, ..Recipe::default() },
            "\n```json\n{ \"a\":   1 }\n```\n\u{a0}\u{3000}wall\n\n",
            "2f088f8101369efa10db268d6d66b77a8ba5063d245498b7e552c97b41c5389d",
            "```json\n{ \"a\":   1 }\n```\n\u{a0}\u{3000}wall",
        ),
        (
            Recipe { spaces: Spaces::Collapsed, ..Recipe::default() },
            "\n```json\n{ \"a\":   1 }\n```\n\u{a0}\u{3000}wall\n\n",
            "5dbbe136c02e1f5327c4b391c4c612bcf12c119764608c2bd4d72be59c573cce",
            "```json\n{ \"a\":   1 }\n```\n\u{a0}\u{3000}wall",
        ),
        (
            Recipe { spaces: Spaces::Collapsed, ..Recipe::default() },
            "\na\u{feff}b\u{85}c\n",
            "c9907fcffc38458cca45ab68c365f11add038ce58d2d872e71a24b506a6a6f8d",
            "a\u{feff}b\u{85}c",
        ),
        (
            Recipe { spaces: Spaces::Collapsed, ..Recipe::default() },
            "\na\u{1c}b\n",
            "c8687a08aa5d6ed2044328fa6a697ab8e96dc34291e8c2034ae8c38e6fcc6d65",
            "a\u{1c}b",
        ),
        // What is covered beside the text.
        (
            Recipe { covers: covers("{title}\n{url}\n{text}"), ..Recipe::default() },
            "\nOnce\n",
            "502bc722bf0ff5d3f59b06aa210ea56e2c047b4c4792f73ddf3864a8a436b80d",
            "Once",
        ),
        (
            Recipe { covers: covers("{제목}|{text}|{url}"), ..Recipe::default() },
            "\nOnce\n",
            "7343c1881f72b76f15b9411de286e9f9ca7de1b5f6916e907eb4a77869d82109",
            "Once\n",
        ),
        (
            Recipe { covers: covers("{{}}{absent}{text}"), ..Recipe::default() },
            "\nOnce\n",
            "8fbda755774eb1e2850571826dada1c83e04bfd4cf07edd3e858f641d3bf4cd0",
            "Once",
        ),
        (
            Recipe { covers: covers("{title}\n{text}"), spaces: Spaces::Collapsed, ..Recipe::default() },
            "\nOnce  more\n",
            "aa5e062511862f4d8ba58dd8cb02af83607357f605d46dc63583c3c1962c2064",
            "Once  more",
        ),
        // Algorithms.
        (
            Recipe::default(),
            "Once there was a wall.",
            "990ed9192393c131da7547a83d0edee1bb43022d",
            "Once there was a wall.",
        ),
        (
            Recipe::default(),
            "Once there was a wall.",
            "c040a379364e51bed179d8d98f2d651c",
            "Once there was a wall.",
        ),
        (
            Recipe::default(),
            "Once there was a wall.",
            "98384c1c500790b12298a793fcbcabfe6b85e7e6aaf5c9851256556e937a47e422f2edfd55df15bcbee8609fd416c1ff274268a285d37f4641ecd97afab70781",
            "Once there was a wall.",
        ),
        (
            Recipe::default(),
            "Once there was a wall.",
            "e6cb745bdbafc282fde05aa65863f1e51c041d312226b28a164a807735bdb87f84c860543187fa1a2b35ad86e2793b69041d2fe44fa6d177bcc00959363fa2ab",
            "Once there was a wall.",
        ),
        (
            Recipe::default(),
            "Once there was a wall.",
            "a446e696d763d1dbfebd681593f1d42ef9e3dab1f84da280cc504e90d934409a",
            "Once there was a wall.",
        ),
        (
            Recipe::default(),
            "Once there was a wall.",
            "da4b72db4cf31d74370c7395f9f8f9c9",
            "Once there was a wall.",
        ),
        (
            Recipe::default(),
            "Once there was a wall.",
            "sha256:1f369aa37b13c7a47d37c95d6f8b23d506ff46c667cab0c675151c1d9ab451e8",
            "Once there was a wall.",
        ),
        (
            Recipe::default(),
            "Once there was a wall.",
            "SHA-256:1f369aa37b13c7a47d37c95d6f8b23d506ff46c667cab0c675151c1d9ab451e8",
            "Once there was a wall.",
        ),
        (
            Recipe::default(),
            "Once there was a wall.",
            "md5:c040a379364e51bed179d8d98f2d651c",
            "Once there was a wall.",
        ),
        (
            Recipe::default(),
            "Once there was a wall.",
            "blake2b-256:a446e696d763d1dbfebd681593f1d42ef9e3dab1f84da280cc504e90d934409a",
            "Once there was a wall.",
        ),
        (
            Recipe::default(),
            "Once there was a wall.",
            "sha512=98384c1c500790b12298a793fcbcabfe6b85e7e6aaf5c9851256556e937a47e422f2edfd55df15bcbee8609fd416c1ff274268a285d37f4641ecd97afab70781",
            "Once there was a wall.",
        ),
        // Truncated digests.
        (Recipe::default(), "Once there was a wall.", "1f369aa37b13c7a4", "Once there was a wall."),
        (Recipe::default(), "Once there was a wall.", "sha256:1f369aa37b13c7a4", "Once there was a wall."),
        (Recipe::default(), "Once there was a wall.", "c040a379364e51be", "Once there was a wall."),
        (Recipe::default(), "Once there was a wall.", "990ed9192393c131da75", "Once there was a wall."),
        (
            Recipe::default(),
            "Once there was a wall.",
            "98384c1c500790b12298a793fcbcabfe6",
            "Once there was a wall.",
        ),
        (
            Recipe::default(),
            "Once there was a wall.",
            "1f369aa37b13c7a47d37c95d6f8b23d5",
            "Once there was a wall.",
        ),
        (Recipe::default(), "Once there was a wall.", "9bffece9c6fa6b82", "Once there was a wall."),
        (Recipe::default(), "Once there was a wall.", "1f369aa37b13c7a47", "Once there was a wall."),
    ];
    for (recipe, body, stated, expected) in cases {
        let found = proven_text(&recipe, body, stated);
        assert_eq!(found.as_deref(), Some(expected), "{recipe:?} of {body:?}");
        let (digits, last) = stated.split_at(stated.len() - 1);
        let other = format!("{digits}{}", if last == "0" { "1" } else { "0" });
        assert_eq!(proven_text(&recipe, body, &other), None, "{recipe:?} of {body:?}, {other}");
    }
}

#[test]
fn a_body_without_the_part_has_no_text() {
    let after = Recipe { part: TextPart::After("## Content".to_owned()), ..Recipe::default() };
    let between = Recipe { part: TextPart::BetweenRules, ..Recipe::default() };
    for (recipe, body) in [(&after, "\n## Contents\n\nOnce\n"), (&between, "\nOnce\n-- -\n"), (&between, "")]
    {
        assert_eq!(recipe.default_reading(body), None, "{body:?}");
        assert_eq!(proven_text(recipe, body, EMPTY_SHA256), None, "{body:?}");
    }
}

const EMPTY_SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

#[test]
fn a_text_that_no_hash_decides_is_trimmed_and_its_lines_end_with_a_line_feed() {
    let text = |body: &str| {
        let recipe = Recipe { part: TextPart::BelowHeading, ..Recipe::default() };
        recipe.default_reading(body).expect("every body has it").extract(body).into_owned()
    };
    assert_eq!(text("# Wall\n\nOnce there was a wall.\n\n"), "Once there was a wall.");
    assert_eq!(text("\r\n# Wall\r\n\r\nOnce\r\n\r\ntwice\r\n"), "Once\n\ntwice");
    assert_eq!(text("# Wall"), "");
}

#[test]
fn the_offset_of_a_byte_of_the_text_is_found_in_the_body() {
    let recipe = Recipe { entities: Entities::Decoded, ..Recipe::default() };
    let body = "\r\na &lt; b\r\n&amp;c\r\n";
    // SHA-256 of "a < b\n&c".
    let stated = "e87f04e036ea712a0de5396d4b4c0be1b3622f71840ae38250df05e18678ec38";
    let proof =
        recipe.prove(body, &StatedHash::parse(stated, None).unwrap(), &value).expect("it is the hash");
    let text = proof.reading.extract(body);
    assert_eq!(text, "a < b\n&c");
    for (in_text, in_body) in [("a", "a &lt;"), ("<", "&lt;"), ("b", "b\r"), ("&", "&amp;"), ("c", "c\r")] {
        let offset = proof.reading.offset_in_body(body, text.find(in_text).unwrap());
        assert!(body[offset..].starts_with(in_body), "{in_text} is at {offset}");
    }
}

#[test]
fn a_digest_is_parsed_by_its_prefix_and_its_digits() {
    let hex = |digits: usize| "0123456789abcdef".repeat(8)[..digits].to_owned();
    let accepted = |value: String, digits: Option<usize>, expected: &str| {
        let hash = StatedHash::parse(&value, digits).unwrap_or_else(|error| panic!("{value}: {error}"));
        let names: Vec<String> = hash.algorithms().iter().map(ToString::to_string).collect();
        assert_eq!(names.join(" "), expected, "{value}");
    };
    accepted(hex(64), None, "SHA-256 BLAKE2b-256");
    accepted(hex(64).to_uppercase(), None, "SHA-256 BLAKE2b-256");
    accepted(hex(40), None, "SHA-1 BLAKE2b-160");
    accepted(hex(32), None, "MD5 BLAKE2b-128");
    accepted(hex(128), None, "SHA-512 BLAKE2b-512");
    accepted(format!(" sha256:{} ", hex(64)), None, "SHA-256");
    accepted(format!("blake2b:{}", hex(64)), None, "BLAKE2b-256");
    accepted(hex(16), Some(16), "SHA-256 MD5 SHA-1 SHA-512 BLAKE2b-512 BLAKE2b-64");
    accepted(hex(36), Some(16), "SHA-256 SHA-1 SHA-512 BLAKE2b-512 BLAKE2b-144");
    accepted(format!("md5:{}", hex(20)), Some(16), "MD5");
    accepted(hex(64), Some(16), "SHA-256 BLAKE2b-256 SHA-512 BLAKE2b-512");
    let rejected = |value: &str, digits: Option<usize>, expected: StatedHashError| {
        assert_eq!(StatedHash::parse(value, digits), Err(expected), "{value}");
    };
    rejected(&hex(16), None, StatedHashError::Length(16));
    rejected(&hex(16), Some(20), StatedHashError::Length(16));
    rejected(&hex(15), Some(1), StatedHashError::Length(15));
    rejected(&format!("sha256:{}", hex(40)), None, StatedHashError::Length(40));
    rejected(&format!("crc32:{}", hex(64)), None, StatedHashError::UnknownAlgorithm);
    rejected(&format!("blake2s:{}", hex(64)), None, StatedHashError::UnknownAlgorithm);
    rejected("", None, StatedHashError::NotHex);
    rejected("sha256:", None, StatedHashError::NotHex);
    rejected("가", None, StatedHashError::NotHex);
    rejected(&"0".repeat(129), Some(16), StatedHashError::Length(129));
    rejected(&"0".repeat(1_000_000), Some(16), StatedHashError::Length(1_000_000));
}

#[test]
fn a_template_is_bounded_and_covers_the_text_once() {
    for template in ["{text}", "{title}\n{url}\n{text}", "{{{제목}}}{text}{{}}", "a{text}{b c}"] {
        assert_eq!(covers(template).to_string(), template);
    }
    let keys = |count: usize| "{key}".repeat(count) + "{text}";
    assert_eq!(covers(&keys(16)).keys().count(), 16);
    let too_many = keys(17);
    let too_long = "a".repeat(1019) + "{text}";
    for template in
        ["", "text", "{title}", "{text}{text}", "{text", "text}", "{}{text}", "{text}}", &too_many, &too_long]
    {
        assert!(template.parse::<Covers>().is_err(), "{template:?}");
    }
}

#[test]
fn the_first_heading_is_the_first_line_or_one_of_level_1() {
    let heading = |body: &str| {
        first_heading(body).map(|heading| {
            assert!(body[heading.offset..].starts_with(heading.text));
            heading.text.to_owned()
        })
    };
    for (body, expected) in [
        ("\n# Harbour wall: repairs begin\n\ntext", Some("Harbour wall: repairs begin")),
        ("## 담장 ##\r\ntext", Some("담장")),
        ("# C#\n", Some("C#")),
        ("text\n## Cost\n# Wall", Some("Wall")),
        ("text\n## Cost\n", None),
        ("#tag\n", None),
        ("#\n", None),
        ("```\n# comment\n```\n# Wall", None),
        ("", None),
    ] {
        assert_eq!(heading(body).as_deref(), expected, "{body:?}");
    }
}
