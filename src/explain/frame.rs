//! The frame of an explanation: what the template printed around the text, and whether it is what the front matter says.

use schemars::JsonSchema;
use serde::Serialize;

use crate::crawl::body::Body;
use crate::crawl::frame::{self, Part as Placed};
use crate::finding::{Finding, Place, Rule};

/// What stands around the text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Frame {
    /// The line of the rule before the text.
    pub opening_rule: usize,
    /// The line of the last rule before the footer.
    pub closing_rule: usize,
    /// What repeats the front matter, in the order of the places.
    pub parts: Vec<Part>,
}

/// One part of the frame.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Part {
    /// What it is: `heading`, `publisher`, `date`, `category`, `crawl time` or `source`.
    pub name: &'static str,
    /// The front matter key that it repeats.
    pub key: &'static str,
    /// Its line.
    pub line: usize,
    /// Its column.
    pub column: usize,
    /// What stands there, not decoded.
    pub text: String,
    /// Whether it says the same as the front matter.
    pub agrees: bool,
}

impl Frame {
    /// The frame around what `cut` found in the body of `source`. `findings` say what differs.
    pub(super) fn of(
        source: &str,
        body_at: usize,
        cut: &Body,
        frame: frame::Frame<'_>,
        findings: &[Finding],
    ) -> Self {
        let place = |at| Place::of(source.as_bytes(), body_at + at);
        let part = |name, key, rule: Rule, part: Option<Placed<'_>>| {
            let Placed { text, at } = part?;
            let here = place(at);
            let differs = |finding: &Finding| finding.rule == rule && finding.place == here;
            let agrees = !findings.iter().any(differs);
            let Place { line, column } = here;
            Some(Part { name, key, line, column, text: text.to_owned(), agrees })
        };
        let parts = [
            part("heading", "title", Rule::HeadingDiffers, frame.heading),
            part("publisher", "publisher", Rule::HeaderDiffers, frame.publisher),
            part("date", "published_at", Rule::HeaderDiffers, frame.published_at),
            part("category", "category", Rule::CategoryDiffers, frame.category),
            part("crawl time", "crawled_at", Rule::FooterDiffers, frame.crawled_at),
            part("source", "url", Rule::FooterDiffers, frame.url),
        ];
        Frame {
            opening_rule: place(cut.header.end).line,
            closing_rule: place(cut.closing_rule).line,
            parts: parts.into_iter().flatten().collect(),
        }
    }
}
