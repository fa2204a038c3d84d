//! Subcommands: one a file.

pub mod check;
pub mod diff;
pub mod expect;
pub mod files;
pub mod infer;
pub mod known;
pub mod lines;
pub mod manifests;
pub mod page;
pub mod report;
pub mod setup;
pub mod totals;
pub mod write;
