//! Splits a source at the two `---` lines that enclose its front matter.

use std::sync::LazyLock;

use memchr::memchr;
use memchr::memmem::Finder;

/// A source, split at its fences.
#[derive(Debug, Clone, Copy)]
pub struct Sections<'a> {
    /// Text between the fences, with its line ends.
    pub front_matter: &'a str,
    /// Byte offset of `front_matter` in the source.
    pub front_matter_offset: usize,
    /// Text after the closing fence.
    pub body: &'a str,
    /// Byte offset of `body` in the source.
    pub body_offset: usize,
}

/// Error: the source has no front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitError {
    /// The first line is not `---`.
    NotOpened,
    /// No later line is `---`.
    NotClosed,
    /// The line at this byte offset is `---` with white space after it, where the front matter ends: before a heading or
    /// a bold line, or where no line is `---`.
    ClosedWithSpace(usize),
}

/// Splits `source` at its fences: its first line, and the next line that is exactly `---`.
///
/// # Errors
/// See [`SplitError`].
pub fn split(source: &str) -> Result<Sections<'_>, SplitError> {
    let line_end =
        |line: usize| memchr(b'\n', &source.as_bytes()[line..]).map_or(source.len(), |end| line + end);
    let opened = Some(line_end(0)).filter(|&end| is_fence(&source[..end])).ok_or(SplitError::NotOpened)?;
    let front_matter_offset = source.len().min(opened + 1);
    let mut with_space = None;
    for line_start in LINE_OF_DASHES.find_iter(&source.as_bytes()[opened..]) {
        let line = opened + line_start + 1;
        let end = line_end(line);
        if is_fence_with_space(&source[line..end]) {
            if begins_body(&source[end..]) {
                return Err(SplitError::ClosedWithSpace(line));
            }
            with_space.get_or_insert(line);
        }
        if is_fence(&source[line..end]) {
            let body_offset = source.len().min(end + 1);
            return Ok(Sections {
                front_matter: &source[front_matter_offset..line],
                front_matter_offset,
                body: &source[body_offset..],
                body_offset,
            });
        }
    }
    Err(with_space.map_or(SplitError::NotClosed, SplitError::ClosedWithSpace))
}

/// Finder of lines that begin as a fence does. One search costs less than one a line.
static LINE_OF_DASHES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\n---"));

/// Returns whether white space after `---` is all that keeps `line` from being a fence.
pub fn is_fence_with_space(line: &str) -> bool {
    let rest = line.strip_prefix("---").filter(|rest| !matches!(*rest, "" | "\r"));
    rest.is_some_and(|rest| rest.trim().is_empty())
}

/// Returns whether the first line of `rest` that is not blank is a heading or a bold line, as bodies begin.
fn begins_body(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.starts_with("# ") || rest.starts_with("**")
}

fn is_fence(line: &str) -> bool {
    line.strip_suffix('\r').unwrap_or(line) == "---"
}
