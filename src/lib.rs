//! Turns crawled news into verified, typed articles.

#![warn(clippy::unwrap_used)]

pub mod article;
pub mod cli;
pub mod compression;
pub mod content_hash;
pub mod crawl;
pub mod excerpt;
pub mod explain;
pub mod finding;
pub mod globs;
pub mod identity;
pub mod input;
pub mod json;
pub mod ledger;
pub mod output;
pub mod pipeline;
pub mod plain;
pub mod policy;
pub mod quote;
pub mod report;
pub mod rules;
pub mod run;
pub mod scan;
pub mod schema;
pub mod signals;
pub mod style;
pub mod summary;
pub mod time;
