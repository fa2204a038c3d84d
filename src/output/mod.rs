//! Writers for records, comments and rejected files.

pub mod columnar;
pub mod format;
pub mod json;
pub(crate) mod record_writer;
pub mod redact;
pub mod sink;
pub mod split;
