//! What YAML makes of front matter: every scalar its text.

use news_ingest::crawl::front_matter::yaml;
use news_ingest::crawl::front_matter::yaml::{YamlError, YamlLocation, YamlValue};
use proptest::prelude::*;

use crate::support::blocks::{INDICATORS, not_yaml, reads, text};

#[track_caller]
fn not_yaml_at(block: &str, line: usize, column: usize) {
    match yaml::read(block) {
        Err(YamlError::NotYaml { place: Some(place), message }) => {
            assert_eq!((place.line, place.column), (line, column), "of {block:?}");
            assert!(!message.contains("line "), "{message}");
        }
        other => panic!("{other:?} of {block:?}"),
    }
}

#[test]
fn a_pair_of_surrogate_escapes_is_a_character() {
    text(r#""\ud83d\ude00""#, "😀");
    text(r#""가 \uD83D\uDE00\ud83d\ude01 \ud3c9""#, "가 😀😁 평");
    text(r#""\\ud83d \ud83d\ude00""#, r"\ud83d 😀");
    text(r"'\ud83d\ude00'", r"\ud83d\ude00");
    text(r"\ud83d\ude00", r"\ud83d\ude00");
    text("|-\n  \"\\ud83d\\ude00\"", r#""\ud83d\ude00""#);
    reads(r#"a: ["\ud83d\ude00", '\ud83d\ude00']"#, &[("a", r#"["😀","\\ud83d\\ude00"]"#)]);
    for alone in
        [r#"k: "\ud83d""#, r#"k: "\ude00\ud83d""#, r#"k: "\ud83d \ude00""#, r#"k: "\ud83d\ud83d\ude0""#]
    {
        assert!(yaml::read(alone).is_err(), "{alone}");
    }
}

#[test]
fn plain_scalars_are_their_text() {
    text("014", "014");
    text("0005456156", "0005456156");
    text("null", "null");
    text("Null", "Null");
    text("~", "~");
    text("No", "No");
    text("true", "true");
    text("1e5", "1e5");
    text("12:30:45", "12:30:45");
    text("0x1F", "0x1F");
    text("0o17", "0o17");
    text("+5", "+5");
    text("-0", "-0");
    text("1_000", "1_000");
    text("3.0", "3.0");
    text(".inf", ".inf");
    text(".nan", ".nan");
    text("2025-12-30", "2025-12-30");
    text("2025-12-30 09:48:52", "2025-12-30 09:48:52");
    text("340282366920938463463374607431768211456", "340282366920938463463374607431768211456");
    text(
        "1234567890123456789012345678901234567890123456789012345678901234",
        "1234567890123456789012345678901234567890123456789012345678901234",
    );
    text("https://example.com/a?b=1&c=[2]*3#d", "https://example.com/a?b=1&c=[2]*3#d");
    text("-a", "-a");
    text(":a", ":a");
    text("?a", "?a");
    text("a - b ? c", "a - b ? c");
    text("5 * 3 & 4", "5 * 3 & 4");
    text("a [b] {c}, d", "a [b] {c}, d");
    text("a\n  b\n\n  c", "a b\nc");
    text("\n  a", "a");
    text("a   ", "a");
    text("a #b", "a");
    text("a#b", "a#b");
    text("한국어 뉴스 🗞", "한국어 뉴스 🗞");
    text("<<", "<<");
}

#[test]
fn an_empty_value_is_empty() {
    text("", "");
    text("''", "");
    text("\"\"", "");
    text("# comment", "");
    text("!!str", "");
    text("!local", "");
    text("&a", "");
    text("|", "");
    reads("a:\nb:\r\nc: ", &[("a", ""), ("b", ""), ("c", "")]);
}

#[test]
fn quoted_scalars() {
    text("'it''s'", "it's");
    text(r"'C:\new'", r"C:\new");
    text("'a\n\n  b'", "a\nb");
    text("'014'", "014");
    text("'[b] *c'", "[b] *c");
    text(r#""C:\new""#, "C:\new");
    text(r#""\"a\" \\ \/ \t \x41 \uAC00 \U0001F5DE \e \0""#, "\"a\" \\ / \t A 가 🗞 \u{1b} \0");
    text(r#""\N \_ \L \P""#, "\u{85} \u{a0} \u{2028} \u{2029}");
    text("\"a\n  b\n\n  c\"", "a b\nc");
    text("\"a \\\n  b\"", "a b");
    text("\"it's # no comment\"", "it's # no comment");
    text("\"[속보] 제목: 부제\"", "[속보] 제목: 부제");
    text("\"a\" # comment", "a");
}

#[test]
fn block_scalars() {
    text("|\n  a\n  b\n", "a\nb\n");
    text("|-\n  a\n  b\n", "a\nb");
    text("|+\n  a\n\n", "a\n\n");
    text("|2\n    a\n  b\n", "  a\nb\n");
    text("|-2\n   a", " a");
    text("|1+\n  a\n\n", " a\n\n");
    text(">\n  a\n  b\n\n  c\n", "a b\nc\n");
    text(">-\n  a\n    b\n  c\n", "a\n  b\nc");
    text("| # comment\n  # text\n", "# text\n");
    text("|\n  *a [ { \" '\n", "*a [ { \" '\n");
    text("|\n\n  a\n", "\na\n");
    text("|\n  a\tb\n", "a\tb\n");
    reads("a: |\n  [[[\n  *b\nc: d", &[("a", "[[[\n*b\n"), ("c", "d")]);
    reads("a:\n- b: |\n    *c\n  d: e", &[("a", r#"[{"b":"*c\n","d":"e"}]"#)]);
}

#[test]
fn lists_and_maps_in_their_order() {
    reads("a:\n- 1\n- b\n", &[("a", r#"["1","b"]"#)]);
    reads("a:\n  - 1\n  -\n  - ''", &[("a", r#"["1","",""]"#)]);
    reads("a: [x, 'y', 014, ~, , ]".replace(", ,", ",").as_str(), &[("a", r#"["x","y","014","~"]"#)]);
    reads("a: {b: c, d: [e]}", &[("a", r#"{"b":"c","d":["e"]}"#)]);
    reads("a: {b, c: }", &[("a", r#"{"b":"","c":""}"#)]);
    reads("a: [b: c]", &[("a", r#"[{"b":"c"}]"#)]);
    reads("a:\n  b:\n    c: 1\n  d: 2\ne: 3", &[("a", r#"{"b":{"c":"1"},"d":"2"}"#), ("e", "3")]);
    reads("a: []\nb: {}", &[("a", "[]"), ("b", "{}")]);
    reads("a:\n- - 1\n  - 2\n- 3", &[("a", r#"[["1","2"],"3"]"#)]);
    reads("{b: 1, a: 2}", &[("b", "1"), ("a", "2")]);
    reads("{\"b\":1,\"a\":[\"x\"]}", &[("b", "1"), ("a", r#"["x"]"#)]);
    reads("url: u\nid: 014_1\ntitle: t", &[("url", "u"), ("id", "014_1"), ("title", "t")]);
    reads("  a: 1\n  b: 2", &[("a", "1"), ("b", "2")]);
    reads("a: [\n  b,\n  c\n]", &[("a", r#"["b","c"]"#)]);
}

#[test]
fn keys_are_texts_too() {
    reads("a: 1\nb: 2\na: 3", &[("a", "1"), ("b", "2"), ("a", "3")]);
    reads("x: {a: 1, a: 2}", &[("x", r#"{"a":"1","a":"2"}"#)]);
    reads("<<: {a: 1}\nb: 2", &[("<<", r#"{"a":"1"}"#), ("b", "2")]);
    reads(
        "014: a\nnull: b\n~: c\n'd': e\n\"f\": g",
        &[("014", "a"), ("null", "b"), ("~", "c"), ("d", "e"), ("f", "g")],
    );
    reads("키 이름: 값", &[("키 이름", "값")]);
    reads("? a\n: b", &[("a", "b")]);
    not_yaml("? [a, b]\n: c");
    not_yaml("{a: b}: c");
    not_yaml("a: {[b]: c}");
    not_yaml(&"? ".repeat(32));
    reads("a : b", &[("a", "b")]);
    reads("a b-c.d: e", &[("a b-c.d", "e")]);
}

#[test]
fn comments_and_line_ends() {
    reads("# one\na: 1 # two\n\n  # three\nb: 2\n#", &[("a", "1"), ("b", "2")]);
    reads("# *x [[[\na: 1", &[("a", "1")]);
    reads("a: 1\r\nb: |\r\n  c\r\n  d\r\ne: 2\r\n", &[("a", "1"), ("b", "c\nd\n"), ("e", "2")]);
    reads("a: 1\nb: 2", &[("a", "1"), ("b", "2")]);
    reads("a:\t1", &[("a", "1")]);
}

#[test]
fn tags_and_anchors_are_passed_over() {
    text("!!int 5", "5");
    text("!!int 0x1F", "0x1F");
    text("!!str 014", "014");
    text("!!float 1", "1");
    text("!!null ~", "~");
    text("!!bool true", "true");
    text("!!binary aGk=", "aGk=");
    text("!mine 014", "014");
    text("! 014", "014");
    text("!<tag:example.com,2025:x> 014", "014");
    text("&a x", "x");
    text("&a !!str x", "x");
    reads("a: !list [!x 1, !y {b: !z 2}]", &[("a", r#"["1",{"b":"2"}]"#)]);
    reads("!top\na: &b 1\n&c d: 2", &[("a", "1"), ("d", "2")]);
    reads("!!map {a: 1}", &[("a", "1")]);
}

#[test]
fn nothing_is_no_entry() {
    reads("", &[]);
    reads("\n \n", &[]);
    reads("# only a comment\n", &[]);
    reads("{}", &[]);
}

#[test]
fn only_one_map_is_front_matter() {
    not_yaml("- a\n- b");
    not_yaml("[a]");
    not_yaml("a");
    not_yaml("'a'");
    not_yaml("~");
    not_yaml("--- \n");
    not_yaml("a: 1\n--- \nb: 2");
    not_yaml("a: 1\n...\nb: 2");
    not_yaml("a: 1\n... \n[");
    reads("a: 1\n...\n", &[("a", "1")]);
    reads("%YAML 1.2\n--- # start\na: 1\n", &[("a", "1")]);
}

#[test]
fn what_is_not_yaml_has_a_place() {
    not_yaml_at("a: 1\nauthor: \n\t\t\n\t\t\t홍길동 기자\n", 3, 1);
    not_yaml_at("a: 1\n\tb: 2", 2, 1);
    not_yaml_at("a: b: c", 1, 5);
    not_yaml_at("a: @b", 1, 4);
    not_yaml_at("a: 1\nb: %c", 2, 4);
    not_yaml_at("a: 1\nb: [c] d\ne: f", 2, 8);
    not_yaml_at("a: \"b\" c", 1, 8);
    not_yaml_at("a: \"\\d\"", 1, 5);
    let percent = YamlLocation { line: 2, column: 4 };
    assert_eq!(percent.offset_in(b"a: 1\nb: %c"), 8);
    assert_eq!(percent.offset_in("가: 1\n나: %c".as_bytes()), 12);
    not_yaml("a: \"b");
    not_yaml("a: [b");
    not_yaml("a: &");
    not_yaml("a: `b`");
    not_yaml("a: 1\nb\nc: 2");
    not_yaml("a: 1\n b: 2");
    not_yaml("a: - b");
    not_yaml("a: \u{7}");
    not_yaml("a: !!int b");
}

#[test]
fn nested_values_change_and_print_as_json() {
    let entries = yaml::read("a: {b: [c, \"d\\n\"], b: 'e\"'}").unwrap();
    let changed = entries[0].value.clone().map_text(&|text| text.to_uppercase());
    assert_eq!(changed.into_text(), r#"{"B":["C","D\n"],"B":"E\""}"#);
    assert_eq!(YamlValue::Text("[a]".to_owned()).map_text(&|text| text + "!").into_text(), "[a]!");
}

proptest! {
    #[test]
    fn no_block_panics(block in any::<String>()) {
        let _ = yaml::read(&block);
    }

    #[test]
    fn no_block_like_yaml_panics(parts in prop::collection::vec(prop::sample::select([&INDICATORS[..], &WORDS].concat()), 0..40)) {
        let _ = yaml::read(&parts.concat());
    }

    #[test]
    fn a_map_printed_as_json_reads_back(map in prop::collection::vec((any::<String>(), any::<String>()), 1..8)) {
        let quoted = |text: &String| serde_json::to_string(text).unwrap().replace('\u{7f}', "\\u007f");
        let quoted = |text: &String| -> String {
            quoted(text).chars().map(|c| match c {
                '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' =>
                    format!("\\u{:04x}", u32::from(c)),
                c => c.to_string(),
            }).collect()
        };
        let block: String = map.iter().map(|(key, value)| format!("? {}\n: {}\n", quoted(key), quoted(value))).collect();
        let read: Vec<(String, String)> =
            yaml::read(&block).unwrap().into_iter().map(|entry| (entry.key, entry.value.into_text())).collect();
        prop_assert_eq!(read, map);
    }
}

/// What stands in blocks beside [`INDICATORS`].
const WORDS: [&str; 12] = ["가", "014", "''", ">", " #", "&a ", "*a", "!<", "!!int ", "...\n", "\0", "<<: "];
