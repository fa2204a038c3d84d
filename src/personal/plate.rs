//! Licence plates: `12가 3456`, `123가4567`. Amounts look alike (`12조 3456억`), so a plate is found only near a word that
//! names a vehicle.

use std::ops::Range;

use crate::personal::number::{digit, is_space, is_unit, names, near_end, near_start};

/// Letters between the digits.
const LETTERS: &str =
    "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자하허호배육해공국합";
/// Words near a plate.
const CUES: [&str; 27] = [
    "차량",
    "번호판",
    "승용",
    "차번호",
    "택시",
    "트럭",
    "화물차",
    "승합",
    "버스",
    "오토바이",
    "자동차",
    "덤프",
    "벤츠",
    "아반떼",
    "쏘나타",
    "그랜저",
    "카니발",
    "스타렉스",
    "포터",
    "SUV",
    "외제차",
    "렌터카",
    "렌트카",
    "운전자",
    "뺑소니",
    "견인",
    "차주",
];

/// Returns the bytes of the plate whose last four digits begin at `digits`.
pub fn range(text: &str, digits: usize, limit: usize) -> Option<Range<usize>> {
    let rest = &text[digits..];
    let mut places = rest.char_indices().skip_while(|(_, c)| digit(*c).is_some());
    let end = places.next().map_or(rest.len(), |(end, _)| end);
    if rest[..end].chars().count() != 4 || is_unit(&rest[end..]) {
        return None;
    }
    let before = text[limit..digits].trim_end_matches(is_space);
    let letter = before.chars().next_back().filter(|c| LETTERS.contains(*c))?;
    let before = before[..before.len() - letter.len_utf8()].trim_end_matches(is_space);
    let start = before.trim_end_matches(|c| digit(c).is_some());
    let is_number = (1..=3).contains(&before[start.len()..].chars().count());
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '제' | '-' | '.' | ',' | '_');
    let is_whole = !start.ends_with(is_part) && !goes_on(&rest[end..]);
    let is_named = names(near_end(start), &CUES) || names(near_start(&rest[end..]), &CUES);
    (is_number && is_whole && is_named).then(|| limit + start.len()..digits + end)
}

/// Returns whether a text begins with a sign and a digit, as the rest of a longer number does.
fn goes_on(text: &str) -> bool {
    text.strip_prefix(['-', ',', '_']).is_some_and(|rest| rest.starts_with(|c| digit(c).is_some()))
}
