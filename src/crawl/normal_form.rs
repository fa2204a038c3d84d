//! Unicode normal forms.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Converts the text to normal form C.
pub(super) fn composed(text: &str) -> Cow<'static, str> {
    text.nfc().collect()
}

/// Converts the text to normal form D.
pub(super) fn decomposed(text: &str) -> Cow<'static, str> {
    text.nfd().collect()
}

/// Strips `mark` from the start of `text`, either as given or in normal form D, to which macOS converts files.
pub(super) fn after_mark<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    text.strip_prefix(mark).or_else(|| {
        let mut rest = text.chars();
        mark.nfd().all(|c| rest.next() == Some(c)).then_some(rest.as_str())
    })
}
