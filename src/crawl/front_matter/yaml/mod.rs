//! The second reading of front matter: YAML, with every scalar kept as text.
//!
//! No schema is applied, so `014`, `null`, `No` and `12:30:45` are texts. Input that could make the parser run long
//! or exhaust memory is rejected before it is parsed.

pub mod author;
pub(crate) mod limits;
pub(crate) mod node_kind;
pub(crate) mod scanner;
pub(crate) mod surrogates;
pub(crate) mod value;

pub use crate::crawl::front_matter::yaml::value::YamlValue;

use serde::Deserialize;
use serde::de::DeserializeSeed;
use serde_yaml::{Deserializer, Error};

use crate::crawl::front_matter::yaml::node_kind::{NodeKind, TextSeed};
use memchr::memchr_iter;

/// Maximum nesting depth of collections.
const MAX_DEPTH: usize = 32;
/// Maximum length of a message in characters; the parser's may quote a whole value.
const MAX_MESSAGE_CHARS: usize = 200;

/// A key of the block with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlEntry {
    /// Key, as text.
    pub key: String,
    /// Value of the key.
    pub value: YamlValue,
}

/// A location in the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YamlLocation {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
}

impl YamlLocation {
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
pub enum YamlError {
    /// Collections are nested more than 32 deep.
    TooDeep,
    /// The block contains an alias, which repeats another value.
    Alias,
    /// The block is not YAML, or not YAML that front matter can be.
    NotYaml {
        /// Location at which the parser stopped, if known.
        place: Option<YamlLocation>,
        /// Description of the error.
        message: String,
    },
}

/// Parses a block: a map at the top, with its entries in order and repeated keys kept.
///
/// # Errors
/// The block is not one YAML map, or is too expensive to read.
pub fn read(block: &str) -> Result<Vec<YamlEntry>, YamlError> {
    limits::check(block)?;
    let block = &*surrogates::joined(block);
    let shape = NodeKind::deserialize(Deserializer::from_str(block))?;
    if shape.levels() > MAX_DEPTH {
        return Err(YamlError::TooDeep);
    }
    let what = match shape {
        NodeKind::Nothing => return Ok(Vec::new()),
        NodeKind::Map(_) => match TextSeed(&shape).deserialize(Deserializer::from_str(block))? {
            YamlValue::Map(entries) => return Ok(entries.into_iter().map(YamlEntry::from).collect()),
            _ => "no map",
        },
        NodeKind::List(_) => "a list",
        NodeKind::Text => "a single text",
    };
    Err(YamlError::NotYaml { place: None, message: format!("keys with values belong here, not {what}") })
}

impl From<(String, YamlValue)> for YamlEntry {
    fn from((key, value): (String, YamlValue)) -> Self {
        YamlEntry { key, value }
    }
}

impl From<Error> for YamlError {
    fn from(error: Error) -> Self {
        let place = error
            .location()
            .map(|location| YamlLocation { line: location.line(), column: location.column() });
        YamlError::NotYaml {
            place,
            message: without_places(&error.to_string()).chars().take(MAX_MESSAGE_CHARS).collect(),
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
