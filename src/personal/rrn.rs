//! Registration numbers of residents and foreigners: date of birth, then seven digits of which the first says century,
//! sex and nationality. No check digit is asked for, since numbers issued from October 2020 on have none.

use crate::personal::number::{Number, Sign, names, near_end};

/// Number of digits.
pub const DIGITS: usize = 13;
/// Digits of the date of birth.
const DATE_DIGITS: usize = 6;
/// Words before a number of another kind with the same form.
const OTHERS: [&str; 3] = ["법인", "사업자", "바코드"];
/// Last year of birth of the century that has begun: dates after it are no dates of birth.
const MAX_BIRTH_YEAR: u32 = 2049;

/// Returns the end of the registration number that begins with `number`.
pub fn end(number: &Number<'_>) -> Option<usize> {
    let end = number.end_if_cut(DIGITS, &[DATE_DIGITS, DIGITS])?;
    let digits = &number.digits()[..DIGITS];
    if !has_birth_date(digits) {
        return None;
    }
    let is_one = match number.signs(DIGITS).next() {
        None => number.is_alone(end) && !is_barcode(digits),
        Some(sign) => matches!(sign, Sign::Dash | Sign::Space) && !number.is_in_link(),
    };
    (is_one && !number.goes_on(end) && !names(near_end(number.before()), &OTHERS)).then_some(end)
}

/// Returns whether the number begins with a date that exists in the century that its seventh digit says.
fn has_birth_date(digits: &[u8]) -> bool {
    let pair = |at: usize| u32::from(digits[at] - b'0') * 10 + u32::from(digits[at + 1] - b'0');
    let century = match digits[DATE_DIGITS] {
        b'1' | b'2' | b'5' | b'6' => 1900,
        b'3' | b'4' | b'7' | b'8' => 2000,
        _ => return false,
    };
    let (year, month, day) = (century + pair(0), pair(2), pair(4));
    let is_leap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => return false,
    };
    year <= MAX_BIRTH_YEAR && (1..=days).contains(&day)
}

/// Returns whether the digits are a barcode of a Korean product (`880…`) and no registration number with a check digit.
fn is_barcode(digits: &[u8]) -> bool {
    let value = |index: usize| u32::from(digits[index] - b'0');
    let bars: u32 = (0..DIGITS).map(|index| value(index) * if index % 2 == 0 { 1 } else { 3 }).sum();
    const WEIGHTS: [u32; 12] = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
    let sum: u32 = WEIGHTS.iter().enumerate().map(|(index, weight)| value(index) * weight).sum();
    let has_check_digit = (11 - sum % 11) % 10 == value(12);
    digits.starts_with(b"880") && bars.is_multiple_of(10) && !has_check_digit
}
