//! Which reading of the front matter is taken: the template's, or YAML's where the template's cannot be right.

use news_ingest::crawl;
use news_ingest::crawl::Scratch;
use news_ingest::crawl::body::frame;
use news_ingest::crawl::body::layout::BodyLayout;
use news_ingest::crawl::front_matter::resolve;
use news_ingest::crawl::front_matter::resolve::{Resolution, YamlUse};
use news_ingest::findings::rule::{Level, Levels, Rule};
use serde_json::Value;

use crate::support::crawl_file::CrawlFile;

/// A crawl file with these lines of front matter beside the identity, dates and hash.
fn file(lines: &str) -> String {
    let crawl_file = CrawlFile::with_text("본문이다.");
    let CrawlFile { id, oid, aid, published_at, crawled_at, url, hash, .. } = &crawl_file;
    format!(
        "---\nid: {id}\noid: {oid}\naid: {aid}\npublished_at: {published_at}\ncrawled_at: {crawled_at}\n\
         url: {url}\ncontent_hash: {hash}\n{lines}---\n{}",
        crawl_file.body()
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
fn errors_of(file: &str, levels: &Levels) -> Vec<Rule> {
    let mut scratch = Scratch::default();
    let outcome = crawl::read(file.as_bytes(), levels, &mut scratch);
    assert!(outcome.article.is_none());
    outcome.findings.iter().filter(|found| found.level == Level::Error).map(|found| found.rule).collect()
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
    assert_eq!(errors_of(&file(lines), &Levels::default()), [Rule::DuplicateKey]);
    let lines = "title: \"제목\"\npublisher: 가나일보\nedition: 1\nedition: 1\n";
    assert_eq!(errors_of(&file(lines), &Levels::default()), [Rule::DuplicateKey]);
    let lines = "title: '제목'\npublisher: 가나일보\nedition: 1\nedition: 1\n";
    assert_eq!(errors_of(&file(lines), &Levels::default()), [Rule::DuplicateKey]);
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
    yaml("title: |\n  제목", "title", "제목");
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
fn a_line_that_yaml_drops_as_a_comment_is_reported() {
    let lost = |lines: &str, key: &str, expected: &str| {
        is(&record(&file(lines), &[Rule::YamlDiffers]), key, expected);
    };
    lost(
        "title: \"제목\"\npublisher: 가나일보\nauthor: 홍길동 기자\n#김가람 기자\n",
        "byline",
        "홍길동 기자",
    );
    lost(
        "title: \"제목\"\npublisher: 가나일보\nauthor: 홍길동 기자\n  #김가람 기자\n",
        "byline",
        "홍길동 기자",
    );
    lost("title: \"제목\"\npublisher: 가나일보\nauthor: 홍길동\n  김가람 #2\n", "byline", "홍길동 김가람");
    lost("title: '제목'\npublisher: 가나일보\n#다라일보\n", "publisher", "가나일보");
    lost("title: 제목\n#둘째 줄\npublisher: 가나일보\n", "title", "제목");
    let preamble = |lines: &str| file("").replacen("---\n", &format!("---\n# 사람이 썼다\n{lines}"), 1);
    lost_in(&preamble("title: \"제목\"\npublisher: 가나일보\nauthor: 홍길동\n#김가람\n"), "5:9");
    // Nothing is lost in a block scalar, and a list has no text of its own for a comment to be taken from.
    let none = |lines: &str| drop(record(&file(lines), &[]));
    none("title: '제목'\npublisher: 가나일보\nauthor: |\n  홍길동\n  #김가람\n");
    none("title: '제목'\npublisher: 가나일보\nauthor:\n  - 홍길동\n  # 둘째\n  - 김가람\n");
}

#[track_caller]
fn lost_in(file: &str, place: &str) {
    let outcome_of = crawl::read(file.as_bytes(), &Levels::default(), &mut Scratch::default()).findings;
    let found: Vec<String> =
        outcome_of.iter().map(|found| format!("{}:{}", found.location.line, found.location.column)).collect();
    assert_eq!(found, [place], "{outcome_of:?}");
}

#[test]
fn values_that_differ_never_look_the_same_in_a_message() {
    let messages = |title: &str| {
        let file = CrawlFile { title: title.into(), ..CrawlFile::with_text("본문이다.") }
            .to_string()
            .replace("\n\t\t\n\t\t\t", "")
            .replace("\n\t\t\n\t\n", "\n");
        let findings = crawl::read(file.as_bytes(), &Levels::default(), &mut Scratch::default()).findings;
        findings.into_iter().find(|found| found.rule == Rule::YamlDiffers).expect("YAML differs").message
    };
    assert_eq!(
        messages(r"가\n나"),
        r"`title` is `가\\n나`, but YAML reads `가\n나`; the line is taken as it stands"
    );
    let [long, shorter] = ["가".repeat(300), "가".repeat(50)];
    assert_eq!(
        messages(&format!(r"{long}\_끝")),
        format!(
            r"`title` is `…{shorter}\\_끝`, but YAML reads `…{shorter}\u{{00a0}}끝`; the line is taken as it stands"
        )
    );
}

#[test]
fn a_map_with_a_name_is_a_person() {
    let bylines = |author: &str, expected: &str| {
        let lines = format!("title: \"제목\"\npublisher: 가나일보\nauthor:{author}\n");
        is(&record(&file(&lines), &[]), "byline", expected);
    };
    bylines("\n  name: 홍길동\n  email: hong@example.com", "홍길동 hong@example.com");
    bylines(
        "\n  email: hong@example.com\n  title: 선임기자\n  name: 홍길동",
        "홍길동 선임기자 hong@example.com",
    );
    bylines("\n  Name: 홍길동", "홍길동");
    bylines(" {name: 홍길동, role: 기자}", "홍길동 기자");
    bylines(
        "\n  - name: 홍길동\n    email: hong@example.com\n  - name: 김가람\n  - 이누리 기자",
        "홍길동 hong@example.com\n김가람\n이누리 기자",
    );
    bylines(" [{name: 홍길동}, {name: 김가람}]", "홍길동\n김가람");
    bylines("\n  name: 홍길동\n  desk: 사회부\n  tags: [a, b]", "홍길동 (사회부, [\"a\",\"b\"])");
    bylines("\n  - {desk: 사회부}", "{\"desk\":\"사회부\"}");
}

#[test]
fn a_title_of_several_lines_loses_its_quotes() {
    for lines in [
        "title: \"첫 줄\n둘째 줄\"\n",
        "title: \"첫 줄\n\n  둘째 줄\"\n",
        "title: \n\t\"첫 줄\n\t둘째 줄\"\n",
        "title: \"첫 줄\n둘째 줄\n\"\n",
    ] {
        let crawl_file =
            CrawlFile { title: "첫 줄\n둘째 줄".into(), ..CrawlFile::with_text("본문이다.") };
        let file = crawl_file.to_string().replace("title: \"첫 줄\n둘째 줄\"\n", lines);
        is(&record(&file, &[]), "title", "첫 줄\n둘째 줄");
    }
}

#[test]
fn a_known_key_out_of_the_templates_order_is_reported() {
    let injected = |line: &str| {
        let byline = format!("홍길동 기자\n{line}");
        CrawlFile {
            author: format!("\n\t\t\n\t\t\t{byline}\n\t\t\n\t"), ..CrawlFile::with_text("본문이다.")
        }
        .to_string()
    };
    is(&record(&injected("comment_count: 77"), &[Rule::KeyOrder]), "byline", "홍길동 기자");
    let uncategorized =
        injected("category: 정치").replacen("category: \n", "", 1).replace(" | \n\n---", " | 정치\n\n---");
    is(&record(&uncategorized, &[Rule::KeyOrder]), "category", "정치");
    let printed = CrawlFile::with_text("본문이다.").to_string();
    let moved = |line: &str, before: &str| {
        assert!(printed.contains(line) && printed.contains(before));
        printed.replacen(line, "", 1).replacen(before, &format!("{line}{before}"), 1)
    };
    let publisher = "publisher: 가나일보\n";
    is(&record(&moved(publisher, "content_hash"), &[Rule::KeyOrder]), "publisher", "가나일보");
    // Comments are counted on either side of the hash.
    for counted in [
        printed.replacen("content_hash: ", "comment_count: 0\ncontent_hash: ", 1),
        CrawlFile { more: "comment_count: 0\n".into(), ..CrawlFile::with_text("본문이다.") }.to_string(),
    ] {
        record(&counted, &[]);
    }
    // An order of another writer's, and real YAML.
    record(&moved("oid: 901\n", "title:"), &[]);
    record(
        &moved("oid: 901\n", "title:").replacen(publisher, "", 1).replacen(
            "aid:",
            &format!("{publisher}aid:"),
            1,
        ),
        &[],
    );
    record(&moved(publisher, "content_hash").replacen("\"제목\"", "'제목'", 1).replace('\t', " "), &[]);
}

#[test]
fn what_is_blank_is_missing() {
    for blank in [
        "   ",
        "\u{a0}",
        "\u{3000}",
        "\t",
        "\u{200b}",
        "\u{feff}\u{2060}",
        "\u{3164}",
        "\u{ad}",
        "\u{2003} \u{200d}",
    ] {
        let crawl_file = CrawlFile::with_text("본문이다.");
        let titled = CrawlFile { title: blank.into(), ..crawl_file.clone() };
        assert_eq!(errors_of(&titled.to_string(), &Levels::default()), [Rule::MissingField], "{blank:?}");
        for key in ["id", "oid", "aid", "url", "crawled_at"] {
            let mut lines: Vec<String> = crawl_file.to_string().lines().map(str::to_owned).collect();
            let line = lines
                .iter_mut()
                .find(|line| line.starts_with(&format!("{key}: ")))
                .expect("the key is there");
            *line = format!("{key}: {blank}");
            assert_eq!(
                errors_of(&lines.join("\n"), &Levels::default()),
                [Rule::MissingField],
                "{key}: {blank:?}"
            );
        }
    }
}

#[test]
fn a_body_without_rules_hides_nothing_of_the_front_matter() {
    let crawl_file = CrawlFile {
        title: String::new(),
        url: "ftp://example.com".into(),
        aid: "1".into(),
        hash: "x".into(),
        ..CrawlFile::with_text("")
    };
    let file = format!("---\n{}---\n\n본문뿐이다.\n", crawl_file.front_matter());
    assert_eq!(
        errors_of(&file, &Levels::default()),
        [Rule::MissingField, Rule::InvalidField, Rule::InvalidField, Rule::HashMalformed, Rule::NoContent]
    );
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
        "title: '제목'\npublisher: 가나일보\nauthor: {desk: 사회부}\n",
    ] {
        assert!(errors_of(&file(lines), &Levels::default()).contains(&Rule::InvalidField), "of {lines:?}");
    }
}

/// Front matter of the template with one line that YAML reads otherwise, a body that says `heading` and `publisher`.
#[track_caller]
fn witness(lines: &str, (heading, publisher): (&str, &str), key: &str, expected: &str) {
    let body =
        CrawlFile {
            title: heading.into(), publisher: publisher.into(), ..CrawlFile::with_text("본문이다.")
        }
        .body();
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
    let quoted = "title: \"제목\"\npublisher: \"가나일보\"\n";
    witness(quoted, ("제목", "가나일보"), "publisher", "가나일보");
    witness(quoted, ("제목", "\"가나일보\""), "publisher", "\"가나일보\"");
    let backslash = "title: \"C:\\x41\"\npublisher: 가나일보\n";
    witness(backslash, ("C:A", "가나일보"), "title", "C:A");
    witness(backslash, ("C:\\x41", "가나일보"), "title", "C:\\x41");
    // What wins in one field wins in all.
    let both = "title: \"제목\"\npublisher: '가나일보'\nauthor: 홍길동 #1\n";
    witness(both, ("제목", "가나일보"), "byline", "홍길동");
    witness(both, ("제목", "'가나일보'"), "byline", "홍길동 #1");
}

/// Why a block is read as it is, the body being as the template prints `body`.
#[track_caller]
fn verdict(block: &str, body: &CrawlFile) -> Resolution {
    let body = body.body();
    let cut = BodyLayout::parse(&body).expect("the template prints two rules");
    let read = resolve::read(block, YamlUse::Always, || frame::read(&body, &cut));
    read.unwrap_or_else(|unreadable| panic!("{:?} of {block:?}", unreadable.yaml_error)).resolution
}

#[test]
fn every_part_of_the_frame_can_be_the_witness() {
    let crawl_file = CrawlFile { category: "sports".into(), ..CrawlFile::with_text("본문이다.") };
    let of_footer = CrawlFile { title: "다른".into(), publisher: "다른".into(), ..crawl_file.clone() };
    for (key, value, body) in [
        ("title", "\"제\\x41목\"", CrawlFile { title: "제A목".into(), ..of_footer.clone() }),
        // The bold line as a whole says neither.
        ("publisher", "가나일보 #1", CrawlFile { category: "it".into(), ..crawl_file.clone() }),
        ("published_at", "2025-03-14 00:00 #1", CrawlFile { category: "it".into(), ..crawl_file.clone() }),
        ("category", "sports #1", of_footer.clone()),
        ("crawled_at", "2025-03-14 21:05:09 #1", of_footer.clone()),
        ("url", "https://n.news.naver.com/mnews/article/901/0000000001 #1", of_footer.clone()),
    ] {
        let lines = crawl_file.front_matter();
        let line =
            lines.lines().find(|line| line.starts_with(&format!("{key}: "))).expect("the key is there");
        // An author in tabs would end the YAML.
        let block = lines.replace(line, &format!("{key}: {value}")).replace(&crawl_file.author, "홍길동");
        assert_eq!(verdict(&block, &body), Resolution::BodyAgreesWithYaml, "of {key}");
    }
}

#[test]
fn readings_that_come_to_the_same_agree() {
    let crawl_file = CrawlFile::with_text("본문이다.");
    for (lines, expected) in [
        ("title: \"제목\"\n", Resolution::Agreed),
        ("title: 제목\n", Resolution::Agreed),
        ("title: 제목\nx: 가\n", Resolution::Agreed),
        ("title: \"제목\"\nx: [가]\n", Resolution::Agreed),
        ("title: \"제목\"\nx:\n  - 가\n", Resolution::NotTemplateShaped),
        ("title: 제목\nx: [가]\n", Resolution::NotTemplateShaped),
        // White space makes no difference in the author, but elsewhere.
        ("title: \"제목\"\nauthor:\n  홍길동\n  김가람\n", Resolution::Agreed),
        ("title: \"제목\"\nauthor: 홍길동\u{3000}기자\n", Resolution::Agreed),
        ("title: \"제목\"\nauthor:\n\t홍길동\n", Resolution::OnlyTemplate),
        ("title: \"제목\"\nauthor: 홍길동 #1\n", Resolution::Undecided),
        ("# 손으로\ntitle: 제목\n", Resolution::OnlyYaml),
    ] {
        assert_eq!(verdict(lines, &crawl_file), expected, "of {lines:?}");
    }
}

#[test]
fn a_finding_stands_at_the_value_whichever_reading_is_taken() {
    let lines = "title: '제목'\npublisher: 가나일보\ncategory:  \"\\e\"\n";
    let outcome_of = |file: &str| -> Vec<(Rule, usize, usize)> {
        let mut scratch = Scratch::default();
        let outcome = crawl::read(file.as_bytes(), &Levels::default(), &mut scratch);
        outcome
            .findings
            .iter()
            .map(|found| (found.rule, found.location.line, found.location.column))
            .collect()
    };
    let found = outcome_of(&file(lines).replace("crawled_at: 2025-03-14", "crawled_at:   2025-02-30"));
    assert!(found.contains(&(Rule::InvalidField, 6, 15)), "{found:?}");
    assert!(found.contains(&(Rule::ControlCharacter, 11, 12)), "{found:?}");
    let author = CrawlFile {
        author: "\n\t\t\n\t\t\t홍\u{1b}길동\n\t".into(),
        ..CrawlFile::with_text("본문이다.")
    };
    assert_eq!(outcome_of(&author.to_string()), [(Rule::ControlCharacter, 8, 5)]);
}

#[test]
fn the_bold_line_speaks_as_a_whole_where_its_parts_cannot_be_told_apart() {
    let crawl_file = CrawlFile {
        category: "## 댓글 (** ||".into(),
        author: String::new(),
        ..CrawlFile::with_text("본문이다.")
    };
    let mut scratch = Scratch::default();
    let file = crawl_file.to_string();
    let outcome = crawl::read(file.as_bytes(), &Levels::default(), &mut scratch);
    let article = outcome.article.unwrap();
    assert_eq!((&*article.publisher, &*article.category), ("가나일보", "## 댓글 (** ||"));
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
fn what_could_cost_too_much_is_not_given_to_yaml() {
    let lines = |what: &str| format!("title: \"제목\"\npublisher: 가나일보\n{what}\n");
    let levels = Levels::default();
    let too_large = |what: &str| {
        assert_eq!(errors_of(&file(&lines(what)), &levels), [Rule::FrontMatterTooLarge], "{:.20}", what);
    };
    too_large(&format!("x: {}", "[".repeat(200_000)));
    too_large(&format!("x: {}", "{\"\":[".repeat(40_000)));
    too_large(&format!("x: {}", "a".repeat(64 * 1024)));
    too_large(&"\n".repeat(64 * 1024));
    let filled = |size: usize| {
        let size = size
            - (file(&lines("x: ")).len()
                - CrawlFile::with_text("본문이다.").body().len()
                - 2 * "---\n".len());
        file(&lines(&format!("x: {}", "a".repeat(size))))
    };
    assert_eq!(errors_of(&filled(64 * 1024 + 1), &levels), [Rule::FrontMatterTooLarge]);
    record(&filled(64 * 1024), &[]);
    // Below 64 KiB, only where the template reading cannot be right.
    too_large(&format!("x:\n  {}", "[".repeat(60_000)));
    too_large(&format!("x:\n  {}", "{\"\":[".repeat(10_000)));
    too_large("x: &a [1]\ny:\n  - *a\n  - *a");
    let doubtful = format!("title: \"가\" 나\"\nx:\n  가\ny: {}\n", "[".repeat(1000));
    assert_eq!(errors_of(&file(&doubtful), &levels), [Rule::FrontMatterTooLarge]);
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
            assert_eq!(errors_of(&file(lines), &levels), [Rule::InvalidFrontMatter], "{level} {lines:.20}");
        }
    }
    assert_eq!(
        errors_of("---\n글\nid: 1\n---\n\n---\n\n---\n", &Levels::default()),
        [Rule::InvalidFrontMatter]
    );
}
