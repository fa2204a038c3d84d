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

use super::value::Value;

/// Kind of a value, and of each value in it.
pub enum Shape {
    /// An empty document.
    Nothing,
    /// A scalar.
    Text,
    /// A list.
    List(Vec<Shape>),
    /// A map, with the shapes of its values; its keys are texts.
    Map(Vec<Shape>),
}

impl Shape {
    /// Returns the nesting depth of collections.
    pub fn levels(&self) -> usize {
        match self {
            Shape::Nothing | Shape::Text => 0,
            Shape::List(shapes) | Shape::Map(shapes) => {
                1 + shapes.iter().map(Shape::levels).max().unwrap_or(0)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ShapeVisitor)
    }
}

struct ShapeVisitor;

impl<'de> Visitor<'de> for ShapeVisitor {
    type Value = Shape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_none<E: Error>(self) -> Result<Shape, E> {
        Ok(Shape::Nothing)
    }

    fn visit_unit<E: Error>(self) -> Result<Shape, E> {
        Ok(Shape::Text)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Shape, E> {
        Ok(Shape::Text)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Shape, E> {
        Ok(Shape::Text)
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<Shape, E> {
        Ok(Shape::Text)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Shape, E> {
        Ok(Shape::Text)
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<Shape, E> {
        Ok(Shape::Text)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Shape, E> {
        Ok(Shape::Text)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Shape, E> {
        Ok(Shape::Text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Shape, A::Error> {
        let mut shapes = Vec::new();
        while let Some(shape) = list.next_element()? {
            shapes.push(shape);
        }
        Ok(Shape::List(shapes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Shape, A::Error> {
        let mut shapes = Vec::new();
        while let Some((key, value)) = map.next_entry()? {
            if !matches!(key, Shape::Text) {
                return Err(A::Error::custom("a key is a list or a map"));
            }
            shapes.push(value);
        }
        Ok(Shape::Map(shapes))
    }

    /// Reads a value with a tag of its own, without the tag.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Shape, A::Error> {
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant()
    }
}

/// Reads the texts of a document of known shape.
pub struct Shaped<'a>(pub &'a Shape);

impl<'de> DeserializeSeed<'de> for Shaped<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        match self.0 {
            Shape::Nothing | Shape::Text => deserializer.deserialize_str(self),
            Shape::List(_) => deserializer.deserialize_seq(self),
            Shape::Map(_) => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for Shaped<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the shape that it had")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        if let Shape::List(shapes) = self.0 {
            for shape in shapes {
                values.extend(list.next_element_seed(Shaped(shape))?);
            }
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        if let Shape::Map(shapes) = self.0 {
            for shape in shapes {
                entries.extend(map.next_entry_seed(PhantomData, Shaped(shape))?);
            }
        }
        Ok(Value::Map(entries))
    }
}
