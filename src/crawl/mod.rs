//! One crawl file.
