//! Explanations as JSON: one array, an element a line.

use std::fmt::{self, Display, Write as _};
use std::io::{self, Write};

use serde::Serialize;

use crate::json;
use crate::quote::is_unsafe;

/// Writes `elements` as an array.
///
/// # Errors
/// Those of the stream.
pub fn write<T: Serialize>(elements: &[T], to: &mut (impl Write + ?Sized)) -> io::Result<()> {
    for (at, element) in elements.iter().enumerate() {
        let json = json::text(element);
        write!(to, "{}{}", if at == 0 { "[\n" } else { ",\n" }, harmless(&json))?;
    }
    writeln!(to, "{}", if elements.is_empty() { "[]" } else { "\n]" })
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
