//! Lines of a page: headings, rows of a key and its value, and remarks below them.

use std::fmt::Display;
use std::io::{self, Write};

use crate::findings::render::style::{DIM, STRONG};
use crate::text::escape::escape;

/// Maximum number of characters that are shown of a value or line.
const MAX_PREVIEW_CHARS: usize = 100;
/// Width in characters of the column of keys.
const KEY_WIDTH: usize = 13;

/// Writes the heading of a step.
pub(super) fn heading(what: &str, more: impl Display, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
    writeln!(to, "\n{STRONG}{what}{STRONG:#}: {more}")
}

/// Writes a key and its value, with their line in the file.
pub(super) fn row(
    line: usize,
    key: &str,
    value: impl Display,
    to: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    let key = format!("{:KEY_WIDTH$}", preview(key).to_string());
    writeln!(to, "{}", format!("{DIM}{line:>5}{DIM:#}  {key}  {value}").trim_end())
}

/// Writes a remark on the row above.
pub(super) fn aside(what: impl Display, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
    writeln!(to, "{:width$}{DIM}└{DIM:#} {what}", "", width = KEY_WIDTH + 9)
}

/// Escapes `text`, and cuts it after 100 characters.
pub(super) fn preview(text: &str) -> impl Display {
    let end = text.char_indices().nth(MAX_PREVIEW_CHARS).map_or(text.len(), |(end, _)| end);
    let more = if end < text.len() { "…" } else { "" };
    format!("{}{more}", escape(&text[..end]))
}
