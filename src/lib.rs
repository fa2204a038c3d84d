//! Turns crawled news into verified, typed articles.
//!
//! ```text
//! argv ─ cli ─► input: paths, folders, lists, archives, object stores, stdin ─► sources, in order
//!                         │ pipeline: worker threads, bounded memory, results in order
//!                         ▼ crawl: one file, pure
//!               Article, findings
//!                         │ output: the worker encodes the record
//!                         ▼ run: in order, duplicates by the ledger of ids
//!      output: JSON Lines, Parquet, Arrow      report: text, JSON, GitHub, SARIF, JUnit, GitLab
//!                         └────► Summary ─► exit code
//!                         └────► Census ──► page: HTML
//! ```
//!
//! One file, without input, threads and output:
//!
//! ```
//! use news_ingest::crawl::{self, Scratch};
//! use news_ingest::finding::Levels;
//!
//! let source = include_bytes!("../fixtures/accept/escaped.md");
//! let mut scratch = Scratch::default();
//! let outcome = crawl::read(source, &Levels::default(), &mut scratch);
//! let article = outcome.article.expect("nothing is wrong with it");
//! assert!(article.verified);
//! assert_eq!(article.authors[0].name, "홍길동");
//! ```

#![warn(clippy::unwrap_used)]

pub mod article;
pub mod census;
pub mod cli;
pub mod compression;
pub mod content_hash;
pub mod crawl;
pub mod email;
pub mod excerpt;
pub mod explain;
pub mod finding;
pub mod globs;
pub mod identity;
pub mod input;
pub mod json;
pub mod ledger;
pub mod output;
pub mod page;

pub mod pipeline;
pub mod plain;
pub mod policy;
pub mod progress;
pub mod quote;
pub mod report;
pub mod rules;
pub mod run;
pub mod scan;
pub mod schema;
pub mod signals;
pub mod sketch;
pub mod store;
pub mod style;
pub mod summary;
pub mod system;
pub mod time;
pub mod vectors;
