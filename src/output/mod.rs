//! Articles on their way out: one format, one file.

pub mod destination;
pub mod json_lines;
mod json_string;
pub mod replacement;
pub mod written;
