//! The report: statistics of an archive, the HTML page that shows them, and the card of a data set.

pub mod card;
pub mod html;
pub mod stats;
