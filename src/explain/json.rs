//! Explanations as JSON: one array, an element a line.

use std::fmt::{self, Display, Write as _};
use std::io::{self, Write};

use serde::Serialize;

use crate::json;
use crate::quote::is_unsafe;

/// An array that is written an element at a time.
#[derive(Debug, Default)]
pub struct Array {
    has_elements: bool,
}

impl Array {
    /// Writes one more element.
    ///
    /// # Errors
    /// Those of the stream.
    pub fn add(&mut self, element: &impl Serialize, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
        let before = if self.has_elements { ",\n" } else { "[\n" };
        self.has_elements = true;
        write!(to, "{before}{}", harmless(&json::text(element)))
    }

    /// Ends the array.
    ///
    /// # Errors
    /// Those of the stream.
    pub fn end(&self, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
        writeln!(to, "{}", if self.has_elements { "\n]" } else { "[]" })
    }
}

/// `json` with whatever could act on its reader as a JSON escape. All of that can only stand inside strings.
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
