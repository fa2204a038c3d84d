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
