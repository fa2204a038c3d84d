//! Finds out which values of a document are lists, maps and texts.
//!
//! The parser returns a scalar's text only if a text is requested, and otherwise guesses a type: `014` becomes a
//! number, `~` null. So a document is read twice: for its shape, then for its texts.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use crate::crawl::front_matter::yaml::value::YamlValue;

/// Kind of a value, and of each value in it.
pub enum NodeKind {
    /// An empty document.
    Nothing,
    /// A scalar.
    Text,
    /// A list.
    List(Vec<NodeKind>),
    /// A map, with the shapes of its values; its keys are texts.
    Map(Vec<NodeKind>),
}

impl NodeKind {
    /// Returns the nesting depth of collections.
    pub fn levels(&self) -> usize {
        match self {
            NodeKind::Nothing | NodeKind::Text => 0,
            NodeKind::List(shapes) | NodeKind::Map(shapes) => {
                1 + shapes.iter().map(NodeKind::levels).max().unwrap_or(0)
            }
        }
    }
}

impl<'de> Deserialize<'de> for NodeKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ShapeVisitor)
    }
}

struct ShapeVisitor;

impl<'de> Visitor<'de> for ShapeVisitor {
    type Value = NodeKind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_none<E: Error>(self) -> Result<NodeKind, E> {
        Ok(NodeKind::Nothing)
    }

    fn visit_unit<E: Error>(self) -> Result<NodeKind, E> {
        Ok(NodeKind::Text)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<NodeKind, E> {
        Ok(NodeKind::Text)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<NodeKind, E> {
        Ok(NodeKind::Text)
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<NodeKind, E> {
        Ok(NodeKind::Text)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<NodeKind, E> {
        Ok(NodeKind::Text)
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<NodeKind, E> {
        Ok(NodeKind::Text)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<NodeKind, E> {
        Ok(NodeKind::Text)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<NodeKind, E> {
        Ok(NodeKind::Text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<NodeKind, A::Error> {
        let mut shapes = Vec::new();
        while let Some(shape) = list.next_element()? {
            shapes.push(shape);
        }
        Ok(NodeKind::List(shapes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<NodeKind, A::Error> {
        let mut shapes = Vec::new();
        while let Some((key, value)) = map.next_entry()? {
            if !matches!(key, NodeKind::Text) {
                return Err(A::Error::custom("a key is a list or a map"));
            }
            shapes.push(value);
        }
        Ok(NodeKind::Map(shapes))
    }

    /// Reads a value with a tag of its own, without the tag.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<NodeKind, A::Error> {
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant()
    }
}

/// Reads the texts of a document of known shape.
pub struct TextSeed<'a>(pub &'a NodeKind);

impl<'de> DeserializeSeed<'de> for TextSeed<'_> {
    type Value = YamlValue;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<YamlValue, D::Error> {
        match self.0 {
            NodeKind::Nothing | NodeKind::Text => deserializer.deserialize_str(self),
            NodeKind::List(_) => deserializer.deserialize_seq(self),
            NodeKind::Map(_) => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for TextSeed<'_> {
    type Value = YamlValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the shape that it had")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<YamlValue, E> {
        Ok(YamlValue::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<YamlValue, A::Error> {
        let mut values = Vec::new();
        if let NodeKind::List(shapes) = self.0 {
            for shape in shapes {
                values.extend(list.next_element_seed(TextSeed(shape))?);
            }
        }
        Ok(YamlValue::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<YamlValue, A::Error> {
        let mut entries = Vec::new();
        if let NodeKind::Map(shapes) = self.0 {
            for shape in shapes {
                entries.extend(map.next_entry_seed(PhantomData, TextSeed(shape))?);
            }
        }
        Ok(YamlValue::Map(entries))
    }
}
