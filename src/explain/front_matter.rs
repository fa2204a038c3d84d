//! The front matter of an explanation: each key by both readings, and the value that was taken.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::crawl::escaping::Escaping;
use crate::crawl::front_matter;
use crate::crawl::front_matter::resolve;
use crate::crawl::front_matter::resolve::{Resolution, ResolvedFrontMatter, Unreadable};
use crate::crawl::front_matter::template;
use crate::crawl::front_matter::template::LeadingText;
use crate::crawl::front_matter::yaml;
use crate::crawl::front_matter::{Field, FieldValue};
use crate::crawl::split::Sections;
use crate::findings::finding::Location;

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
    /// Explains the front matter of `source`, which was read as `block`.
    pub(super) fn new(
        source: &str,
        fences: &Sections<'_>,
        block: &ResolvedFrontMatter<'_>,
        escaping: Escaping,
    ) -> Self {
        let by_template = template::read(fences.front_matter).ok().map(|template| template.front_matter);
        let by_yaml = yaml::read(fences.front_matter);
        let refusal =
            by_yaml.as_ref().err().map(|refusal| RefusalExplanation::of_yaml(refusal, source, fences));
        let by_yaml = by_yaml.ok().map(|entries| resolve::with_offsets(entries, fences.front_matter));
        let [in_template, in_yaml] = [by_template.as_ref(), by_yaml.as_ref()].map(by_key);
        let taken = by_key(Some(&block.front_matter));
        let only_yaml = in_yaml.iter().filter(|(key, _)| !in_template.contains_key(*key));
        let mut entries = Vec::new();
        for (&key, entry) in in_template.iter().chain(only_yaml) {
            let Location { line, column } =
                Location::at_offset(source.as_bytes(), fences.front_matter_offset + entry.at);
            let template = in_template.get(key).map(|entry| raw(entry));
            let yaml = in_yaml.get(key).map(|entry| raw(entry));
            let value = taken.get(key).map(|entry| decoded(&entry.value, escaping));
            let (known, repeated) = (Field::from_key(key).is_some(), false);
            let entry =
                KeyExplanation { key: key.to_owned(), known, repeated, line, column, template, yaml, value };
            entries.push(entry);
        }
        for duplicate in &block.front_matter.duplicates {
            let Location { line, column } =
                Location::at_offset(source.as_bytes(), fences.front_matter_offset + duplicate.at);
            let (key, known) = (duplicate.key.to_string(), Field::from_key(&duplicate.key).is_some());
            let (template, yaml) = match block.resolution.is_yaml() {
                true => (None, Some(raw(duplicate))),
                false => (Some(raw(duplicate)), None),
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
        FrontMatterExplanation {
            entries,
            ..FrontMatterExplanation::empty(source, fences, block.resolution, refusal)
        }
    }

    /// Explains front matter that neither reading accepts.
    pub(super) fn unreadable(source: &str, fences: &Sections<'_>, unreadable: &Unreadable) -> Self {
        let refusal = RefusalExplanation::of_yaml(&unreadable.refusal, source, fences);
        let why = match template::read(fences.front_matter) {
            Err(_) => "neither makes sense of the block",
            Ok(_) => "the block has a form that the template never prints, and YAML refuses it",
        };
        let resolution = Resolution::OnlyTemplate;
        FrontMatterExplanation {
            reading: None,
            why: why.to_owned(),
            ..FrontMatterExplanation::empty(source, fences, resolution, Some(refusal))
        }
    }

    fn empty(
        source: &str,
        fences: &Sections<'_>,
        resolution: Resolution,
        yaml_refuses: Option<RefusalExplanation>,
    ) -> Self {
        let closed_at = fences.front_matter_offset + fences.front_matter.len();
        FrontMatterExplanation {
            opened_on: 1,
            closed_on: Location::at_offset(source.as_bytes(), closed_at).line,
            reading: Some(if resolution.is_yaml() {
                ReadingExplanation::Yaml
            } else {
                ReadingExplanation::Template
            }),
            why: resolution.to_string(),
            template_refuses: RefusalExplanation::of_template(source, fences),
            yaml_refuses,
            entries: Vec::new(),
        }
    }
}

impl RefusalExplanation {
    fn of_template(source: &str, fences: &Sections<'_>) -> Option<Self> {
        let LeadingText { at } = template::read(fences.front_matter).err()?;
        let Location { line, column } =
            Location::at_offset(source.as_bytes(), fences.front_matter_offset + at);
        Some(RefusalExplanation { line, column, message: "text stands before the first key".to_owned() })
    }

    fn of_yaml(refusal: &yaml::YamlError, source: &str, fences: &Sections<'_>) -> Self {
        let (at, message) = match refusal {
            yaml::YamlError::TooDeep => (0, "it nests too deep"),
            yaml::YamlError::Alias => (0, "it holds an alias"),
            yaml::YamlError::NotYaml { place, message } => {
                let at = place.map_or(0, |place| place.offset_in(fences.front_matter.as_bytes()));
                (at, message.as_str())
            }
        };
        let Location { line, column } =
            Location::at_offset(source.as_bytes(), fences.front_matter_offset + at);
        RefusalExplanation { line, column, message: message.to_owned() }
    }
}

/// Returns the entries that count, by key.
fn by_key<'f, 'a>(
    front_matter: Option<&'f front_matter::FrontMatter<'a>>,
) -> HashMap<&'f str, &'f front_matter::FrontMatterEntry<'a>> {
    let entries = front_matter.into_iter().flat_map(|front_matter| {
        let known = Field::ALL.into_iter().filter_map(|(field, _)| front_matter.entry(field));
        known.chain(&front_matter.unknown)
    });
    entries.map(|entry| (entry.key.as_ref(), entry)).collect()
}

fn raw(entry: &front_matter::FrontMatterEntry<'_>) -> String {
    entry.text().into_owned()
}

/// Returns the value as a record has it.
fn decoded(value: &FieldValue<'_>, escaping: Escaping) -> String {
    let decode = |text: String| escaping.decode(text.into()).into_owned();
    match value {
        FieldValue::Text(text) => decode(text.to_string()),
        FieldValue::Nested(value) => value.clone().map_text(&decode).into_text(),
    }
}
