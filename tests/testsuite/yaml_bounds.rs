//! Where YAML front matter is refused because reading it could cost too much, and where it only looks so.

use news_ingest::crawl::front_matter::yaml;
use news_ingest::crawl::front_matter::yaml::YamlError;
use proptest::prelude::*;
use serde::de::IgnoredAny;

use crate::support::blocks::{INDICATORS, not_yaml, reads, text};

#[track_caller]
fn refused_for(what: &str, block: &str) {
    let message = format!("it holds {what}");
    assert_eq!(yaml::read(block), Err(YamlError::NotYaml { place: None, message }), "of {block:?}");
}

fn directives(count: usize) -> String {
    let directives: String = (0..count).map(|number| format!("%TAG !{number}! x\n")).collect();
    format!("{directives}---\na: 1")
}

#[track_caller]
fn alias(block: &str) {
    assert_eq!(yaml::read(block), Err(YamlError::Alias), "of {block:?}");
}

#[track_caller]
fn too_deep(block: &str) {
    assert_eq!(yaml::read(block), Err(YamlError::TooDeep), "of {block:?}");
}

#[test]
fn an_alias_is_refused_where_one_can_stand() {
    alias("a: *b");
    alias("a: &b 1\nc: *b");
    alias("a: [1, *b]");
    alias("a:\n- *b");
    alias("*a : b");
    alias("? *a\n: b");
    alias("a: {b: *c}");
    alias("<<: *a");
    alias("a: |\n  x\nb: *c");
    alias("a:\n- b: |\n    x\n  c: *d");
    alias("a: 'x'' y'\nb: *c");
    alias("a: \"\\\"\"\nb: *c");
    alias("--- \n*a");
    alias("a:\t*b");
    alias("a: [b,\t*c]");
    alias("a: {?b: *c}");
    alias("a: [?*b]");
    alias("a: {\"b\":*c}");
    alias("{a: b}: *c");
    alias("? a\n: *b");
    alias("a: 'b: c'\nd: *e");
    alias("a: 'C:\\'\nb: *c");
    alias("a: b # c: d\ne: *f");
    alias("a: !t [*b]");
    alias("a: !<tag:example.com,2025:x> [*b]");
    alias("a: [!t, *b]");
    alias("%YAML 1.2\n---\na: *b");
    alias("\u{feff}*a : b");
    not_yaml("a: *bold* text");
    not_yaml("a: ** 속보");
    not_yaml("a: *속보");
    text("5 *b", "5 *b");
    text("a\n  *b", "a *b");
    text("'*b'", "*b");
    text("x # *b", "x");
}

#[test]
fn an_alias_is_refused_behind_a_block_scalar() {
    alias("a: |-\n  b\nc: *d");
    alias("a: |2\n   b\nc: *d");
    alias("a: | # b\n  c\nd: *e");
    alias("a: |\n*b : c");
    alias("a: |\n  b\ncd: *e");
    alias("a: |\n   b\n *c");
    alias("a: |2\n *b");
    reads("a: |2\n  *b\nc: d", &[("a", "*b\n"), ("c", "d")]);
    text("|\n  a\n   *b\n", "a\n *b\n");
}

#[test]
fn what_only_looks_like_an_alias_is_none() {
    reads("-*a: b", &[("-*a", "b")]);
    reads("?*a: b", &[("?*a", "b")]);
    reads(":*a: b", &[(":*a", "b")]);
    text("a\n *b", "a *b");
    // The parser stops before the alias.
    not_yaml("a: @b\nc: *d");
    not_yaml("a: %b\nc: *d");
    not_yaml("a: [|\n*b]");
    not_yaml("a: |b\n  c\nd: *e");
    not_yaml("a: !t, *b");
    not_yaml("a:\n\t*b");
    not_yaml("a\nb: *c");
}

#[test]
fn thirty_two_levels_are_read_and_no_more() {
    let within = |levels: usize, open: &str, close: &str| {
        let inner = levels - 1;
        format!("a: {}{}", open.repeat(inner), close.repeat(inner))
    };
    assert!(yaml::read(&within(32, "[", "]")).is_ok());
    too_deep(&within(33, "[", "]"));
    assert!(yaml::read(&within(32, "{b: ", "}")).is_ok());
    too_deep(&within(33, "{b: ", "}"));
    let staircase =
        |levels: usize| -> String { (0..levels).map(|level| format!("{}a:\n", " ".repeat(level))).collect() };
    assert!(yaml::read(&staircase(32)).is_ok());
    too_deep(&staircase(33));
    // A byte order mark takes a column, so the second key is beside the first.
    assert!(yaml::read(&format!("\u{feff}{}", staircase(33))).is_ok());
    too_deep(&format!("\u{feff}{}", staircase(34)));
    let wide: String = (0..30).map(|level| format!("{}b:\n", "  ".repeat(level))).collect();
    assert!(yaml::read(&format!("{}{wide}", staircase(20))).is_ok());
    let marks = |mark: &str, levels: usize| format!("a:\n  {}b", mark.repeat(levels - 1));
    assert!(yaml::read(&marks("- ", 32)).is_ok());
    too_deep(&marks("- ", 33));
    too_deep(&marks("? ", 33));
    // Lists at the column of their key, and a pair without braces, are levels that only the parser sees.
    let flush = |pairs: usize| -> String {
        (0..pairs)
            .map(|pair| format!("{}a:\n{}- ", " ".repeat(2 * pair).trim_start(), " ".repeat(2 * pair)))
            .collect()
    };
    assert!(yaml::read(&flush(16)).is_ok());
    too_deep(&flush(17));
    assert!(yaml::read(&format!("a: {}{}", "[a: ".repeat(15), "]".repeat(15))).is_ok());
    too_deep(&format!("a: {}{}", "[a: ".repeat(16), "]".repeat(16)));
}

#[test]
fn what_only_looks_deep_is_read() {
    let brackets = "[".repeat(100);
    text(&format!("'{brackets}'"), &brackets);
    text(&format!("\"{brackets}\""), &brackets);
    text(&format!("a{brackets}"), &format!("a{brackets}"));
    text(&format!("a #{brackets}"), "a");
    text(&format!("|\n  {brackets}"), &brackets);
    text(&"-?:a".repeat(40), &"-?:a".repeat(40));
    let siblings: String = (0..1000).map(|n| format!("k{n}: [[a]]\n")).collect();
    assert_eq!(yaml::read(&siblings).unwrap().len(), 1000);
    text(&format!("'{}'", "''".repeat(100_001)), &"'".repeat(100_001));
    let blanks = " ".repeat(1024);
    text(&format!("'a{blanks}b'"), &format!("a{blanks}b"));
    assert!(yaml::read(&directives(16)).is_ok());
}

#[test]
fn what_would_cost_too_much_is_refused() {
    too_deep(&"[".repeat(200_000));
    too_deep(&"{\"\":[".repeat(40_000));
    too_deep(&"- ".repeat(100_000));
    too_deep(&"? ".repeat(100_000));
    too_deep(&": ".repeat(100_000));
    too_deep(&format!("--- {}", "[".repeat(200_000)));
    not_yaml(&format!("a:\n{}b: 1", " ".repeat(200_000)));
    not_yaml(&format!("a: \"{}{}\"", " ".repeat(2_000), "b ".repeat(100_000)));
    not_yaml(&"!a ".repeat(60_000));
    not_yaml(&"&a ".repeat(60_000));
    not_yaml(&"\"".repeat(200_001));
    not_yaml(&"a".repeat(200_000));
    not_yaml(&"%TAG !a! b\n".repeat(20_000));
    refused_for("too many directives", &directives(17));
    refused_for("more than 1024 blanks in a row", &format!("a: 'b{}c'", " ".repeat(1025)));
    not_yaml(&format!("a: [{}]", "b,".repeat(100_000)));
    alias(&format!("a: &b 1\nc: [{}]", "*b, ".repeat(50_000)));
}

proptest! {
    /// No anchor is defined in these blocks, so the parser fails at the first alias that it meets.
    #[test]
    fn what_the_parser_takes_for_an_alias_is_refused(parts in prop::collection::vec(prop::sample::select([&INDICATORS[..], &WORDS].concat()), 0..14)) {
        let block = parts.concat();
        let parsed = serde_yaml::from_str::<IgnoredAny>(&block);
        let read = yaml::read(&block);
        match parsed {
            Ok(IgnoredAny) => prop_assert_ne!(read, Err(YamlError::Alias), "of {:?}", block),
            Err(error) if error.to_string().contains("unknown anchor") =>
                prop_assert_eq!(read, Err(YamlError::Alias), "of {:?}", block),
            Err(_) => {}
        }
    }
}

/// What stands in blocks beside [`INDICATORS`].
const WORDS: [&str; 16] = [
    "a", "*b", "*b", "*b ", "a: ", "\n", "\n", "\n", "'b'", "|\n", ">\n", " # c", "!<x> ", "... ", "\n  ",
    "\n- ",
];
