//! Charts as SVG. Widths are in percent and heights in pixels, so that charts fill any width and labels keep their
//! size. Charts contain numbers, dates and labels of the program, but no text from crawl files.

pub(crate) mod columns;
pub mod histogram;
pub mod timeline;

use crate::report::html::numbers::svg_percent;

/// Bar in the row of a table, for `part` of `whole`.
pub fn bar(part: u64, whole: u64) -> String {
    format!(
        r#"<svg class="bar" aria-hidden="true" focusable="false"><rect width="{}%" height="100%" rx="1"/></svg>"#,
        svg_percent(part, whole)
    )
}
