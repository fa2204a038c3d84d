//! What stands behind a key of YAML front matter.

use serde::{Serialize, Serializer};

use crate::json;

/// A text, or texts in a list or map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A scalar, as it stands there.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A map, in order, with keys that stand twice.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// A text as it is; a list or map as its JSON text, which keeps the order and keys that stand twice.
    pub fn into_text(self) -> String {
        match self {
            Value::Text(text) => text,
            nested => json::text(&nested),
        }
    }

    /// The value with every text in it, keys too, changed.
    #[must_use]
    pub fn map_text(self, change: &impl Fn(String) -> String) -> Self {
        match self {
            Value::Text(text) => Value::Text(change(text)),
            Value::List(values) => {
                Value::List(values.into_iter().map(|value| value.map_text(change)).collect())
            }
            Value::Map(entries) => Value::Map(
                entries.into_iter().map(|(key, value)| (change(key), value.map_text(change))).collect(),
            ),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(values) => serializer.collect_seq(values),
            Value::Map(entries) => serializer.collect_map(entries.iter().map(|(key, value)| (key, value))),
        }
    }
}
