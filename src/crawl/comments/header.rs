//! The line that a comment begins with: `**NAME** (ID) | ⭐ **BEST** | 2025-12-30 09:48 | 👍 3 | 👎 1`.

use crate::crawl::fields::Count;
use crate::time::Published;

/// What stands in the place of a comment that was deleted, or of its text.
pub const DELETED: &str = "*[삭제된 댓글입니다]*";

const BEST: &str = "⭐ **BEST**";

/// A line of more bytes is not one that the crawler printed.
const LONGEST: usize = 1024;

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
    /// Whether the comment is gone, and its header with it.
    pub deleted: bool,
}

impl<'a> Header<'a> {
    /// Reads a line without the white space at its ends; none where it begins no comment.
    pub fn of(line: &'a str) -> Option<Self> {
        if line == DELETED {
            return Some(Header { deleted: true, ..Header::default() });
        }
        let rest = line.strip_prefix("**").filter(|_| line.len() <= LONGEST)?;
        // A name may end in stars itself: every one of them can be where the mark begins.
        rest.match_indices('*').find_map(|(end, _)| {
            let header = behind_name(rest[end..].strip_prefix("**")?)?;
            Some(Header { name: rest[..end].trim(), ..header })
        })
    }

    /// Whether it is more than a bold line.
    pub fn says_something(&self) -> bool {
        self.deleted || self.best || self.time.is_some() || self.likes.is_some() || self.dislikes.is_some()
    }
}

fn behind_name(rest: &str) -> Option<Header<'_>> {
    let Some(id) = rest.strip_prefix(" (") else { return parts(rest) };
    id.match_indices(')').find_map(|(end, mark)| {
        let header = parts(&id[end + mark.len()..])?;
        Some(Header { id: &id[..end], ..header })
    })
}

/// Each part at most once, an empty one as if it were not there, and nothing else.
fn parts(rest: &str) -> Option<Header<'_>> {
    let mut header = Header::default();
    let rest = rest.trim();
    if rest.is_empty() {
        return Some(header);
    }
    for (index, part) in rest.strip_prefix('|')?.split('|').map(str::trim).enumerate() {
        if part.is_empty() {
            continue;
        } else if part == BEST && index == 0 {
            header.best = true;
        } else if let Some(number) = part.strip_prefix("👍").filter(|_| header.likes.is_none()) {
            header.likes = count(number)?;
        } else if let Some(number) = part.strip_prefix("👎").filter(|_| header.dislikes.is_none()) {
            header.dislikes = count(number)?;
        } else if part.parse::<Published>().is_ok() && header.time.is_none() {
            header.time = Some(part);
        } else {
            return None;
        }
    }
    Some(header)
}

/// The number, which may be missing or too large for a column, but not another word.
fn count(number: &str) -> Option<Option<u64>> {
    let number = number.trim();
    if number.is_empty() {
        return Some(None);
    }
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| number.parse().ok().map(|Count(count)| count))
}
