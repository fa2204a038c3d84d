//! One crawl file.

pub mod url;
