//! Turns crawled news into verified, typed articles.

pub mod article;
pub mod content_hash;
pub mod crawl;
pub mod finding;
pub mod identity;
pub mod quote;
pub mod time;
