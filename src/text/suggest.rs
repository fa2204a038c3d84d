//! Suggests what a name that is not known was probably meant to be.

use std::fmt::Write;

use crate::text::escape::quote;

/// Number of columns that a list of names takes.
const LIST_WIDTH: usize = 78;

/// Describes `name`, which none of `known` is: the one that it is nearly, and all of them. `what` is one of them, as `rule`.
pub fn unknown<'k>(what: &str, name: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let mut message = format!("no {what} is called {}", quote(name));
    if let Some(closest) = closest(name, known.iter().copied()) {
        let _ = write!(message, "; did you mean `{closest}`?");
    }
    let mut line = "\n  one of".to_owned();
    for (index, name) in known.iter().enumerate() {
        let end = if index + 1 < known.len() { "," } else { "" };
        if line.len() + name.len() + 2 > LIST_WIDTH {
            message.push_str(&line);
            line = "\n ".to_owned();
        }
        let _ = write!(line, " {name}{end}");
    }
    message + &line
}

/// Returns the known name that `name` is nearly: one with a few other letters, or the only one that begins so. Case, and `_`
/// for `-`, make no difference.
pub fn closest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    const MIN_PREFIX_CHARS: usize = 3;
    let folded = fold(name);
    let length = folded.chars().count();
    let max_distance = (length / 3).clamp(1, 3);
    let mut begun = Vec::new();
    let mut nearest = None;
    for known in known {
        let of_known = fold(known);
        let distance = strsim::damerau_levenshtein(&folded, &of_known);
        if distance <= max_distance && nearest.is_none_or(|(least, _)| distance < least) {
            nearest = Some((distance, known));
        }
        if length >= MIN_PREFIX_CHARS && of_known.starts_with(&folded) {
            begun.push(known);
        }
    }
    match (nearest, &begun[..]) {
        (Some((_, nearest)), _) => Some(nearest),
        (None, [only]) => Some(only),
        (None, _) => None,
    }
}

/// Returns the letters, digits and hyphens of `name`, in lower case.
fn fold(name: &str) -> String {
    let folded = name.chars().map(|c| if c == '_' { '-' } else { c.to_ascii_lowercase() });
    folded.filter(|c| c.is_alphanumeric() || *c == '-').collect()
}

#[cfg(test)]
mod tests {
    use super::{closest, unknown};

    const COMMANDS: [&str; 5] = ["check", "diff", "expect", "explain", "man"];

    #[test]
    fn a_name_is_suggested_within_a_distance() {
        for (name, expected) in [
            ("chek", Some("check")),
            ("hceck", Some("check")),
            ("CHECK", Some("check")),
            ("expl", Some("explain")),
            ("exp", None),
            ("seeds", None),
            ("", None),
            ("articles", None),
        ] {
            assert_eq!(closest(name, COMMANDS), expected, "{name}");
        }
    }

    #[test]
    fn all_names_are_listed() {
        let said = unknown("command", "seeds", COMMANDS);
        assert_eq!(said, "no command is called `seeds`\n  one of check, diff, expect, explain, man");
    }
}
