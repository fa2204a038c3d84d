//! The HTML report: statistics of an archive, and the page that shows them.

pub mod html;
pub mod stats;
