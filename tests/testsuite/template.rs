//! The template reading: a line grammar in which a value is the text that stands there.

use news_ingest::crawl::front_matter::Field;
use news_ingest::crawl::front_matter::template;

/// The value that stands behind a key, known or not, of which the template reading makes a text.
#[track_caller]
fn value_of(key: &str, block: &str) -> String {
    let template = template::read(block).unwrap_or_else(|no_key| panic!("{no_key:?} of {block:?}"));
    assert!(template.front_matter.duplicates.is_empty(), "of {block:?}");
    let unknown = template.front_matter.unknown.iter().find(|entry| entry.key == key);
    match Field::from_key(key) {
        Some(field) => template.front_matter.entry(field).expect("the key is there").text().into_owned(),
        None => unknown.expect("the key is there").text().into_owned(),
    }
}

#[track_caller]
fn stands(value: &str) {
    for key in ["publisher", "category", "url", "content_hash", "edition"] {
        assert_eq!(value_of(key, &format!("{key}: {value}\noid: 901\n")), value, "of {key}");
    }
}

#[track_caller]
fn title(line: &str, expected: &str) {
    assert_eq!(value_of("title", &format!("title: {line}\noid: 901\n")), expected);
}

#[track_caller]
fn is_key(line: &str, key: &str) {
    assert_eq!(template::key_of(line), Some(key), "of {line:?}");
}

#[track_caller]
fn is_no_key(line: &str) {
    assert_eq!(template::key_of(line), None, "of {line:?}");
}

#[test]
fn a_plain_value_is_the_text_that_stands_there() {
    stands("가나일보");
    stands("영상편집 : 김가람");
    stands("a: b");
    stands("가나일보 #1");
    stands("#1");
    stands("&가나");
    stands("*가나*");
    stands("@가나");
    stands("%가나");
    stands("!가나");
    stands("|");
    stands("|-");
    stands(">");
    stands("[가나]");
    stands("[가나");
    stands("{가: 나}");
    stands("'가나'");
    stands("''");
    stands("\"가나\"");
    stands("`가나`");
    stands("- 가나");
    stands("? 가나");
    stands("---");
    stands("--- 가나");
    stands("...");
    stands("null");
    stands("~");
    stands("No");
    stands("true");
    stands("1e5");
    stands("0x1F");
    stands("014");
    stands("12:30:45");
    stands("2025-03-14 00:00");
    stands("&amp;lt;");
    stands(r"C:\new");
    stands("1234567890123456789012345678901234567890123456789012345678901234");
}

#[test]
fn blanks_around_a_value_are_no_part_of_it() {
    for (line, expected) in [
        ("publisher:", ""),
        ("publisher: ", ""),
        ("publisher:    ", ""),
        ("publisher: 가 나", "가 나"),
        ("publisher:   가  나 \t ", "가  나"),
        ("publisher: 가나\r", "가나"),
        ("publisher: \r", ""),
        ("publisher:\r", ""),
        // Only ASCII blanks are the template's.
        ("publisher: \u{a0}가나\u{3000}", "\u{a0}가나\u{3000}"),
    ] {
        assert_eq!(value_of("publisher", line), expected, "of {line:?}");
        assert_eq!(value_of("publisher", &format!("id: 1\n{line}\n")), expected, "of {line:?}");
        assert_eq!(value_of("publisher", &format!("{line}\n\n\t\n\noid: 1\n")), expected, "of {line:?}");
    }
}

#[test]
fn lines_below_a_key_are_joined_without_the_blanks_around_them() {
    for (block, expected) in [
        ("publisher: \n\t\t가나일보\n", "가나일보"),
        ("publisher: \n\t\t가나\n\n\t \n\t\t 다라 \t\n\t\n", "가나\n다라"),
        ("publisher: 가나\n\t다라\n", "가나\n다라"),
    ] {
        assert_eq!(value_of("publisher", block), expected, "of {block:?}");
    }
}

#[test]
fn a_title_runs_from_the_first_quote_to_the_last() {
    title(r#""제목""#, "제목");
    title(r#""""#, "");
    title("", "");
    title(r#"""쉽다" 그는 말했다""#, r#""쉽다" 그는 말했다"#);
    title(r#"""쉽다"""#, r#""쉽다""#);
    title(r#"""""#, r#"""#);
    title(r#""C:\new\"길""#, r#"C:\new\"길"#);
    title(r#""역\\사선""#, r"역\\사선");
    title(r#""끝\""#, r"끝\");
    title(r#""[속보] 제목: 부제 #1""#, "[속보] 제목: 부제 #1");
    title(r#"" 제목 ""#, " 제목 ");
    title("\"제목\" \t", "제목");
    title("\"제목\"\r", "제목");
    title(r#""&quot;가&quot;""#, "&quot;가&quot;");
}

#[test]
fn a_key_is_a_name_and_a_colon_that_a_space_or_the_end_follows() {
    is_key("title: x", "title");
    is_key("title:", "title");
    is_key("title:\r", "title");
    is_key("title: ", "title");
    is_key("comment_count: 3", "comment_count");
    is_key("a-b_2: x", "a-b_2");
    is_key("2: x", "2");
    is_key("A: x", "A");
    is_key("-: x", "-");
    is_key("_: : x", "_");
    is_no_key("title:x");
    is_no_key("title:\tx");
    is_no_key("title");
    is_no_key("title : x");
    is_no_key(" title: x");
    is_no_key("\ttitle: x");
    is_no_key(": x");
    is_no_key(":");
    is_no_key("");
    is_no_key("a b: x");
    is_no_key("a.b: x");
    is_no_key("키: x");
    is_no_key("'a': x");
    is_no_key("- a: x");
    is_no_key("https://example.com");
}

#[test]
fn keys_stand_in_any_order_and_unknown_ones_are_kept() {
    let block = "aid: 1\nedition: 2판\nid: 2\nx-1: \ntitle: \"t\"\nEdition: 3판\n";
    for (key, expected) in
        [("aid", "1"), ("edition", "2판"), ("id", "2"), ("x-1", ""), ("title", "t"), ("Edition", "3판")]
    {
        assert_eq!(value_of(key, block), expected);
    }
    let unknown = template::read(block).unwrap_or_else(|_| unreachable!()).front_matter.unknown;
    assert_eq!(
        unknown.iter().map(|entry| entry.key.as_ref()).collect::<Vec<_>>(),
        ["edition", "x-1", "Edition"]
    );
}

#[test]
fn text_before_the_first_key_is_no_front_matter_of_the_template() {
    for (block, at) in [("글\nid: 1\n", 0), ("\n\t\n 글\nid: 1\n", 3), ("- a\n", 0), ("{id: 1}\n", 0)] {
        assert_eq!(template::read(block).err().map(|no_key| no_key.at), Some(at), "of {block:?}");
    }
    for block in ["", "\n", "\n\t\r\n  \n", "id: 1", "\n\nid: 1\n"] {
        assert!(template::read(block).is_ok(), "of {block:?}");
    }
}

#[test]
fn a_glance_tells_where_yaml_need_not_be_asked() {
    for (block, expected) in [
        ("title: \"가\"\npublisher: 나\n", true),
        ("publisher: 가:나\n", true),
        ("publisher: 가: 나\n", false),
        ("publisher: 가:\n", false),
        ("publisher: 가#1\n", true),
        ("publisher: 가 #1\n", false),
        ("publisher: #1\n", false),
        ("publisher: [가]\n", false),
        ("publisher: \"가\"\n", false),
        ("-: 가\n", false),
        // Another text behind the second quote ends the YAML.
        ("publisher: \"가\" 나\n", true),
        ("title: \"가\" 나\"\n", true),
        ("title: \"\"가\" 나\"\n", true),
        ("title: \"가\" \" 나\"\n", true),
        ("title: \"가\" ' 나\"\n", true),
        ("title: \"가\" #1\"\n", false),
        ("title: \"가\" : 나\"\n", false),
        ("title: \"가\\n\"\n", false),
        ("title: \"가\n", false),
        // A tab where a value may begin does too.
        ("author: \n\t\t\n\t\t\t홍길동\n", true),
        ("author: \n\n\t홍길동\n", true),
        ("author: 홍길동\n\t김가람\n", false),
        ("author: \n  홍길동\n\t김가람\n", false),
        ("author: \n  홍길동\n\n  김가람\n", true),
        ("author: \n  홍길동: 김가람\n", false),
        ("author: \n  [홍길동]\n", false),
        ("author: 홍길동\n  김가람\n", false),
        ("publisher: \n\t가\n", true),
        ("publisher: \n  가\n", false),
        // What breaks a line of YAML, and what begins with the same bytes.
        ("publisher: 가\u{1f}나\n", false),
        ("publisher: 가\u{7f}나\n", false),
        ("publisher: 가\u{85}나\n", false),
        ("publisher: 가\u{a0}나\n", true),
        ("publisher: 가\u{2028}나\n", false),
        ("publisher: 가\u{2029}나\n", false),
        ("publisher: 가\u{2026}나\n", true),
        ("publisher: 가\u{feff}나\n", false),
        ("publisher: 가\u{ffff}나\n", false),
        ("publisher: 가\u{ff01}나\n", true),
    ] {
        let template = template::read(block).unwrap_or_else(|no_key| panic!("{no_key:?} of {block:?}"));
        assert_eq!(template.yaml_precheck.is_conclusive(), expected, "of {block:?}");
    }
}

#[test]
fn only_what_the_template_never_prints_is_doubtful() {
    for (block, expected) in [
        ("title: \"a\"\n", false),
        ("title: \"a\" b\"\n", false),
        ("title: \n", false),
        ("title: a\n", true),
        ("title: 'a'\n", true),
        ("title: \"a\n", true),
        ("title: \"a\"  # b\n", true),
        ("title: >\n  a\n", true),
        ("id: 901_1\n", false),
        ("id: '901_1'\n", true),
        ("url: \"https://example.com\"\n", true),
        ("url:\n  https://example.com\n", true),
        ("content_hash: &a 00\n", true),
        ("published_at: \n", false),
        ("publisher: '가'\n", false),
        ("publisher: [가]\n", false),
        ("publisher: |\n", false),
        ("publisher: |\n  가\n", true),
        ("publisher: 가\n  나\n", true),
        ("publisher: 가\n\t\n\n", false),
        ("publisher: 가\n# 나\n", true),
        ("author: 홍길동\n", false),
        ("author: '홍길동'\n", false),
        ("author: \n\t\t\n\t\t\t홍길동\n\t\t\n", false),
        ("author: \n\n      홍길동\n      김가람\n\n", false),
        ("author: \n  홍길동 : 김가람\n", false),
        ("author: \n홍길동 : 김가람\n", true),
        ("author: \n  - 홍길동\n", true),
        ("author: \n- 홍길동\n", true),
        ("author: \n  -\n    홍길동\n", true),
        ("author: \n  # 둘\n  - 홍길동\n", true),
        ("author: \n  -홍길동\n", false),
        ("author: |\n  홍길동\n", true),
        ("author: 홍길동\n  김가람\n", true),
    ] {
        let template = template::read(block).unwrap_or_else(|no_key| panic!("{no_key:?} of {block:?}"));
        assert_eq!(template.suspect, expected, "of {block:?}");
    }
}
