//! Charts as SVG: widths in percent and heights in pixels, so that they fill any width and their letters keep their
//! size. They hold numbers, dates and our own words, never text of strangers.

mod columns;
pub mod histogram;
pub mod timeline;

use super::figures::portion;

/// A bar within the row of a table, for `part` of `whole`.
pub fn bar(part: u64, whole: u64) -> String {
    format!(
        r#"<svg class="bar" aria-hidden="true" focusable="false"><rect width="{}%" height="100%" rx="1"/></svg>"#,
        portion(part, whole)
    )
}
