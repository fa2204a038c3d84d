//! The kind of a value: a URL, a time, a digest, a list.

use std::fmt;

use crate::crawl::front_matter::FieldValue;
use crate::crawl::front_matter::yaml::YamlValue;
use crate::crawl::url;
use crate::layout::stated_hash::{MIN_TRUNCATED_DIGITS, StatedHash};
use crate::layout::times;
use crate::record::datetime::{Published, UtcTime};

/// Maximum length of a value in bytes that can be anything but a text.
const MAX_TYPED_BYTES: usize = 4096;

/// Kind of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// Nothing but white space.
    Empty,
    /// An address of the web.
    Url,
    /// A date with a time of day.
    Time {
        /// True if it states its zone.
        has_zone: bool,
    },
    /// A date.
    Date,
    /// A digest: 16 or more hex digits, or more with a prefix.
    Digest,
    /// A number.
    Number,
    /// A list.
    List,
    /// A map.
    Map,
    /// Any other text.
    Text,
}

impl ValueKind {
    /// Returns the kind of `value`.
    pub fn of(value: &FieldValue<'_>) -> Self {
        let text = match value {
            FieldValue::Text(text) => text.trim(),
            FieldValue::Nested(value) => {
                return match **value {
                    YamlValue::Map(_) => ValueKind::Map,
                    _ => ValueKind::List,
                };
            }
        };
        if text.is_empty() {
            ValueKind::Empty
        } else if text.len() > MAX_TYPED_BYTES {
            ValueKind::Text
        } else if url::is_web_address(text) {
            ValueKind::Url
        } else if let Some(kind) = time(text) {
            kind
        } else if is_digest(text) {
            ValueKind::Digest
        } else if text.parse::<f64>().is_ok() {
            ValueKind::Number
        } else if text.starts_with('[') && text.ends_with(']') {
            ValueKind::List
        } else {
            ValueKind::Text
        }
    }

    /// Returns whether the value is a date with a time of day.
    pub fn has_clock(self) -> bool {
        matches!(self, ValueKind::Time { .. })
    }
}

impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ValueKind::Empty => "empty",
            ValueKind::Url => "URL",
            ValueKind::Time { has_zone: true } => "time with a zone",
            ValueKind::Time { has_zone: false } => "time without a zone",
            ValueKind::Date => "date",
            ValueKind::Digest => "digest",
            ValueKind::Number => "number",
            ValueKind::List => "list",
            ValueKind::Map => "map",
            ValueKind::Text => "text",
        })
    }
}

/// Returns the kind of a time, in any form that a layout reads.
fn time(text: &str) -> Option<ValueKind> {
    let text = times::normalize(text);
    let in_zone = |zone| UtcTime::parse_in(&text, zone).ok();
    match in_zone(0) {
        // A value that states its zone is the same time wherever it is read.
        Some(time) => Some(ValueKind::Time { has_zone: in_zone(60 * 60) == Some(time) }),
        None => Published::parse_in(&text, 0).is_ok().then_some(ValueKind::Date),
    }
}

fn is_digest(text: &str) -> bool {
    // Digits alone are a number of 16 digits more often than a digest.
    StatedHash::parse(text, Some(MIN_TRUNCATED_DIGITS))
        .is_ok_and(|stated| stated.digits() >= 32 || text.contains(|c: char| c.is_ascii_alphabetic()))
}
