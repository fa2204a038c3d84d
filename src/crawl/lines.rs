//! Splits text into lines with byte offsets.

use memchr::memchr;

/// Iterator over the lines of a text, each with its byte offset and without its LF. A final LF does not begin
/// another line.
pub struct Lines<'a> {
    text: &'a str,
    offset: usize,
}

impl<'a> Lines<'a> {
    /// Iterates over the lines of `text`.
    pub fn new(text: &'a str) -> Self {
        Lines { text, offset: 0 }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.offset..).filter(|rest| !rest.is_empty())?;
        let line = memchr(b'\n', rest.as_bytes()).map_or(rest, |end| &rest[..end]);
        let offset = self.offset;
        self.offset += line.len() + 1;
        Some((offset, line))
    }
}
