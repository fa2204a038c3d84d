//! Number formatting.

use std::time::Duration;

/// Formats with separators: `1,234,567`.
pub fn with_separators(number: u64) -> String {
    let digits = number.to_string();
    let mut with_separators = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            with_separators.push(',');
        }
        with_separators.push(digit);
    }
    with_separators
}

/// Formats as `97.2%`: never 100 unless `part` is `whole`, and never 0 unless `part` is 0.
pub fn percent(part: u64, whole: u64) -> String {
    match part {
        _ if whole == 0 => "–".to_owned(),
        0 => "0%".to_owned(),
        part if part == whole => "100%".to_owned(),
        part => match (1_000.0 * part as f64 / whole as f64).round() {
            0.0 => "<0.1%".to_owned(),
            1_000.0.. => ">99.9%".to_owned(),
            tenths => format!("{:.1}%", tenths / 10.0),
        },
    }
}

/// Formats `part` of `whole` in percent, for a drawing.
pub fn svg_percent(part: u64, whole: u64) -> String {
    format!("{:.2}", 100.0 * part as f64 / whole.max(1) as f64)
}

/// Formats as `431.2 MB`.
pub fn size(bytes: u64) -> String {
    let (unit, size) = match bytes {
        0..1_000_000 => ("kB", 1e3),
        1_000_000..1_000_000_000 => ("MB", 1e6),
        _ => ("GB", 1e9),
    };
    format!("{:.1} {unit}", bytes as f64 / size)
}

/// Formats as `0.93 s`, or in minutes and seconds from two minutes on.
pub fn seconds(elapsed: Duration) -> String {
    match elapsed.as_secs() {
        0..120 => format!("{:.2} s", elapsed.as_secs_f64()),
        whole => format!("{} min {} s", whole / 60, whole % 60),
    }
}

#[cfg(test)]
mod tests {
    use crate::report::html::numbers::{percent, size, with_separators};

    #[test]
    fn numbers_are_grouped_and_percentages_never_overstate() {
        for (number, expected) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(with_separators(number), expected);
        }
        for (part, whole, expected) in [
            (0, 0, "–"),
            (0, 9, "0%"),
            (9, 9, "100%"),
            (1, 3, "33.3%"),
            (1, 100_000, "<0.1%"),
            (99_999, 100_000, ">99.9%"),
            (9_994, 10_000, "99.9%"),
            (1, 2, "50.0%"),
        ] {
            assert_eq!(percent(part, whole), expected, "{part} of {whole}");
        }
        for (bytes, expected) in [(9_200, "9.2 kB"), (431_250_000, "431.2 MB"), (1_900_000_000, "1.9 GB")] {
            assert_eq!(size(bytes), expected);
        }
    }
}
