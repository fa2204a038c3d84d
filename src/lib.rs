//! Turns crawled news into verified, typed articles.
//!
//! ```text
//! argv ─ bin/ingest ─► input: paths, folders, lists, archives, object stores, stdin ─► sources, in order
//!                        │ pipeline: threads, order kept, bounded; each worker
//!                        ▼   reads (crawl: one file, pure; layout: one of another writer's) and encodes (output)
//!                      article, findings, encoded record
//!                        │ run: in order; removes duplicates
//!      output: JSON Lines, CSV, Parquet, Arrow   findings::render: text, JSON, GitHub, SARIF, JUnit, GitLab
//!                        └────► summary ─► exit status
//!                        └────► report: statistics ─► HTML
//!                        └────► manifest: what was read, in the order of the paths; compared with another
//!
//! layout: the same for one file of another writer, by its keys and its recipe of the hash
//!     infer: a sample of such files ─► the configuration that describes them
//!
//! record, findings, text and sys are the ground that all others stand on.
//! ```
//!
//! One file, without input, threads and output:
//!
//! ```
//! use news_ingest::crawl::{self, Scratch};
//! use news_ingest::findings::rule::Levels;
//!
//! let source = include_bytes!("../fixtures/accept/escaped.md");
//! let mut scratch = Scratch::default();
//! let outcome = crawl::read(source, &Levels::default(), &mut scratch);
//! let article = outcome.article.expect("nothing is wrong with it");
//! assert!(article.verified);
//! assert_eq!(article.authors[0].name, "홍길동");
//! ```

#![warn(clippy::unwrap_used)]

pub mod crawl;
pub mod exclusions;
pub mod expect;
pub mod explain;
pub mod findings;
pub mod infer;
pub mod input;
pub mod layout;
pub mod manifest;
pub mod output;
pub mod personal;
pub mod pipeline;
pub mod progress;
pub mod record;
pub mod report;
pub mod run;
pub mod schema;
pub mod store;
pub mod summary;
pub mod sys;
pub mod text;
