//! Front matter: what the template's line grammar reads, and which reading is taken where YAML reads otherwise.

use news_ingest::crawl::front_matter::Field;
use news_ingest::crawl::{self, Scratch, template};
use news_ingest::finding::{Level, Levels, Rule};
use serde_json::Value;

mod page;

use page::Page;

/// The value that stands behind a key, known or not, of which the template reading makes a text.
#[track_caller]
fn value_of(key: &str, block: &str) -> String {
    let template = template::read(block).unwrap_or_else(|no_key| panic!("{no_key:?} of {block:?}"));
    assert!(template.front_matter.doubles.is_empty(), "of {block:?}");
    let unknown = template.front_matter.unknown.iter().find(|entry| entry.key == key);
    match Field::called(key) {
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

/// A crawl file with these lines of front matter beside the identity, dates and hash.
fn file(lines: &str) -> String {
    let page = Page::of("본문이다.");
    let Page { id, oid, aid, published_at, crawled_at, url, hash, .. } = &page;
    format!(
        "---\nid: {id}\noid: {oid}\naid: {aid}\npublished_at: {published_at}\ncrawled_at: {crawled_at}\n\
         url: {url}\ncontent_hash: {hash}\n{lines}---\n{}",
        page.body()
    )
}

/// The record of a file that is accepted with findings of exactly these rules.
#[track_caller]
fn record(file: &str, rules: &[Rule]) -> Value {
    let mut scratch = Scratch::default();
    let outcome = crawl::read(file.as_bytes(), &Levels::default(), &mut scratch);
    let found: Vec<Rule> = outcome.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(found, rules, "{:?} of {file}", outcome.findings);
    serde_json::to_value(outcome.article.expect("the file is accepted")).unwrap()
}

#[track_caller]
fn is(record: &Value, key: &str, expected: &str) {
    assert_eq!(record[key], expected);
}

/// What the file is rejected for.
#[track_caller]
fn rejected(file: &str, levels: &Levels) -> Vec<Rule> {
    let mut scratch = Scratch::default();
    let outcome = crawl::read(file.as_bytes(), levels, &mut scratch);
    assert!(outcome.article.is_none());
    outcome.findings.iter().filter(|found| found.level == Level::Error).map(|found| found.rule).collect()
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
fn the_author_spans_lines_however_they_are_indented() {
    let bylines = |author: &str, expected: &str, rules: &[Rule]| {
        let lines = format!("title: \"제목\"\npublisher: 가나일보\ncategory: \nauthor: {author}\n");
        is(&record(&file(&lines), rules), "byline", expected);
    };
    bylines("\n\t\t\n\t\t\t홍길동 기자\n\t\t\n\t", "홍길동 기자", &[]);
    bylines("\n\t\t\n\t\t\t홍길동 기자\n\t\t\t김가람 PD\n\t\t\n\t", "홍길동 기자\n김가람 PD", &[]);
    bylines("\n\n\t\t\t홍길동 기자\n\n\t\t\t김가람 PD\n\n", "홍길동 기자\n김가람 PD", &[]);
    bylines("\n\t\t\t홍길동 기자", "홍길동 기자", &[]);
    bylines(
        "\n\t\t\t홍길동(a@example.com) 영상편집 : 김가람",
        "홍길동(a@example.com) 영상편집 : 김가람",
        &[],
    );
    bylines("\n\t\t\tid: 999", "id: 999", &[]);
    bylines("\n\t\t\t- 홍길동", "- 홍길동", &[]);
    bylines("\n\t\t\t---", "---", &[]);
    bylines("\r\n\t\t\r\n\t\t\t홍길동 기자\r\n\t\t\r\n\t", "홍길동 기자", &[Rule::LineEndings]);
    bylines("", "", &[]);
    bylines("\n\t\t\n\t", "", &[]);
    // Tabs that an editor turned into spaces.
    bylines("\n        \n            홍길동 기자\n        \n    ", "홍길동 기자", &[]);
    bylines("\n\n            홍길동 기자\n            김가람 PD\n", "홍길동 기자\n김가람 PD", &[]);
    bylines("\n  @홍길동", "@홍길동", &[]);
    bylines("\n  *홍길동 기자", "*홍길동 기자", &[]);
    bylines("\n  *hong", "*hong", &[]);
}

#[test]
fn an_author_indented_by_spaces_is_no_yaml() {
    let bylines = |author: &str, expected: &str| {
        let lines = format!("title: \"제목\"\npublisher: 가나일보\ncategory:\nauthor:\n{author}\n");
        is(&record(&file(&lines), &[Rule::YamlDiffers]), "byline", expected);
    };
    bylines("            홍길동(a@example.com) 영상편집 : 김가람", "홍길동(a@example.com) 영상편집 : 김가람");
    bylines("    사진: 홍길동\n    글: 김가람", "사진: 홍길동\n글: 김가람");
    bylines("    홍길동 #1 기자", "홍길동 #1 기자");
    bylines("    [홍길동]", "[홍길동]");
    bylines("    &hong 기자", "&hong 기자");
    bylines("    id: 999", "id: 999");
}

#[test]
fn a_value_that_looks_like_a_key_is_a_second_one() {
    let lines = "title: \"제목\"\npublisher: 가나일보\nauthor: \n\t\t\t홍길동\nid: 999_0000000009\n\t\t\n";
    assert_eq!(rejected(&file(lines), &Levels::default()), [Rule::DuplicateKey]);
    let lines = "title: \"제목\"\npublisher: 가나일보\nedition: 1\nedition: 1\n";
    assert_eq!(rejected(&file(lines), &Levels::default()), [Rule::DuplicateKey]);
    let lines = "title: '제목'\npublisher: 가나일보\nedition: 1\nedition: 1\n";
    assert_eq!(rejected(&file(lines), &Levels::default()), [Rule::DuplicateKey]);
}

#[test]
fn real_yaml_is_read_as_yaml() {
    let yaml = |lines: &str, key: &str, expected: &str| {
        let lines = format!("publisher: 가나일보\n{lines}\n");
        is(&record(&file(&lines), &[]), key, expected);
    };
    yaml("title: 제목", "title", "제목");
    yaml("title: '제목'", "title", "제목");
    yaml("title: '제목' # 하나", "title", "제목");
    yaml("title: \"제목\" # 하나", "title", "제목");
    yaml("title: |-\n  제목", "title", "제목");
    yaml("title: >-\n  제목", "title", "제목");
    yaml("title:\n  제목", "title", "제목");
    yaml("'title': 제목", "title", "제목");
    yaml("\"title\": \"\\uC81C\\uBAA9\"", "title", "제목");
    yaml("title : 제목", "title", "제목");
    yaml("title: \"제목\"\nauthor:\n  - 홍길동 기자\n  - 김가람", "byline", "홍길동 기자\n김가람");
    yaml("title: \"제목\"\nauthor:\n- 홍길동 기자\n- 김가람", "byline", "홍길동 기자\n김가람");
    yaml("title: \"제목\"\nauthor:\n  # 둘\n  - 홍길동 기자\n  - '김가람'", "byline", "홍길동 기자\n김가람");
    yaml("title: \"제목\"\nauthor:\n  -\n    홍길동 기자", "byline", "홍길동 기자");
    yaml("title: \"제목\"\nauthor: |\n  홍길동 기자\n  김가람", "byline", "홍길동 기자\n김가람");
    yaml("title: '제목'\nauthor: [홍길동, '김가람']", "byline", "홍길동\n김가람");
    yaml("title: '제목'\nauthor: 홍길동 # 기자", "byline", "홍길동");
    yaml("# 사람이 썼다\ntitle: \"제목\"\nauthor: 홍길동", "byline", "홍길동");
}

#[test]
fn nested_values_of_unknown_keys_are_json() {
    let lines = "title: '제목'\npublisher: 가나일보\nplace: {city: 서울, code: 014, on: [no, ~, 1e5]}\n\
                 tags:\n  - 날씨\n  - b: 'c\"'\nplain: null\nempty:\n";
    let extra = &record(&file(lines), &[])["extra"];
    is(extra, "place", r#"{"city":"서울","code":"014","on":["no","~","1e5"]}"#);
    is(extra, "tags", r#"["날씨",{"b":"c\""}]"#);
    is(extra, "plain", "null");
    is(extra, "empty", "");
}

#[test]
fn a_nested_value_of_a_known_key_is_refused() {
    for lines in [
        "title: {ko: 제목}\n",
        "title:\n  - 제목\n",
        "title: '제목'\npublisher: [가나일보]\n",
        "title: '제목'\npublisher: 가나일보\nauthor: {name: 홍길동}\n",
    ] {
        assert!(rejected(&file(lines), &Levels::default()).contains(&Rule::InvalidField), "of {lines:?}");
    }
}

/// Front matter of the template with one line that YAML reads otherwise, a body that says `heading` and `publisher`.
#[track_caller]
fn witness(lines: &str, (heading, publisher): (&str, &str), key: &str, expected: &str) {
    let body = Page { title: heading.into(), publisher: publisher.into(), ..Page::of("본문이다.") }.body();
    let file = file(lines);
    let front_matter = &file[..file.rfind("---\n\n# ").unwrap()];
    let file = format!("{front_matter}---\n{body}");
    let mut scratch = Scratch::default();
    let outcome = crawl::read(file.as_bytes(), &Levels::default(), &mut scratch);
    assert!(outcome.findings.iter().any(|found| found.rule == Rule::YamlDiffers), "{:?}", outcome.findings);
    is(&serde_json::to_value(outcome.article.unwrap()).unwrap(), key, expected);
}

#[test]
fn the_reading_that_the_body_agrees_with_wins() {
    let publisher = "title: \"제목\"\npublisher: &a 가나일보\n";
    witness(publisher, ("제목", "가나일보"), "publisher", "가나일보");
    witness(publisher, ("제목", "&a 가나일보"), "publisher", "&a 가나일보");
    let comment = "title: \"제목\"\npublisher: 가나일보 #1\n";
    witness(comment, ("제목", "가나일보"), "publisher", "가나일보");
    witness(comment, ("제목", "가나일보 #1"), "publisher", "가나일보 #1");
    let quoted = "title: \"제목\"\npublisher: '가나일보'\n";
    witness(quoted, ("제목", "가나일보"), "publisher", "가나일보");
    witness(quoted, ("제목", "'가나일보'"), "publisher", "'가나일보'");
    let backslash = "title: \"C:\\x41\"\npublisher: 가나일보\n";
    witness(backslash, ("C:A", "가나일보"), "title", "C:A");
    witness(backslash, ("C:\\x41", "가나일보"), "title", "C:\\x41");
    // What wins in one field wins in all.
    let both = "title: \"제목\"\npublisher: '가나일보'\nauthor: 홍길동 #1\n";
    witness(both, ("제목", "가나일보"), "byline", "홍길동");
    witness(both, ("제목", "'가나일보'"), "byline", "홍길동 #1");
}

#[test]
fn without_a_witness_the_template_reading_wins() {
    let author = "title: \"제목\"\npublisher: 가나일보\nauthor: 홍길동 #1\n";
    witness(author, ("제목", "가나일보"), "byline", "홍길동 #1");
    let list = "title: \"제목\"\npublisher: 가나일보\nauthor: [홍길동, 김가람]\n";
    witness(list, ("제목", "가나일보"), "byline", "[홍길동, 김가람]");
    let publisher = "title: \"제목\"\npublisher: &a 가나일보\n";
    witness(publisher, ("제목", "다라일보"), "publisher", "&a 가나일보");
    // One witness for each reading is none.
    let both = "title: \"\\x41\"\npublisher: '가나일보'\n";
    witness(both, ("A", "'가나일보'"), "title", "\\x41");
    witness(both, ("\\x41", "가나일보"), "title", "\\x41");
    let front_matter = "title: \"제목\"\npublisher: &a 가나일보\n";
    let file = file(front_matter).replace("**가나일보** | 2025-03-14 00:00 | ", "가나일보");
    is(&record(&file, &[Rule::YamlDiffers, Rule::HeaderDiffers]), "publisher", "&a 가나일보");
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
        assert_eq!(template.doubtful, expected, "of {block:?}");
    }
}

#[test]
fn what_could_cost_too_much_is_not_given_to_yaml() {
    let lines = |what: &str| format!("title: \"제목\"\npublisher: 가나일보\n{what}\n");
    let levels = Levels::default();
    let too_large = |what: &str| {
        assert_eq!(rejected(&file(&lines(what)), &levels), [Rule::FrontMatterTooLarge], "{:.20}", what);
    };
    too_large(&format!("x: {}", "[".repeat(200_000)));
    too_large(&format!("x: {}", "{\"\":[".repeat(40_000)));
    too_large(&format!("x: {}", "a".repeat(64 * 1024)));
    too_large(&"\n".repeat(64 * 1024));
    // Below 64 KiB, only where the template reading cannot be right.
    too_large(&format!("x:\n  {}", "[".repeat(60_000)));
    too_large(&format!("x:\n  {}", "{\"\":[".repeat(10_000)));
    too_large("x: &a [1]\ny:\n  - *a\n  - *a");
    let nested = "[".repeat(60_000);
    is(&record(&file(&lines(&format!("x: {nested}"))), &[])["extra"], "x", &nested);
    is(&record(&file(&lines("x: *a")), &[])["extra"], "x", "*a");
}

#[test]
fn a_larger_front_matter_is_read_where_that_is_asked_for() {
    let mut levels = Levels::default();
    levels.set(Rule::FrontMatterTooLarge, Level::Warning).unwrap();
    let lines = format!("title: \"제목\"\npublisher: 가나일보\nx: {}\n", "[".repeat(200_000));
    let mut scratch = Scratch::default();
    let file = file(&lines);
    let outcome = crawl::read(file.as_bytes(), &levels, &mut scratch);
    assert_eq!(outcome.article.unwrap().extra[0].1.len(), 200_000);
}

#[test]
fn what_no_reading_can_read_is_an_error_at_any_level() {
    for level in [Level::Off, Level::Warning] {
        let mut levels = Levels::default();
        levels.set(Rule::FrontMatterTooLarge, level).unwrap();
        for lines in ["x: &a [1]\ny:\n  - *a\n", &format!("x:\n  {}\n", "[".repeat(1000))] {
            assert_eq!(rejected(&file(lines), &levels), [Rule::InvalidFrontMatter], "{level} {lines:.20}");
        }
    }
    assert_eq!(
        rejected("---\n글\nid: 1\n---\n\n---\n\n---\n", &Levels::default()),
        [Rule::InvalidFrontMatter]
    );
}
