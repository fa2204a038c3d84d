//! The form of a writer's front matter: YAML, or a template's lines, which YAML refuses or misreads.

use std::borrow::Cow;

use crate::crawl::front_matter::FieldValue;
use crate::crawl::front_matter::yaml::{self, YamlEntry, YamlError, YamlValue};
use crate::infer::key_names;
use crate::layout::definition::{LayoutField, ValueForm};
use crate::layout::lines;

/// The form of the values, and the evidence.
#[derive(Debug, Default)]
pub struct FormEvidence {
    /// The form.
    pub form: ValueForm,
    /// Index of the first block that YAML refuses, with its message.
    pub refused: Option<(usize, String)>,
    /// Number of blocks that YAML refuses.
    pub refused_count: usize,
    /// Index of the first block that YAML reads otherwise than its writer meant it, with the key.
    pub misread: Option<(usize, String)>,
    /// Number of blocks that YAML reads otherwise than their writer meant them.
    pub misread_count: usize,
}

impl FormEvidence {
    /// Decides the form of `blocks`: by lines if YAML refuses or misreads some, unless more are such that only YAML
    /// can read them.
    pub fn new<'a>(blocks: impl Iterator<Item = &'a str>) -> Self {
        let mut evidence = FormEvidence::default();
        let mut only_yaml = 0;
        for (index, block) in blocks.enumerate() {
            match yaml::read(block) {
                Ok(entries) => {
                    let written = ValueLines::new(block);
                    if let Some(key) = written.misread_key(&entries) {
                        evidence.misread_count += 1;
                        evidence.misread.get_or_insert((index, key));
                    } else {
                        only_yaml += usize::from(written.are_of_yaml);
                    }
                }
                Err(error) => {
                    evidence.refused_count += 1;
                    let message = || match error {
                        YamlError::NotYaml { message, .. } => message,
                        YamlError::TooDeep => "it nests too deep".to_owned(),
                        YamlError::Alias => "it has an alias".to_owned(),
                    };
                    evidence.refused.get_or_insert_with(|| (index, message()));
                }
            }
        }
        let against = evidence.refused_count + evidence.misread_count;
        evidence.form = if against > only_yaml { ValueForm::Lines } else { ValueForm::Yaml };
        evidence
    }
}

/// A block, line by line.
struct ValueLines<'a> {
    entries: Vec<(Cow<'a, str>, FieldValue<'a>)>,
    /// True if a value runs over several lines that are no list, or is a map.
    are_of_yaml: bool,
}

impl<'a> ValueLines<'a> {
    fn new(block: &'a str) -> Self {
        let mut entries = Vec::new();
        let is_read = lines::read(block, &mut |entry| entries.push((entry.key, entry.value)));
        let is_of_yaml = |value: &FieldValue<'_>| matches!(value, FieldValue::Text(text) if text.contains('\n') || text.starts_with('{'));
        let are_of_yaml = is_read.is_err() || entries.iter().any(|(_, value)| is_of_yaml(value));
        ValueLines { entries, are_of_yaml }
    }

    /// Returns the key whose value YAML reads in a way that no writer of YAML prints.
    fn misread_key(&self, entries: &[YamlEntry]) -> Option<String> {
        let mut written = self.entries.iter();
        entries.iter().find_map(|entry| {
            let (_, value) = written.by_ref().find(|(key, _)| *key == *entry.key)?;
            let FieldValue::Text(line) = value else { return None };
            let is_misread = match &entry.value {
                YamlValue::Text(text) => {
                    loses_a_comment(line, text) || is_title(&entry.key) && has_unmeant_escape(line, text)
                }
                YamlValue::List(items) => mixes_pairs(line, items),
                YamlValue::Map(_) => false,
            };
            is_misread.then(|| entry.key.clone())
        })
    }
}

/// Returns whether YAML takes the end of a line as a comment: `Release #1`.
fn loses_a_comment(line: &str, text: &str) -> bool {
    let rest = line.strip_prefix(text).filter(|_| !text.is_empty());
    rest.is_some_and(|rest| rest.starts_with([' ', '\t']) && rest.trim_start().starts_with('#'))
}

/// Returns whether a backslash of a line became a control character, which no title has: `C:\new`.
fn has_unmeant_escape(line: &str, text: &str) -> bool {
    !line.contains('\n') && line.contains('\\') && text.trim_end().contains(|c: char| c.is_control())
}

/// Returns whether a list on one line has a pair without braces: `[harbour, repairs: now]`.
fn mixes_pairs(line: &str, items: &[YamlValue]) -> bool {
    !line.contains('{') && items.iter().any(|item| matches!(item, YamlValue::Map(_)))
}

fn is_title(key: &str) -> bool {
    key_names::rank(LayoutField::Title, key).is_some()
}
