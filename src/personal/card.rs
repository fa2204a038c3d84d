//! Numbers of payment cards: a known prefix, its length, and the check digit of Luhn.

use crate::personal::number::{Number, Sign};

/// Returns the end of the card number that begins with `number`.
pub fn end(number: &Number<'_>) -> Option<usize> {
    let digits = number.digits();
    let count = number.ends().rev().find(|count| is_known(&digits[..*count]))?;
    if !has_check_digit(&digits[..count]) {
        return None;
    }
    let end = match count {
        14 => number.end_if_cut(14, &[4, 10, 14]),
        15 => number.end_if_cut(15, &[4, 10, 15]),
        16 => number.end_if_cut(16, &[4, 8, 12, 16]),
        _ => number.end_if_cut(count, &[4, 6, 8, 12, 16, count]),
    }?;
    let mut signs = number.signs(count);
    let is_one = match signs.next() {
        None => number.is_alone(end),
        Some(first) => {
            matches!(first, Sign::Dash | Sign::Space)
                && signs.all(|sign| sign == first)
                && !number.is_in_link()
        }
    };
    (is_one && !number.goes_on(end)).then_some(end)
}

/// Returns whether an issuer has cards that begin so and have so many digits.
fn is_known(digits: &[u8]) -> bool {
    let first =
        |count: usize| digits[..count].iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
    match digits.len() {
        14 => matches!(first(2), 36 | 38 | 39) || matches!(first(3), 300..=305),
        15 => matches!(first(2), 34 | 37),
        // 9: cards that are valid in Korea only.
        16 => {
            matches!(first(1), 4 | 9)
                || matches!(first(2), 51..=55 | 62 | 65)
                || matches!(first(4), 2221..=2720 | 3528..=3589 | 6011 | 6440..=6499)
        }
        17..=19 => first(2) == 62,
        _ => false,
    }
}

/// Returns whether the last digit is the check digit of Luhn.
fn has_check_digit(digits: &[u8]) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let values = digits.iter().rev().map(|digit| u32::from(digit - b'0')).enumerate();
    values.map(|(index, digit)| if index % 2 == 1 { doubled(digit) } else { digit }).sum::<u32>() % 10 == 0
}
