//! JSON text of whatever is no record: the one place that knows which library writes it.

use serde::Serialize;

/// The JSON text of a value whose keys are strings.
pub fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("memory takes every byte, and the keys are strings")
}
