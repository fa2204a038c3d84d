//! Personal data in texts: typed tables, recorded and generated sets, and texts of any characters.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use news_ingest::personal::finder::Finder;
use news_ingest::personal::redactor::Redactor;
use news_ingest::personal::{Kind, Kinds, Match};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::document::Document;

#[track_caller]
fn becomes(text: &str, expected: &str) {
    let redactor = Redactor { kinds: Kinds::ALL, ..Redactor::default() };
    let redacted = redactor.redact(text, &mut |_| {});
    assert_eq!(redacted.as_deref().unwrap_or(text), expected);
}

#[test]
fn telephone_numbers_are_found() {
    for number in [
        "010-1234-5678",
        "01012345678",
        "010 1234 5678",
        "010.1234.5678",
        "010-12345678",
        "010·1234·5678",
        "010 - 1234 - 5678",
        "010–1234–5678",
        "010ㅡ1234ㅡ5678",
        "010\u{a0}1234\u{a0}5678",
        "010-12\u{200b}34-5678",
        "011-234-5678",
        "０１０－１２３４－５６７８",
        "０１０１２３４５６７８",
        "02-123-4567",
        "02)123-4567",
        "(02) 1234-5678",
        "031.123.4567",
        "064 123 4567",
        "070-1234-5678",
        "0507-1234-5678",
        "0505-123-4567",
        "050-7123-4567",
        "+82-10-1234-5678",
        "+82 10 1234 5678",
        "+821012345678",
        "+82 (0)10-1234-5678",
        "82-2-1234-5678",
        "0082-10-1234-5678",
    ] {
        // Hangul comes before and after it without a space.
        for (before, after) in [
            ("", ""),
            ("전화는", "입니다"),
            ("(", ")"),
            ("문의 ", ", 홍길동"),
            ("tel:", "."),
            ("가/", "/나"),
            ("", "~9"),
        ] {
            // `(02)123-4567)` is one of two readings.
            if before == "(" && number.starts_with("02)") {
                continue;
            }
            let number = format!("{before}{number}{after}");
            becomes(&number, &format!("{before}[phone]{after}"));
        }
    }
    becomes("010-1234-5678,010-2345-6789", "[phone],[phone]");
    becomes("02-123-4567·010-2345-6789", "[phone]·[phone]");
    becomes("전화 0212345678", "전화 [phone]");
}

#[test]
fn registration_numbers_are_found() {
    for number in [
        "900101-1234567",
        "9001011234567",
        "900101 1234567",
        "900101 - 2234567",
        "900101–5234567",
        "000229-3234567",
        "040229-4234567",
        "201231-7234567",
        "９００１０１－１２３４５６７",
    ] {
        becomes(number, "[rrn]");
        becomes(&format!("번호는{number}이다"), "번호는[rrn]이다");
    }
}

#[test]
fn other_numbers_are_found() {
    for number in [
        "4111-1111-1111-1111",
        "4111111111111111",
        "4111 1111 1111 1111",
        "3782-822463-10005",
        "30569309025904",
    ] {
        becomes(&format!("카드는{number}이다"), "카드는[card]이다");
    }
    becomes("신한은행 110-123-456789로", "신한은행 [account]로");
    becomes("110-123-456789 (국민, 예금주 홍길동)", "[account] (국민, 예금주 홍길동)");
    becomes("계좌 12345678901234", "계좌 [account]");
    becomes("여권번호 M12345678이다", "여권번호 [passport]이다");
    becomes("여권(M123A4567)", "여권([passport])");
    becomes("차량 12가 3456", "차량 [plate]");
    becomes("서울 123가4567 택시", "서울 [plate] 택시");
    becomes("01012345678@example.com", "[email]");
    becomes("홍길동 010-1234-5678 hong@example.com", "홍길동 [phone] [email]");
}

#[test]
fn what_is_nobodys_number_stays() {
    for text in [
        "901_0101234567",
        "https://n.news.naver.com/mnews/article/901/0101234567",
        "https://example.com/010-1234-5678",
        "aid=01012345678",
        "0005456156",
        "0212345678",
        "삼성전자(005930)",
        "1,010,123,456원",
        "01012345678원",
        "12조 3456억 원",
        "2024-03-14 12:34:56",
        "20240314123456",
        "2024.03.14",
        "1588-1234",
        "080-123-4567",
        "ISBN 979-11-1234-567-8",
        "9788912345678",
        "사업자 123-45-67890",
        "국민은행 123-45-67890",
        "법인등록번호 110111-1234567",
        "바코드 8801234567893",
        "900101-9234567",
        "901301-1234567",
        "900230-1234567",
        "010229-3234567",
        "900101-1******",
        "010-****-5678",
        "4111-1111-1111-1112",
        "1234-5678-9012-3456",
        "110-123-456789",
        "M12345678",
        "12가 3456",
        "차량 12조 3456억",
        "2024-010-1234-5678",
        "010-1234-5678-9",
        "8261-4667-9819",
        "127.0.0.1",
        "a01012345678",
        "01012345678abc",
        "+1-212-555-1234",
        "0101234567890123456789",
    ] {
        becomes(text, text);
    }
}

/// A text of a set: its kind, the text, and the data in it.
struct Case {
    kind: String,
    text: String,
    expected: Vec<(usize, usize, String)>,
}

fn cases(lines: &str) -> Vec<Case> {
    let case = |line: &str| {
        let case: Value = serde_json::from_str(line).unwrap();
        let span = |span: &Value| {
            let place = |index: usize| span[index].as_u64().unwrap() as usize;
            (place(0), place(1), span[2].as_str().unwrap().to_owned())
        };
        Case {
            kind: case["kind"].as_str().unwrap().to_owned(),
            text: case["text"].as_str().unwrap().to_owned(),
            expected: case["spans"].as_array().unwrap().iter().map(span).collect(),
        }
    };
    lines.lines().map(case).collect()
}

/// The data that is found, with places in characters.
fn found(text: &str) -> Vec<(usize, usize, String)> {
    let characters = |offset: usize| text[..offset].chars().count();
    let span = |Match { kind, range }| (characters(range.start), characters(range.end), kind.to_string());
    Finder::new(text, Kinds::ALL).map(span).collect()
}

#[test]
fn the_data_of_the_recorded_texts_is_found() {
    let cases = cases(&fs::read_to_string("tests/personal/recorded.jsonl").unwrap());
    assert_eq!(cases.len(), 84);
    for Case { text, expected, .. } in cases {
        assert_eq!(found(&text), expected, "{text}");
    }
}

/// The page says how the sets are made, and has a row for each: kind, data, recall and precision in percent.
#[test]
#[ignore = "needs Python 3"]
fn recall_and_precision_are_those_of_the_page() {
    let page = Document::open("docs/personal-data.md");
    let command = page.code("bash").find(|block| block.contains("generate.py")).expect("the page says how");
    let output = Command::new("bash").args(["-c", command]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut counts: BTreeMap<String, [f64; 3]> = BTreeMap::new();
    for Case { kind, text, expected } in cases(str::from_utf8(&output.stdout).unwrap()) {
        let found = found(&text);
        let right = found.iter().filter(|span| expected.contains(span)).count();
        let [rights, there, said] = counts.entry(kind).or_default();
        *rights += right as f64;
        *there += expected.len() as f64;
        *said += found.len() as f64;
    }
    let percent = |part: f64, whole: f64| format!("{:.2}", 100.0 * part / whole);
    for kind in Kind::ALL {
        let [right, there, said] = counts[kind.name()];
        assert!(right / there >= 0.99 && right / said >= 0.99, "{kind}: {right} of {there} and of {said}");
        let row = [kind.to_string(), there.to_string(), percent(right, there), percent(right, said)];
        let rows = page.tables.iter().flatten();
        assert!(rows.map(|row| &row.cells).any(|cells| cells[..] == row), "{row:?} is not on the page");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Matches are whole characters, in order, and apart; no text makes the search panic.
    #[test]
    fn any_text_is_searched(
        text in "([0-9]{1,6}|[-. ()+@_/]|[가조은행계좌여권차량M]|０|１|－|＠|\u{200b}|\n|010|02|82|hong|\\.com|\\PC){0,40}",
        bits in 0_u8..128,
    ) {
        let kinds = Kind::ALL.into_iter().filter(|kind| bits & 1 << *kind as u8 != 0).fold(Kinds::NONE, Kinds::with);
        let mut end = 0;
        for Match { kind, range } in Finder::new(&text, kinds) {
            prop_assert!(kinds.contains(kind) && end <= range.start && range.start < range.end);
            prop_assert!(text.get(range.clone()).is_some());
            end = range.end;
        }
    }
}
