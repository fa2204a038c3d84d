//! The card of a data set: its YAML header, and its counts of what was read and of what was written.

use serde_json::{Value, json};

use crate::support::crawl_file::CrawlFile;
use crate::support::folder::{Folder, stderr, stdout};

/// Three articles of two publishers, one of them with markup in its name, a copy of a text, and a rejected file.
fn archive(name: &str) -> Folder {
    let folder = Folder::new(&format!("card-{name}"));
    let author = "홍길동 기자 hong@example.com";
    let article =
        |number: usize, text: &str| CrawlFile { author: author.into(), ..CrawlFile::numbered(number, text) };
    folder.put("seeds/1.md", article(1, "전화는 010-1234-5678 번이다.").to_string());
    folder.put("seeds/2.md", article(2, "본문이다.").to_string());
    let odd = CrawlFile {
        publisher: "a|b: <b>*c*</b> x@example.com".into(),
        published_at: "2024-12-31 00:00".into(),
        author: String::new(),
        ..CrawlFile::numbered(3, "본문이다.")
    };
    folder.put("seeds/3.md", odd.to_string()).put("seeds/4.md", "no front matter");
    folder
}

/// The cells of the row that begins with `name`.
#[track_caller]
fn row<'c>(card: &'c str, name: &str) -> Vec<&'c str> {
    let line = card.lines().find(|line| line.starts_with(&format!("| {name} |")));
    let line = line.unwrap_or_else(|| panic!("no row {name} in {card}"));
    line.split(" | ").skip(1).map(|cell| cell.trim_end_matches(" |")).collect()
}

#[test]
fn a_card_has_the_header_and_the_counts_of_the_archive() {
    let folder = archive("counts");
    let output = folder.ingest(&["report", "--card", "--exit-zero", "seeds"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let card = stdout(&output);
    let (header, body) = card.strip_prefix("---\n").unwrap().split_once("---\n").unwrap();
    let header: Value = serde_yaml::from_str(header).unwrap();
    assert_eq!(
        header,
        json!({
            "language": ["ko"],
            "license": "other",
            "pretty_name": "News articles, 2024-12-31 to 2025-03-14",
            "size_categories": ["n<1K"],
            "task_categories": ["text-generation"],
            "tags": ["news"],
        })
    );
    assert!(body.starts_with("\n# News articles, 2024-12-31 to 2025-03-14\n\n## Sizes\n"), "{body}");
    assert_eq!(row(body, "articles"), ["3"]);
    assert!(row(body, "files read")[0].starts_with("4 ("), "{body}");
    assert_eq!(row(body, "가나일보"), ["2", "66.7%"]);
    assert_eq!(row(body, r"a\|b: \<b\>\*c\*\</b\> \[email\]"), ["1", "33.3%"]);
    assert_eq!(row(body, "`id`"), ["string", "`oid` + `_` + `aid`: the identity, with leading zeros."]);
    assert_eq!(row(body, "`extra`")[0], "list of `{key, value}`");
    assert!(body.contains("The text of 3 articles (100%) has the SHA-256"), "{body}");
    assert!(body.contains("* Files that were rejected and are not in the data: 1\n"), "{body}");
    assert!(body.contains("* Texts that are copies of an earlier one: 1\n"), "{body}");
    assert_eq!(row(body, "`no-front-matter`: the first line is not `---`"), ["1"]);
    assert!(body.contains("2 articles name a person in the byline, and 2 have an e-mail"), "{body}");
    assert!(body.contains("The files were not searched for more of it.\n"), "{body}");
    assert!(!body.contains("example.com") && !body.contains("홍길동"), "{body}");
}

#[test]
fn personal_data_is_counted_as_found_and_as_replaced() {
    let folder = archive("personal");
    let searched = ["report", "-o", "README.md", "-W", "personal-phone", "--exit-zero", "seeds"];
    assert_eq!(folder.ingest(&searched).status.code(), Some(0));
    let card = folder.read("README.md");
    assert!(
        card.contains("* Files with `personal-phone` (a telephone number stands in the file): 1\n"),
        "{card}"
    );
    assert!(card.contains("Nothing was replaced in the records.\n"), "{card}");
    let fields = ["--fields", "id,text,byline,authors", "--redact", "phones,emails"];
    let written = ["-o", "articles.jsonl", "--report", "README.md", "--exit-zero", "seeds"];
    assert_eq!(folder.ingest(&[&fields[..], &written].concat()).status.code(), Some(0));
    let card = folder.read("README.md");
    // In the byline and in the authors of two articles.
    assert!(card.contains("* Replaced in the records, email: 4\n"), "{card}");
    assert!(card.contains("* Replaced in the records, phone: 1\n"), "{card}");
    assert!(card.contains("| `text` |") && !card.contains("| `title` |"), "{card}");
    let again = folder.ingest(&[&fields[..], &["-j", "1"], &written].concat());
    assert_eq!((again.status.code(), folder.read("README.md")), (Some(0), card));
}

#[test]
fn the_ending_of_a_file_or_an_option_makes_a_card() {
    let folder = archive("endings");
    for (arguments, start) in [
        (&["report", "seeds", "-o", "out"][..], "<!doctype html>"),
        (&["report", "--card", "seeds", "-o", "out"], "---\n"),
        (&["report", "seeds", "-o", "out.markdown"], "---\n"),
        (&["seeds", "--report", "out.md", "-o", "out.jsonl"], "---\n"),
        (&["seeds", "--report", "out.htm", "-o", "out.jsonl"], "<!doctype html>"),
    ] {
        assert_eq!(folder.ingest(&[arguments, &["--exit-zero"]].concat()).status.code(), Some(0));
        let name = arguments.iter().find(|argument| argument.starts_with("out")).unwrap();
        assert!(folder.read(name).starts_with(start), "{arguments:?}");
    }
    for (arguments, message) in [
        (&["report", "seeds", "-o", "out.csv"][..], "`.html` is, and `.md` is the card of a data set"),
        (&["report", "seeds", "--card", "--lang", "ko"], "the card of a data set is in English"),
        (&["seeds", "--report", "out.md", "--lang", "ko"], "the card of a data set is in English"),
    ] {
        let output = folder.ingest(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    }
}
