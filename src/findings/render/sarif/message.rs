//! Escapes messages for SARIF, whose plain text can contain links and placeholders.

use std::fmt::{self, Write};

use serde::{Serialize, Serializer};

/// A message without links and placeholders.
#[derive(Debug, Clone, Copy)]
pub struct Literal<'a>(pub &'a str);

impl fmt::Display for Literal<'_> {
    /// Escapes `[`, `]` and the backslash, which form links, and doubles `{` and `}`, which form placeholders.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Literal(text) = self;
        for (at, c) in text.char_indices() {
            match c {
                '\\' | '[' | ']' => f.write_char('\\')?,
                '{' if starts_placeholder(&text[at + 1..]) => f.write_char(c)?,
                '}' if ends_placeholder(&text[..at]) => f.write_char(c)?,
                _ => {}
            }
            f.write_char(c)?;
        }
        Ok(())
    }
}

impl Serialize for Literal<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn starts_placeholder(after: &str) -> bool {
    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < after.len() && rest.starts_with('}')
}

fn ends_placeholder(before: &str) -> bool {
    let rest = before.trim_end_matches(|c: char| c.is_ascii_digit());
    rest.len() < before.len() && rest.ends_with('{')
}

#[cfg(test)]
mod tests {
    use crate::findings::render::sarif::message::Literal;

    #[test]
    fn a_message_means_its_characters() {
        for (text, expected) in [
            ("`title` is empty", "`title` is empty"),
            ("[단독] 제목", r"\[단독\] 제목"),
            ("[x](https://example.com)", r"\[x\](https://example.com)"),
            (r"\[x](1)", r"\\\[x\](1)"),
            (r"a\nb", r"a\\nb"),
            ("{0} {12}", "{{0}} {{12}}"),
            ("{{0}}", "{{{0}}}"),
            (r"\u{2028}\u{202e}", r"\\u{{2028}}\\u{202e}"),
            ("{} {a} {1 1} 1}", "{} {a} {1 1} 1}"),
        ] {
            assert_eq!(Literal(text).to_string(), expected);
        }
    }
}
