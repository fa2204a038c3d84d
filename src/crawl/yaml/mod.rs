//! The second reading of front matter: YAML, in which every scalar is the text that stands there.
//!
//! No schema is applied, so `014`, `null`, `No` and `12:30:45` are texts like any other. What could make the parser
//! run long or fill memory is refused before it sees a byte.

pub mod author;
mod bounds;
mod shape;
mod surrogates;
mod value;

pub use self::value::Value;

use serde::Deserialize;
use serde::de::DeserializeSeed;
use serde_yaml::{Deserializer, Error};

use self::shape::{Shape, Shaped};
use crate::scan::memchr_iter;

/// Collections that stand within each other, at most.
const MOST_LEVELS: usize = 32;
/// Characters of a message, at most; the parser's may quote a whole value.
const LONGEST_MESSAGE: usize = 200;

/// One key of the block with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// What stands behind it.
    pub value: Value,
}

/// A place in the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1 on.
    pub line: usize,
    /// The column in characters, from 1 on.
    pub column: usize,
}

impl Place {
    /// How many bytes of `block` stand before it.
    pub fn offset_in(self, block: &[u8]) -> usize {
        let lines_before = memchr_iter(b'\n', block).nth(self.line.wrapping_sub(2)).map_or(0, |end| end + 1);
        let line = block[lines_before..].utf8_chunks().next().map_or("", |chunk| chunk.valid());
        let column = line.char_indices().nth(self.column.saturating_sub(1));
        lines_before + column.map_or(line.len(), |(at, _)| at)
    }
}

/// Why a block was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// More than 32 collections stand within each other.
    TooDeep,
    /// An alias, which repeats another value, stands in it.
    Alias,
    /// It is no YAML, or none that front matter can be.
    NotYaml {
        /// Where the parser stopped, if it is known.
        place: Option<Place>,
        /// What the parser found there.
        message: String,
    },
}

/// Reads a block: a map at the top, its entries in order, a key that stands twice kept twice.
///
/// # Errors
/// The block is not one YAML map, or holds what is too costly to read.
pub fn read(block: &str) -> Result<Vec<Entry>, Refusal> {
    bounds::check(block)?;
    let block = &*surrogates::joined(block);
    let shape = Shape::deserialize(Deserializer::from_str(block))?;
    if shape.levels() > MOST_LEVELS {
        return Err(Refusal::TooDeep);
    }
    let what = match shape {
        Shape::Nothing => return Ok(Vec::new()),
        Shape::Map(_) => match Shaped(&shape).deserialize(Deserializer::from_str(block))? {
            Value::Map(entries) => return Ok(entries.into_iter().map(Entry::from).collect()),
            _ => "no map",
        },
        Shape::List(_) => "a list",
        Shape::Text => "a single text",
    };
    Err(Refusal::NotYaml { place: None, message: format!("keys with values belong here, not {what}") })
}

impl From<(String, Value)> for Entry {
    fn from((key, value): (String, Value)) -> Self {
        Entry { key, value }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let place =
            error.location().map(|location| Place { line: location.line(), column: location.column() });
        Refusal::NotYaml {
            place,
            message: without_places(&error.to_string()).chars().take(LONGEST_MESSAGE).collect(),
        }
    }
}

/// The parser counts lines from the block's start, which means nothing to a reader of the whole file.
fn without_places(message: &str) -> String {
    let mut parts = message.split(" at line ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |message, part| {
        let is_of_place = |c: char| c.is_ascii_digit();
        let behind = part.trim_start_matches(is_of_place);
        let behind = behind.strip_prefix(" column ").unwrap_or(behind).trim_start_matches(is_of_place);
        message + behind
    })
}
