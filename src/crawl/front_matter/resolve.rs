//! Resolves the front matter from the template reading and, where needed, YAML.
//!
//! Where both readings accept a block and differ, the body decides, since the template printed title, publisher,
//! dates, category and URL there once more.

use std::borrow::Cow;
use std::fmt;

use crate::crawl::body::frame::Frame;
use crate::crawl::front_matter::template;
use crate::crawl::front_matter::template::{NoKey, Template};
use crate::crawl::front_matter::yaml;
use crate::crawl::front_matter::yaml::YamlError;
use crate::crawl::front_matter::{Field, FieldValue, FrontMatter, FrontMatterEntry};

/// The resolved front matter, with the results of both readings.
pub struct ResolvedFrontMatter<'a> {
    /// Keys and values by the reading that was taken.
    pub front_matter: FrontMatter<'a>,
    /// The reading that was taken, and the reason.
    pub verdict: Resolution,
    /// Known fields that differ between the readings, if both are plausible. If only YAML is, those that lose words
    /// to a comment.
    pub differences: Vec<ReadingDifference>,
    /// The YAML error, if YAML was run and rejects the block.
    pub refusal: Option<YamlError>,
}

/// The reading that was taken, and the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// The readings do not differ in anything that matters.
    Agreed,
    /// The template reading: YAML rejects the block.
    OnlyTemplate,
    /// YAML: there is text before the first key.
    OnlyYaml,
    /// YAML: the block has a form that the template never prints.
    NeverPrinted,
    /// YAML: where the readings differ, the body repeats its values.
    BodyAgreesWithYaml,
    /// The template reading: where the readings differ, the body repeats its values.
    BodyAgreesWithTemplate,
    /// The template reading: the readings differ, and the body agrees with neither.
    NoWitness,
}

impl Resolution {
    /// Returns whether YAML's reading was taken.
    pub fn is_yaml(self) -> bool {
        matches!(self, Resolution::OnlyYaml | Resolution::NeverPrinted | Resolution::BodyAgreesWithYaml)
    }
}

impl fmt::Display for Resolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Resolution::Agreed => "both readings agree",
            Resolution::OnlyTemplate => "YAML refuses the block",
            Resolution::OnlyYaml => "the template reading refuses the block",
            Resolution::NeverPrinted => "the block has a form that the template never prints",
            Resolution::BodyAgreesWithYaml => "the body repeats what YAML reads",
            Resolution::BodyAgreesWithTemplate => "the body repeats what the template reading reads",
            Resolution::NoWitness => "the body does not tell which reading is right",
        })
    }
}

/// A known field whose value differs between the readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingDifference {
    /// Known field that differs.
    pub field: Field,
    /// Byte offset of the value in the front matter.
    pub at: usize,
    /// Value by the template reading.
    pub template: String,
    /// Value by YAML.
    pub yaml: String,
}

/// Error: neither reading accepts the block.
pub struct Senseless {
    /// Byte offset in the block at which the template reading stopped.
    pub at: usize,
    /// The YAML error.
    pub refusal: YamlError,
}

/// Condition for running the YAML parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YamlUse {
    /// Only if its result could change what is read or reported.
    WhereItMatters,
    /// For every block.
    Always,
}

/// Reads the block between the fences. `witness` returns the frame, and is called only if the readings differ.
///
/// # Errors
/// Neither reading accepts the block.
pub fn read<'a, 'w>(
    block: &'a str,
    asking: YamlUse,
    witness: impl FnOnce() -> Frame<'w>,
) -> Result<ResolvedFrontMatter<'a>, Senseless> {
    match template::read(block) {
        Ok(template)
            if asking == YamlUse::WhereItMatters && !template.doubtful && template.glances.are_sure() =>
        {
            Ok(ResolvedFrontMatter::new(template.front_matter, Resolution::Agreed))
        }
        Ok(template) => Ok(match yaml::read(block) {
            Ok(entries) => choose(block, template, entries, witness),
            Err(refusal @ (YamlError::TooDeep | YamlError::Alias)) if template.doubtful => {
                return Err(Senseless { at: 0, refusal });
            }
            Err(refusal) => {
                let block = ResolvedFrontMatter::new(template.front_matter, Resolution::OnlyTemplate);
                ResolvedFrontMatter { refusal: Some(refusal), ..block }
            }
        }),
        Err(NoKey { at }) => match yaml::read(block) {
            Ok(entries) => {
                let texts = text_fields(&entries);
                let yaml = in_place(entries, block);
                let differences = lost_below_preamble(block, &yaml, &texts);
                Ok(ResolvedFrontMatter {
                    differences,
                    ..ResolvedFrontMatter::new(yaml, Resolution::OnlyYaml)
                })
            }
            Err(refusal) => Err(Senseless { at, refusal }),
        },
    }
}

impl<'a> ResolvedFrontMatter<'a> {
    fn new(front_matter: FrontMatter<'a>, verdict: Resolution) -> Self {
        ResolvedFrontMatter { front_matter, verdict, differences: Vec::new(), refusal: None }
    }
}

fn choose<'a, 'w>(
    block: &'a str,
    template: Template<'a>,
    entries: Vec<yaml::YamlEntry>,
    witness: impl FnOnce() -> Frame<'w>,
) -> ResolvedFrontMatter<'a> {
    let is_person = |entry: &yaml::YamlEntry| {
        entry.key == Field::Author.key() && yaml::author::names_a_person(&entry.value)
    };
    let doubtful = template.doubtful || entries.iter().any(is_person);
    let texts = text_fields(&entries);
    let yaml = in_place(entries, block);
    let mut differences = differences(&template.front_matter, &yaml);
    let same_unknown = || same_unknown(&template.front_matter, &yaml);
    if differences.is_empty() && (!doubtful || same_unknown()) {
        return ResolvedFrontMatter::new(template.front_matter, Resolution::Agreed);
    }
    let testimony = testimony(&differences, &template.front_matter, &yaml, &witness());
    if doubtful && testimony != BodyAgreement::ForTemplate {
        differences.retain(|difference| difference.is_lost_to_comment(&texts));
        return ResolvedFrontMatter {
            differences,
            ..ResolvedFrontMatter::new(yaml, Resolution::NeverPrinted)
        };
    }
    let block = match testimony {
        BodyAgreement::ForYaml => ResolvedFrontMatter::new(yaml, Resolution::BodyAgreesWithYaml),
        BodyAgreement::ForTemplate => {
            ResolvedFrontMatter::new(template.front_matter, Resolution::BodyAgreesWithTemplate)
        }
        BodyAgreement::None => ResolvedFrontMatter::new(template.front_matter, Resolution::NoWitness),
    };
    ResolvedFrontMatter { differences, ..block }
}

/// Returns the known fields that lose words to a comment, in a block that begins with text that only YAML reads.
fn lost_below_preamble(block: &str, yaml: &FrontMatter<'_>, texts: &[Field]) -> Vec<ReadingDifference> {
    let Some(start) = template::first_key(block) else { return Vec::new() };
    let Ok(template) = template::read(&block[start..]) else { return Vec::new() };
    let differences = differences(&template.front_matter, yaml).into_iter();
    let lost = differences.filter(|difference| difference.is_lost_to_comment(texts));
    lost.map(|difference| ReadingDifference { at: start + difference.at, ..difference }).collect()
}

/// Returns the known fields whose YAML value is a scalar, neither a list nor a map.
fn text_fields(entries: &[yaml::YamlEntry]) -> Vec<Field> {
    let texts = entries.iter().filter(|entry| matches!(entry.value, yaml::YamlValue::Text(_)));
    texts.filter_map(|entry| Field::called(&entry.key)).collect()
}

impl ReadingDifference {
    /// Returns whether YAML reads the rest of a line after the first one as a comment, so that a `#` of the value
    /// is lost.
    ///
    /// In a list or a map, which are not among `texts`, a comment is surely meant. So is a `#` with a space after
    /// it in any field but the author, the only one that has several lines.
    fn is_lost_to_comment(&self, texts: &[Field]) -> bool {
        let mut comments = self.template.lines().skip(1).flat_map(|line| line.split('#').skip(1));
        let begins_word = |comment: &str| comment.starts_with(|first: char| !first.is_whitespace());
        texts.contains(&self.field)
            && comments.any(|comment| self.field == Field::Author || begins_word(comment))
            && self.yaml.matches('#').count() < self.template.matches('#').count()
    }
}

/// Returns the known fields in which the readings differ by more than white space in the author.
fn differences(template: &FrontMatter<'_>, yaml: &FrontMatter<'_>) -> Vec<ReadingDifference> {
    let differs = |field: Field, template: &str, yaml: &str| match field {
        Field::Author => !template.split_whitespace().eq(yaml.split_whitespace()),
        _ => template != yaml,
    };
    Field::ALL
        .into_iter()
        .map(|(field, _)| (field, template.text(field), yaml.text(field)))
        .filter(|(field, template, yaml)| differs(*field, template, yaml))
        .map(|(field, in_template, in_yaml)| ReadingDifference {
            field,
            at: template.entry(field).or(yaml.entry(field)).map_or(0, |entry| entry.at),
            template: in_template.into_owned(),
            yaml: in_yaml.into_owned(),
        })
        .collect()
}

fn same_unknown(template: &FrontMatter<'_>, yaml: &FrontMatter<'_>) -> bool {
    let entries = |front_matter: &FrontMatter<'_>| -> Vec<(String, String)> {
        let pair = |entry: &FrontMatterEntry<'_>| (entry.key.to_string(), entry.text().into_owned());
        front_matter.unknown.iter().map(pair).collect()
    };
    entries(template) == entries(yaml)
}

/// The reading that the frame agrees with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BodyAgreement {
    ForTemplate,
    ForYaml,
    None,
}

fn testimony(
    differences: &[ReadingDifference],
    template: &FrontMatter<'_>,
    yaml: &FrontMatter<'_>,
    frame: &Frame<'_>,
) -> BodyAgreement {
    let said = |field| match field {
        Field::Title => frame.heading,
        Field::Publisher => frame.publisher,
        Field::PublishedAt => frame.published_at,
        Field::Category => frame.category,
        Field::CrawledAt => frame.crawled_at,
        Field::Url => frame.url,
        _ => None,
    };
    let agrees = |reading: &FrontMatter<'_>| {
        let as_a_whole = frame.bold_line.is_some_and(|line| line.text == bold_line(reading).trim());
        differences.iter().any(|ReadingDifference { field, .. }| match field {
            Field::Publisher | Field::PublishedAt | Field::Category if as_a_whole => true,
            field => said(*field).is_some_and(|part| part.text == reading.text(*field).trim()),
        })
    };
    match (agrees(template), agrees(yaml)) {
        (true, _) => BodyAgreement::ForTemplate,
        (false, true) => BodyAgreement::ForYaml,
        (false, false) => BodyAgreement::None,
    }
}

/// Formats the bold line as the template prints it, since its parts cannot always be told apart.
fn bold_line(reading: &FrontMatter<'_>) -> String {
    let said = |field| reading.text(field);
    format!("**{}** | {} | {}", said(Field::Publisher), said(Field::PublishedAt), said(Field::Category))
}

/// Converts YAML's entries, with the byte offset of each value: 0 if no line of the block begins with its key.
pub fn in_place<'a>(entries: Vec<yaml::YamlEntry>, block: &str) -> FrontMatter<'a> {
    let places = template::places(block);
    let mut front_matter = FrontMatter::default();
    for yaml::YamlEntry { key, value } in entries {
        let at = places.get(key.as_str()).copied().unwrap_or(0);
        let known = Field::called(&key);
        let value = if known == Some(Field::Author) { yaml::author::byline(value) } else { value };
        let value = match value {
            yaml::YamlValue::Text(mut text) => {
                if known.is_some() && text.ends_with('\n') {
                    // The final line end of a block scalar is not part of the value.
                    text.pop();
                }
                FieldValue::Text(Cow::Owned(text))
            }
            nested => FieldValue::Nested(nested),
        };
        front_matter.push(FrontMatterEntry { key: Cow::Owned(key), value, at });
    }
    front_matter
}
