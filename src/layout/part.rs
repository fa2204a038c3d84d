//! The part of a body that holds the text.

use std::ops::Range;

use smallvec::SmallVec;

/// Part of the body that holds the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum TextPart {
    /// The whole body.
    #[default]
    Body,
    /// The body after its [first heading](first_heading); the whole body if it has none.
    BelowHeading,
    /// The body between its first rule and a later one. With one rule only, all after it.
    BetweenRules,
    /// The body after the first line that is this text, without the white space at both ends.
    After(String),
}

/// Byte ranges of the body that may hold the text, the usual one first. The hash decides between them.
pub type PartRanges = SmallVec<[Range<usize>; 3]>;

impl TextPart {
    /// The parts with a name in a layout, and that name.
    pub const NAMED: [(TextPart, &str); 3] = [
        (TextPart::Body, "body"),
        (TextPart::BelowHeading, "below-heading"),
        (TextPart::BetweenRules, "between-rules"),
    ];

    /// Returns the part's name in a layout; `None` for the part after a line.
    pub fn name(&self) -> Option<&'static str> {
        TextPart::NAMED.iter().find(|(part, _)| part == self).map(|(_, name)| *name)
    }

    /// Returns the ranges of this part; none if the body has no such part.
    pub fn ranges(&self, body: &str) -> PartRanges {
        let mut ranges = PartRanges::new();
        match self {
            TextPart::Body => ranges.push(0..body.len()),
            TextPart::BelowHeading => {
                ranges.push(first_heading(body).map_or(0, |heading| heading.end)..body.len());
            }
            TextPart::After(wanted) => {
                let line = lines(body).find(|(_, line)| line.trim() == wanted.trim());
                ranges.extend(line.map(|(offset, line)| offset + line.len()..body.len()));
            }
            TextPart::BetweenRules => {
                let mut rules = lines(body).filter(|(_, line)| is_rule(line));
                let Some((first, line)) = rules.next() else { return ranges };
                let start = first + line.len();
                let mut ends = rules.map(|(offset, _)| offset);
                let second = ends.next();
                let last = ends.last();
                for end in [last, second, Some(body.len())].into_iter().flatten() {
                    ranges.push(start..end);
                }
            }
        }
        ranges
    }
}

/// The heading of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading<'a> {
    /// The heading's text, without its marks.
    pub text: &'a str,
    /// Byte offset of `text` in the body.
    pub offset: usize,
    /// Byte offset after the heading's line.
    pub end: usize,
}

/// Returns the first heading of `body`: its first line that is not blank, if that is a heading of any level; otherwise
/// its first heading of level 1 before any block of code.
pub fn first_heading(body: &str) -> Option<Heading<'_>> {
    let mut is_first = true;
    for (offset, line) in lines(body) {
        let content = line.trim();
        if content.is_empty() {
            continue;
        }
        if content.starts_with("```") || content.starts_with("~~~") {
            return None;
        }
        let level = content.bytes().take_while(|byte| *byte == b'#').count();
        let is_heading = matches!(level, 1..=6) && content[level..].starts_with([' ', '\t']);
        if is_heading && !line.starts_with("    ") && (is_first || level == 1) {
            let text = content[level..].trim();
            // `# Title #` is closed by its last marks, `# C#` is not.
            let unmarked = text.trim_end_matches('#');
            let text = if unmarked.ends_with([' ', '\t']) { unmarked.trim_end() } else { text };
            let text_offset = offset + (line.len() - line.trim_start().len()) + level;
            let text_offset =
                text_offset + (body[text_offset..].len() - body[text_offset..].trim_start().len());
            return Some(Heading { text, offset: text_offset, end: offset + line.len() });
        }
        is_first = false;
    }
    None
}

/// Returns whether `line` is a rule: three or more `-`, `*` or `_` and nothing else but white space around them.
fn is_rule(line: &str) -> bool {
    let line = line.trim().as_bytes();
    line.len() >= 3 && matches!(line[0], b'-' | b'*' | b'_') && line.iter().all(|byte| *byte == line[0])
}

/// Iterates over the lines with their byte offsets and their LF.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |end, line| {
        let start = *end;
        *end += line.len();
        Some((start, line))
    })
}
