//! Articles on their way out: one format, one file. And what became of those that are none.

pub mod comments;
pub mod destination;
pub mod fields;
pub mod format;
pub mod json_lines;
mod json_string;
pub mod parts;
pub mod redaction;
pub mod rejects;
pub mod replacement;
pub mod written;
