//! Readings of the text: which ones the body allows, which one the content hash proves, and what a mismatch says.

use news_ingest::crawl;
use news_ingest::crawl::Scratch;
use news_ingest::crawl::body::layout;
use news_ingest::crawl::body::layout::BodyLayout;
use news_ingest::crawl::text;
use news_ingest::crawl::text::diagnosis::Diagnosis;
use news_ingest::crawl::text::{Characters, LineEnds, Reading, TextEnd};
use news_ingest::findings::rule::{Level, Levels, Rule};

use crate::support::crawl_file::{CrawlFile, escaped, sha256};

const ESCAPED: Reading =
    Reading { end: TextEnd::Footer, characters: Characters::Escaped, line_ends: LineEnds::AsIs };
const AS_IT_STANDS: Reading = Reading { characters: Characters::AsIs, ..ESCAPED };

/// What an accepted file gives.
struct Accepted {
    text: String,
    title: String,
    reading: Reading,
    rules: Vec<Rule>,
}

#[track_caller]
fn accepted(file: &str) -> Accepted {
    let mut scratch = Scratch::default();
    let outcome = crawl::read(file.as_bytes(), &Levels::default(), &mut scratch);
    let article = outcome.article.unwrap_or_else(|| panic!("{:?} of {file}", outcome.findings));
    assert!(article.verified);
    assert_eq!(article.content_hash, sha256(&article.text));
    Accepted {
        text: article.text.into_owned(),
        title: article.title.into_owned(),
        reading: outcome.verified_reading.expect("a verified text has a proven reading"),
        rules: outcome.findings.iter().map(|finding| finding.rule).collect(),
    }
}

/// Both eras print `text` so that it reads back, with nothing to report.
#[track_caller]
fn reads_back(text: &str) {
    for content in [escaped(text), text.to_owned()] {
        let read = accepted(
            &CrawlFile { content: content.clone(), hash: sha256(text), ..CrawlFile::with_text("") }
                .to_string(),
        );
        assert_eq!(read.text, text, "printed as {content:?}");
        assert_eq!(read.rules, []);
    }
}

/// `content` is read as `text` in the way `reading`.
#[track_caller]
fn proves(content: &str, text: &str, reading: Reading) {
    let read = accepted(
        &CrawlFile { content: content.into(), hash: sha256(text), ..CrawlFile::with_text("") }.to_string(),
    );
    assert_eq!((read.text.as_str(), read.reading), (text, reading), "of {content:?}");
}

#[test]
fn a_text_of_either_era_reads_back() {
    reads_back("짧다.");
    reads_back("첫 문단.\n\n둘째 문단.");
    reads_back("한 줄\n다음 줄");
    reads_back(r#"'봄비' "황사" <b>&</b> `x`=1"#);
    reads_back("태그는 &lt;b&gt; 로, 앰퍼샌드는 &amp;amp; 로 쓴다");
    reads_back("https://example.com/?a=1&copy=2&lt=3");
    reads_back("&#x27; &#x60; &#x3D; &quot;");
    reads_back("&middot;&nbsp;&#39;&#x3d;&LT;&amp");
    reads_back("&&amp;&&lt;&");
    reads_back("가\u{a0}나 다\u{3000}라 \u{fffd} \u{e000} \u{ad}");
    reads_back("\u{1112}\u{1161}\u{11ab} \u{f900} 🗞️");
    reads_back("가  나\t다\n\n\n\n라");
}

#[test]
fn a_text_that_looks_like_markdown_reads_back() {
    reads_back("# 제목\n\n* 하나\n* 둘\n\n> 인용");
    reads_back("```\n닫히지 않은 울타리");
    reads_back("<!-- 닫히지 않은 주석\n\n<script>");
    reads_back("[링크]: https://example.com\n\n    들여 쓴 글");
    reads_back("--------------------\n\n글\n\n====================");
    reads_back("소제목\n---\n글");
    reads_back("-- -\n\n----\n\n---글\n\n- - -");
}

#[test]
fn a_text_with_rules_of_its_own_reads_back() {
    reads_back("앞\n\n---\n\n뒤");
    reads_back("앞\n\n---\n\n중간\n\n---\n\n뒤");
    reads_back("---\n\n앞에 줄");
    reads_back("뒤에 줄\n\n---");
    reads_back("---");
    reads_back("---\n\n---\n\n---");
    reads_back("앞\n\n---\n\n# 다른 기사\n\n**다라일보** | 2025-01-01 00:00 | \n\n---\n\n뒤");
}

#[test]
fn a_text_with_a_footer_of_its_own_reads_back() {
    reads_back("앞\n\n---\n\n*Crawled at: 2020-01-01 00:00:00*\n\n뒤");
    reads_back("앞\n\n---\n\n*Crawled at: 2020-01-01 00:00:00*\n*Source: [원문 보기](https://example.com)*");
    reads_back("*Crawled at: 2020-01-01 00:00:00*");
    reads_back("앞\n\n---\n\n*Source: [원문 보기](https://example.com)*");
}

const NO_COMMENTS: &str = "*댓글이 없습니다.*\n\n---\n\n";
const COMMENTS: &str = "📊 **댓글 통계**: 총 3 개 (최상위 2 | 답글 1 | BEST 1) | 최대 깊이: 2\n\n## 댓글 (3 개)\n\n\
    **독자하나** (one) | ⭐ **BEST** | 2025-03-14 09:48 | 👍 3 | 👎 1\n\n잘 읽었습니다.\n\n\
    > **독자둘** | 2025-03-14 10:00\n>\n> 저도요.\n\n>> **독자셋**\n>>\n>> 저는 아닙니다.\n\n\
    ---\n\n*[삭제된 댓글입니다]*\n\n---\n\n";
const NO_STATISTICS: &str = "## 댓글 (1 개)\n\n**독자하나**\n\n네.\n\n---\n\n";
const HOSTILE_COMMENTS: &str = "## 댓글 (2 개)\n\n**독자하나** | 2025-03-14 09:48\n\n앞\n\n---\n\n뒤\n\n---\n\n\
    ## 댓글 (9 개)\n\n*댓글이 없습니다.*\n\n---\n\n*Crawled at: 2020-01-01 00:00:00*\n\n---\n\n";

#[test]
fn a_text_ends_before_the_comments() {
    let texts = [
        "본문이다.",
        "앞\n\n---\n\n뒤",
        "끝에 줄\n\n---",
        "<b>'본문'</b>",
        "&lt;b&gt;",
        "앞\n\n---\n\n*Crawled at: 2020-01-01 00:00:00*\n\n뒤",
        "## 댓글 (3 개)\n\n*댓글이 없습니다.*",
        "",
    ];
    let decomposed = COMMENTS.replace("댓글", "\u{1103}\u{1162}\u{11ba}\u{1100}\u{1173}\u{11af}");
    let decomposed = decomposed.replace("통계", "\u{1110}\u{1169}\u{11bc}\u{1100}\u{1168}");
    for comments in [NO_COMMENTS, COMMENTS, NO_STATISTICS, HOSTILE_COMMENTS, &decomposed] {
        for text in texts {
            // Whether or not the front matter counts them.
            for more in ["comment_count: 3\n", ""] {
                for content in [escaped(text), text.into()] {
                    let crawl_file = CrawlFile {
                        more: more.into(),
                        comments: comments.into(),
                        ..CrawlFile::with_text("")
                    };
                    let read = accepted(&CrawlFile { content, hash: sha256(text), ..crawl_file }.to_string());
                    assert_eq!(
                        (read.text.as_str(), read.reading.end),
                        (text, TextEnd::Comments),
                        "{comments}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_text_that_quotes_a_comments_section_is_whole() {
    for section in [NO_COMMENTS, COMMENTS, NO_STATISTICS, HOSTILE_COMMENTS] {
        let text = format!("앞\n\n---\n\n{section}뒤");
        reads_back(&text);
        let quoting = format!("앞\n\n---\n\n{}", section.trim_end());
        reads_back(&quoting);
        for comments in [NO_COMMENTS, HOSTILE_COMMENTS] {
            let crawl_file = CrawlFile {
                more: "comment_count: 0\n".into(),
                comments: comments.into(),
                ..CrawlFile::with_text(&quoting)
            };
            let read = accepted(&crawl_file.to_string());
            assert_eq!((read.text, read.reading.end), (quoting.clone(), TextEnd::Comments), "{comments}");
        }
    }
    // Counted, but none stand there.
    let read = accepted(
        &CrawlFile { more: "comment_count: 2\n".into(), ..CrawlFile::with_text("본문이다.") }.to_string(),
    );
    assert_eq!((read.text.as_str(), read.reading), ("본문이다.", ESCAPED));
}

#[test]
fn comments_begin_below_a_rule_with_blank_lines_around_it() {
    for (content, expected) in [
        ("앞\n\n---\n\n*댓글이 없습니다.*", 1),
        ("앞\n\n---\n \t\n\n*댓글이 없습니다.*", 1),
        ("앞\n \t\n--- \t\n\n*댓글이 없습니다.*", 1),
        ("앞\r\n\r\n---\r\n\r\n## 댓글 (1 개)", 1),
        ("---\n\n*댓글이 없습니다.*", 1),
        ("앞\n\n---\n*댓글이 없습니다.*", 0),
        ("앞\n\n---\n\n *댓글이 없습니다.*", 0),
        ("앞\n---\n\n*댓글이 없습니다.*", 0),
        ("앞\n\n----\n\n*댓글이 없습니다.*", 0),
        ("앞\n\n---\n\n뒤\n\n*댓글이 없습니다.*", 0),
        ("*댓글이 없습니다.*", 0),
    ] {
        let body = format!("\n# 제목\n\n**가나일보** |  | \n\n---\n\n{content}\n\n---\n\n*Crawled at: x*\n");
        let cut = BodyLayout::parse(&body).expect("there are two rules");
        // The opening rule is none of those.
        let rules = layout::comment_separators(&body, &cut);
        assert_eq!(rules.len(), expected, "of {content:?}");
    }
}

#[test]
fn so_many_rules_before_comments_are_tried() {
    const LONG: usize = 512 * 1024;
    for (sections, length, expected) in
        [(1, LONG, 1), (3, LONG, 3), (8, LONG, 8), (20, LONG, 8), (3, LONG + 1, 1), (20, 2 * LONG, 1)]
    {
        let printed =
            CrawlFile { comments: NO_COMMENTS.repeat(sections), ..CrawlFile::with_text("본문") }.body();
        let body = printed.replace("본문", &"x".repeat(length - printed.len() + "본문".len()));
        assert_eq!(body.len(), length);
        let cut = BodyLayout::parse(&body).expect("the template prints two rules");
        assert_eq!(layout::comment_separators(&body, &cut).len(), expected, "{sections} in {length} bytes");
    }
}

#[test]
fn white_space_around_the_text_is_no_part_of_it() {
    for (before, after) in [
        ("\n\n", "\n"),
        (" \t", "\t "),
        ("\u{3000}", "\u{3000}"),
        ("\u{a0}", "\u{a0}\u{a0}"),
        ("\u{2003}\u{2028}", "\u{85}\u{202f}"),
        ("\r\n", "\r\n"),
    ] {
        let crawl_file = CrawlFile {
            content: format!("{before}본문이다.{after}"),
            ..CrawlFile::with_text("본문이다.")
        };
        assert_eq!(accepted(&crawl_file.to_string()).text, "본문이다.", "{before:?} {after:?}");
        let crawl_file = CrawlFile { hash: sha256(&crawl_file.content), ..crawl_file };
        assert_eq!(rejection(&crawl_file.to_string()).0, [Rule::HashMismatch], "{before:?} {after:?}");
    }
    // These are seen by nobody, but no white space.
    for text in ["\u{200b}본문이다.\u{200b}", "\u{2060}본문이다.", "\u{ad}본문이다.\u{200d}"] {
        assert_eq!(accepted(&CrawlFile::with_text(text).to_string()).text, text);
    }
    // Trimmed as it stands, then decoded.
    proves("&nbsp;본문이다.", "&nbsp;본문이다.", ESCAPED);
}

#[test]
fn an_empty_text_is_one() {
    for content in ["", "\n\n", " \u{3000}\t"] {
        let read = accepted(&CrawlFile { content: content.into(), ..CrawlFile::with_text("") }.to_string());
        assert_eq!((read.text.as_str(), read.rules), ("", vec![Rule::EmptyText]), "of {content:?}");
    }
    // Typed from `printf '' | sha256sum`.
    let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(accepted(&CrawlFile { hash: hash.into(), ..CrawlFile::with_text("") }.to_string()).text, "");
}

#[test]
fn the_hash_tells_whether_a_text_is_escaped() {
    proves("&amp;lt;", "&lt;", ESCAPED);
    proves("&amp;lt;", "&amp;lt;", AS_IT_STANDS);
    proves("&lt;", "<", ESCAPED);
    proves("&lt;", "&lt;", AS_IT_STANDS);
    proves("?a=1&copy=2", "?a=1&copy=2", ESCAPED);
    proves("?a=1&copy=2 &gt;", "?a=1&copy=2 &gt;", AS_IT_STANDS);
    proves("가나", "가나", ESCAPED);
    assert_eq!(
        rejection(&CrawlFile { hash: sha256("<"), ..CrawlFile::with_text("&amp;lt;") }.to_string()).0,
        [Rule::HashMismatch]
    );
}

#[test]
fn what_the_hash_proves_of_the_text_holds_for_the_title() {
    for (content, text, title) in [
        ("&lt;", "<", "\"가\" &lt; 나"),
        ("&lt;", "&lt;", "&quot;가&quot; &amp;lt; 나"),
        // A text that proves neither counts as escaped.
        ("본문이다.", "본문이다.", "\"가\" &lt; 나"),
    ] {
        let crawl_file = CrawlFile {
            title: "&quot;가&quot; &amp;lt; 나".into(),
            content: content.into(),
            ..CrawlFile::with_text("")
        };
        assert_eq!(
            accepted(&CrawlFile { hash: sha256(text), ..crawl_file }.to_string()).title,
            title,
            "of {content:?}"
        );
    }
}

/// What a file of `text`, which has nothing to decode, makes of the title `raw`.
#[track_caller]
fn titled(text: &str, raw: &str, expected: &str) {
    let crawl_file = CrawlFile { title: raw.into(), ..CrawlFile::with_text(text) };
    assert_eq!(accepted(&crawl_file.to_string()).title, expected, "of {text:?}");
    let commented =
        CrawlFile { comments: NO_COMMENTS.into(), more: "comment_count: 0\n".into(), ..crawl_file };
    assert_eq!(accepted(&commented.to_string()).title, expected, "of {text:?} with comments");
}

#[test]
fn a_bare_character_in_a_text_without_entities_proves_that_the_file_is_not_escaped() {
    for bare in ["<b>", ">", "\"", "'", "`", "=", "&", "R&D", "&copy;", "&#39;", "&amp", "&AMP;", "&#x3d;"] {
        titled(bare, "&lt;b&gt; 제목", "&lt;b&gt; 제목");
        titled(&format!("앞 글자 {bare} 뒤 글자"), "R&amp;D", "R&amp;D");
    }
}

#[test]
fn without_one_each_field_is_judged_by_its_own_characters() {
    titled("본문이다.", "R&amp;D &lt;1&gt;", "R&D <1>");
    titled("본문이다.", "&amp;lt;", "&lt;");
    titled("본문이다.", "\"&amp;\" 라는 표기", "\"&amp;\" 라는 표기");
    for bare in ["<", ">", "\"", "'", "`", "=", "&", "&copy;"] {
        titled("본문이다.", &format!("&lt;b {bare} 제목"), &format!("&lt;b {bare} 제목"));
    }
    let crawl_file = CrawlFile {
        title: "a = &lt;".into(),
        publisher: "가&amp;나".into(),
        author: "'홍길동' &amp;".into(),
        ..CrawlFile::with_text("본문이다.")
    };
    let mut scratch = Scratch::default();
    let file = crawl_file.to_string();
    let article =
        crawl::read(file.as_bytes(), &Levels::default(), &mut scratch).article.expect("it is accepted");
    assert_eq!(
        (&*article.title, &*article.publisher, &*article.byline),
        ("a = &lt;", "가&나", "'홍길동' &amp;")
    );
}

#[test]
fn white_space_of_any_script_makes_no_file() {
    for file in ["", " \r\n\t", "\0\n\0", "\u{b}\u{c}", "\u{3000}\n\u{a0}", "\u{feff}\n", "\u{feff}\u{2028}"]
    {
        assert_eq!(rejection(file).0, [Rule::EmptyFile], "{file:?}");
    }
}

#[test]
fn a_line_end_that_the_hash_covers_is_not_worth_a_word() {
    let rules = |content: &str, hashed: &str| {
        accepted(
            &CrawlFile { content: content.into(), hash: sha256(hashed), ..CrawlFile::with_text("") }
                .to_string(),
        )
        .rules
    };
    assert_eq!(rules("가\r\n나", "가\r\n나"), []);
    assert_eq!(rules("가\r\n나", "가\n나"), [Rule::LineEndings]);
    // Where the text ends, other line ends begin.
    assert_eq!(rules("가\r\n나\r\n", "가\r\n나"), [Rule::LineEndings]);
    assert_eq!(rules("\r\n가\r\n나", "가\r\n나"), [Rule::LineEndings]);
}

#[test]
fn the_hash_tells_the_line_ends() {
    let lf = "첫 문단.\n\n<둘째> 문단.";
    let crlf = "첫 문단.\r\n\r\n<둘째> 문단.";
    for more in ["", "comment_count: 1\n"] {
        for (comments, end) in [("", TextEnd::Footer), (COMMENTS, TextEnd::Comments)] {
            for content in [escaped(lf), lf.to_owned()] {
                let crawl_file = CrawlFile {
                    content,
                    comments: comments.into(),
                    more: more.into(),
                    ..CrawlFile::with_text("")
                };
                for (text, line_ends) in [(lf, LineEnds::CrlfToLf), (crlf, LineEnds::AsIs)] {
                    let file = CrawlFile { hash: sha256(text), ..crawl_file.clone() }
                        .to_string()
                        .replace('\n', "\r\n");
                    let read = accepted(&file);
                    assert_eq!(read.text, text);
                    assert_eq!((read.reading.end, read.reading.line_ends), (end, line_ends));
                    assert_eq!(read.rules, [Rule::LineEndings]);
                }
            }
        }
    }
    // A CR that is no line end, and CR LF in a text of LF lines, are characters like any other.
    for text in ["가\r나", "가\r\n나\n다", "가\r\r\n나"] {
        assert_eq!(accepted(&CrawlFile::with_text(text).to_string()).text, text);
    }
}

#[track_caller]
fn readings(content: &str, comments: &str, commented: bool, expected: &[&str]) {
    let body =
        CrawlFile { content: content.into(), comments: comments.into(), ..CrawlFile::with_text("") }.body();
    let cut = BodyLayout::parse(&body).unwrap();
    let readings: Vec<String> =
        text::readings(&body, &cut, commented).map(|(_, reading)| reading.to_string()).collect();
    assert_eq!(readings, expected, "of {content:?}");
    assert_eq!(text::candidate(&body, &cut, commented).1.to_string(), expected[0], "of {content:?}");
}

#[test]
fn readings_are_tried_in_this_order_and_none_twice() {
    let (footer, comments) = ("up to the footer", "up to the comments");
    let all = |end: &str| {
        [", decoded", ", decoded, CR LF as LF", ", as it stands", ", as it stands, CR LF as LF"]
            .map(|how| format!("{end}{how}"))
    };
    readings("글", "", false, &["up to the footer, decoded"]);
    readings("글", "", true, &["up to the footer, decoded"]);
    readings("&copy &amp", "", false, &["up to the footer, decoded"]);
    readings("&lt;", "", false, &["up to the footer, decoded", "up to the footer, as it stands"]);
    readings("가\r\n나", "", false, &["up to the footer, decoded", "up to the footer, decoded, CR LF as LF"]);
    readings("&lt;\r\n나", "", false, &all(footer).each_ref().map(String::as_str));
    readings("글", NO_COMMENTS, false, &["up to the footer, decoded", "up to the comments, decoded"]);
    readings("글", NO_COMMENTS, true, &["up to the comments, decoded", "up to the footer, decoded"]);
    let both = [all(comments), all(footer)].concat();
    readings("&lt;\r\n나", COMMENTS, true, &both.iter().map(String::as_str).collect::<Vec<_>>());
    let quoting = "&lt;\r\n나\n\n---\n\n## 댓글 (";
    let three = [all(comments), all(comments), all(footer)].concat();
    readings(quoting, COMMENTS, true, &three.iter().map(String::as_str).collect::<Vec<_>>());
}

/// The rules for which a file is rejected, and the first message.
#[track_caller]
fn rejection(file: &str) -> (Vec<Rule>, String) {
    let mut scratch = Scratch::default();
    let outcome = crawl::read(file.as_bytes(), &Levels::default(), &mut scratch);
    assert!(outcome.article.is_none(), "accepted: {file}");
    assert_eq!(outcome.verified_reading, None);
    let errors: Vec<_> =
        outcome.findings.into_iter().filter(|finding| finding.level == Level::Error).collect();
    let message = errors[0].message.clone();
    (errors.iter().map(|finding| finding.rule).collect(), message)
}

/// A file of this content whose hash covers `hashed` is rejected, and the message ends with `hint`.
#[track_caller]
fn mismatch(content: &str, hashed: &str, hint: &str) {
    let crawl_file = CrawlFile { content: content.into(), hash: sha256(hashed), ..CrawlFile::with_text("") };
    let (rules, message) = rejection(&crawl_file.to_string());
    assert_eq!(rules, [Rule::HashMismatch]);
    assert!(message.starts_with(&format!("`content_hash` is {}, but ", crawl_file.hash)), "{message}");
    assert!(message.contains(hint), "{message}");
    // Where the user wants the record all the same, it does not claim to be verified.
    let mut levels = Levels::default();
    levels.set(Rule::HashMismatch, Level::Warning).unwrap();
    let mut scratch = Scratch::default();
    let file = crawl_file.to_string();
    let outcome = crawl::read(file.as_bytes(), &levels, &mut scratch);
    let article = outcome.article.unwrap();
    assert!(!article.verified && outcome.verified_reading.is_none());
    assert_eq!(article.content_hash, crawl_file.hash);
    assert_ne!(article.text, hashed);
}

#[test]
fn a_mismatch_names_the_change_that_would_match_and_accepts_none() {
    let near = |content: &str, hashed: &str, change: &str| {
        mismatch(content, hashed, &format!("; it would match {change} (up to the footer, decoded)"));
    };
    near("\u{1112}\u{1161}\u{11ab}글", "한글", "normalised to NFC");
    near("\u{f900}", "\u{8c48}", "normalised to NFC");
    near("\u{1112}\u{1161}\u{11ab}①", "한①", "normalised to NFC");
    near("한①", "\u{1112}\u{1161}\u{11ab}①", "normalised to NFD");
    near("가\u{a0}나", "가 나", "with each no-break space as a space");
    near("&amp;lt;b", "<b", "decoded a second time");
    near("&amp;amp;lt;", "&lt;", "decoded a second time");
    near("가&middot;나&nbsp;다", "가·나\u{a0}다", "with all of HTML5's entities decoded");
    near("&#39;가&#39;", "'가'", "with all of HTML5's entities decoded");
    near("첫째.\n\n둘째,  셋째", "첫째. 둘째, 셋째", "with each run of white space as one space");
    near("가\u{3000}나\u{a0} 다", "가 나 다", "with each run of white space as one space");
    near("본문", "본문\n", "with a newline at its end");
    near("가\n\n나", "가\r\n\r\n나", "with CR LF for each line end");
    near("가\n나", "가\r\n나\r\n", "with CR LF for each line end");
    near("가\n나", "가\r나", "with CR for each line end");
    near("가\r나", "가\n나", "with LF for each line end");
    near("가\n나", "\u{feff}가\n나", "with a byte order mark in front");
    near("가\n나", "\u{feff}가\r\n나\r\n", "with a byte order mark in front");
    for gap in ["", " ", "\n", "\n\n"] {
        near("본문", &format!("제목{gap}본문"), "with the title in front");
    }
}

#[test]
fn a_mismatch_is_looked_for_in_every_reading() {
    mismatch(
        "&lt;\u{a0}",
        "&lt;\n",
        "; it would match with a newline at its end (up to the footer, as it stands)",
    );
    let crawl_file =
        CrawlFile {
            comments: NO_COMMENTS.into(), hash: sha256("본문\n"), ..CrawlFile::with_text("본문")
        };
    let (_, message) = rejection(&crawl_file.to_string());
    assert!(
        message.contains("; it would match with a newline at its end (up to the comments, decoded)"),
        "{message}"
    );
}

#[test]
fn a_mismatch_says_where_the_two_texts_part() {
    for (content, hashed, at) in [
        ("가\u{a0}나", "가 나", 3),
        ("&lt;나", "<나\n", 7),
        ("&lt;나", "&lt;나\n", 7),
        ("&lt;\r\n나", "<\r\n나\n", 9),
        ("&lt;\r\n나", "<\n나\n", 9),
        ("&lt;\r\n나", "&lt;\n나\n", 9),
        ("&lt;\r나\r\n&lt;", "<\r나\n<\n", 14),
        ("나&middot;&lt;", "나·<", 3),
        ("&amp;lt;나&gt;", "<나>", 0),
    ] {
        let body = CrawlFile::with_text(content).body();
        let cut = BodyLayout::parse(&body).expect("the template prints two rules");
        let stated = sha256(hashed).parse().expect("a hash is 64 digits");
        let diagnosis = Diagnosis::new(&body, &cut, false, "제목", stated);
        let difference = diagnosis.near_match.expect("a change that would match is known").difference;
        let start = body.find(content).expect("the content stands in the body");
        assert_eq!(difference.at - start, at, "of {content:?} and {hashed:?}");
    }
}

#[test]
fn a_text_that_the_source_has_is_not_copied() {
    for (content, text, is_copied) in [
        ("글", "글", false),
        ("&lt;", "&lt;", false),
        ("가\r\n나", "가\r\n나", false),
        ("가\r\n나", "가\n나", true),
        ("&lt;", "<", true),
    ] {
        let body = CrawlFile::with_text(content).body();
        let cut = BodyLayout::parse(&body).expect("the template prints two rules");
        let stated = sha256(text).parse().expect("a hash is 64 digits");
        let mut buffer = String::new();
        let read = text::read(&body, &cut, false, Some(stated), &mut buffer);
        assert_eq!((read.text, read.verified), (text, true));
        let place = body.as_bytes().as_ptr_range();
        assert_eq!(!place.contains(&read.text.as_ptr()), is_copied, "of {content:?}");
    }
}

#[test]
fn a_mismatch_says_what_was_tried() {
    mismatch("가\r나", "나", "(up to the footer, decoded)");
    mismatch("가", "나", "(up to the footer, decoded)");
    mismatch(
        "&lt;\r\n가",
        "나",
        "(up to the footer, decoded; nor does it match up to the footer, decoded, CR LF as LF; nor does it \
         match up to the footer, as it stands; nor does it match up to the footer, as it stands, CR LF as LF)",
    );
    // NFKC, and a part of the text, are no change that is looked for.
    mismatch("①", "1", "(up to the footer, decoded)");
    mismatch("가나다", "가나", "(up to the footer, decoded)");
    mismatch("본문", "본문\n\n", "(up to the footer, decoded)");
    mismatch("본문", " 본문", "(up to the footer, decoded)");
}
