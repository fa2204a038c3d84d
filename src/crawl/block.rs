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
    /// The fields that the two readings, both likely, see otherwise.
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
    /// Whether YAML's reading was taken.
    pub yaml_is_right: bool,
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
            Ok(entries) => choose(template, in_place(entries, block), witness),
            Err(refusal @ (Refusal::TooDeep | Refusal::Alias)) if template.doubtful => {
                return Err(Senseless { at: 0, refusal });
            }
            Err(refusal) => {
                let block = Block::of(template.front_matter, Verdict::OnlyTemplate);
                Block { refusal: Some(refusal), ..block }
            }
        }),
        Err(NoKey { at }) => match yaml::read(block) {
            Ok(entries) => Ok(Block::of(in_place(entries, block), Verdict::OnlyYaml)),
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
    template: Template<'a>,
    yaml: FrontMatter<'a>,
    witness: impl FnOnce() -> Frame<'w>,
) -> Block<'a> {
    let mut differences = differences(&template.front_matter, &yaml);
    let same_unknown = || same_unknown(&template.front_matter, &yaml);
    if differences.is_empty() && (!template.doubtful || same_unknown()) {
        return Block::of(template.front_matter, Verdict::Agreed);
    }
    let testimony = testimony(&differences, &template.front_matter, &yaml, &witness());
    if template.doubtful && testimony != Testimony::ForTemplate {
        return Block::of(yaml, Verdict::NeverPrinted);
    }
    let yaml_is_right = testimony == Testimony::ForYaml;
    for difference in &mut differences {
        difference.yaml_is_right = yaml_is_right;
    }
    let block = match testimony {
        Testimony::ForYaml => Block::of(yaml, Verdict::BodyAgreesWithYaml),
        Testimony::ForTemplate => Block::of(template.front_matter, Verdict::BodyAgreesWithTemplate),
        Testimony::None => Block::of(template.front_matter, Verdict::NoWitness),
    };
    Block { differences, ..block }
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
            yaml_is_right: false,
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
        let value = match (Field::called(&key), value) {
            (known, yaml::Value::Text(mut text)) => {
                if known.is_some() && text.ends_with('\n') {
                    // A block scalar's line end is none of its value's.
                    text.pop();
                }
                Value::Text(Cow::Owned(text))
            }
            (Some(Field::Author), yaml::Value::List(bylines)) => Value::Text(Cow::Owned(lines(bylines))),
            (_, nested) => Value::Nested(nested),
        };
        front_matter.push(Entry { key: Cow::Owned(key), value, at });
    }
    front_matter
}

fn lines(bylines: Vec<yaml::Value>) -> String {
    let lines: Vec<String> = bylines.into_iter().map(yaml::Value::into_text).collect();
    lines.join("\n")
}
