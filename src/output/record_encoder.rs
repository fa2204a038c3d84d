//! The interface of a text format.

use crate::output::projection::Projection;
use crate::record::article::Article;

/// Encoder of a text format.
pub trait RecordEncoder: Sync {
    /// Extensions of the format's files. The first one is its name.
    fn suffixes(&self) -> &'static [&'static str];

    /// Appends the start of a file, before its first record.
    fn write_header(&self, projection: Projection, into: &mut Vec<u8>);

    /// Appends the record of `article`, with the keys of `projection`. `is_clean` means that
    /// all of the article but its path is known to be [clean](crate::text::clean::is_clean).
    fn write_record(&self, article: &Article<'_>, projection: Projection, is_clean: bool, into: &mut Vec<u8>);

    /// Returns the length in bytes of the first of `records`, which are whole; `None` if there is none.
    fn record_len(&self, records: &[u8]) -> Option<usize>;
}
