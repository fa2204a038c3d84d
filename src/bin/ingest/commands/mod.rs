//! Subcommands: one a file.

pub mod check;
pub mod diff;
pub mod files;
pub mod manifests;
pub mod page;
pub mod report;
pub mod setup;
pub mod write;
