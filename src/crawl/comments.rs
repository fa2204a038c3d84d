//! The comments between CONTENT and the footer.
//!
//! Every line that can begin a comment is found first, so that none is lost to a code fence or `<!--` that a reader left
//! open. Where those are more than the section counts, Markdown's structure tells which of them a text only quotes.

mod header;

use std::borrow::Cow;
use std::iter;
use std::ops::Range;

use self::header::Header;
use super::body::Body;
use super::escaping::Escaping;
use super::lines::Lines;
use super::text::{Content, End, Reading};
use super::{markdown, normal_form};
use crate::article::Comment;

/// Where the comments of a file stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section<'a> {
    /// What stands between the end of CONTENT and the footer's rule.
    pub source: &'a str,
    /// How its names and texts are written.
    pub escaping: Escaping,
}

impl<'a> Section<'a> {
    /// What stands behind `content` in the body, where `reading` ends it before its comments.
    pub fn behind(content: &Content<'a>, reading: Reading, body: &'a str, cut: &Body) -> Option<Self> {
        let end = content.at + content.source.len();
        let source = &body[end..cut.closing_rule];
        (reading.end == End::Comments).then(|| Section { source, escaping: reading.escaping(content) })
    }
}

impl Section<'_> {
    /// The comments, in the file's order.
    ///
    /// A comment's text may hold what looks like the beginning of another one. Where more begin than the section says there
    /// are, those count for none that are no paragraph of their own in Markdown, or else say nothing but a name, if then
    /// their number is right.
    pub fn comments(&self) -> Vec<Comment> {
        let (stated, list) = behind_heading(self.source);
        let list = self.with_bare_marks(list);
        let lines = QuotedLines::new(&list);
        let mut starts = starts(&lines, |_, _| true);
        if let Some(stated) = stated.filter(|stated| *stated < starts.len()) {
            let structure = Structure::of(&list);
            let mut fewer = [(true, false), (false, true), (true, true)].into_iter().map(
                |(stands_out, says_something)| {
                    self::starts(&lines, |line, header| {
                        (!stands_out || structure.begins(line))
                            && (!says_something || header.says_something())
                    })
                },
            );
            starts = fewer.find(|fewer| fewer.len() == stated).unwrap_or(starts);
        }
        let ends: Vec<usize> = starts.iter().skip(1).map(|next| next.above).chain([lines.len()]).collect();
        let mut open = Vec::new();
        let comments = starts.into_iter().zip(ends).enumerate().map(|(position, (start, end))| {
            open.truncate(start.depth);
            let parent = open.last().copied();
            open.push(position);
            let text = text(lines.range(start.line + 1..end), start.depth);
            self.comment(start, parent, &text)
        });
        comments.collect()
    }

    fn comment(&self, start: Start<'_>, parent: Option<usize>, text: &str) -> Comment {
        let Start { depth, header, .. } = start;
        let deleted = header.deleted || header::is_deleted(text);
        Comment {
            depth,
            parent,
            author: self.decoded(header.name),
            author_id: self.decoded(header.id),
            created_at: header.time.and_then(|time| time.parse().ok()),
            likes: header.likes,
            dislikes: header.dislikes,
            best: header.best,
            deleted,
            text: if deleted { String::new() } else { self.decoded(text) },
        }
    }

    /// The list with the quote marks of its replies bare. A template that escapes the whole list writes them `&gt;`; then
    /// no line begins with a bare one.
    fn with_bare_marks<'l>(&self, list: &'l str) -> Cow<'l, str> {
        let begins_reply = |line: &str| {
            let inner = line.trim_start_matches(ESCAPED_MARK);
            inner.len() < line.len() && Header::of(inner.trim()).is_some()
        };
        let is_escaped = self.escaping != Escaping::Unescaped
            && list.lines().any(begins_reply)
            && !list.lines().any(|line| line.starts_with('>'));
        if !is_escaped {
            return Cow::Borrowed(list);
        }
        let bare = list.split_inclusive('\n').map(|line| {
            let inner = line.trim_start_matches(ESCAPED_MARK);
            ">".repeat((line.len() - inner.len()) / ESCAPED_MARK.len()) + inner
        });
        Cow::Owned(bare.collect())
    }

    fn decoded(&self, source: &str) -> String {
        self.escaping.decode(source.into()).into_owned()
    }
}

/// The mark of a block quote as an escaping template writes it.
const ESCAPED_MARK: &str = "&gt;";

/// A line, taken for one of a block quote.
struct Line<'a> {
    /// Where it begins.
    at: usize,
    source: &'a str,
    /// How many `>` it begins with, nothing between them: that is how the crawler quotes a quote, and `> >` is how it
    /// quotes a text's own.
    depth: usize,
    /// What is quoted.
    inner: &'a str,
}

impl<'a> Line<'a> {
    fn of(at: usize, source: &'a str) -> Self {
        let source = source.strip_suffix('\r').unwrap_or(source);
        let inner = source.trim_start_matches('>');
        Line { at, source, depth: source.len() - inner.len(), inner: inner.trim() }
    }

    fn is_blank(&self) -> bool {
        self.inner.is_empty()
    }
}

/// The lines of a list, by their offsets: there may be as many as bytes.
struct QuotedLines<'a> {
    list: &'a str,
    offsets: Vec<u32>,
}

impl<'a> QuotedLines<'a> {
    /// The lines of `list`, but for what lies past 4 GiB.
    fn new(list: &'a str) -> Self {
        let offsets = Lines::of(list).map_while(|(offset, _)| u32::try_from(offset).ok()).collect();
        QuotedLines { list, offsets }
    }

    fn len(&self) -> usize {
        self.offsets.len()
    }

    fn get(&self, number: usize) -> Option<Line<'a>> {
        let offset = *self.offsets.get(number)? as usize;
        let (_, line) = Lines::of(&self.list[offset..]).next()?;
        Some(Line::of(offset, line))
    }

    fn range(&self, numbers: Range<usize>) -> impl DoubleEndedIterator<Item = Line<'a>> {
        numbers.filter_map(|number| self.get(number))
    }
}

/// What Markdown makes of a list of comments.
struct Structure {
    /// Where paragraphs begin, and how deep they are quoted.
    paragraphs: Vec<(usize, usize)>,
}

/// A list of more bytes is not looked at: no page shows so many comments at once.
const LONGEST: usize = 1 << 20;

impl Structure {
    fn of(list: &str) -> Self {
        Structure { paragraphs: if list.len() > LONGEST { Vec::new() } else { markdown::paragraphs(list) } }
    }

    /// Whether a paragraph begins in the line, as deep as that is quoted.
    fn begins(&self, line: &Line<'_>) -> bool {
        let next = self.paragraphs.partition_point(|(at, _)| *at < line.at);
        self.paragraphs
            .get(next)
            .is_some_and(|(at, depth)| *at < line.at + line.source.len() && *depth == line.depth)
    }
}

/// Where a comment begins.
struct Start<'a> {
    line: usize,
    /// The line before which the comment above has ended.
    above: usize,
    depth: usize,
    header: Header<'a>,
}

/// The number of comments that the heading states, and what stands behind it.
fn behind_heading(section: &str) -> (Option<usize>, &str) {
    const HEADING: &str = "## 댓글 (";
    let at = iter::once(0).chain(section.match_indices('\n').map(|(at, _)| at + 1));
    let heading = at.into_iter().find_map(|at| normal_form::after_mark(&section[at..], HEADING));
    let Some(heading) = heading else { return (None, section) };
    let (line, rest) = heading.split_once('\n').unwrap_or((heading, ""));
    (line.split(' ').next().and_then(|count| count.parse().ok()), rest)
}

fn starts<'a>(lines: &QuotedLines<'a>, is_wanted: impl Fn(&Line<'_>, &Header<'_>) -> bool) -> Vec<Start<'a>> {
    let mut starts: Vec<Start<'a>> = Vec::new();
    for (at, line) in lines.range(0..lines.len()).enumerate() {
        let header = Header::of(line.inner).filter(|header| is_wanted(&line, header));
        let Some(header) = header else { continue };
        let depth = line.depth;
        if lines.get(at + 1).is_none_or(|next| next.is_blank())
            && let Some(above) = end_above(lines, at, depth, starts.last().map(|start| start.depth))
        {
            starts.push(Start { line: at, above, depth, header });
        }
    }
    starts
}

/// Where the comment above has ended, if another one can begin at the line `at`, of this depth: a comment behind a rule, a
/// reply also behind the end of a block quote, or of a text that is not as deep.
fn end_above(lines: &QuotedLines<'_>, at: usize, depth: usize, depth_above: Option<usize>) -> Option<usize> {
    let Some(depth_above) = depth_above else { return (depth == 0).then_some(at) };
    let gap = lines.range(0..at).rev().take_while(Line::is_blank).count();
    if gap == 0 || depth > depth_above + 1 {
        return None;
    }
    let above = at - gap;
    let is_rule = |line: Line<'_>| line.inner == "---" && line.depth <= depth;
    if above >= 2
        && lines.get(above - 1).is_some_and(is_rule)
        && lines.get(above - 2).is_some_and(|line| line.is_blank())
    {
        return Some(above - 1);
    }
    let ends_quote = lines.range(above..at).any(|line| line.depth == 0) || depth != depth_above;
    (depth > 0 && ends_quote).then_some(at)
}

/// The lines without the quote marks of `depth` levels.
fn text<'a>(lines: impl Iterator<Item = Line<'a>>, depth: usize) -> String {
    let mut text = String::new();
    for (number, line) in lines.enumerate() {
        let marks = line.depth.min(depth);
        let inner = &line.source[marks..];
        text.push_str(if number > 0 { "\n" } else { "" });
        text.push_str(if marks > 0 { inner.strip_prefix(' ').unwrap_or(inner) } else { inner });
    }
    text.trim().to_owned()
}
