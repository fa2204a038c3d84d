//! Parses the line that a comment begins with: `**NAME** (ID) | ⭐ **BEST** | 2025-12-30 09:48 | 👍 3 | 👎 1`.

use crate::crawl::fields::Count;
use crate::crawl::normal_form;
use crate::record::datetime::Published;

/// Printed in place of a deleted comment, or of its text.
const DELETED: &str = "*[삭제된 댓글입니다]*";

const BEST: &str = "⭐ **BEST**";

/// Maximum size in bytes of a header line that the crawler printed.
const MAX_HEADER_BYTES: usize = 1024;

/// Maximum length in characters of an unknown part; a longer one is text.
const MAX_OTHER_CHARS: usize = 32;

/// Returns whether `line` is printed in place of a deleted comment.
pub fn is_deleted(line: &str) -> bool {
    normal_form::after_mark(line, DELETED) == Some("")
}

/// The parts of a header line, not decoded.
#[derive(Debug, Default, Clone, Copy)]
pub struct Header<'a> {
    /// Name of the reader.
    pub name: &'a str,
    /// Id of the reader.
    pub id: &'a str,
    /// Time at which it was written, if its form is known.
    pub time: Option<&'a str>,
    /// Number of likes.
    pub likes: Option<u64>,
    /// Number of dislikes.
    pub dislikes: Option<u64>,
    /// True if it is marked as one of the best.
    pub best: bool,
    /// True if it has a mark, a time or a count, understood or not.
    pub has_parts: bool,
    /// True if every part is understood.
    is_understood: bool,
    /// True if the comment was deleted, and its header with it.
    pub deleted: bool,
}

impl<'a> Header<'a> {
    /// Parses a trimmed line; `None` if it does not begin a comment.
    pub fn parse(line: &'a str) -> Option<Self> {
        if is_deleted(line) {
            return Some(Header { deleted: true, ..Header::default() });
        }
        let rest = line.strip_prefix("**").filter(|_| line.len() <= MAX_HEADER_BYTES)?;
        // A name may itself end with stars: the closing mark can begin at any of them.
        let headers = rest.match_indices('*').filter_map(|(end, _)| {
            let header = after_name(rest[end..].strip_prefix("**")?)?;
            Some(Header { name: rest[..end].trim(), ..header })
        });
        headers.clone().find(|header| header.is_understood).or_else(|| headers.clone().next())
    }

    /// Returns whether the line is more than a bold line.
    pub fn has_metadata(&self) -> bool {
        self.deleted || self.has_parts
    }
}

fn after_name(rest: &str) -> Option<Header<'_>> {
    let Some(id) = rest.strip_prefix(" (") else { return parts(rest) };
    let headers = id.match_indices(')').filter_map(|(end, mark)| {
        let header = parts(&id[end + mark.len()..])?;
        Some(Header { id: &id[..end], ..header })
    });
    headers.clone().find(|header| header.is_understood).or_else(|| headers.clone().next())
}

/// Parses the parts after the name. Each may occur once, empty ones are skipped, and an unknown one is accepted
/// beside known ones.
fn parts(rest: &str) -> Option<Header<'_>> {
    let mut header = Header::default();
    let rest = rest.trim();
    if rest.is_empty() {
        return Some(Header { is_understood: true, ..header });
    }
    let (mut likes, mut dislikes, mut is_timed, mut has_other) = (None, None, false, false);
    header.is_understood = true;
    for (index, part) in rest.strip_prefix('|')?.split('|').map(str::trim).enumerate() {
        let is_understood = if part.is_empty() {
            true
        } else if part == BEST && index == 0 {
            header.best = true;
            true
        } else if let Some(number) = part.strip_prefix("👍").map(str::trim) {
            likes.replace(count(number)).is_none().then_some(())?;
            likes.flatten().is_some() || number.is_empty()
        } else if let Some(number) = part.strip_prefix("👎").map(str::trim) {
            dislikes.replace(count(number)).is_none().then_some(())?;
            dislikes.flatten().is_some() || number.is_empty()
        } else if !is_timed && part.parse::<Published>().is_ok() {
            header.time = Some(part);
            is_timed = true;
            true
        } else if !is_timed && is_like_a_time(part) {
            is_timed = true;
            false
        } else {
            let is_nothing = matches!(part, "-" | "null" | "None");
            let is_other = !is_nothing && !has_other && part.chars().count() <= MAX_OTHER_CHARS;
            (is_nothing || is_other).then_some(())?;
            has_other |= is_other;
            false
        };
        header.is_understood &= is_understood;
    }
    header.has_parts = header.best || is_timed || likes.is_some() || dislikes.is_some();
    header.likes = likes.flatten();
    header.dislikes = dislikes.flatten();
    (header.has_parts || !has_other).then_some(header)
}

/// Parses a number, with or without a comma after each thousand; `None` if it is missing or not a number.
fn count(number: &str) -> Option<u64> {
    let is_group = |(index, group): (usize, &str)| match index {
        0 => (1..=3).contains(&group.len()),
        _ => group.len() == 3,
    };
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    let is_grouped = number.split(',').enumerate().all(is_group);
    let digits = if is_grouped { number.replace(',', "") } else { number.to_owned() };
    digits.parse().ok().filter(|_| is_plain).map(|Count(count)| count)
}

/// Returns whether `part` looks like a time in a form that is not read: `3분 전`, `방금`, `2025-02-30 12:05` and the like.
fn is_like_a_time(part: &str) -> bool {
    const MARKS: &str = " .-:/+TZ년월일시분초주개간전오후방금어그제";
    let part = normal_form::composed(part);
    let is_dated =
        part.matches(['-', '.', '/']).count() >= 2 && part.starts_with(|c: char| c.is_ascii_digit());
    (part.contains(':') || part.ends_with(['전', '금', '제']) || is_dated)
        && part.chars().all(|c| c.is_ascii_digit() || MARKS.contains(c))
}
