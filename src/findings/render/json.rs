//! Renders findings as JSON: one array with a finding per line, or JSON Lines.
//!
//! Both are safe to display: paths and messages are escaped before they become JSON strings.

use schemars::JsonSchema;
use serde::Serialize;

use crate::findings::finding::Finding;
use crate::findings::render::renderer::{File, Renderer};
use crate::findings::rule::{Level, Rule};
use crate::text::escape::escape;
use crate::text::json;

/// A finding as JSON, with every key, in this order.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct FindingJson<'a> {
    /// Path of the file, escaped.
    pub path: &'a str,
    /// Line, from 1.
    #[schemars(range(min = 1))]
    pub line: usize,
    /// Character in the line, from 1.
    #[schemars(range(min = 1))]
    pub column: usize,
    /// `error` (the file yields no record) or `warning`.
    pub level: Level,
    /// Code of the rule.
    pub rule: Rule,
    /// Description of the fault; values that it quotes are escaped.
    pub message: &'a str,
    /// True if the baseline has the finding. The key is there with `--baseline` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub known: Option<bool>,
}

impl<'a> FindingJson<'a> {
    fn new(path: &'a str, finding: &'a Finding, known: Option<bool>) -> Self {
        let Finding { rule, level, location, message, .. } = finding;
        let (line, column) = (location.line, location.column);
        FindingJson { path, line, column, level: *level, rule: *rule, message, known }
    }
}

/// Renders one array.
#[derive(Debug, Default)]
pub struct Json {
    items: Items,
}

impl Renderer for Json {
    fn begin(&mut self, into: &mut Vec<u8>) {
        into.push(b'[');
    }

    fn file(&mut self, file: &File<'_>, into: &mut Vec<u8>) {
        let path = escape(file.path).to_string();
        for (finding, known) in file.marked() {
            self.items.add(&FindingJson::new(&path, finding, known), into);
        }
    }

    fn lists_known(&self) -> bool {
        true
    }

    fn end(&mut self, _suppressed: u64, into: &mut Vec<u8>) {
        self.items.end(into);
        into.extend_from_slice(b"]\n");
    }
}

/// Renders one object per line.
#[derive(Debug)]
pub struct FindingLines;

impl Renderer for FindingLines {
    fn file(&mut self, file: &File<'_>, into: &mut Vec<u8>) {
        let path = escape(file.path).to_string();
        for (finding, known) in file.marked() {
            write(&FindingJson::new(&path, finding, known), into);
            into.push(b'\n');
        }
    }

    fn lists_known(&self) -> bool {
        true
    }
}

/// Writes the items of an array one by one, each on its own line.
#[derive(Debug, Default)]
pub struct Items {
    are_there: bool,
}

impl Items {
    /// Appends an item.
    pub fn add(&mut self, item: &impl Serialize, into: &mut Vec<u8>) {
        into.extend_from_slice(if self.are_there { b",\n" } else { b"\n" });
        self.are_there = true;
        write(item, into);
    }

    /// Ends the last line.
    pub fn end(&self, into: &mut Vec<u8>) {
        if self.are_there {
            into.push(b'\n');
        }
    }
}

/// Appends `value` as JSON.
pub fn write(value: &impl Serialize, into: &mut Vec<u8>) {
    into.extend_from_slice(json::text(value).as_bytes());
}
