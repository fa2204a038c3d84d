//! Markdown's structure, by byte offsets. The parser is named here only.

pub use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};

use pulldown_cmark::TagEnd;

/// Returns the byte offset of each paragraph outside of list items, with the number of block quotes around it.
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
