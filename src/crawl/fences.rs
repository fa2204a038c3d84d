//! The two `---` lines that enclose the front matter.

use crate::scan::memchr_iter;

/// A source cut at its fences.
#[derive(Debug, Clone, Copy)]
pub struct Fences<'a> {
    /// Between the fences, each line with its end.
    pub front_matter: &'a str,
    /// Where `front_matter` begins in the source.
    pub front_matter_at: usize,
    /// After the closing fence.
    pub body: &'a str,
    /// Where `body` begins in the source.
    pub body_at: usize,
}

/// Why a source has no front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfenced {
    /// The first line is not `---`.
    NotOpened,
    /// No later line is `---`.
    NotClosed,
}

/// Cuts `source` at its fences: its first line, and the first line after it that is exactly `---`.
///
/// # Errors
/// See [`Unfenced`].
pub fn split(source: &str) -> Result<Fences<'_>, Unfenced> {
    let mut line_ends = memchr_iter(b'\n', source.as_bytes()).chain([source.len()]);
    let opened = line_ends.next().filter(|&end| is_fence(&source[..end])).ok_or(Unfenced::NotOpened)?;
    let front_matter_at = source.len().min(opened + 1);
    let mut line = front_matter_at;
    for end in line_ends {
        if line <= end && is_fence(&source[line..end]) {
            let body_at = source.len().min(end + 1);
            return Ok(Fences {
                front_matter: &source[front_matter_at..line],
                front_matter_at,
                body: &source[body_at..],
                body_at,
            });
        }
        line = end + 1;
    }
    Err(Unfenced::NotClosed)
}

fn is_fence(line: &str) -> bool {
    line.strip_suffix('\r').unwrap_or(line) == "---"
}
