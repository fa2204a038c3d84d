//! Names as findings print them: escaped, with a location after them.

use crate::text::escape::escape;

/// Returns `true` if `printed` is `name`, or `name` as it is escaped for messages.
pub fn is_printed_as(name: &str, printed: &str) -> bool {
    name == printed || name.len() < printed.len() && escape(name).to_string() == printed
}

/// Returns `path` without the line and the column at its end; `None` if there is no line.
pub fn without_location(path: &str) -> Option<&str> {
    let without_number = |text| -> Option<&str> {
        let (before, number) = str::rsplit_once(text, ':')?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then_some(before)
    };
    let before = without_number(path.trim_end_matches(':'))?;
    Some(without_number(before).unwrap_or(before))
}

#[cfg(test)]
mod tests {
    use super::without_location;

    #[test]
    fn a_location_is_taken_off() {
        for (path, expected) in [
            ("a.md:3:14", Some("a.md")),
            ("a.md:3:14:", Some("a.md")),
            ("a.md:3", Some("a.md")),
            ("a.md", None),
            ("a.md:x", None),
            ("1:2:3:4", Some("1:2")),
        ] {
            assert_eq!(without_location(path), expected, "{path}");
        }
    }
}
