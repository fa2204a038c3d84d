//! Bank accounts. Each bank groups its digits in its own way, so an account is found only near a word that names it.

use crate::personal::number::{Number, Sign, is_space, is_unit, names, near_end, near_start};

/// Numbers of digits of an account.
const DIGITS: std::ops::RangeInclusive<usize> = 10..=16;
/// Words near an account.
const CUES: [&str; 17] = [
    "계좌",
    "은행",
    "뱅크",
    "농협",
    "수협",
    "신협",
    "축협",
    "금고",
    "우체국",
    "입금",
    "송금",
    "이체",
    "예금주",
    "통장",
    "후원금",
    "성금",
    "Account",
];
/// Names of banks that are common words too, so that they count only next to the account.
const NAMES: [&str; 12] =
    ["국민", "신한", "우리", "하나", "기업", "씨티", "제일", "카카오", "토스", "KB", "IBK", "NH"];

/// Returns the end of the account that begins with `number`.
pub fn end(number: &Number<'_>) -> Option<usize> {
    let count = number.ends().rev().find(|count| DIGITS.contains(count))?;
    let end = number.end(count)?;
    let digits = &number.digits()[..count];
    let lengths = number.lengths(count);
    let is_one = match number.signs(count).next() {
        None => !begins_with_date(digits) && number.is_alone(end),
        Some(sign) => {
            let is_usual = matches!(sign, Sign::Dash | Sign::Space) && lengths[0] >= 3;
            is_usual && number.signs(count).all(|other| other == sign) && !number.is_in_link()
        }
    };
    // A telephone number of a company, and the registration number of a business.
    let is_other = matches!(digits, [b'0', b'6' | b'8', b'0', ..]) || lengths[..4] == [3, 2, 5, 0];
    let before = number.before();
    let is_foreign_phone = before.ends_with(['+', '＋']);
    let is_one =
        is_one && !is_other && !is_foreign_phone && !number.goes_on(end) && !is_unit(number.after(end));
    (is_one && is_named(before, number.after(end))).then_some(end)
}

fn is_named(before: &str, after: &str) -> bool {
    let near = near_end(before);
    let is_between =
        |c: char| is_space(c) || matches!(c, '(' | ')' | ':' | '：' | '[' | ']' | '<' | ',' | '/' | '=');
    let next = near.trim_end_matches(is_between);
    names(near, &CUES)
        || NAMES.iter().any(|name| next.ends_with(name))
        || names(near_start(after), &CUES)
        || NAMES.iter().any(|name| after.trim_start_matches(is_between).starts_with(name))
}

/// Returns whether bare digits begin with a date of these centuries, as times and order numbers do.
fn begins_with_date(digits: &[u8]) -> bool {
    let pair = |at: usize| (digits[at] - b'0') * 10 + digits[at + 1] - b'0';
    matches!(pair(0), 19 | 20) && (1..=12).contains(&pair(4)) && (1..=31).contains(&pair(6))
}
