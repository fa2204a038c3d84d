//! What holds for the reading of every byline.

use news_ingest::crawl::byline::{authors, listed_words, normalize};
use news_ingest::record::article::Author;
use proptest::prelude::*;

/// Text that is likely to meet the reader's cases.
fn byline_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("홍길동"),
        Just("허준"),
        Just("기자"),
        Just("홍길동기자"),
        Just("글"),
        Just("영상편집"),
        Just("서울"),
        Just("정선"),
        Just("경제부"),
        Just("연합뉴스"),
        Just("존"),
        Just("스미스"),
        Just("BY"),
        Just("HONG"),
        Just("a@example.com"),
        Just("b@example.com"),
        Just("a@b"),
        Just("@"),
        Just("c·d@example.com"),
        Just("o'neil@예시.한국"),
        Just("＠"),
        Just("의"),
        Just("입니다"),
        Just("Doe"),
        Just("de"),
        Just("역사학자"),
        Just("월간"),
        Just("제공"),
        Just("와"),
        Just("\u{1100}\u{1175}\u{110c}\u{1161}"),
        Just("\u{11a8}"),
        Just("\u{1112}\u{1169}\u{11bc}\u{1100}\u{1175}\u{11af}\u{1103}\u{1169}\u{11bc}"),
        Just("洪吉童"),
        Just("·"),
        Just(","),
        Just("/"),
        Just("|"),
        Just("="),
        Just(":"),
        Just("("),
        Just(")"),
        Just("["),
        Just("]"),
        Just(" "),
        Just(" "),
        Just("\n"),
        Just("-"),
        Just("."),
        Just("’"),
        Just("\u{200b}"),
        Just("ⓒ"),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn normalized(raw: &str) -> String {
    let mut byline = String::new();
    normalize(raw, &mut byline);
    byline
}

fn lies_within(part: &str, byline: &str) -> bool {
    let range = byline.as_bytes().as_ptr_range();
    let inside = part.as_bytes().as_ptr_range();
    part.is_empty() || range.start <= inside.start && inside.end <= range.end
}

fn check(byline: &str) -> Result<(), TestCaseError> {
    for Author { name, role, email } in authors(byline, "예시일보") {
        prop_assert!(!name.is_empty(), "an entry without a name in {byline:?}");
        prop_assert!(!name.contains(['@', '(', ')', '[', ']', '=', '|']), "{name:?} in {byline:?}");
        prop_assert!(!role.contains('@'), "{role:?} in {byline:?}");
        prop_assert!(
            email.is_empty() || email.matches(['@', '＠', '﹫']).count() == 1,
            "{email:?} in {byline:?}"
        );
        for part in [name, role, email] {
            prop_assert!(lies_within(part, byline), "{part:?} is no part of {byline:?}");
            prop_assert!(!part.contains('\n'), "{part:?} in {byline:?}");
            prop_assert_eq!(part.trim(), part);
        }
    }
    Ok(())
}

const GIVEN_NAMES: &[&str] = &["길동", "춘향", "몽룡", "민수", "서연", "지훈", "하은", "준"];
const SURNAMES: &[&str] = &["김", "이", "박", "최", "홍", "황", "남궁"];
const ROLES: &[&str] = &["기자", "특파원", "인턴기자", "인턴 기자", "선임기자", "논설위원", "PD"];

/// Different persons, each with an address of their own.
fn persons() -> impl Strategy<Value = Vec<(String, &'static str, String)>> {
    let person = (0..SURNAMES.len(), 0..GIVEN_NAMES.len(), 0..ROLES.len());
    proptest::collection::btree_map((0..SURNAMES.len(), 0..GIVEN_NAMES.len()), person, 1..5).prop_map(
        |persons| {
            let of = |((surname, given), (_, _, role)): ((usize, usize), (usize, usize, usize))| {
                let name = format!("{}{}", SURNAMES[surname], GIVEN_NAMES[given]);
                (name, ROLES[role], format!("writer{surname}.{given}@example.com"))
            };
            persons.into_iter().map(of).collect()
        },
    )
}

/// The commonest forms, and what is nearly one: a name, a title, an address.
fn common_form() -> impl Strategy<Value = String> {
    let listed = listed_words().map(|(_, word)| word).collect::<Vec<_>>();
    let listed = prop::sample::select(listed).prop_map(str::to_owned);
    let korean = (prop::sample::select(SURNAMES), prop::sample::select(ENDINGS));
    let korean = korean.prop_map(|(surname, rest)| format!("{surname}{rest}"));
    let name = prop_oneof![4 => korean.clone(), 1 => "[가-힣]{1,5}M?", 1 => listed.clone()];
    let title =
        prop_oneof![4 => prop::sample::select(ROLES).prop_map(str::to_owned), 1 => listed, 1 => korean];
    let title = prop_oneof![1 => Just(String::new()), 4 => title.prop_map(|title| format!(" {title}")), 1 => Just("기자".to_owned())];
    let address = prop::sample::select(ADDRESSES);
    (name, title, address).prop_map(|(name, title, address)| format!("{name}{title}{address}"))
}

const ENDINGS: &[&str] = &[
    "길동",
    "춘향",
    "민수",
    "준",
    "온누리",
    "드림",
    "시인",
    "방송",
    "기자",
    "대표",
    "부장",
    "이",
    "입니다",
    "의",
    "과",
    "길동M",
];
const ADDRESSES: &[&str] = &[
    "",
    "(hong@example.com)",
    " hong@example.com",
    " (hong@example.com)",
    " (desk@example.com)",
    "hong@example.com",
    " [hong@example.com]",
    "(hong@example.com",
    "( hong@example.com)",
    " o'neil@예시.한국",
    " 한글＠예시.한국",
    "(@hong)",
    " hong·garam@example.com",
    " hong@example.com입니다",
    " a@example.com b@example.com",
    " \"q q\"@example.com",
];

proptest! {
    /// With a blank before it a byline has no common form, though its tokens are the same.
    #[test]
    fn the_common_forms_read_as_any_other(byline in common_form(), publisher in prop_oneof![Just(""), Just("예시일보"), Just("홍길동"), Just("기자")]) {
        let with_blank = format!(" {byline}");
        prop_assert_eq!(authors(&byline, publisher), authors(&with_blank, publisher), "{}", byline);
    }

    #[test]
    fn no_text_breaks_it(text in "(?s).*") {
        check(&text)?;
        check(&normalized(&text))?;
    }

    #[test]
    fn nothing_like_a_byline_breaks_it(text in byline_like()) {
        check(&text)?;
    }

    #[test]
    fn a_normalized_byline_is_normal(text in "[가-힣a\\s\u{a0}\u{3000}\u{85}\u{2028}\r\n]{0,40}") {
        let once = normalized(&text);
        prop_assert_eq!(&normalized(&once), &once);
        let lines: Vec<String> = text.split('\n')
            .map(|line| line.split(char::is_whitespace).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty())
            .collect();
        prop_assert_eq!(once, lines.join("\n"));
    }

    #[test]
    fn printed_persons_read_back(
        persons in persons(),
        joint in prop_oneof![Just(", "), Just("·"), Just("\n"), Just(" / "), Just(" "), Just(" | "), Just(" & ")],
        shape in 0..5,
    ) {
        let print = |(name, role, email): &(String, &str, String)| match shape {
            0 => format!("{name} {role}({email})"),
            1 => format!("{name} {role} {email}"),
            2 => format!("{name} {role} [{email}]"),
            3 => format!("서울={name} {role} ({email})"),
            _ => format!("예시일보 {name} {role} <{email}>"),
        };
        let byline = persons.iter().map(print).collect::<Vec<_>>().join(joint);
        let read: Vec<_> = authors(&byline, "예시일보").into_iter()
            .map(|who| (who.name.to_owned(), who.role, who.email.to_owned()))
            .collect();
        let expected: Vec<_> = persons.iter().map(|(name, role, email)| (name.clone(), *role, email.clone())).collect();
        prop_assert_eq!(read, expected, "{}", byline);
    }

    #[test]
    fn persons_who_share_a_title_read_back(persons in persons(), joint in prop_oneof![Just(", "), Just("·"), Just("ㆍ"), Just("/")]) {
        let names = persons.iter().map(|(name, _, _)| name.as_str()).collect::<Vec<_>>();
        let emails = persons.iter().map(|(_, _, email)| email.as_str()).collect::<Vec<_>>();
        let byline = format!("{} 기자 ({})", names.join(joint), emails.join(", "));
        let read = authors(&byline, "예시일보");
        let expected: Vec<_> = names.iter().zip(&emails).map(|(&name, &email)| Author { name, role: "기자", email }).collect();
        prop_assert_eq!(read, expected, "{}", byline);
    }
}
