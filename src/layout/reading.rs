//! One way to read a part of the body: line ends, entities, edges. The hash decides which is right.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::layout::white_space::WhiteSpace;
use crate::text::entities;
use memchr::memmem;
use smallvec::SmallVec;

/// One way to read a part of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartReading {
    /// Byte range of the part in the body.
    pub part: Range<usize>,
    /// How the part's characters are changed.
    pub form: Form,
    /// Byte range of the text in the part as changed.
    pub range: Range<usize>,
    /// True if a line feed that the part does not have ends the text.
    pub added_line_feed: bool,
}

/// How a part's characters are changed before its edges are trimmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Form {
    /// True if each CR LF is replaced by LF.
    pub crlf_to_lf: bool,
    /// True if the seven entities are decoded once.
    pub is_decoded: bool,
}

impl Form {
    /// Returns the forms of `part` that differ; the file's own comes last if its lines end with CR LF.
    pub fn all(part: &str, may_be_escaped: bool) -> impl Iterator<Item = Form> {
        let has_crlf = memmem::find(part.as_bytes(), b"\r\n").is_some();
        let is_escaped = may_be_escaped && entities::contains_any(part);
        let line_ends = if has_crlf { &[true, false][..] } else { &[false] };
        let characters = if is_escaped { &[true, false][..] } else { &[false] };
        line_ends.iter().flat_map(move |&crlf_to_lf| {
            characters.iter().map(move |&is_decoded| Form { crlf_to_lf, is_decoded })
        })
    }

    /// Changes `part`.
    pub fn apply(self, part: &str) -> Cow<'_, str> {
        let mut changed = Cow::Borrowed(part);
        if self.crlf_to_lf && memmem::find(part.as_bytes(), b"\r\n").is_some() {
            changed = Cow::Owned(part.replace("\r\n", "\n"));
        }
        if self.is_decoded {
            let mut decoded = String::new();
            if entities::decode(&changed, &mut decoded) {
                changed = Cow::Owned(decoded);
            }
        }
        changed
    }
}

impl PartReading {
    /// Returns the default reading of the part in `range`: CR LF is LF, nothing is decoded, white space is trimmed.
    pub fn default_of(body: &str, range: Range<usize>) -> Self {
        let part = &body[range.clone()];
        let form = Form { crlf_to_lf: memmem::find(part.as_bytes(), b"\r\n").is_some(), is_decoded: false };
        let trimmed = trimmed(&form.apply(part));
        PartReading { part: range, form, range: trimmed, added_line_feed: false }
    }

    /// Extracts the text from `body`, which is the body that the reading was made for.
    pub fn extract<'t>(&self, body: &'t str) -> Cow<'t, str> {
        let text = match self.form.apply(&body[self.part.clone()]) {
            Cow::Borrowed(part) => Cow::Borrowed(&part[self.range.clone()]),
            Cow::Owned(mut part) => {
                part.truncate(self.range.end);
                part.drain(..self.range.start);
                Cow::Owned(part)
            }
        };
        if self.added_line_feed { Cow::Owned(text.into_owned() + "\n") } else { text }
    }

    /// Returns the byte offset in `body` of the byte at `offset` of the text.
    pub fn offset_in_body(&self, body: &str, offset: usize) -> usize {
        let wanted = self.range.start + offset;
        let part = &body[self.part.clone()];
        if self.form == Form::default() {
            return self.part.start + wanted.min(part.len());
        }
        let bytes = part.as_bytes();
        let (mut at, mut changed) = (0, 0);
        while at < bytes.len() && changed < wanted {
            let step = match &bytes[at..] {
                [b'\r', b'\n', ..] if self.form.crlf_to_lf => 2,
                [b'&', ..] if self.form.is_decoded => entities::len_at(&part[at..]).unwrap_or(1),
                _ => 1,
            };
            (at, changed) = (at + step, changed + 1);
        }
        self.part.start + at
    }
}

impl fmt::Display for PartReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "bytes {} to {} of the part", self.range.start, self.range.end)?;
        f.write_str(if self.added_line_feed { ", with a line feed at the end" } else { "" })?;
        f.write_str(if self.form.is_decoded { ", decoded" } else { "" })?;
        f.write_str(if self.form.crlf_to_lf { ", CR LF as LF" } else { "" })
    }
}

/// End of a text in its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartEnd {
    /// Byte offset in the part.
    pub offset: usize,
    /// True if a line feed that the part does not have ends the text.
    pub added_line_feed: bool,
}

/// The byte offsets at which the text of `part` may begin, the usual one first.
pub fn starts(part: &str) -> SmallVec<[usize; 6]> {
    let mut starts = SmallVec::new();
    let from = |rest: &str| part.len() - rest.len();
    let all = WhiteSpace::ALL.map(|kind| from(part.trim_start_matches(|c| kind.contains(c))));
    let line_end = part.strip_prefix("\r\n").or_else(|| part.strip_prefix('\n')).unwrap_or(part);
    let others = [from(part.trim_start_matches(['\r', '\n'])), from(line_end), 0];
    for start in all.into_iter().chain(others) {
        if !starts.contains(&start) {
            starts.push(start);
        }
    }
    starts
}

/// The ends that the text of `part` may have, in their order in the part.
pub fn ends(part: &str) -> SmallVec<[PartEnd; 12]> {
    let mut ends: SmallVec<[PartEnd; 12]> = SmallVec::new();
    let mut push = |offset: usize| {
        let at = PartEnd { offset, added_line_feed: false };
        let with_line_feed = PartEnd { added_line_feed: true, ..at };
        let next = match &part.as_bytes()[offset..] {
            [b'\n', ..] => &[PartEnd { offset: offset + 1, ..at }][..],
            // The writer may end the text with LF where its file has CR LF.
            [b'\r', b'\n', ..] => &[with_line_feed, PartEnd { offset: offset + 2, ..at }],
            _ => &[with_line_feed],
        };
        for &end in [at].iter().chain(next) {
            if !ends.contains(&end) {
                ends.push(end);
            }
        }
    };
    for kind in WhiteSpace::ALL {
        push(part.trim_end_matches(|c| kind.contains(c)).len());
    }
    push(part.trim_end_matches(['\r', '\n']).len());
    push(part.strip_suffix("\r\n").or_else(|| part.strip_suffix('\n')).unwrap_or(part).len());
    push(part.len());
    ends.sort_unstable();
    ends
}

/// Returns the byte range of `part` without the white space at both ends.
pub fn trimmed(part: &str) -> Range<usize> {
    let start = part.len() - part.trim_start().len();
    start..start + part[start..].trim_end().len()
}
