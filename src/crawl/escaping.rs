//! Which fields of a file are escaped: its text tells, by the hash or else by its characters.

use std::borrow::Cow;

use super::entities;

/// How the values of a file's fields are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escaping {
    /// Escaped: each takes one decoding pass of the seven entities.
    Escaped,
    /// As they are.
    Unescaped,
    /// Each by its own characters, since the text proves neither: one with a [bare](entities::has_bare) character
    /// is as it is, any other is escaped.
    ByField,
}

impl Escaping {
    /// Returns the value that is written as `value`.
    pub fn decode(self, value: Cow<'_, str>) -> Cow<'_, str> {
        let mut decoded = String::new();
        match self {
            Escaping::Unescaped => value,
            Escaping::ByField if entities::has_bare(&value) => value,
            _ if entities::decode(&value, &mut decoded) => Cow::Owned(decoded),
            _ => value,
        }
    }
}
