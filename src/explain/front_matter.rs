//! The front matter of an explanation: each key by both readings, and the value that was taken.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::crawl::escaping::Escaping;
use crate::crawl::front_matter::resolve::{ResolvedFrontMatter, Unreadable};
use crate::crawl::front_matter::template::LeadingText;
use crate::crawl::front_matter::yaml::YamlError;
use crate::crawl::front_matter::{Field, FieldValue, FrontMatter};
use crate::crawl::split::Sections;
use crate::findings::location::Location;

/// A reading of the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReadingExplanation {
    /// The line grammar of the template.
    Template,
    /// YAML.
    Yaml,
}

/// The front matter by both readings.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct FrontMatterExplanation {
    /// Line of the opening `---`.
    pub opened_on: usize,
    /// Line of the closing `---`.
    pub closed_on: usize,
    /// Reading that was taken; `null` if neither accepts the block.
    pub reading: Option<ReadingExplanation>,
    /// Reason for taking it.
    pub why: String,
    /// Error of the template reading, if it rejects the block.
    pub template_refuses: Option<RefusalExplanation>,
    /// Error of YAML, if it rejects the block.
    pub yaml_refuses: Option<RefusalExplanation>,
    /// Keys in order of location, repeated ones included.
    pub entries: Vec<KeyExplanation>,
}

/// Error of a reading.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct RefusalExplanation {
    /// Line of the file at which it stopped; that of the front matter if unknown.
    pub line: usize,
    /// Column in that line.
    pub column: usize,
    /// Description of the error.
    pub message: String,
}

/// One key with its values by both readings.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct KeyExplanation {
    /// Key, as written.
    pub key: String,
    /// True if the key is known.
    pub known: bool,
    /// True if it repeats an earlier key, whose value counts.
    pub repeated: bool,
    /// Line on which the value begins.
    pub line: usize,
    /// Column in that line.
    pub column: usize,
    /// Value by the template reading, not decoded; `null` if that reading has no such key.
    pub template: Option<String>,
    /// Value by YAML, not decoded; `null` if YAML has no such key or rejects the block.
    pub yaml: Option<String>,
    /// Value that was taken, decoded; `null` if there is no such value.
    pub value: Option<String>,
}

impl KeyExplanation {
    /// Returns whether YAML gives the key another value. White space in an author does not count.
    pub fn yaml_differs(&self) -> bool {
        let words = |text: &'_ Option<String>| -> Option<Vec<String>> {
            Some(text.as_ref()?.split_whitespace().map(str::to_owned).collect())
        };
        match self.key.as_str() {
            "author" => words(&self.template) != words(&self.yaml),
            _ => self.template != self.yaml,
        }
    }
}

impl FrontMatterExplanation {
    /// Explains the front matter of `source`, which was read as `resolved`.
    pub(super) fn new(
        source: &str,
        sections: &Sections<'_>,
        resolved: &ResolvedFrontMatter<'_>,
        escaping: Escaping,
    ) -> Self {
        let [in_template, in_yaml] = resolved.readings().map(by_key);
        let taken = by_key(Some(&resolved.front_matter));
        let only_yaml = in_yaml.iter().filter(|(key, _)| !in_template.contains_key(*key));
        let mut entries = Vec::new();
        for (&key, &(_, at)) in in_template.iter().chain(only_yaml) {
            let Location { line, column } =
                Location::at_offset(source.as_bytes(), sections.front_matter_offset + at);
            let template = in_template.get(key).map(|(value, _)| raw(value));
            let yaml = in_yaml.get(key).map(|(value, _)| raw(value));
            let value = taken.get(key).map(|(value, _)| decoded(value, escaping));
            let (known, repeated) = (Field::from_key(key).is_some(), false);
            let entry =
                KeyExplanation { key: key.to_owned(), known, repeated, line, column, template, yaml, value };
            entries.push(entry);
        }
        for duplicate in &resolved.front_matter.duplicates {
            let Location { line, column } =
                Location::at_offset(source.as_bytes(), sections.front_matter_offset + duplicate.at);
            let (key, known) = (duplicate.key.to_string(), Field::from_key(&duplicate.key).is_some());
            let (template, yaml) = match resolved.resolution.is_yaml() {
                true => (None, Some(raw(&duplicate.value))),
                false => (Some(raw(&duplicate.value)), None),
            };
            entries.push(KeyExplanation {
                key,
                known,
                repeated: true,
                line,
                column,
                template,
                yaml,
                value: None,
            });
        }
        entries.sort_by(|a, b| (a.line, a.column, &a.key).cmp(&(b.line, b.column, &b.key)));
        let reading = match resolved.resolution.is_yaml() {
            true => ReadingExplanation::Yaml,
            false => ReadingExplanation::Template,
        };
        FrontMatterExplanation {
            reading: Some(reading),
            why: resolved.resolution.to_string(),
            entries,
            ..FrontMatterExplanation::without_entries(
                source,
                sections,
                resolved.template_error,
                resolved.yaml_error.as_ref(),
            )
        }
    }

    /// Explains front matter that neither reading accepts.
    pub(super) fn unreadable(source: &str, sections: &Sections<'_>, unreadable: &Unreadable) -> Self {
        let Unreadable { template_error, yaml_error } = unreadable;
        let why = match template_error {
            Some(_) => "neither makes sense of the block",
            None => "the block has a form that the template never prints, and YAML refuses it",
        };
        FrontMatterExplanation {
            why: why.to_owned(),
            ..FrontMatterExplanation::without_entries(source, sections, *template_error, Some(yaml_error))
        }
    }

    fn without_entries(
        source: &str,
        sections: &Sections<'_>,
        template_error: Option<LeadingText>,
        yaml_error: Option<&YamlError>,
    ) -> Self {
        let closed_at = sections.front_matter_offset + sections.front_matter.len();
        FrontMatterExplanation {
            opened_on: 1,
            closed_on: Location::at_offset(source.as_bytes(), closed_at).line,
            reading: None,
            why: String::new(),
            template_refuses: template_error
                .map(|error| RefusalExplanation::of_template(error, source, sections)),
            yaml_refuses: yaml_error.map(|error| RefusalExplanation::of_yaml(error, source, sections)),
            entries: Vec::new(),
        }
    }
}

impl RefusalExplanation {
    fn of_template(LeadingText { at }: LeadingText, source: &str, sections: &Sections<'_>) -> Self {
        let Location { line, column } =
            Location::at_offset(source.as_bytes(), sections.front_matter_offset + at);
        RefusalExplanation { line, column, message: "text stands before the first key".to_owned() }
    }

    fn of_yaml(error: &YamlError, source: &str, sections: &Sections<'_>) -> Self {
        let (at, message) = match error {
            YamlError::TooDeep => (0, "it nests too deep"),
            YamlError::Alias => (0, "it holds an alias"),
            YamlError::NotYaml { place, message } => {
                let at = place.map_or(0, |place| place.offset_in(sections.front_matter.as_bytes()));
                (at, message.as_str())
            }
        };
        let Location { line, column } =
            Location::at_offset(source.as_bytes(), sections.front_matter_offset + at);
        RefusalExplanation { line, column, message: message.to_owned() }
    }
}

/// Returns the values that count, with their offsets, by key.
fn by_key<'f, 'a>(
    front_matter: Option<&'f FrontMatter<'a>>,
) -> HashMap<&'f str, (&'f FieldValue<'a>, usize)> {
    let entries = front_matter.into_iter().flat_map(FrontMatter::entries);
    entries.map(|(key, value, at)| (key, (value, at))).collect()
}

fn raw(value: &FieldValue<'_>) -> String {
    value.text().into_owned()
}

/// Returns the value as a record has it.
fn decoded(value: &FieldValue<'_>, escaping: Escaping) -> String {
    let decode = |text: String| escaping.decode(text.into()).into_owned();
    match value {
        FieldValue::Text(text) => decode(text.to_string()),
        FieldValue::Nested(value) => value.as_ref().clone().map_text(&decode).into_text(),
    }
}
