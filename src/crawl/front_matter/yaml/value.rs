//! A YAML value whose scalars are kept as text.

use serde::{Serialize, Serializer};

use crate::text::json;

/// A scalar, a list or a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YamlValue {
    /// A scalar, as text.
    Text(String),
    /// A list.
    List(Vec<YamlValue>),
    /// A map, in order, with repeated keys.
    Map(Vec<(String, YamlValue)>),
}

impl YamlValue {
    /// Returns a scalar's text, or the JSON text of a list or map, which keeps the order and repeated keys.
    pub fn into_text(self) -> String {
        match self {
            YamlValue::Text(text) => text,
            nested => json::text(&nested),
        }
    }

    /// Applies `change` to every text in the value, including keys.
    #[must_use]
    pub fn map_text(self, change: &impl Fn(String) -> String) -> Self {
        match self {
            YamlValue::Text(text) => YamlValue::Text(change(text)),
            YamlValue::List(values) => {
                YamlValue::List(values.into_iter().map(|value| value.map_text(change)).collect())
            }
            YamlValue::Map(entries) => YamlValue::Map(
                entries.into_iter().map(|(key, value)| (change(key), value.map_text(change))).collect(),
            ),
        }
    }
}

impl Serialize for YamlValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            YamlValue::Text(text) => serializer.serialize_str(text),
            YamlValue::List(values) => serializer.collect_seq(values),
            YamlValue::Map(entries) => {
                serializer.collect_map(entries.iter().map(|(key, value)| (key, value)))
            }
        }
    }
}
