//! The steps of reading a file under a layout: keys and the fields that take them, and the recipe with its digests.

use schemars::JsonSchema;
use serde::Serialize;

use crate::crawl;
use crate::crawl::split::Sections;
use crate::explain::hash::TextExplanation;
use crate::findings::location::Location;
use crate::layout::part::TextPart;
use crate::layout::read::{LayoutTrace, TextTrace};
use crate::layout::reading::{PartReading, trimmed};
use crate::layout::recipe::RecipeAttempt;
use crate::layout::stated_hash::StatedHash;
use crate::layout::{Layout, definition::LayoutField};

/// Explanation of how the layout of the file was applied.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct LayoutExplanation {
    /// Form of the values: `yaml` or `lines`.
    pub values: String,
    /// Keys in order of the file, without repeated ones.
    pub entries: Vec<EntryExplanation>,
    /// The recipe of the hash.
    pub recipe: RecipeExplanation,
}

/// One key with the fields that take its value.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct EntryExplanation {
    /// Key, without quotes.
    pub key: String,
    /// Line on which the value begins.
    pub line: usize,
    /// Column in that line.
    pub column: usize,
    /// Value; of a list or a map, its JSON text.
    pub value: String,
    /// Fields that take the value; none if it goes to `extra`.
    pub fields: Vec<String>,
}

/// The recipe, and the digests of what it covers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct RecipeExplanation {
    /// Part of the body that holds the text.
    pub text: String,
    /// Template of what is hashed.
    pub covers: String,
    /// White space in what is hashed: `kept` or `collapsed`.
    pub spaces: String,
    /// Entities in the body: `kept` or `decoded`.
    pub entities: String,
    /// Value in the front matter, valid or not; `""` if it is missing.
    pub stated: String,
    /// The first digests that the recipe allows, in the order in which they are tried, and the one that matches.
    pub trials: Vec<TrialExplanation>,
    /// Number of further digests that were tried.
    pub further_trials: usize,
}

/// One digest that was tried.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct TrialExplanation {
    /// Description of the text.
    pub reading: String,
    /// Hash algorithm.
    pub algorithm: String,
    /// Digest of what the recipe covers.
    pub digest: String,
    /// True if that is the stated hash.
    pub matches: bool,
}

/// Maximum number of listed trials that do not match.
const MAX_TRIALS: usize = 24;

impl LayoutExplanation {
    /// Explains the file that was read under `layout` with this `trace`; `None` if it has no front matter, or too much.
    pub(super) fn new(layout: &Layout, trace: &LayoutTrace<'_>) -> Option<Self> {
        let (source, sections) = trace.source.zip(trace.sections)?;
        // More is not a page for people, even if the rule is lowered.
        if sections.front_matter.len() > crawl::MAX_FRONT_MATTER_BYTES {
            return None;
        }
        let mut entries = Vec::new();
        let mut stated = String::new();
        if let Some(values) = &trace.values {
            for (index, entry) in values.entries.iter().enumerate() {
                let fields: Vec<LayoutField> = values.fields_of(index).collect();
                if fields.contains(&LayoutField::Hash) {
                    stated = entry.text().into_owned();
                }
                let offset = sections.front_matter_offset + entry.at;
                let Location { line, column } = Location::at_offset(source.as_bytes(), offset);
                entries.push(EntryExplanation {
                    key: entry.key.to_string(),
                    line,
                    column,
                    value: entry.text().into_owned(),
                    fields: fields.into_iter().map(|field| field.name().to_owned()).collect(),
                });
            }
        }
        let recipe = RecipeExplanation::new(layout, stated, sections, trace.text.as_ref());
        Some(LayoutExplanation { values: layout.values.name().to_owned(), entries, recipe })
    }
}

impl RecipeExplanation {
    fn new(layout: &Layout, stated: String, sections: Sections<'_>, text: Option<&TextTrace>) -> Self {
        let recipe = &layout.recipe;
        let hash = StatedHash::parse(&stated, layout.digits).ok();
        let matches =
            |attempt: &RecipeAttempt| hash.as_ref().is_some_and(|hash| hash.matches(&attempt.digest));
        let attempts = text.map_or(&[][..], |text| &text.attempts);
        let listed = attempts.iter().enumerate().filter(|(index, it)| *index < MAX_TRIALS || matches(it));
        let trials: Vec<TrialExplanation> = listed
            .map(|(_, attempt)| TrialExplanation {
                reading: describe(&attempt.reading, sections.body),
                algorithm: attempt.algorithm.to_string(),
                digest: attempt.digest.to_string(),
                matches: matches(attempt),
            })
            .collect();
        let text = match &recipe.part {
            TextPart::After(line) => format!("after {line}"),
            part => part.name().unwrap_or_default().to_owned(),
        };
        RecipeExplanation {
            text,
            covers: recipe.covers.to_string(),
            spaces: recipe.spaces.name().to_owned(),
            entities: recipe.entities.name().to_owned(),
            stated,
            further_trials: attempts.len() - trials.len(),
            trials,
        }
    }
}

/// Explains the text that was read under a layout.
pub(super) fn text(trace: &LayoutTrace<'_>) -> Option<TextExplanation> {
    let ((source, sections), text) = trace.source.zip(trace.sections).zip(trace.text.as_ref())?;
    let reading = &text.reading;
    let first = reading.offset_in_body(sections.body, 0);
    let first_line = Location::at_offset(source.as_bytes(), sections.body_offset + first).line;
    let extracted = reading.extract(sections.body);
    let description = describe(reading, sections.body);
    Some(TextExplanation::of_text(&extracted, first_line, description, text.proof.is_some()))
}

/// Describes the edges of a text, and how its characters were changed.
fn describe(reading: &PartReading, body: &str) -> String {
    let part = reading.form.apply(&body[reading.part.clone()]);
    let inner = trimmed(&part);
    let PartReading { range, added_line_feed, .. } = reading;
    let ends_in_line_feed = *added_line_feed || part.get(inner.end..range.end) == Some("\n");
    let mut description = match () {
        () if *range == (0..part.len()) && !added_line_feed => "as it stands".to_owned(),
        () if *range == inner && !added_line_feed => "trimmed".to_owned(),
        () if range.start == inner.start && ends_in_line_feed => "trimmed, with one line feed".to_owned(),
        () if range.end == part.len() && range.start == 1 => "without the first line feed".to_owned(),
        () => format!("bytes {} to {} of the part", range.start, range.end),
    };
    if reading.form.is_decoded {
        description += ", decoded";
    }
    if reading.form.crlf_to_lf {
        description += ", CR LF as LF";
    }
    description
}
