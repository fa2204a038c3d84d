//! Escapes untrusted text for messages, paths, terminals and the logs of CI systems.

use std::fmt::{self, Write};

/// Maximum number of characters of a file's own text that a message repeats.
const MAX_QUOTED_CHARS: usize = 200;

/// Formats `text` between backticks, escaped, and cut after 200 characters.
pub fn quote(text: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let shown = text.char_indices().nth(MAX_QUOTED_CHARS).map_or(text, |(end, _)| &text[..end]);
        write!(f, "`{}", escape(shown))?;
        f.write_str(if shown.len() < text.len() { "…`" } else { "`" })
    })
}

/// Formats two different values between backticks, escaped and cut so that they never look equal: a backslash is
/// doubled, invisible characters are escaped, and a long common prefix is omitted.
pub fn quote_apart(one: &str, other: &str) -> [String; 2] {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let skipped = if same < MAX_QUOTED_CHARS { 0 } else { same - MAX_QUOTED_CHARS / 4 };
    [one, other].map(|text| {
        let mut rest = text.chars().skip(skipped);
        let mut visible = String::new();
        for c in rest.by_ref().take(MAX_QUOTED_CHARS) {
            match c {
                '\\' => visible.push_str("\\\\"),
                c if is_invisible(c) => visible.push_str(&format!("\\u{{{:04x}}}", u32::from(c))),
                c => visible.push(c),
            }
        }
        let before = if skipped > 0 { "…" } else { "" };
        let after = if rest.next().is_some() { "…" } else { "" };
        format!("`{before}{}{after}`", escape(&visible))
    })
}

/// Escapes the characters of `text` that could act on a terminal or a log.
///
/// Control, bidi and line separating characters cannot reach a terminal or forge a line, and neither `::` nor `##`
/// can begin a command of a CI system.
pub fn escape(text: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let mut last = '\0';
        for c in text.chars() {
            match c {
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                ':' | '#' if c == last => write!(f, "\\x{:02x}", u32::from(c))?,
                c if u32::from(c) < 0x80 && is_unsafe(c) => write!(f, "\\x{:02x}", u32::from(c))?,
                c if is_unsafe(c) => write!(f, "\\u{{{:04x}}}", u32::from(c))?,
                c => f.write_char(c)?,
            }
            last = c;
        }
        Ok(())
    })
}

/// Returns whether `c` acts on a terminal instead of being visible: a control, a line separator or a bidi control.
pub fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || is_bidi_control(c)
}

/// Returns whether `c` is not a control, but looks like a space or like nothing: white space of another width, or
/// of no width.
pub fn is_invisible(c: char) -> bool {
    let has_no_width = matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
    );
    has_no_width || c.is_whitespace() && !matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// Returns whether `c` changes the direction of the text around it (Unicode's `Bidi_Control`).
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
