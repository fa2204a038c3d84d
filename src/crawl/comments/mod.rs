//! Reads the comments between CONTENT and the footer.
//!
//! Every line that can begin a comment is found first, so that no comment is lost to a code fence or `<!--` that
//! another one left open. If there are more than the section states, Markdown's structure decides which of them are
//! only quoted in a text.

mod header;

use std::borrow::Cow;
use std::iter;
use std::ops::Range;

use crate::crawl::body::layout::BodyLayout;
use crate::crawl::comments::header::Header;
use crate::crawl::escaping::Escaping;
use crate::crawl::lines::Lines;
use crate::crawl::template::COMMENTS_HEADING;
use crate::crawl::text::{Content, Reading, TextEnd};
use crate::crawl::{markdown, normal_form};
use crate::record::article::Comment;

/// The comments section of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section<'a> {
    /// Text between the end of CONTENT and the footer's rule.
    pub source: &'a str,
    /// Escaping of its names and texts.
    pub escaping: Escaping,
}

impl<'a> Section<'a> {
    /// Returns the text after `content` in the body; `None` if `reading` does not end CONTENT before its comments.
    pub fn after_content(
        content: &Content<'a>,
        reading: Reading,
        body: &'a str,
        layout: &BodyLayout,
    ) -> Option<Self> {
        let end = content.at + content.source.len();
        let source = &body[end..layout.closing_separator];
        (reading.end == TextEnd::Comments).then(|| Section { source, escaping: reading.escaping(content) })
    }
}

impl Section<'_> {
    /// Returns the comments, in file order.
    ///
    /// A comment's text may contain lines that look like the start of another one. If there are more starts than
    /// the section states, those are dropped that do not begin a paragraph in Markdown, or that have nothing but a
    /// name, provided that the stated number is left.
    pub fn comments(&self) -> Vec<Comment> {
        let (stated, list) = after_heading(self.source);
        let list = self.with_bare_marks(list);
        let lines = QuotedLines::new(&list);
        let mut starts = starts(&lines, |_, _| true);
        if let Some(stated) = stated.filter(|stated| *stated < starts.len()) {
            let structure = Paragraphs::parse(&list);
            let mut fewer =
                [(true, false), (false, true), (true, true)].into_iter().map(|(stands_out, has_metadata)| {
                    crate::crawl::comments::starts(&lines, |line, header| {
                        (!stands_out || structure.begins(line)) && (!has_metadata || header.has_metadata())
                    })
                });
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

    fn comment(&self, start: CommentStart<'_>, parent: Option<usize>, text: &str) -> Comment {
        let CommentStart { depth, header, .. } = start;
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

    /// Returns the list with the quote marks of its replies decoded. A template that escapes the whole list prints
    /// them as `&gt;`; then no line begins with a bare mark.
    fn with_bare_marks<'l>(&self, list: &'l str) -> Cow<'l, str> {
        let begins_reply = |line: &str| {
            let inner = line.trim_start_matches(ESCAPED_MARK);
            inner.len() < line.len() && Header::parse(inner.trim()).is_some()
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

/// Mark of a block quote as an escaping template prints it.
const ESCAPED_MARK: &str = "&gt;";

/// A line, split into quote marks and quoted text.
struct QuotedLine<'a> {
    /// Byte offset in the list.
    at: usize,
    source: &'a str,
    /// Number of `>` that it begins with, without blanks between them: the crawler quotes a quote as `>>`, and a
    /// text's own quote as `> >`.
    depth: usize,
    /// Quoted text, trimmed.
    inner: &'a str,
}

impl<'a> QuotedLine<'a> {
    fn parse(at: usize, source: &'a str) -> Self {
        let source = source.strip_suffix('\r').unwrap_or(source);
        let inner = source.trim_start_matches('>');
        QuotedLine { at, source, depth: source.len() - inner.len(), inner: inner.trim() }
    }

    fn is_blank(&self) -> bool {
        self.inner.is_empty()
    }
}

/// Lines of a list, stored as offsets to save memory: there may be as many lines as bytes.
struct QuotedLines<'a> {
    list: &'a str,
    offsets: Vec<u32>,
}

impl<'a> QuotedLines<'a> {
    /// Splits `list` into lines. Text beyond 4 GiB is ignored.
    fn new(list: &'a str) -> Self {
        let offsets = Lines::new(list).map_while(|(offset, _)| u32::try_from(offset).ok()).collect();
        QuotedLines { list, offsets }
    }

    fn len(&self) -> usize {
        self.offsets.len()
    }

    fn get(&self, number: usize) -> Option<QuotedLine<'a>> {
        let offset = *self.offsets.get(number)? as usize;
        let (_, line) = Lines::new(&self.list[offset..]).next()?;
        Some(QuotedLine::parse(offset, line))
    }

    fn range(&self, numbers: Range<usize>) -> impl DoubleEndedIterator<Item = QuotedLine<'a>> {
        numbers.filter_map(|number| self.get(number))
    }
}

/// Markdown structure of a list of comments.
struct Paragraphs {
    /// Byte offset and quote depth of each paragraph.
    paragraphs: Vec<(usize, usize)>,
}

/// Maximum size in bytes of a list that is parsed as Markdown: no page shows that many comments at once.
const MAX_SECTION_BYTES: usize = 1 << 20;

impl Paragraphs {
    fn parse(list: &str) -> Self {
        Paragraphs {
            paragraphs: if list.len() > MAX_SECTION_BYTES { Vec::new() } else { markdown::paragraphs(list) },
        }
    }

    /// Returns whether a paragraph of the line's own depth begins in it.
    fn begins(&self, line: &QuotedLine<'_>) -> bool {
        let next = self.paragraphs.partition_point(|(at, _)| *at < line.at);
        self.paragraphs
            .get(next)
            .is_some_and(|(at, depth)| *at < line.at + line.source.len() && *depth == line.depth)
    }
}

/// Start of a comment.
struct CommentStart<'a> {
    line: usize,
    /// Line at which the previous comment ends (exclusive).
    above: usize,
    depth: usize,
    header: Header<'a>,
}

/// Returns the number of comments that the heading states, and the text after the heading.
fn after_heading(section: &str) -> (Option<usize>, &str) {
    let at = iter::once(0).chain(section.match_indices('\n').map(|(at, _)| at + 1));
    let heading = at.into_iter().find_map(|at| normal_form::after_mark(&section[at..], COMMENTS_HEADING));
    let Some(heading) = heading else { return (None, section) };
    let (line, rest) = heading.split_once('\n').unwrap_or((heading, ""));
    (line.split(' ').next().and_then(|count| count.parse().ok()), rest)
}

fn starts<'a>(
    lines: &QuotedLines<'a>,
    is_wanted: impl Fn(&QuotedLine<'_>, &Header<'_>) -> bool,
) -> Vec<CommentStart<'a>> {
    let mut starts: Vec<CommentStart<'a>> = Vec::new();
    for (at, line) in lines.range(0..lines.len()).enumerate() {
        let header = Header::parse(line.inner).filter(|header| is_wanted(&line, header));
        let Some(header) = header else { continue };
        let depth = line.depth;
        if lines.get(at + 1).is_none_or(|next| next.is_blank())
            && let Some(above) = end_of_previous(lines, at, depth, starts.last().map(|start| start.depth))
        {
            starts.push(CommentStart { line: at, above, depth, header });
        }
    }
    starts
}

/// Returns the line at which the previous comment ends, if one of this depth can begin at the line `at`: a comment
/// after a rule, a reply also after the end of a block quote or after a comment of another depth.
fn end_of_previous(
    lines: &QuotedLines<'_>,
    at: usize,
    depth: usize,
    depth_above: Option<usize>,
) -> Option<usize> {
    let Some(depth_above) = depth_above else { return (depth == 0).then_some(at) };
    let gap = lines.range(0..at).rev().take_while(QuotedLine::is_blank).count();
    if gap == 0 || depth > depth_above + 1 {
        return None;
    }
    let above = at - gap;
    let is_rule = |line: QuotedLine<'_>| line.inner == "---" && line.depth <= depth;
    if above >= 2
        && lines.get(above - 1).is_some_and(is_rule)
        && lines.get(above - 2).is_some_and(|line| line.is_blank())
    {
        return Some(above - 1);
    }
    let ends_quote = lines.range(above..at).any(|line| line.depth == 0) || depth != depth_above;
    (depth > 0 && ends_quote).then_some(at)
}

/// Joins the lines without the quote marks of `depth` levels.
fn text<'a>(lines: impl Iterator<Item = QuotedLine<'a>>, depth: usize) -> String {
    let mut text = String::new();
    for (number, line) in lines.enumerate() {
        let marks = line.depth.min(depth);
        let inner = &line.source[marks..];
        text.push_str(if number > 0 { "\n" } else { "" });
        text.push_str(if marks > 0 { inner.strip_prefix(' ').unwrap_or(inner) } else { inner });
    }
    text.trim().to_owned()
}
