//! Writers for records, comments and rejected files.

#[cfg(feature = "columnar")]
pub mod columnar;
pub(crate) mod csv;
pub mod encoding;
pub mod format;
pub mod json;
pub mod projection;
pub mod record_encoder;
pub(crate) mod record_writer;
pub mod redact;
pub mod sink;
pub mod split;
pub mod text_format;
