//! What holds for every crawl file: it reads back as the article that was printed, and the same with every shortcut.

use std::borrow::Cow;

use news_ingest::crawl;
use news_ingest::crawl::{Input, Scratch};
use news_ingest::findings::rule::{Level, Levels, Rule};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::support::crawl_file::{CrawlFile, escaped, sha256};

/// What YAML, Markdown, HTML, JSON and terminals take for more than text.
const SPECIAL: [&str; 62] = [
    "'",
    "\"",
    "\\",
    "\\x41",
    "\\\"",
    "`",
    "```",
    ": ",
    ":",
    " #",
    "#",
    "# ",
    "## ",
    "&",
    "&a ",
    "*",
    "*a",
    "**",
    "** |",
    " | ",
    "!",
    "!!int ",
    "%",
    "@",
    "|",
    "|-",
    ">",
    "> ",
    "- ",
    "-",
    "---",
    "? ",
    "[",
    "]",
    "](",
    "{",
    "}",
    ", ",
    "~",
    "null",
    "014",
    "<<: ",
    "<!--",
    "<b>",
    "&lt;",
    "&amp;",
    "&amp;lt;",
    "&quot;",
    "&#x27;",
    "&nbsp;",
    "&copy",
    "*Crawled at: ",
    "*Source: ",
    "*댓글이 없습니다.*",
    "## 댓글 (",
    "\u{a0}",
    "\u{3000}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{202e}",
    "\u{1b}",
];

const PLAIN: [&str; 12] = [
    "가나",
    "홍길동",
    " 기자",
    "a@example.com",
    " ",
    "  ",
    "\t",
    "x",
    "2025",
    "한",
    "\u{1112}\u{1161}",
    "🗞️",
];

/// What makes YAML read a value otherwise, and what looks like it.
const YAML: [&str; 32] = [
    "가나", "가나", "a", "a", " ", " ", " #", "#", ": ", ":", "\"", "'", "\\", "&a ", "*a", "!t ", "[a]",
    "{a}", "- ", "-", "|", ",", "\t", "\n", "\n  ", "\n\t", "\r", "\u{7f}", "\u{85}", "\u{2028}", "\u{feff}",
    "-a: ",
];

/// Text of these pieces, of any characters, or of both.
fn hostile(most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(&SPECIAL[..]).prop_map(str::to_owned),
        4 => select(&PLAIN[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

/// What the template prints on one line, where blanks around it are not the value's.
fn one_line() -> impl Strategy<Value = String> {
    hostile(6).prop_map(|text| text.replace(['\n', '\r'], "").trim_matches([' ', '\t']).to_owned())
}

fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![3 => hostile(5), 1 => select(&["", "---", "\r"][..]).prop_map(str::to_owned)];
    prop::collection::vec(line, 0..8).prop_map(|lines| lines.join("\n"))
}

/// An article as the crawler has it in hand.
#[derive(Debug, Clone)]
struct Written {
    title: String,
    publisher: String,
    category: String,
    bylines: Vec<String>,
    edition: String,
    text: String,
}

/// Returns `true` for a character that is neither white space nor of no width.
fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

prop_compose! {
    fn written()(
        title in one_line().prop_filter("a title is not blank", |title| title.contains(is_visible)),
        publisher in one_line(),
        category in one_line(),
        bylines in prop::collection::vec(one_line(), 0..3),
        edition in one_line(),
        text in lines(),
    ) -> Written {
        Written { title, publisher, category, bylines, edition, text: text.trim().to_owned() }
    }
}

impl Written {
    /// The crawl file, every value printed through `print`.
    fn crawl_file(&self, print: fn(&str) -> String) -> CrawlFile {
        let bylines: String =
            self.bylines.iter().map(|byline| format!("\t\t\t{}\n", print(byline))).collect();
        CrawlFile {
            title: print(&self.title),
            publisher: print(&self.publisher),
            category: print(&self.category),
            author: if bylines.is_empty() { bylines } else { format!("\n\t\t\n{bylines}\t\t\n\t") },
            more: format!("edition: {}\n", print(&self.edition)),
            content: print(&self.text),
            hash: sha256(&self.text),
            ..CrawlFile::with_text("")
        }
    }

    fn byline(&self) -> String {
        let lines = self.bylines.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

fn reads_back(written: &Written, file: &str) -> Result<(), TestCaseError> {
    let mut scratch = Scratch::default();
    let outcome = crawl::read(file.as_bytes(), &Levels::default(), &mut scratch);
    let Some(article) = outcome.article else {
        return Err(TestCaseError::fail(format!("{:?} of {file}", outcome.findings)));
    };
    prop_assert!(article.verified);
    prop_assert_eq!(&article.text, &written.text);
    prop_assert_eq!(&article.title, &written.title);
    prop_assert_eq!(&article.publisher, &written.publisher);
    prop_assert_eq!(&article.category, &written.category);
    prop_assert_eq!(&article.byline, &written.byline());
    prop_assert_eq!(&article.extra, &[(Cow::Borrowed("edition"), Cow::Borrowed(written.edition.as_str()))]);
    // What was printed by the template differs in nothing from itself.
    let frame = [Rule::HeadingDiffers, Rule::HeaderDiffers, Rule::FooterDiffers, Rule::CategoryDiffers];
    let differs = outcome.findings.iter().find(|finding| frame.contains(&finding.rule));
    prop_assert!(differs.is_none(), "{differs:?} of {file}");
    Ok(())
}

/// One change to a file, at some place in it.
#[derive(Debug, Clone)]
enum Edit {
    InsertText(Index, String),
    DeleteText(Index, usize),
    InsertLine(Index, String),
    DeleteLine(Index),
    ReplaceLine(Index, String),
    DoubleLine(Index),
    SpacesForTabs,
    CrLf,
    /// Quotes around each value from one line of the file on.
    Quotes(Index, char),
}

fn edit() -> impl Strategy<Value = Edit> {
    let line = || {
        let key = select(
            &["id: ", "title: ", "author: ", "publisher: ", "url: ", "tags:", "  ", "\t", "- ", ""][..],
        );
        (key, hostile(4)).prop_map(|(key, value)| format!("{key}{value}"))
    };
    prop_oneof![
        6 => (any::<Index>(), hostile(3)).prop_map(|(at, text)| Edit::InsertText(at, text)),
        3 => (any::<Index>(), 1..6_usize).prop_map(|(at, length)| Edit::DeleteText(at, length)),
        4 => (any::<Index>(), line()).prop_map(|(at, line)| Edit::InsertLine(at, line)),
        2 => any::<Index>().prop_map(Edit::DeleteLine),
        4 => (any::<Index>(), line()).prop_map(|(at, line)| Edit::ReplaceLine(at, line)),
        1 => any::<Index>().prop_map(Edit::DoubleLine),
        1 => Just(Edit::SpacesForTabs),
        1 => Just(Edit::CrLf),
        2 => (any::<Index>(), select(&['"', '\''][..])).prop_map(|(at, quote)| Edit::Quotes(at, quote)),
    ]
}

impl Edit {
    fn of(&self, file: &str) -> String {
        let characters: Vec<char> = file.chars().collect();
        let mut lines: Vec<&str> = file.split('\n').collect();
        let place = |at: &Index| at.index(characters.len() + 1);
        let line = |at: &Index, lines: &[&str]| at.index(lines.len());
        match self {
            Edit::InsertText(at, text) => {
                let (before, behind) = characters.split_at(place(at));
                return before.iter().copied().chain(text.chars()).chain(behind.iter().copied()).collect();
            }
            Edit::DeleteText(at, length) => {
                let (before, behind) = characters.split_at(place(at));
                return before.iter().chain(behind.iter().skip(*length)).collect();
            }
            Edit::InsertLine(at, text) => lines.insert(line(at, &lines), text),
            Edit::DeleteLine(at) => drop(lines.remove(line(at, &lines))),
            Edit::ReplaceLine(at, text) => {
                let at = line(at, &lines);
                lines[at] = text;
            }
            Edit::DoubleLine(at) => lines.insert(line(at, &lines), lines[line(at, &lines)]),
            Edit::SpacesForTabs => return file.replace('\t', "    "),
            Edit::CrLf => return file.replace('\n', "\r\n"),
            Edit::Quotes(at, quote) => {
                let first = line(at, &lines);
                let quoted = |(number, line): (usize, &&str)| match line.split_once(": ") {
                    Some((key, value)) if number >= first => format!("{key}: {quote}{value}{quote}"),
                    _ => (*line).to_owned(),
                };
                return lines.iter().enumerate().map(quoted).collect::<Vec<_>>().join("\n");
            }
        }
        lines.join("\n")
    }
}

/// The shortcuts change nothing, at the usual levels and where every rule is asked for and none rejects.
fn is_read_the_same_slowly(file: &str) -> Result<(), TestCaseError> {
    let mut warned = Levels::default();
    for &rule in Rule::ALL.iter().filter(|rule| rule.is_configurable() && **rule != Rule::NotYaml) {
        warned.set(rule, Level::Warning).expect("the level can be lowered");
    }
    for levels in [Levels::default(), warned] {
        let (mut scratch, mut other, mut of_batch) = <(Scratch, Scratch, Scratch)>::default();
        let fast = crawl::read(file.as_bytes(), &levels, &mut scratch);
        // The second of the batch finds the byline of the first.
        let input = || Some(Input { source: file.as_bytes(), levels: Cow::Borrowed(&levels) });
        let batch = [input(), input(), None, None, None, None, None, None];
        crawl::read_batch(batch, &mut of_batch, &mut |_, outcome| {
            assert_eq!((&outcome.article, &outcome.findings), (&fast.article, &fast.findings));
            assert_eq!(outcome.is_clean, fast.is_clean);
        });
        let slow = crawl::read_reference(file.as_bytes(), &levels, &mut other);
        prop_assert_eq!(&fast.findings, &slow.findings, "of {}", file);
        prop_assert_eq!(&fast.article, &slow.article, "of {}", file);
        prop_assert_eq!(
            (fast.identity, fast.verified_reading, fast.comments),
            (slow.identity, slow.verified_reading, slow.comments)
        );
        let is_rejected = fast.findings.iter().any(|finding| finding.level == Level::Error);
        prop_assert_eq!(fast.article.is_none(), is_rejected, "{:?} of {}", fast.findings, file);
        for finding in &fast.findings {
            prop_assert!(!finding.message.contains(char::is_control), "{finding:?}");
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn an_article_of_the_escaped_era_reads_back(written in written()) {
        reads_back(&written, &written.crawl_file(escaped).to_string())?;
    }

    #[test]
    fn an_article_of_the_unescaped_era_reads_back(written in written()) {
        // What tells that nothing is to be decoded.
        let written = Written { text: format!("{}&amp;", written.text), ..written };
        reads_back(&written, &written.crawl_file(str::to_owned).to_string())?;
    }

    #[test]
    fn a_printed_page_is_read_the_same_slowly(written in written(), is_escaped: bool) {
        let crawl_file = if is_escaped { written.crawl_file(escaped) } else { written.crawl_file(str::to_owned) };
        is_read_the_same_slowly(&crawl_file.to_string())?;
    }

    #[test]
    fn an_edited_page_is_read_the_same_slowly(written in written(), edits in prop::collection::vec(edit(), 1..5)) {
        let file = edits.iter().fold(written.crawl_file(str::to_owned).to_string(), |file, edit| edit.of(&file));
        is_read_the_same_slowly(&file)?;
    }

    #[test]
    fn edited_front_matter_is_read_the_same_slowly(written in written(), edits in prop::collection::vec(edit(), 1..5)) {
        let crawl_file = written.crawl_file(escaped);
        let front_matter = edits.iter().fold(crawl_file.front_matter(), |block, edit| edit.of(&block));
        is_read_the_same_slowly(&format!("---\n{front_matter}\n---\n{}", crawl_file.body()))?;
    }

    /// All but one value is plain, so that YAML reads the block as often as not.
    #[test]
    fn one_value_is_read_the_same_slowly(
        which in 0..6,
        value in prop::collection::vec(select(&YAML[..]), 1..5).prop_map(|pieces| pieces.concat()),
        edits in prop::collection::vec(edit(), 0..2),
    ) {
        let mut crawl_file = CrawlFile { author: "홍길동".into(), ..CrawlFile::with_text("본문이다.") };
        match which {
            0 => crawl_file.title = value,
            1 => crawl_file.publisher = value,
            2 => crawl_file.category = value,
            3 => crawl_file.author = value,
            4 => crawl_file.author = format!("\n{value}"),
            _ => crawl_file.more = format!("{value}\n"),
        }
        is_read_the_same_slowly(&crawl_file.to_string())?;
        let front_matter = edits.iter().fold(crawl_file.front_matter(), |block, edit| edit.of(&block));
        is_read_the_same_slowly(&format!("---\n{front_matter}\n---\n{}", crawl_file.body()))?;
    }

    #[test]
    fn any_text_is_read_the_same_slowly(text in any::<String>(), block in lines(), body in lines()) {
        is_read_the_same_slowly(&text)?;
        is_read_the_same_slowly(&format!("---\n{block}\n---\n{body}"))?;
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200), is_fenced: bool) {
        let file = if is_fenced { [b"---\n", &bytes[..], b"\n---\n\n---\n\n---\n"].concat() } else { bytes };
        let outcome_is_none = crawl::read(&file, &Levels::default(), &mut Scratch::default()).article.is_none();
        prop_assert!(outcome_is_none);
    }
}
