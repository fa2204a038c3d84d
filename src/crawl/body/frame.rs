//! Parses the frame that the template printed around CONTENT: heading and bold line by Markdown's structure, the
//! footer by its lines, since a URL may contain characters that end a link in Markdown.

use std::ops::Range;

use crate::crawl::body::layout::BodyLayout;
use crate::crawl::lines::Lines;
use crate::crawl::markdown::{Event, HeadingLevel, Parser, Tag};
use crate::crawl::template;

/// The fields of the front matter that the frame repeats, not decoded, trimmed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Frame<'a> {
    /// Title in the heading.
    pub heading: Option<Located<'a>>,
    /// The whole bold line.
    pub bold_line: Option<Located<'a>>,
    /// Publisher in the bold line.
    pub publisher: Option<Located<'a>>,
    /// Date in the bold line.
    pub published_at: Option<Located<'a>>,
    /// Category in the bold line.
    pub category: Option<Located<'a>>,
    /// Crawl time in the footer.
    pub crawled_at: Option<Located<'a>>,
    /// URL in the footer.
    pub url: Option<Located<'a>>,
}

/// A text with its offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Located<'a> {
    /// The text, trimmed.
    pub text: &'a str,
    /// Byte offset in the body.
    pub at: usize,
}

impl<'a> Located<'a> {
    /// Trims `text`. A blank one keeps its offset, so that it is not reported on the next line.
    fn trimmed(text: &'a str, at: usize) -> Self {
        let trimmed = text.trim();
        let blank = if trimmed.is_empty() { 0 } else { text.len() - text.trim_start().len() };
        Located { text: trimmed, at: at + blank }
    }
}

/// Maximum size in bytes of a header or footer: the template did not print a longer one, which is not read.
const MAX_FRAME_BYTES: usize = 64 * 1024;

/// Parses the frame around CONTENT by the layout.
pub fn read<'a>(body: &'a str, layout: &BodyLayout) -> Frame<'a> {
    let mut frame = Frame::default();
    let header = layout.header.clone();
    if header.len() <= MAX_FRAME_BYTES && !read_usual_header(body, header.clone(), &mut frame) {
        read_header(body, header, &mut frame);
    }
    if layout.footer.len() <= MAX_FRAME_BYTES {
        read_footer(body, layout.footer.clone(), &mut frame);
    }
    frame
}

/// Parses a header as the template prints it: a heading and a bold line, each on one line with blank lines around it.
/// Markdown surely reads it in the same way, since neither line can begin another kind of block.
///
/// Returns false and leaves `frame` unchanged for any other header.
fn read_usual_header<'a>(body: &'a str, header: Range<usize>, frame: &mut Frame<'a>) -> bool {
    let mut lines = Lines::new(&body[header.clone()])
        .map(|(at, line)| (header.start + at, line.strip_suffix('\r').unwrap_or(line)))
        .filter(|(_, line)| !line.is_empty());
    let (Some((heading_at, heading)), Some((bold_at, bold_line)), None) =
        (lines.next(), lines.next(), lines.next())
    else {
        return false;
    };
    let has_gap = body[heading_at + heading.len()..bold_at].bytes().filter(|&byte| byte == b'\n').count() > 1;
    let is_usual = has_gap
        && heading.strip_prefix("# ").is_some_and(|title| !title.trim().is_empty())
        && bold_line.starts_with("**")
        && bold_line.contains("** |")
        && ![heading, bold_line].iter().any(|line| line.contains('\r'));
    if is_usual {
        frame.heading = Some(Located::trimmed(&heading[1..], heading_at + 1));
        read_bold_line(bold_line, bold_at, frame);
    }
    is_usual
}

/// Parses a header by Markdown's structure.
fn read_header<'a>(body: &'a str, header: Range<usize>, frame: &mut Frame<'a>) {
    for (event, range) in Parser::new(&body[header.clone()]).into_offset_iter() {
        let at = header.start + range.start;
        let text = &body[at..header.start + range.end];
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if frame.heading.is_none() => {
                // A title of several lines continues like a paragraph.
                let text = paragraph_from(&body[at..header.end]);
                let title = text.trim_start().strip_prefix('#').unwrap_or(text);
                frame.heading = Some(Located::trimmed(title, at + text.len() - title.len()));
            }
            Event::Start(Tag::Paragraph) if frame.publisher.is_none() => read_bold_line(text, at, frame),
            _ => {}
        }
    }
}

/// Parses `**PUBLISHER** | PUBLISHED_AT | CATEGORY`.
fn read_bold_line<'a>(line: &'a str, at: usize, frame: &mut Frame<'a>) {
    let Some(publisher_end) = line.rfind("** |").filter(|&end| end >= 2 && line.starts_with("**")) else {
        return;
    };
    frame.bold_line = Some(Located::trimmed(line, at));
    frame.publisher = Some(Located::trimmed(&line[2..publisher_end], at + 2));
    let date_at = publisher_end + "** |".len();
    let date_end = line[date_at..].find('|').map_or(line.len(), |length| date_at + length);
    frame.published_at = Some(Located::trimmed(&line[date_at..date_end], at + date_at));
    if let Some(category) = line.get(date_end + 1..) {
        frame.category = Some(Located::trimmed(category, at + date_end + 1));
    }
}

/// Returns the lines up to a blank one, or to the bold line.
fn paragraph_from(text: &str) -> &str {
    let ends = |line: &str| line.trim().is_empty() || line.starts_with("**");
    let end = Lines::new(text).skip(1).find(|(_, line)| ends(line)).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// Parses `*Crawled at: CRAWLED_AT*` and `*Source: [원문 보기](URL)*`. The URL ends at the last parenthesis of its line.
fn read_footer<'a>(body: &'a str, footer: Range<usize>, frame: &mut Frame<'a>) {
    for (at, line) in Lines::new(&body[footer.clone()]) {
        let at = footer.start + at;
        if frame.crawled_at.is_none()
            && let Some(time) = line.trim_start().strip_prefix(template::CRAWLED_AT)
        {
            let time_at = at + line.len() - time.len();
            frame.crawled_at = Some(Located::trimmed(time.split('*').next().unwrap_or(time), time_at));
        }
        if frame.url.is_none()
            && let Some((text, link)) = line.split_once("](")
            && let Some((url, _)) = link.rsplit_once(')').filter(|_| text.contains('['))
        {
            frame.url = Some(Located::trimmed(url, at + text.len() + 2));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::crawl::body::frame::{Frame, read_header, read_usual_header};

    /// Lines that Markdown might take for more than a heading or a bold line.
    const PARTS: [&str; 24] = [
        "# ", "#", "## ", "제목", "\n", "\n\n", "**", "** | ", "** |", " | ", "*", "_", "---", "===", "`",
        "```", "\t", "    ", "> ", "- ", "\r", "\r\n", "<!--", "[a]: b",
    ];

    proptest! {
        #[test]
        fn a_usual_header_is_read_as_by_markdown(parts in prop::collection::vec(prop::sample::select(&PARTS[..]), 0..8)) {
            for header in [
                parts.concat(),
                format!("\n# {}\n\n**가** | 나 | 다\n\n", parts.concat()),
                format!("\n# 제목\n\n**{}** | 나 | 다\n\n", parts.concat()),
                format!("\n# 제목\n\n**가** | {}\n\n", parts.concat()),
                format!("\r\n# 제목\r\n\r\n**가** | {}\r\n\r\n", parts.concat()),
                format!("\n# 제목\n\n**가** | 나 | 다\n{}\n", parts.concat()),
            ] {
                let (mut usual, mut by_markdown) = (Frame::default(), Frame::default());
                if read_usual_header(&header, 0..header.len(), &mut usual) {
                    read_header(&header, 0..header.len(), &mut by_markdown);
                    prop_assert_eq!(usual, by_markdown, "of {:?}", header);
                }
            }
        }
    }
}
