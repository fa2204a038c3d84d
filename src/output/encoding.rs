//! Encodings of a record, in the worker thread that has read it.

#[cfg(feature = "columnar")]
use crate::output::columnar::row;
use crate::output::projection::Projection;
#[cfg(doc)]
use crate::output::record_encoder::RecordEncoder;
use crate::output::text_format::TextFormat;
use crate::record::article::Article;

/// Form in which worker threads hand a record, with some or all of its keys, to the writer of its format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Text, which the writer passes on as it is.
    Text(TextFormat, Projection),
    /// A row, which the writer turns into columns.
    #[cfg(feature = "columnar")]
    Row(Projection),
}

impl Encoding {
    /// JSON Lines with all keys.
    pub const FULL_RECORD: Encoding = Encoding::Text(TextFormat::JsonLines, Projection::ALL);

    /// Appends the record of `article`. `is_clean` is as in [`RecordEncoder::write_record`].
    pub fn encode(self, article: &Article<'_>, is_clean: bool, into: &mut Vec<u8>) {
        match self {
            Encoding::Text(format, projection) => {
                format.encoder().write_record(article, projection, is_clean, into);
            }
            #[cfg(feature = "columnar")]
            Encoding::Row(projection) => row::write(article, projection, into),
        }
    }
}
