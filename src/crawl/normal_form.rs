//! Unicode's normal forms.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The text in normal form C.
pub(super) fn composed(text: &str) -> Cow<'static, str> {
    text.nfc().collect()
}

/// The text in normal form D.
pub(super) fn decomposed(text: &str) -> Cow<'static, str> {
    text.nfd().collect()
}

/// `text` after `mark`, where it begins with that, either as it is or in normal form D, into which macOS turns files.
pub(super) fn after_mark<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    text.strip_prefix(mark).or_else(|| {
        let mut rest = text.chars();
        mark.nfd().all(|c| rest.next() == Some(c)).then_some(rest.as_str())
    })
}
