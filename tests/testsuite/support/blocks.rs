//! Front matter as YAML takes it, and what blocks are put together of.

use news_ingest::crawl::front_matter::yaml;
use news_ingest::crawl::front_matter::yaml::{YamlEntry, YamlError, YamlValue};

#[track_caller]
fn entries(block: &str) -> Vec<YamlEntry> {
    yaml::read(block).unwrap_or_else(|refusal| panic!("{refusal:?} of {block:?}"))
}

#[track_caller]
pub fn reads(block: &str, expected: &[(&str, &str)]) {
    let read: Vec<(String, String)> =
        entries(block).into_iter().map(|entry| (entry.key, entry.value.into_text())).collect();
    let read: Vec<(&str, &str)> = read.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    assert_eq!(read, expected, "of {block:?}");
}

#[track_caller]
pub fn text(value: &str, expected: &str) {
    let block = format!("k: {value}");
    let entries = entries(&block);
    assert_eq!(entries.len(), 1, "of {block:?}");
    assert_eq!(entries[0].value, YamlValue::Text(expected.to_owned()), "of {block:?}");
}

#[track_caller]
pub fn not_yaml(block: &str) {
    assert!(matches!(yaml::read(block), Err(YamlError::NotYaml { .. })), "of {block:?}");
}

/// What YAML takes for more than text.
pub const INDICATORS: [&str; 32] = [
    "a",
    "b: ",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    ": ",
    ":",
    "- ",
    "-",
    "? ",
    "?",
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    "\"",
    "\\",
    "|",
    "|2-\n",
    "#",
    "!t ",
    "%TAG ! a\n",
    "---\n",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "~",
    "\n  ",
];
