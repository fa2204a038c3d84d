//! Escaping of a file's fields, decided by the hash of its text, or else by the characters of each field.

use std::borrow::Cow;

use crate::crawl::front_matter::FieldValue;
use crate::text::entities;
use memchr::memchr;

/// Escaping of the values of a file's fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escaping {
    /// Escaped: each value is decoded once.
    Escaped,
    /// Not escaped.
    Unescaped,
    /// Decided for each value, since the text proves neither: a value with a [bare](entities::has_bare) character
    /// is not escaped, any other is.
    ByField,
}

impl Escaping {
    /// Returns the decoded `value`.
    pub fn decode(self, value: Cow<'_, str>) -> Cow<'_, str> {
        if self == Escaping::Unescaped || memchr(b'&', value.as_bytes()).is_none() {
            return value;
        }
        let mut decoded = String::new();
        match self {
            Escaping::ByField if entities::has_bare(&value) => value,
            _ if entities::decode(&value, &mut decoded) => Cow::Owned(decoded),
            _ => value,
        }
    }

    /// Returns the decoded text of a field's value; of a list or a map, JSON of decoded texts.
    pub fn decode_value(self, value: FieldValue<'_>) -> Cow<'_, str> {
        match value {
            FieldValue::Text(text) => self.decode(text),
            FieldValue::Nested(value) => {
                let decode = |text: String| self.decode(Cow::Owned(text)).into_owned();
                Cow::Owned((*value).map_text(&decode).into_text())
            }
        }
    }
}
