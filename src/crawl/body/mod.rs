//! The body of a crawl file: its layout, its frame, and the checks of the frame.

pub(crate) mod checks;
pub mod frame;
pub mod layout;
