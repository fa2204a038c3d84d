//! The front matter, read twice where once could mislead: by the template's grammar, then by YAML.
//!
//! Where both readings accept a block and differ, the body is the witness, since the template printed title,
//! publisher, dates, category and URL there once more.

use std::borrow::Cow;
use std::fmt;

use super::frame::Frame;
use super::front_matter::{Entry, Field, FrontMatter, Value};
use super::template::{self, NoKey, Template};
use super::yaml::{self, Refusal};

/// The front matter, and what the readings said of it.
pub struct Block<'a> {
    /// The keys and values by the reading that is right.
    pub front_matter: FrontMatter<'a>,
    /// Which reading that is, and why.
    pub verdict: Verdict,
    /// The fields that the two readings, both likely, see otherwise; where only YAML is, those that lose words to a comment.
    pub differences: Vec<Difference>,
    /// Why YAML would reject the block, if it was asked and does.
    pub refusal: Option<Refusal>,
}

/// Which reading was taken, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Both readings are the same, as far as it matters.
    Agreed,
    /// The template reading: YAML refuses the block.
    OnlyTemplate,
    /// YAML: text stands before the first key.
    OnlyYaml,
    /// YAML: the block has a form that the template never prints.
    NeverPrinted,
    /// YAML: where the readings differ, the body repeats what YAML reads.
    BodyAgreesWithYaml,
    /// The template reading: where the readings differ, the body repeats what that reads.
    BodyAgreesWithTemplate,
    /// The template reading: the readings differ, and the body does not tell which one is right.
    NoWitness,
}

impl Verdict {
    /// Whether YAML's reading was taken where the two differ.
    pub fn is_yaml(self) -> bool {
        matches!(self, Verdict::OnlyYaml | Verdict::NeverPrinted | Verdict::BodyAgreesWithYaml)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Verdict::Agreed => "both readings agree",
            Verdict::OnlyTemplate => "YAML refuses the block",
            Verdict::OnlyYaml => "the template reading refuses the block",
            Verdict::NeverPrinted => "the block has a form that the template never prints",
            Verdict::BodyAgreesWithYaml => "the body repeats what YAML reads",
            Verdict::BodyAgreesWithTemplate => "the body repeats what the template reading reads",
            Verdict::NoWitness => "the body does not tell which reading is right",
        })
    }
}

/// A known field that the readings see otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub field: Field,
    /// Where the value begins in the front matter, in bytes.
    pub at: usize,
    /// What the template reading sees.
    pub template: String,
    /// What YAML sees.
    pub yaml: String,
}

/// Neither reading makes sense of the block.
pub struct Senseless {
    /// Where the template reading stopped, in bytes of the block.
    pub at: usize,
    /// Why YAML refused.
    pub refusal: Refusal,
}

/// How much is asked of YAML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// Only where its answer could change what is read or reported.
    WhereItMatters,
    /// Always.
    Always,
}

/// Reads a block between its fences. `witness` gives the frame, and is asked only where the readings differ.
///
/// # Errors
/// Neither reading makes sense of it.
pub fn read<'a, 'w>(
    block: &'a str,
    asking: Asking,
    witness: impl FnOnce() -> Frame<'w>,
) -> Result<Block<'a>, Senseless> {
    match template::read(block) {
        Ok(template)
            if asking == Asking::WhereItMatters && !template.doubtful && template.glances.are_sure() =>
        {
            Ok(Block::of(template.front_matter, Verdict::Agreed))
        }
        Ok(template) => Ok(match yaml::read(block) {
            Ok(entries) => choose(block, template, entries, witness),
            Err(refusal @ (Refusal::TooDeep | Refusal::Alias)) if template.doubtful => {
                return Err(Senseless { at: 0, refusal });
            }
            Err(refusal) => {
                let block = Block::of(template.front_matter, Verdict::OnlyTemplate);
                Block { refusal: Some(refusal), ..block }
            }
        }),
        Err(NoKey { at }) => match yaml::read(block) {
            Ok(entries) => {
                let texts = text_fields(&entries);
                let yaml = in_place(entries, block);
                let differences = lost_below_preamble(block, &yaml, &texts);
                Ok(Block { differences, ..Block::of(yaml, Verdict::OnlyYaml) })
            }
            Err(refusal) => Err(Senseless { at, refusal }),
        },
    }
}

impl<'a> Block<'a> {
    fn of(front_matter: FrontMatter<'a>, verdict: Verdict) -> Self {
        Block { front_matter, verdict, differences: Vec::new(), refusal: None }
    }
}

fn choose<'a, 'w>(
    block: &'a str,
    template: Template<'a>,
    entries: Vec<yaml::Entry>,
    witness: impl FnOnce() -> Frame<'w>,
) -> Block<'a> {
    let is_person =
        |entry: &yaml::Entry| entry.key == Field::Author.key() && yaml::author::names_a_person(&entry.value);
    let doubtful = template.doubtful || entries.iter().any(is_person);
    let texts = text_fields(&entries);
    let yaml = in_place(entries, block);
    let mut differences = differences(&template.front_matter, &yaml);
    let same_unknown = || same_unknown(&template.front_matter, &yaml);
    if differences.is_empty() && (!doubtful || same_unknown()) {
        return Block::of(template.front_matter, Verdict::Agreed);
    }
    let testimony = testimony(&differences, &template.front_matter, &yaml, &witness());
    if doubtful && testimony != Testimony::ForTemplate {
        differences.retain(|difference| difference.is_lost_to_comment(&texts));
        return Block { differences, ..Block::of(yaml, Verdict::NeverPrinted) };
    }
    let block = match testimony {
        Testimony::ForYaml => Block::of(yaml, Verdict::BodyAgreesWithYaml),
        Testimony::ForTemplate => Block::of(template.front_matter, Verdict::BodyAgreesWithTemplate),
        Testimony::None => Block::of(template.front_matter, Verdict::NoWitness),
    };
    Block { differences, ..block }
}

/// The known fields that lose words to a comment, in a block that begins with text which only YAML reads.
fn lost_below_preamble(block: &str, yaml: &FrontMatter<'_>, texts: &[Field]) -> Vec<Difference> {
    let Some(start) = template::first_key(block) else { return Vec::new() };
    let Ok(template) = template::read(&block[start..]) else { return Vec::new() };
    let differences = differences(&template.front_matter, yaml).into_iter();
    let lost = differences.filter(|difference| difference.is_lost_to_comment(texts));
    lost.map(|difference| Difference { at: start + difference.at, ..difference }).collect()
}

/// The known fields of which YAML makes a text, neither a list nor a map.
fn text_fields(entries: &[yaml::Entry]) -> Vec<Field> {
    let texts = entries.iter().filter(|entry| matches!(entry.value, yaml::Value::Text(_)));
    texts.filter_map(|entry| Field::called(&entry.key)).collect()
}

impl Difference {
    /// Whether YAML takes the rest of a line below the first one for a comment: a `#` of the value begins it, and is gone.
    ///
    /// In a list or a map, of which there are none among `texts`, a comment is surely one; below all but the author, which
    /// alone has lines, so is one with a space after its `#`.
    fn is_lost_to_comment(&self, texts: &[Field]) -> bool {
        let mut comments = self.template.lines().skip(1).flat_map(|line| line.split('#').skip(1));
        let begins_word = |comment: &str| comment.starts_with(|first: char| !first.is_whitespace());
        texts.contains(&self.field)
            && comments.any(|comment| self.field == Field::Author || begins_word(comment))
            && self.yaml.matches('#').count() < self.template.matches('#').count()
    }
}

/// The known fields in which the readings differ by more than white space in the author.
fn differences(template: &FrontMatter<'_>, yaml: &FrontMatter<'_>) -> Vec<Difference> {
    let differs = |field: Field, template: &str, yaml: &str| match field {
        Field::Author => !template.split_whitespace().eq(yaml.split_whitespace()),
        _ => template != yaml,
    };
    Field::ALL
        .into_iter()
        .map(|(field, _)| (field, template.text(field), yaml.text(field)))
        .filter(|(field, template, yaml)| differs(*field, template, yaml))
        .map(|(field, in_template, in_yaml)| Difference {
            field,
            at: template.entry(field).or(yaml.entry(field)).map_or(0, |entry| entry.at),
            template: in_template.into_owned(),
            yaml: in_yaml.into_owned(),
        })
        .collect()
}

fn same_unknown(template: &FrontMatter<'_>, yaml: &FrontMatter<'_>) -> bool {
    let entries = |front_matter: &FrontMatter<'_>| -> Vec<(String, String)> {
        let pair = |entry: &Entry<'_>| (entry.key.to_string(), entry.text().into_owned());
        front_matter.unknown.iter().map(pair).collect()
    };
    entries(template) == entries(yaml)
}

/// Which reading the frame agrees with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Testimony {
    ForTemplate,
    ForYaml,
    None,
}

fn testimony(
    differences: &[Difference],
    template: &FrontMatter<'_>,
    yaml: &FrontMatter<'_>,
    frame: &Frame<'_>,
) -> Testimony {
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
        differences.iter().any(|Difference { field, .. }| match field {
            Field::Publisher | Field::PublishedAt | Field::Category if as_a_whole => true,
            field => said(*field).is_some_and(|part| part.text == reading.text(*field).trim()),
        })
    };
    match (agrees(template), agrees(yaml)) {
        (true, _) => Testimony::ForTemplate,
        (false, true) => Testimony::ForYaml,
        (false, false) => Testimony::None,
    }
}

/// The bold line as the template prints it. Its parts cannot always be told from one another.
fn bold_line(reading: &FrontMatter<'_>) -> String {
    let said = |field| reading.text(field);
    format!("**{}** | {} | {}", said(Field::Publisher), said(Field::PublishedAt), said(Field::Category))
}

/// YAML's entries with the place of their value, as far as a line of the block begins with their key.
pub fn in_place<'a>(entries: Vec<yaml::Entry>, block: &str) -> FrontMatter<'a> {
    let places = template::places(block);
    let mut front_matter = FrontMatter::default();
    for yaml::Entry { key, value } in entries {
        let at = places.get(key.as_str()).copied().unwrap_or(0);
        let known = Field::called(&key);
        let value = if known == Some(Field::Author) { yaml::author::byline(value) } else { value };
        let value = match value {
            yaml::Value::Text(mut text) => {
                if known.is_some() && text.ends_with('\n') {
                    // A block scalar's line end is none of its value's.
                    text.pop();
                }
                Value::Text(Cow::Owned(text))
            }
            nested => Value::Nested(nested),
        };
        front_matter.push(Entry { key: Cow::Owned(key), value, at });
    }
    front_matter
}
