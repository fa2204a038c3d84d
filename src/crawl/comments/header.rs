//! The line that a comment begins with: `**NAME** (ID) | ⭐ **BEST** | 2025-12-30 09:48 | 👍 3 | 👎 1`.

use crate::crawl::fields::Count;
use crate::crawl::normal_form;
use crate::time::Published;

/// Printed in the place of a comment that was deleted, or of its text.
const DELETED: &str = "*[삭제된 댓글입니다]*";

const BEST: &str = "⭐ **BEST**";

/// A line of more bytes is not one that the crawler printed.
const LONGEST: usize = 1024;

/// A part of more characters is a text.
const LONGEST_OTHER: usize = 32;

/// Whether `line` is printed in the place of a comment that was deleted.
pub fn is_deleted(line: &str) -> bool {
    normal_form::after_mark(line, DELETED) == Some("")
}

/// What the line says, not decoded.
#[derive(Debug, Default, Clone, Copy)]
pub struct Header<'a> {
    /// The reader's name.
    pub name: &'a str,
    /// The reader's id.
    pub id: &'a str,
    /// When it was written.
    pub time: Option<&'a str>,
    /// How many like it.
    pub likes: Option<u64>,
    /// How many do not.
    pub dislikes: Option<u64>,
    /// Whether it is one of the best.
    pub best: bool,
    /// Whether it has more than a name, understood in full or not.
    pub has_parts: bool,
    /// Whether each of its parts is.
    is_understood: bool,
    /// Whether the comment is gone, and its header with it.
    pub deleted: bool,
}

impl<'a> Header<'a> {
    /// Reads a line without the white space at its ends; none where it begins no comment.
    pub fn of(line: &'a str) -> Option<Self> {
        if is_deleted(line) {
            return Some(Header { deleted: true, ..Header::default() });
        }
        let rest = line.strip_prefix("**").filter(|_| line.len() <= LONGEST)?;
        // A name may end in stars itself: every one of them can be where the mark begins.
        let headers = rest.match_indices('*').filter_map(|(end, _)| {
            let header = behind_name(rest[end..].strip_prefix("**")?)?;
            Some(Header { name: rest[..end].trim(), ..header })
        });
        headers.clone().find(|header| header.is_understood).or_else(|| headers.clone().next())
    }

    /// Whether it is more than a bold line.
    pub fn says_something(&self) -> bool {
        self.deleted || self.has_parts
    }
}

fn behind_name(rest: &str) -> Option<Header<'_>> {
    let Some(id) = rest.strip_prefix(" (") else { return parts(rest) };
    let headers = id.match_indices(')').filter_map(|(end, mark)| {
        let header = parts(&id[end + mark.len()..])?;
        Some(Header { id: &id[..end], ..header })
    });
    headers.clone().find(|header| header.is_understood).or_else(|| headers.clone().next())
}

/// Each part at most once, an empty one as if it were not there, and one that is not understood beside others that are.
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
            let is_other = !is_nothing && !has_other && part.chars().count() <= LONGEST_OTHER;
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

/// The number, with a comma after each thousand or not; `None` where it is missing or another word.
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

/// `3분 전`, `방금`, `2025-02-30 12:05` and the like: a time that is none of the forms which are read.
fn is_like_a_time(part: &str) -> bool {
    const MARKS: &str = " .-:/+TZ년월일시분초주개간전오후방금어그제";
    let part = normal_form::composed(part);
    let is_dated =
        part.matches(['-', '.', '/']).count() >= 2 && part.starts_with(|c: char| c.is_ascii_digit());
    (part.contains(':') || part.ends_with(['전', '금', '제']) || is_dated)
        && part.chars().all(|c| c.is_ascii_digit() || MARKS.contains(c))
}
