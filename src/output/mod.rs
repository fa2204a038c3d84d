//! Writers for records, comments and rejected files.

#[cfg(feature = "columnar")]
mod arrow_stream;
mod attributes;
#[cfg(feature = "columnar")]
mod columns;
pub mod comments;
pub mod destination;
pub mod fields;
pub mod format;
pub mod json_lines;
mod json_string;
#[cfg(feature = "columnar")]
mod parquet_file;
pub mod parts;
pub mod redaction;
pub mod rejects;
pub mod replacement;
pub mod row;
mod stream;
#[cfg(feature = "columnar")]
pub mod table;
pub mod written;
