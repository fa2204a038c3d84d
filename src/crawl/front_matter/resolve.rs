//! Resolves the front matter from the template reading and, where needed, YAML.
//!
//! Where both readings accept a block and differ, the body decides, since the template printed title, publisher,
//! dates, category and URL there once more.

use std::borrow::Cow;
use std::fmt;

use crate::crawl::body::frame::Frame;
use crate::crawl::front_matter::template;
use crate::crawl::front_matter::template::LeadingText;
use crate::crawl::front_matter::yaml;
use crate::crawl::front_matter::yaml::YamlError;
use crate::crawl::front_matter::yaml_precheck;
use crate::crawl::front_matter::{Field, FieldValue, FrontMatter, FrontMatterEntry};
use smallvec::SmallVec;

/// The resolved front matter, with the results of both readings.
pub struct ResolvedFrontMatter<'a> {
    /// Keys and values by the reading that was taken.
    pub front_matter: FrontMatter<'a>,
    /// Keys and values by the other reading, if both were made and accept the block.
    pub other: Option<Box<FrontMatter<'a>>>,
    /// The reading that was taken, and the reason.
    pub resolution: Resolution,
    /// Known fields that differ between the readings, if both are plausible. If only YAML is, those that lose words
    /// to a comment.
    pub differences: Vec<ReadingDifference>,
    /// The error of the template reading, if it rejects the block.
    pub template_error: Option<LeadingText>,
    /// The YAML error, if YAML was run and rejects the block.
    pub yaml_error: Option<YamlError>,
    /// True if the YAML parser was run. Its escapes can produce characters that the block does not contain.
    pub yaml_was_run: bool,
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
    NotTemplateShaped,
    /// YAML: where the readings differ, the body repeats its values.
    BodyAgreesWithYaml,
    /// The template reading: where the readings differ, the body repeats its values.
    BodyAgreesWithTemplate,
    /// The template reading: the readings differ, and the body agrees with neither.
    Undecided,
}

impl Resolution {
    /// Returns whether YAML's reading was taken.
    pub fn is_yaml(self) -> bool {
        matches!(self, Resolution::OnlyYaml | Resolution::NotTemplateShaped | Resolution::BodyAgreesWithYaml)
    }
}

impl fmt::Display for Resolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Resolution::Agreed => "both readings agree",
            Resolution::OnlyTemplate => "YAML refuses the block",
            Resolution::OnlyYaml => "the template reading refuses the block",
            Resolution::NotTemplateShaped => "the block has a form that the template never prints",
            Resolution::BodyAgreesWithYaml => "the body repeats what YAML reads",
            Resolution::BodyAgreesWithTemplate => "the body repeats what the template reading reads",
            Resolution::Undecided => "the body does not tell which reading is right",
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
pub struct Unreadable {
    /// The error of the template reading; `None` if it accepts a block that has a form that the template never prints.
    pub template_error: Option<LeadingText>,
    /// The YAML error.
    pub yaml_error: YamlError,
}

impl Unreadable {
    /// Returns the byte offset in the block at which the template reading stopped.
    pub fn offset(&self) -> usize {
        self.template_error.map_or(0, |error| error.at)
    }
}

/// Condition for running the YAML parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YamlUse {
    /// Only if its result could change what is read or reported.
    IfNeeded,
    /// For every block.
    Always,
}

/// Reads the block between the fences. `frame` returns the frame, and is called only if the readings differ.
///
/// # Errors
/// Neither reading accepts the block.
pub fn read<'a, 'w>(
    block: &'a str,
    yaml_use: YamlUse,
    frame: impl FnOnce() -> Frame<'w>,
) -> Result<ResolvedFrontMatter<'a>, Unreadable> {
    match template::read(block) {
        Ok(template)
            if yaml_use == YamlUse::IfNeeded
                && !template.suspect
                && template.yaml_precheck.is_conclusive() =>
        {
            Ok(ResolvedFrontMatter::new(template.front_matter, Resolution::Agreed))
        }
        Ok(template)
            if yaml_use == YamlUse::IfNeeded
                && template.yaml_precheck.differs_by_quotes()
                && template.front_matter.duplicates.is_empty() =>
        {
            let yaml = without_quotes(block, &template.front_matter);
            let texts = Field::ALL.map(|(field, _)| field);
            let suspect = template.suspect;
            let (resolved, _) = resolve(template.front_matter, yaml, suspect, &texts, frame);
            Ok(ResolvedFrontMatter { yaml_was_run: false, ..resolved })
        }
        Ok(template) => Ok(match yaml::read(block) {
            Ok(entries) => {
                let suspect = template.suspect || entries.iter().any(names_a_person);
                let texts = text_fields(&entries);
                let yaml = with_offsets(entries, block);
                let (resolved, other) = resolve(template.front_matter, yaml, suspect, &texts, frame);
                ResolvedFrontMatter { other: Some(Box::new(other)), ..resolved }
            }
            Err(yaml_error @ (YamlError::TooDeep | YamlError::Alias)) if template.suspect => {
                return Err(Unreadable { template_error: None, yaml_error });
            }
            Err(yaml_error) => {
                let block = ResolvedFrontMatter::new(template.front_matter, Resolution::OnlyTemplate);
                ResolvedFrontMatter { yaml_error: Some(yaml_error), ..block }
            }
        }),
        Err(template_error) => match yaml::read(block) {
            Ok(entries) => {
                let texts = text_fields(&entries);
                let yaml = with_offsets(entries, block);
                let differences = lost_below_preamble(block, &yaml, &texts);
                Ok(ResolvedFrontMatter {
                    differences,
                    template_error: Some(template_error),
                    ..ResolvedFrontMatter::new(yaml, Resolution::OnlyYaml)
                })
            }
            Err(yaml_error) => Err(Unreadable { template_error: Some(template_error), yaml_error }),
        },
    }
}

impl<'a> ResolvedFrontMatter<'a> {
    fn new(front_matter: FrontMatter<'a>, resolution: Resolution) -> Self {
        ResolvedFrontMatter {
            front_matter,
            resolution,
            other: None,
            differences: Vec::new(),
            template_error: None,
            yaml_error: None,
            yaml_was_run: true,
        }
    }

    /// Returns the keys and values by the template reading and by YAML, of those that were made and accept the block.
    pub fn readings(&self) -> [Option<&FrontMatter<'a>>; 2] {
        let (taken, other) = (Some(&self.front_matter), self.other.as_deref());
        if self.resolution.is_yaml() { [other, taken] } else { [taken, other] }
    }
}

/// Decides between the two readings. `suspect` is true if the block has a form that the template never prints; `texts`
/// are the known fields whose YAML value is a scalar. Also returns the reading that was not taken.
fn resolve<'a, 'w>(
    template: FrontMatter<'a>,
    yaml: FrontMatter<'a>,
    suspect: bool,
    texts: &[Field],
    frame: impl FnOnce() -> Frame<'w>,
) -> (ResolvedFrontMatter<'a>, FrontMatter<'a>) {
    let differing = differing_fields(&template, &yaml);
    if differing.is_empty() && (!suspect || same_unknown(&template, &yaml)) {
        return (ResolvedFrontMatter::new(template, Resolution::Agreed), yaml);
    }
    let difference = |&field: &Field| ReadingDifference::new(field, &template, &yaml);
    let body_agreement = body_agreement(&differing, &template, &yaml, &frame());
    if suspect && body_agreement != BodyAgreement::ForTemplate {
        let lost = differing.iter().filter(|field| is_lost_to_comment(**field, &template, &yaml, texts));
        let differences = lost.map(difference).collect();
        let resolved = ResolvedFrontMatter::new(yaml, Resolution::NotTemplateShaped);
        return (ResolvedFrontMatter { differences, ..resolved }, template);
    }
    let differences = differing.iter().map(difference).collect();
    let (taken, other, resolution) = match body_agreement {
        BodyAgreement::ForYaml => (yaml, template, Resolution::BodyAgreesWithYaml),
        BodyAgreement::ForTemplate => (template, yaml, Resolution::BodyAgreesWithTemplate),
        BodyAgreement::None => (template, yaml, Resolution::Undecided),
    };
    (ResolvedFrontMatter { differences, ..ResolvedFrontMatter::new(taken, resolution) }, other)
}

/// Returns the known fields that lose words to a comment, in a block that begins with text that only YAML reads.
fn lost_below_preamble(block: &str, yaml: &FrontMatter<'_>, texts: &[Field]) -> Vec<ReadingDifference> {
    let Some(start) = template::first_key(block) else { return Vec::new() };
    let Ok(template) = template::read(&block[start..]) else { return Vec::new() };
    let template = template.front_matter;
    let differing = differing_fields(&template, yaml).into_iter();
    let lost = differing.filter(|field| is_lost_to_comment(*field, &template, yaml, texts));
    let difference = lost.map(|field| ReadingDifference::new(field, &template, yaml));
    difference.map(|difference| ReadingDifference { at: start + difference.at, ..difference }).collect()
}

/// Returns the known fields whose YAML value is a scalar, neither a list nor a map.
fn text_fields(entries: &[yaml::YamlEntry]) -> Vec<Field> {
    let texts = entries.iter().filter(|entry| matches!(entry.value, yaml::YamlValue::Text(_)));
    texts.filter_map(|entry| Field::from_key(&entry.key)).collect()
}

/// Returns whether the author is a map that names a person, or a list that contains one.
fn names_a_person(entry: &yaml::YamlEntry) -> bool {
    entry.key == Field::Author.key() && yaml::author::names_a_person(&entry.value)
}

impl ReadingDifference {
    fn new(field: Field, template: &FrontMatter<'_>, yaml: &FrontMatter<'_>) -> Self {
        ReadingDifference {
            field,
            at: template.entry(field).or(yaml.entry(field)).map_or(0, |entry| entry.at),
            template: template.text(field).into_owned(),
            yaml: yaml.text(field).into_owned(),
        }
    }
}

/// Returns whether YAML reads the rest of a line of the field after the first one as a comment, so that a `#` of the
/// value is lost.
///
/// In a list or a map, which are not among `texts`, a comment is surely meant. So is a `#` with a space after
/// it in any field but the author, the only one that has several lines.
fn is_lost_to_comment(
    field: Field,
    template: &FrontMatter<'_>,
    yaml: &FrontMatter<'_>,
    texts: &[Field],
) -> bool {
    let template = template.text(field);
    let mut comments = template.lines().skip(1).flat_map(|line| line.split('#').skip(1));
    let begins_word = |comment: &str| comment.starts_with(|first: char| !first.is_whitespace());
    texts.contains(&field)
        && comments.any(|comment| field == Field::Author || begins_word(comment))
        && yaml.text(field).matches('#').count() < template.matches('#').count()
}

/// Returns the known fields in which the readings differ by more than white space in the author.
fn differing_fields(
    template: &FrontMatter<'_>,
    yaml: &FrontMatter<'_>,
) -> SmallVec<[Field; Field::ALL.len()]> {
    let differs = |field: &Field| match (field, template.text(*field), yaml.text(*field)) {
        (Field::Author, template, yaml) => !template.split_whitespace().eq(yaml.split_whitespace()),
        (_, template, yaml) => template != yaml,
    };
    Field::ALL.into_iter().map(|(field, _)| field).filter(differs).collect()
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

fn body_agreement(
    differing: &[Field],
    template: &FrontMatter<'_>,
    yaml: &FrontMatter<'_>,
    frame: &Frame<'_>,
) -> BodyAgreement {
    let frame_value = |field| match field {
        Field::Title => frame.heading,
        Field::Publisher => frame.publisher,
        Field::PublishedAt => frame.published_at,
        Field::Category => frame.category,
        Field::CrawledAt => frame.crawled_at,
        Field::Url => frame.url,
        _ => None,
    };
    let agrees = |reading: &FrontMatter<'_>| {
        let is_bold_line =
            || frame.bold_line.is_some_and(|line| reading.frame_values().is_bold_line(line.text));
        differing.iter().any(|field| match field {
            Field::Publisher | Field::PublishedAt | Field::Category if is_bold_line() => true,
            field => frame_value(*field).is_some_and(|part| part.text == reading.text(*field).trim()),
        })
    };
    match (agrees(template), agrees(yaml)) {
        (true, _) => BodyAgreement::ForTemplate,
        (false, true) => BodyAgreement::ForYaml,
        (false, false) => BodyAgreement::None,
    }
}

/// Returns YAML's reading of a block that differs from the template reading by
/// [quotes](yaml_precheck::YamlPrecheck::differs_by_quotes) only.
fn without_quotes<'a>(block: &str, template: &FrontMatter<'a>) -> FrontMatter<'a> {
    template.map(|field, value, at| {
        // The template reading has removed the quotes of a title, but only double ones.
        let is_unquoted = field == Some(Field::Title) && block[..at].ends_with('"');
        match value {
            FieldValue::Text(Cow::Borrowed(text)) if !is_unquoted => {
                let text = yaml_precheck::without_quotes(text).map_or(*text, |(_, text)| text);
                (FieldValue::Text(Cow::Borrowed(text)), at)
            }
            value => (value.clone(), at - usize::from(is_unquoted)),
        }
    })
}

/// Converts YAML's entries, with the byte offset of each value: 0 if no line of the block begins with its key.
fn with_offsets<'a>(entries: Vec<yaml::YamlEntry>, block: &str) -> FrontMatter<'a> {
    let value_offsets = template::value_offsets(block);
    let mut front_matter = FrontMatter::default();
    for yaml::YamlEntry { key, value } in entries {
        let at = value_offsets.get(key.as_str()).copied().unwrap_or(0);
        let known = Field::from_key(&key);
        let value = if known == Some(Field::Author) { yaml::author::byline(value) } else { value };
        let value = match value {
            yaml::YamlValue::Text(mut text) => {
                if known.is_some() && text.ends_with('\n') {
                    // The final line end of a block scalar is not part of the value.
                    text.pop();
                }
                FieldValue::Text(Cow::Owned(text))
            }
            nested => FieldValue::Nested(Box::new(nested)),
        };
        front_matter.push(FrontMatterEntry { key: Cow::Owned(key), value, at });
    }
    front_matter
}
