//! Markdown's structure, by offsets: the one place that names its parser.

pub use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};

use pulldown_cmark::TagEnd;

/// Where the paragraphs begin that stand in nothing but block quotes, in bytes, and in how many of those.
pub fn paragraphs(source: &str) -> Vec<(usize, usize)> {
    let (mut quotes, mut items) = (0, 0);
    let mut paragraphs = Vec::new();
    for (event, range) in Parser::new(source).into_offset_iter() {
        match event {
            Event::Start(Tag::BlockQuote(_)) => quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => quotes -= 1,
            Event::Start(Tag::Item) => items += 1,
            Event::End(TagEnd::Item) => items -= 1,
            Event::Start(Tag::Paragraph) if items == 0 => paragraphs.push((range.start, quotes)),
            _ => {}
        }
    }
    paragraphs
}
