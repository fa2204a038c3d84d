//! Subcommands: one a file.

pub mod check;
pub mod files;
pub mod page;
pub mod report;
pub mod setup;
pub mod write;
