//! `--comments FILE`: the comments of the accepted files, each table typed by hand.

use news_ingest::crawl::comments::Section;
use news_ingest::crawl::escaping::Escaping;
use news_ingest::record::article::Comment;
use serde_json::{Value, json};

use crate::support::crawl_file::{self, CrawlFile};
use crate::support::folder::{Folder, stderr, stdout};

fn read(source: &str) -> Vec<Comment> {
    Section { source, escaping: Escaping::Unescaped }.comments()
}

/// What stands between CONTENT and the footer's rule.
fn section(count: usize, list: &str) -> String {
    format!(
        "\n\n---\n\n📊 **댓글 통계**: 총 {count} 개 (최상위 1 | 답글 0 | BEST 0) | 최대 깊이: 1\n\n\
         ## 댓글 ({count} 개)\n\n{list}\n\n"
    )
}

/// Author, id, time, likes, dislikes, and whether it is one of the best.
type Header<'a> = (&'a str, &'a str, &'a str, Option<u64>, Option<u64>, bool);

/// The first comment's author, id, time, likes, dislikes and whether it is one of the best.
#[track_caller]
fn header(header: &str, expected: Option<Header<'_>>) {
    let comments = read(&section(1, &format!("{header}\n\n글")));
    let found = comments.first().map(|comment| {
        let time = comment.created_at.map(|time| time.to_string()).unwrap_or_default();
        (
            comment.author.clone(),
            comment.author_id.clone(),
            time,
            comment.likes,
            comment.dislikes,
            comment.best,
        )
    });
    let expected = expected.map(|(name, id, time, likes, dislikes, best)| {
        (name.to_owned(), id.to_owned(), time.to_owned(), likes, dislikes, best)
    });
    assert_eq!(found, expected, "{header:?}");
}

#[test]
fn a_header_may_miss_any_part() {
    let noon = "2025-12-30T12:05:00+09:00";
    header("**독자** | 2025-12-30 12:05 | 👍 3 | 👎 1", Some(("독자", "", noon, Some(3), Some(1), false)));
    header("**독자** (abcd****) | 2025-12-30 12:05", Some(("독자", "abcd****", noon, None, None, false)));
    header("**독자** | ⭐ **BEST** | 2025-12-30 12:05", Some(("독자", "", noon, None, None, true)));
    header("**독자** (a) | ⭐ **BEST** | 👍 12", Some(("독자", "a", "", Some(12), None, true)));
    header("**독자** | 👎 0", Some(("독자", "", "", None, Some(0), false)));
    header("**독자** | 👍 | 👎 2", Some(("독자", "", "", None, Some(2), false)));
    header("**독자** |  | 👍 1 | ", Some(("독자", "", "", Some(1), None, false)));
    header("**독자**", Some(("독자", "", "", None, None, false)));
    header("**** | 2025-12-30 12:05", Some(("", "", noon, None, None, false)));
    header("**독자** | 2025-12-30 00:00", Some(("독자", "", "2025-12-30T00:00:00+09:00", None, None, false)));
    header("**독자** | 2025-12-30", Some(("독자", "", "", None, None, false)));
    header("**독자** | 2025-12-30T03:05:00Z", Some(("독자", "", noon, None, None, false)));
    header("**독자** | 👍 99999999999999999999", Some(("독자", "", "", None, None, false)));
}

#[test]
fn a_name_may_look_like_the_rest_of_a_header() {
    header("**a** | 👍 9** | 👎 1", Some(("a** | 👍 9", "", "", None, Some(1), false)));
    header("**a** b** | 👍 1", Some(("a** b", "", "", Some(1), None, false)));
    header("**a (b)** (c) d) | 👍 1", Some(("a (b)", "c) d", "", Some(1), None, false)));
    header("**abcd****** | 👍 1", Some(("abcd****", "", "", Some(1), None, false)));
    header("**abcd******", Some(("abcd****", "", "", None, None, false)));
    header("***별*** (*) | 👍 1", Some(("*별*", "*", "", Some(1), None, false)));
    header("**⭐ **BEST**** | 👍 1", Some(("⭐ **BEST**", "", "", Some(1), None, false)));
}

#[test]
fn a_part_that_is_not_understood_is_unknown_and_takes_nothing_with_it() {
    let noon = "2025-12-30T12:05:00+09:00";
    header("**a** | 3분 전 | 👍 1 | 👎 2", Some(("a", "", "", Some(1), Some(2), false)));
    header("**a** (b) | ⭐ **BEST** | 방금 전 | 👍 1", Some(("a", "b", "", Some(1), None, true)));
    header("**a** | 3분 전", Some(("a", "", "", None, None, false)));
    header("**a** | 어제", Some(("a", "", "", None, None, false)));
    header("**a** | 2025-02-30 12:05", Some(("a", "", "", None, None, false)));
    header("**a** | 25.12.30.", Some(("a", "", "", None, None, false)));
    header("**a** | - | 👍 1", Some(("a", "", "", Some(1), None, false)));
    header("**a** | 2025-12-30 12:05 | 👍 null | 👎 -", Some(("a", "", noon, None, None, false)));
    header("**a** | null | 👍 NaN | 👎 1", Some(("a", "", "", None, Some(1), false)));
    header(
        "**a** | 2025-12-30 12:05 | 👍 1,234 | 👎 12,345,678",
        Some(("a", "", noon, Some(1234), Some(12_345_678), false)),
    );
    header("**a** | 👍 1,23 | 👎 1234,567", Some(("a", "", "", None, None, false)));
    header("**a** | 👍 1.2만 | 👎 -1", Some(("a", "", "", None, None, false)));
    header("**a** | 2025-12-30 12:05 | 답글 3 | 👍 1", Some(("a", "", noon, Some(1), None, false)));
}

#[test]
fn another_bold_line_is_no_header() {
    header("**굵게** | x", None);
    header("**굵게** 그리고", None);
    header("**굵게", None);
    header("** | 👍 1", None);
    header("**a** | 👍 1 | 👍 2", None);
    header("**a** | x | 👍 1 | y", None);
    header(&format!("**a** | 👍 1 | {}", "글".repeat(33)), None);
    header("**a** | 10", None);
    header(&format!("**{}** | 👍 1", "a".repeat(2000)), None);
}

/// Each comment as its depth, the place of its parent, its author and its text; `*` for one that was deleted.
#[track_caller]
fn tree(section: &str, expected: &[(usize, Option<usize>, &str, &str)]) {
    let found = read(section);
    let found: Vec<_> = found
        .iter()
        .map(|comment| {
            let Comment { depth, parent, author, text, deleted, .. } = comment;
            assert!(!deleted || text.is_empty(), "{comment:?}");
            (*depth, *parent, author.as_str(), if *deleted { "*" } else { text })
        })
        .collect();
    assert_eq!(found, expected, "{section}");
}

#[test]
fn replies_stand_in_quotes() {
    tree(
        &section(
            6,
            "**가** | 👍 1\n\n하나\n\n> **나** | 👍 1\n>\n> 둘\n> 줄\n>\n> 셋\n\n>> **다** | 👍 1\n>>\n>> 넷\n\n\
             > **라** | 👍 1\n> \n> 다섯\n\n---\n\n**마** | 👍 1\n\n여섯\n\n---\n\n> **바** | 👍 1\n>\n> 일곱",
        ),
        &[
            (0, None, "가", "하나"),
            (1, Some(0), "나", "둘\n줄\n\n셋"),
            (2, Some(1), "다", "넷"),
            (1, Some(0), "라", "다섯"),
            (0, None, "마", "여섯"),
            (1, Some(4), "바", "일곱"),
        ],
    );
    let one_quote = "**가** | 👍 1\n\n하나\n\n> **나** | 👍 1\n>\n> 둘\n>\n>> **다** | 👍 1\n>>\n>> 셋\n>\n\
                     > **라** | 👍 1\n>\n> 넷\n>\n> ---\n>\n> **마** | 👍 1\n>\n> 다섯";
    tree(
        &section(5, one_quote),
        &[
            (0, None, "가", "하나"),
            (1, Some(0), "나", "둘"),
            (2, Some(1), "다", "셋"),
            (1, Some(0), "라", "넷"),
            (1, Some(0), "마", "다섯"),
        ],
    );
}

/// A template that escapes the whole list escapes the marks of its quotes, too.
#[test]
fn replies_may_stand_in_escaped_quotes() {
    let list = "**가** | 👍 1\n\n&gt; 인용\n\n&gt; **나** | 👍 1\n&gt;\n&gt; 둘 &lt;b&gt;\n&gt; &gt; 인용\n\n\
                &gt;&gt; **다** | 👍 1\n&gt;&gt;\n&gt;&gt; 셋\n\n---\n\n**라** | 👍 1\n\n넷";
    for escaping in [Escaping::Escaped, Escaping::ByField] {
        let source = &section(4, list);
        let found = Section { source, escaping }.comments();
        let found: Vec<_> =
            found.iter().map(|found| (found.depth, found.parent, &*found.author, &*found.text)).collect();
        let expected = [
            (0, None, "가", "> 인용"),
            (1, Some(0), "나", "둘 <b>\n> 인용"),
            (2, Some(1), "다", "셋"),
            (0, None, "라", "넷"),
        ];
        assert_eq!(found, expected, "{escaping:?}");
    }
    // Not escaped, this is a text.
    tree(
        &section(1, "**가** | 👍 1\n\n글\n\n&gt; **나** | 👍 1\n&gt;\n&gt; 둘"),
        &[(0, None, "가", "글\n\n&gt; **나** | 👍 1\n&gt;\n&gt; 둘")],
    );
    // So it is where other marks are bare.
    let bare = "**가** | 👍 1\n\n글\n\n&gt; **나** | 👍 1\n\n> **다** | 👍 1\n>\n> 둘";
    let found = Section { source: &section(2, bare), escaping: Escaping::Escaped }.comments();
    assert_eq!(found.iter().map(|found| &*found.text).collect::<Vec<_>>(), ["글\n\n> **나** | 👍 1", "둘"]);
}

/// As macOS turns them into normal form D.
#[test]
fn a_section_in_normal_form_d_is_read() {
    let section = "## \u{1103}\u{1162}\u{11ba}\u{1100}\u{1173}\u{11af} (1 \u{1100}\u{1162})\n\n**가** | 👍 1\n\n글\n\n---\n\n**나** | 👍 2\n\n\
                   *[\u{1109}\u{1161}\u{11a8}\u{110c}\u{1166}\u{1103}\u{116c}\u{11ab} \u{1103}\u{1162}\u{11ba}\u{1100}\u{1173}\u{11af}\u{110b}\u{1175}\u{11b8}\u{1102}\u{1175}\u{1103}\u{1161}]*";
    tree(section, &[(0, None, "가", "글"), (0, None, "나", "*")]);
}

#[test]
fn a_deleted_comment_keeps_its_place() {
    let deleted = "*[삭제된 댓글입니다]*";
    tree(
        &section(
            5,
            &format!(
                "{deleted}\n\n> **가** | 👍 1\n>\n> 답\n\n> {deleted}\n\n---\n\n{deleted}\n\n---\n\n\
                 **나** | 2025-12-30 09:48\n\n{deleted}"
            ),
        ),
        &[
            (0, None, "", "*"),
            (1, Some(0), "가", "답"),
            (1, Some(0), "", "*"),
            (0, None, "", "*"),
            (0, None, "나", "*"),
        ],
    );
    tree(
        &section(1, &format!("**가** | 👍 1\n\n{deleted} 라니")),
        &[(0, None, "가", &format!("{deleted} 라니"))],
    );
}

/// All of `text` is the first comment's.
#[track_caller]
fn is_text(text: &str) {
    let list = format!("**가** | 👍 1\n\n{text}\n\n---\n\n**나** | 👍 2\n\n끝");
    tree(&section(2, &list), &[(0, None, "가", text), (0, None, "나", "끝")]);
    let quoted: Vec<String> = text.lines().map(|line| format!("> {line}")).collect();
    let list = format!(
        "**가** | 👍 1\n\n글\n\n> **나** | 👍 2\n>\n{}\n\n---\n\n**다** | 👎 1\n\n끝",
        quoted.join("\n")
    );
    tree(&section(3, &list), &[(0, None, "가", "글"), (1, Some(0), "나", text), (0, None, "다", "끝")]);
}

#[test]
fn a_text_may_hold_anything() {
    is_text("**굵게** | x\n\n글");
    is_text("글\n\n**굵게** | 👍 1\n\n글");
    is_text("글\n**굵게** | 👍 1");
    is_text("글\n\n---\n\n**굵게** | x\n\n글");
    is_text("글\n\n---\n\n글");
    is_text("글\n\n---");
    is_text("---");
    is_text("글\n\n---\n\n**굵게**\n\n글");
    is_text("---\n**굵게** | 👍 1\n\n글");
    is_text("```\n닫히지 않은\n\n<!-- 글");
    is_text("> 인용\n\n글");
    is_text("> > **굵게** | 👍 1\n\n글");
    is_text("글\n\n## 댓글 (9 개)\n\n글");
    is_text("글\n\n*댓글이 없습니다.*");
    is_text("글\n\n    들여 쓴 글\n\n\n\n글");
    is_text("| 표 | 👍 1 |\n# 제목\n*Crawled at: 2025*");
    is_text("*[삭제된 댓글입니다]* 글\n\n*[삭제된 댓글입니다]*");
    is_text("");
}

/// Within a fence, `<!--` or a list that the reader closed, Markdown sees no comment, and the number of comments agrees.
#[test]
fn what_a_text_quotes_as_code_begins_no_comment() {
    let quoted = "---\n\n**굵게** | 2025-12-30 09:48 | 👍 1\n\n글";
    let indented = "- 글\n\n  글\n\n  ---\n\n  **굵게** | 👍 1\n\n  글";
    for text in [
        format!("```\n글\n\n{quoted}\n```\n\n끝"),
        format!("~~~~ text\n글\n\n{quoted}\n~~~~"),
        format!("<!--\n글\n\n{quoted}\n-->"),
        format!("<pre>\n글\n\n{quoted}\n</pre>\n\n{indented}"),
        indented.to_owned(),
    ] {
        let list = format!("**가** | 👍 1\n\n{text}\n\n---\n\n**나** | 👍 2\n\n끝");
        tree(&section(2, &list), &[(0, None, "가", &text), (0, None, "나", "끝")]);
    }
}

#[test]
fn what_looks_like_a_comment_is_one_where_the_section_counts_it() {
    let list = "**가** | 👍 1\n\n```\n\n---\n\n**나** | 👍 2\n\n```";
    tree(&section(1, list), &[(0, None, "가", "```\n\n---\n\n**나** | 👍 2\n\n```")]);
    tree(&section(2, list), &[(0, None, "가", "```"), (0, None, "나", "```")]);
    tree(&section(3, list), &[(0, None, "가", "```"), (0, None, "나", "```")]);
}

#[test]
fn more_than_the_section_counts_are_told_apart_by_markdown_or_else_by_what_they_say() {
    let in_code = "글\n\n---\n\n```\n\n---\n\n**을** | 👍 1\n\n글\n```";
    tree(&section(1, &format!("**갑**\n\n{in_code}")), &[(0, None, "갑", in_code)]);
    let with_heading = "앞\n\n---\n\n**제목**\n\n```";
    let left_open = "---\n\n**을** | ⭐ **BEST**\n\n뒤\n\n---\n\n*[삭제된 댓글입니다]*";
    tree(
        &section(3, &format!("**갑** | 👍 1\n\n{with_heading}\n\n{left_open}")),
        &[(0, None, "갑", with_heading), (0, None, "을", "뒤"), (0, None, "", "*")],
    );
}

#[test]
fn a_line_below_a_text_is_no_rule_before_a_comment() {
    let text = "앞\n---\n\n**나** | 👍 2\n\n뒤";
    tree(&section(2, &format!("**가** | 👍 1\n\n{text}")), &[(0, None, "가", text)]);
}

/// What a reader left open reaches to the end of the crawl file in Markdown, over all that other readers wrote.
#[test]
fn no_comment_is_lost_to_what_a_reader_left_open() {
    for open in [
        "```",
        "글\n\n~~~ sh\n글",
        "<!-- 글",
        "<script>",
        "<?글",
        "<![CDATA[",
        "- 글\n\n  ```",
        "    ```\n```",
    ] {
        let list = format!(
            "**가** | 👍 1\n\n{open}\n\n> **나** | 👍 1\n>\n> {}\n\n>> **다** | 👍 1\n>>\n>> 둘\n\n---\n\n**라** | 👍 1\n\n\
             ```\n\n---\n\n**마** | 👍 1\n\n끝",
            open.replace('\n', "\n> ")
        );
        tree(
            &section(5, &list),
            &[
                (0, None, "가", open.trim()),
                (1, Some(0), "나", open.trim()),
                (2, Some(1), "다", "둘"),
                (0, None, "라", "```"),
                (0, None, "마", "끝"),
            ],
        );
    }
}

#[test]
fn a_quote_too_deep_is_text() {
    let list = "**가** | 👍 1\n\n글\n\n>> **나** | 👍 2\n\n>>> **다** | 👍 3";
    let text = "글\n\n>> **나** | 👍 2\n\n>>> **다** | 👍 3";
    tree(&section(1, list), &[(0, None, "가", text)]);
}

#[test]
fn line_ends_count_for_nothing() {
    let list = "**가** | 👍 1\n\n하나\n둘\n\n> **나** | 👍 1\n>\n> 셋\n> 넷\n\n---\n\n**다**\n\n넷";
    let expected = [(0, None, "가", "하나\n둘"), (1, Some(0), "나", "셋\n넷"), (0, None, "다", "넷")];
    tree(&section(3, list), &expected);
    tree(&section(3, list).replace('\n', "\r\n"), &expected);
    tree(&format!("\n---\n\n## 댓글 (3 개)\n{list}"), &expected);
}

#[test]
fn no_comments_are_none() {
    tree("", &[]);
    tree("\n\n---\n\n*댓글이 없습니다.*\n\n", &[]);
    tree("\n\n---\n\n## 댓글 (", &[]);
    tree(&section(1, "> **가** | 👍 1\n>\n> 글"), &[]);
    tree(&section(2, "**가**\n\n**나**"), &[(0, None, "가", "**나**")]);
}

#[test]
fn many_marks_take_no_time() {
    for marks in ["** (", "**a** |", "> ", ">", "**a**\n\n", "\n", "---\n\n", "**a** | 👍 1\n\n---\n\n"] {
        read(&section(1, &marks.repeat(20_000)));
    }
}

fn commented(number: usize, count: usize, list: &str) -> CrawlFile {
    CrawlFile {
        more: format!("comment_count: {count}\n"),
        comments: format!("## 댓글 ({count} 개)\n\n{list}\n\n---\n\n"),
        ..CrawlFile::numbered(number, &format!("{number}번째 기사의 본문이다."))
    }
}

fn lines(folder: &Folder, name: &str) -> Vec<Value> {
    folder.read(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_comment_is_a_line_with_every_key_in_order() {
    let folder = Folder::new("comments-lines");
    let list = "**a&amp;b** (x&lt;) | ⭐ **BEST** | 2025-12-30 09:48 | 👍 3 | 👎 1\n\n&quot;글&quot; &amp;amp;\u{2028}\n\n\
                > *[삭제된 댓글입니다]*";
    folder
        .put("in/a.md", commented(1, 2, list).to_string())
        .put("in/b.md", commented(2, 1, "**c**\n\nhong@example.com").to_string());
    let output = folder.ingest(&["--comments", "comments.jsonl", "in"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output).lines().count(), 2);
    let written = folder.read("comments.jsonl");
    let expected = [
        r#"{"article_id":"901_0000000001","position":0,"depth":0,"parent":null,"author":"a&b","author_id":"x<","created_at":"2025-12-30T09:48:00+09:00","likes":3,"dislikes":1,"best":true,"deleted":false,"text":"\"글\" &amp;"}"#,
        r#"{"article_id":"901_0000000001","position":1,"depth":1,"parent":0,"author":"","author_id":"","created_at":null,"likes":null,"dislikes":null,"best":false,"deleted":true,"text":""}"#,
        r#"{"article_id":"901_0000000002","position":0,"depth":0,"parent":null,"author":"c","author_id":"","created_at":null,"likes":null,"dislikes":null,"best":false,"deleted":false,"text":"hong@example.com"}"#,
    ];
    assert_eq!(written.lines().collect::<Vec<_>>(), expected);
    let output = folder.ingest(&["--comments", "comments.jsonl", "--redact", "emails", "in"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(lines(&folder, "comments.jsonl")[2]["text"], json!("[email]"));
}

/// The hash proves whether the entities in a file's text are its own, and so those in its comments.
#[test]
fn the_hash_tells_how_comments_are_decoded() {
    let folder = Folder::new("comments-era");
    let list = "**가**\n\n&lt;b&gt;";
    let crawl_file = commented(1, 1, list);
    let escaped =
        CrawlFile { content: "a &amp; b".into(), hash: crawl_file::sha256("a & b"), ..crawl_file.clone() };
    let plain =
        CrawlFile { content: "a &amp; b".into(), hash: crawl_file::sha256("a &amp; b"), ..crawl_file };
    for (crawl_file, text) in [(escaped, "<b>"), (plain, "&lt;b&gt;")] {
        folder.put("a.md", crawl_file.to_string());
        let output = folder.ingest(&["--comments", "comments.jsonl", "a.md"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert_eq!(lines(&folder, "comments.jsonl")[0]["text"], json!(text));
    }
}

/// Which articles' comments are written.
#[track_caller]
fn written(folder: &Folder, options: &[&str], expected: &[&str]) {
    let output = folder.ingest(&[&["--comments", "comments.jsonl", "-q"], options, &["in"]].concat());
    let texts: Vec<String> = lines(folder, "comments.jsonl")
        .iter()
        .map(|line| line["text"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(texts, expected, "{options:?}: {}", stderr(&output));
}

/// `X.md` is before `X_with_comments.md` in the order of names.
#[test]
fn of_two_files_of_an_article_the_first_one_is_kept() {
    let folder = Folder::new("comments-beside");
    let commented = commented(1, 1, "**가**\n\n글");
    let bare = CrawlFile { comments: String::new(), more: String::new(), ..commented.clone() };
    folder.put("in/x.md", bare.to_string()).put("in/x_with_comments.md", commented.to_string());
    written(&folder, &[], &["글"]);
    written(&folder, &["--dedup", "id"], &[]);
    written(&folder, &["--dedup", "id", "in/x_with_comments.md"], &["글"]);
}

#[test]
fn only_the_comments_of_records_are_written() {
    let folder = Folder::new("comments-taken-back");
    let first = commented(1, 1, "**가**\n\n첫째");
    let again = commented(1, 1, "**가**\n\n다시");
    let other = CrawlFile {
        content: "다른 글".into(),
        hash: crawl_file::sha256("다른 글"),
        ..commented(1, 1, "**가**\n\n다른")
    };
    let unproven = CrawlFile { content: "고친 글".into(), ..commented(3, 1, "**가**\n\n고친") };
    folder
        .put("in/a.md", first.to_string())
        .put("in/b.md", again.to_string())
        .put("in/c.md", other.to_string());
    folder.put("in/d.md", unproven.to_string()).put("in/e.md", commented(4, 7, "**가**\n\n끝").to_string());
    written(&folder, &[], &["첫째", "다시", "끝"]);
    written(&folder, &["-D", "duplicate"], &["첫째", "끝"]);
    written(&folder, &["-W", "id-conflict", "-W", "hash-mismatch"], &["첫째", "다시", "다른", "고친", "끝"]);
    written(&folder, &["--dedup", "id"], &["첫째", "끝"]);
    written(&folder, &["--dedup", "text", "-A", "id-conflict"], &["첫째", "다른", "끝"]);
    // They go with the records: those of the run before stay.
    written(&folder, &["--fail-fast"], &["첫째", "다른", "끝"]);
}
