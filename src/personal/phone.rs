//! Telephone numbers of Korea: mobile, landline, internet and personal numbers (`070`, `050x`), with or without `+82`.
//!
//! Numbers that only institutions have (`15xx`, `16xx`, `18xx`, `060`, `080`, three digits) are none.

use crate::personal::number::{Number, names, near_end};

/// Words before the digits of a landline that is written without any sign.
const CUES: [&str; 22] = [
    "전화", "연락", "문의", "팩스", "제보", "예약", "신고", "상담", "☎", "☏", "📞", "tel", "Tel", "TEL",
    "fax", "Fax", "FAX", "번호", "T.", "T:", "직통", "대표",
];

/// Digits before the subscriber's number, without the leading zero.
struct Prefix {
    digits: usize,
    /// Numbers of digits that may follow.
    subscriber: &'static [usize],
    class: Class,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Personal,
    Landline,
}

/// Returns the end of the telephone number that begins with `number`.
pub fn end(number: &Number<'_>) -> Option<usize> {
    let digits = number.digits();
    let (country, national) = country(digits)?;
    let prefix = prefix(&digits[national..])?;
    let area = national + prefix.digits;
    let starts_with_zero = digits.get(area) == Some(&b'0');
    if starts_with_zero && prefix.class == Class::Landline {
        return None;
    }
    prefix.subscriber.iter().find_map(|subscriber| {
        let count = area + subscriber;
        let end = number.end_if_cut(count, &[country, national, national + 2, area, count - 4, count])?;
        let is_bare = number.signs(count).next().is_none();
        let is_one = if is_bare {
            let is_certain = prefix.class == Class::Personal || country > 1;
            number.is_alone(end) && (is_certain || names(near_end(number.before()), &CUES))
        } else {
            !number.is_in_link()
        };
        // `8261-4667-9819` is no number of the country 82.
        let is_of_country = is_bare || country != 2 || number.end(2).is_some() || number.has_plus();
        (is_one && is_of_country && !number.goes_on(end)).then_some(end)
    })
}

/// Returns the digits of the national number, from those of a number with or without the code of the country.
pub fn national(digits: &[u8]) -> impl Iterator<Item = u8> {
    let start = country(digits).map_or(0, |(_, national)| national);
    [b'0'].into_iter().chain(digits[start..].iter().copied())
}

/// Returns the numbers of digits before and after the zero of the trunk: `0` and 1 in `010…`, 2 and 2 in `82 10…`.
fn country(digits: &[u8]) -> Option<(usize, usize)> {
    let country = match digits {
        [b'0', b'0', b'8', b'2', ..] => 4,
        [b'8', b'2', ..] => 2,
        [b'0', ..] => return Some((1, 1)),
        _ => return None,
    };
    Some((country, country + usize::from(digits.get(country) == Some(&b'0'))))
}

fn prefix(national: &[u8]) -> Option<Prefix> {
    let (digits, subscriber, class): (_, &[usize], _) = match *national {
        [b'1', b'0', ..] => (2, &[8], Class::Personal),
        [b'1', b'1' | b'6'..=b'9', ..] => (2, &[8, 7], Class::Personal),
        [b'2', ..] => (1, &[8, 7], Class::Landline),
        [b'3' | b'6', b'1'..=b'3', ..]
        | [b'4', b'1'..=b'4', ..]
        | [b'5', b'1'..=b'5', ..]
        | [b'6', b'4', ..] => (2, &[8, 7], Class::Landline),
        [b'5', b'0', b'2'..=b'8', ..] | [b'3', b'0', b'2'..=b'5', ..] => (3, &[8, 7], Class::Personal),
        [b'7', b'0', ..] => (2, &[8], Class::Personal),
        _ => return None,
    };
    Some(Prefix { digits, subscriber, class })
}
