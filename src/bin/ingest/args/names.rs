//! Names of rules, keys and formats as arguments: parsed, and offered to completions.

use std::ffi::OsStr;
use std::path::PathBuf;

use crate::args::{Arg, Error, ErrorKind, PossibleValue, Syntax, TypedValueParser};
use news_ingest::findings::rule::Rule;

/// Parser of one of several names, which completions offer.
#[derive(Clone)]
pub struct NameParser<T> {
    names: Vec<&'static str>,
    parse: fn(&str) -> Result<T, String>,
}

impl<T> NameParser<T> {
    /// Creates a parser that offers `names`. `parse` returns a message for the user if it refuses a name.
    pub fn new(names: impl IntoIterator<Item = &'static str>, parse: fn(&str) -> Result<T, String>) -> Self {
        NameParser { names: names.into_iter().collect(), parse }
    }
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for NameParser<T> {
    type Value = T;

    fn parse_ref(&self, syntax: &Syntax, option: Option<&Arg>, value: &OsStr) -> Result<T, Error> {
        (self.parse)(&value.to_string_lossy()).map_err(|message| {
            let option = option.and_then(Arg::get_long).map(|long| format!("`--{long}`: "));
            let message = format!("{}{message}\n", option.unwrap_or_default());
            Error::raw(ErrorKind::InvalidValue, message).with_cmd(syntax)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.names.iter().map(PossibleValue::new)))
    }
}

/// Parser of a path, for which completions offer the codes of rules too.
#[derive(Clone)]
pub struct RuleOrFile;

impl TypedValueParser for RuleOrFile {
    type Value = PathBuf;

    fn parse_ref(&self, _: &Syntax, _: Option<&Arg>, value: &OsStr) -> Result<PathBuf, Error> {
        Ok(PathBuf::from(value))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Rule::codes().map(PossibleValue::new)))
    }
}
