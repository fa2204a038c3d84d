//! The frame of an explanation: what the template printed around the text, compared with the front matter.

use schemars::JsonSchema;
use serde::Serialize;

use crate::crawl::body::frame::Located;
use crate::crawl::trace::BodyTrace;
use crate::findings::finding::Finding;
use crate::findings::location::Location;
use crate::findings::rule::Rule;

/// The frame around the text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct FrameExplanation {
    /// Line of the rule before the text.
    pub opening_rule: usize,
    /// Line of the last rule before the footer.
    pub closing_rule: usize,
    /// Parts that repeat the front matter, in order of location.
    pub parts: Vec<PartExplanation>,
}

/// One part of the frame.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct PartExplanation {
    /// Kind of part: `heading`, `publisher`, `date`, `category`, `crawl time` or `source`.
    pub name: &'static str,
    /// Front matter key that it repeats.
    pub key: &'static str,
    /// Line in the file.
    pub line: usize,
    /// Column in the file.
    pub column: usize,
    /// Text of the part, not decoded.
    pub text: String,
    /// True if it agrees with the front matter.
    pub agrees: bool,
}

impl FrameExplanation {
    /// Explains the frame of the body at `body_offset` of `source`. `findings` state the differences.
    pub(super) fn new(source: &str, body_offset: usize, body: &BodyTrace<'_>, findings: &[Finding]) -> Self {
        let BodyTrace { layout, frame, .. } = body;
        let place = |at| Location::at_offset(source.as_bytes(), body_offset + at);
        let part = |name, key, rule: Rule, part: Option<Located<'_>>| {
            let Located { text, at } = part?;
            let here = place(at);
            let differs = |finding: &Finding| finding.rule == rule && finding.location == here;
            let agrees = !findings.iter().any(differs);
            let Location { line, column } = here;
            Some(PartExplanation { name, key, line, column, text: text.to_owned(), agrees })
        };
        let parts = [
            part("heading", "title", Rule::HeadingDiffers, frame.heading),
            part("publisher", "publisher", Rule::HeaderDiffers, frame.publisher),
            part("date", "published_at", Rule::HeaderDiffers, frame.published_at),
            part("category", "category", Rule::CategoryDiffers, frame.category),
            part("crawl time", "crawled_at", Rule::FooterDiffers, frame.crawled_at),
            part("source", "url", Rule::FooterDiffers, frame.url),
        ];
        FrameExplanation {
            opening_rule: place(layout.header.end).line,
            closing_rule: place(layout.closing_separator).line,
            parts: parts.into_iter().flatten().collect(),
        }
    }
}
