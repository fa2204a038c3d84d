//! Text in Markdown.

use std::fmt::{self, Write};

/// Formats `text` so that no character of it has a meaning in Markdown or ends its cell.
pub fn literal(text: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        for c in text.chars() {
            if c.is_ascii_punctuation()
                && !matches!(c, '.' | ',' | ':' | ';' | '/' | '-' | '%' | '(' | ')' | '\'' | '=' | '?')
            {
                f.write_char('\\')?;
            }
            f.write_char(c)?;
        }
        Ok(())
    })
}
