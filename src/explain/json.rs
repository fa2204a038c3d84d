//! Writes explanations as one JSON array, an element a line.

use std::fmt::{self, Display, Write as _};
use std::io::{self, Write};

use serde::Serialize;

use crate::text::escape::is_unsafe;
use crate::text::json;

/// A JSON array that is written element by element.
#[derive(Debug, Default)]
pub struct Array {
    has_elements: bool,
}

impl Array {
    /// Writes the next element.
    ///
    /// # Errors
    /// The stream cannot be written.
    pub fn add(&mut self, element: &impl Serialize, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
        let before = if self.has_elements { ",\n" } else { "[\n" };
        self.has_elements = true;
        write!(to, "{before}{}", harmless(&json::text(element)))
    }

    /// Ends the array.
    ///
    /// # Errors
    /// The stream cannot be written.
    pub fn end(&self, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
        writeln!(to, "{}", if self.has_elements { "\n]" } else { "[]" })
    }
}

/// Writes JSON escapes for the characters of `json` that could act on a terminal or a log. They only occur inside
/// strings.
fn harmless(json: &str) -> impl Display {
    fmt::from_fn(move |f| {
        let mut last = '\0';
        for c in json.chars() {
            match c {
                c if is_unsafe(c) || matches!(c, ':' | '#') && c == last => {
                    write!(f, "\\u{:04x}", u32::from(c))?
                }
                c => f.write_char(c)?,
            }
            last = c;
        }
        Ok(())
    })
}
