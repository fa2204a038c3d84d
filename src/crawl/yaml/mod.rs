//! The second reading of front matter: YAML, with every scalar kept as text.
//!
//! No schema is applied, so `014`, `null`, `No` and `12:30:45` are texts. Input that could make the parser run long
//! or exhaust memory is rejected before it is parsed.

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

/// Maximum nesting depth of collections.
const MOST_LEVELS: usize = 32;
/// Maximum length of a message in characters; the parser's may quote a whole value.
const LONGEST_MESSAGE: usize = 200;

/// A key of the block with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Key, as text.
    pub key: String,
    /// Value of the key.
    pub value: Value,
}

/// A location in the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
}

impl Place {
    /// Returns the byte offset of the location in `block`.
    pub fn offset_in(self, block: &[u8]) -> usize {
        let lines_before = memchr_iter(b'\n', block).nth(self.line.wrapping_sub(2)).map_or(0, |end| end + 1);
        let line = block[lines_before..].utf8_chunks().next().map_or("", |chunk| chunk.valid());
        let column = line.char_indices().nth(self.column.saturating_sub(1));
        lines_before + column.map_or(line.len(), |(at, _)| at)
    }
}

/// Error: the block was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Collections are nested more than 32 deep.
    TooDeep,
    /// The block contains an alias, which repeats another value.
    Alias,
    /// The block is not YAML, or not YAML that front matter can be.
    NotYaml {
        /// Location at which the parser stopped, if known.
        place: Option<Place>,
        /// Description of the error.
        message: String,
    },
}

/// Parses a block: a map at the top, with its entries in order and repeated keys kept.
///
/// # Errors
/// The block is not one YAML map, or is too expensive to read.
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

/// Removes the parser's line numbers, which count from the block's start and would mislead a reader of the whole file.
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
