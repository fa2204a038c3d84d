//! Reads one file under a layout into an article and its findings.

use std::ops::ControlFlow;

use memchr::memchr;

use crate::crawl::Outcome;
use crate::crawl::collector::FindingCollector;
use crate::crawl::escaping::Escaping;
use crate::crawl::front_matter::yaml;
use crate::crawl::front_matter::yaml::YamlError;
use crate::crawl::parsed_file::{decode_source, split_source};
use crate::crawl::split::Sections;
use crate::findings::rule::{Levels, Rule};
use crate::layout::definition::{Layout, LayoutField, ValueForm};
use crate::layout::fields::LayoutFields;
use crate::layout::part::TextPart;
use crate::layout::reading::PartReading;
use crate::layout::recipe::{Entities, Proof, RecipeAttempt};
use crate::layout::stated_hash::StatedHash;
use crate::layout::values::{Values, ValuesError};
use crate::text::escape::{escape, quote};

/// Results of the steps of one reading, kept for explanations. A step that was not reached is `None`.
#[derive(Debug, Default)]
pub struct LayoutTrace<'a> {
    /// The decoded file, without its byte order mark.
    pub source: Option<&'a str>,
    /// Front matter and body.
    pub sections: Option<Sections<'a>>,
    /// Entries of the front matter.
    pub values: Option<Values<'a>>,
    /// The text.
    pub text: Option<TextTrace>,
}

/// The text, and what was hashed to find it.
#[derive(Debug)]
pub struct TextTrace {
    /// Reading that gave the text.
    pub reading: PartReading,
    /// Proof of the text; `None` if it is not verified.
    pub proof: Option<Proof>,
    /// All digests that the recipe allows, in the order in which they are tried.
    pub attempts: Vec<RecipeAttempt>,
}

/// Reads the file at `path` under `layout`. The article borrows its byline from `buffer`.
///
/// The outcome has no [`verified_reading`](Outcome::verified_reading), which only the built-in layout has: see
/// [`verified`](crate::record::article::Article::verified).
pub fn read<'a>(
    source: &'a [u8],
    path: &'a str,
    layout: &Layout,
    levels: &Levels,
    buffer: &'a mut String,
) -> Outcome<'a> {
    read_general(source, path, layout, levels, buffer, None)
}

/// Reads a file as [`read`] does, and keeps the results of its steps.
pub fn read_traced<'a>(
    source: &'a [u8],
    path: &'a str,
    layout: &Layout,
    levels: &Levels,
    buffer: &'a mut String,
) -> (Outcome<'a>, LayoutTrace<'a>) {
    let mut trace = LayoutTrace::default();
    let outcome = read_general(source, path, layout, levels, buffer, Some(&mut trace));
    (outcome, trace)
}

fn read_general<'a>(
    source: &'a [u8],
    path: &'a str,
    layout: &Layout,
    levels: &Levels,
    buffer: &'a mut String,
    mut trace: Option<&mut LayoutTrace<'a>>,
) -> Outcome<'a> {
    let mut report = FindingCollector::new(levels, source);
    let text = decode_source(source, &mut report);
    let sections = text.and_then(|text| split_source(text, &mut report));
    if let Some(trace) = trace.as_deref_mut() {
        (trace.source, trace.sections) = (text, sections);
    }
    let Some(sections) = sections else { return Outcome::without_article(report.take_findings()) };
    let Some(values) = read_values(&sections, layout, &mut report) else {
        return Outcome::without_article(report.take_findings());
    };
    if let Some(trace) = trace.as_deref_mut() {
        trace.values = Some(values.clone());
    }
    let file = LayoutFile { layout, sections, values };
    file.into_outcome(path, report, buffer, trace)
}

/// Reads the front matter; `None`, with a finding, if it is too large or cannot be read.
fn read_values<'a>(
    sections: &Sections<'a>,
    layout: &Layout,
    report: &mut FindingCollector<'_>,
) -> Option<Values<'a>> {
    let Sections { front_matter, front_matter_offset: offset, .. } = *sections;
    if !report.allows_front_matter(front_matter, offset) {
        return None;
    }
    if layout.values == ValueForm::Lines && report.levels.is_on(Rule::NotYaml) {
        report_not_yaml(front_matter, offset, report);
    }
    match Values::read(front_matter, layout) {
        Ok(values) => {
            for duplicate in &values.duplicates {
                let message = format_args!("the key {} occurs a second time", quote(&duplicate.key));
                report.add(Rule::DuplicateKey, offset + duplicate.at, message);
            }
            // The escapes of YAML can produce characters that the file does not contain.
            if layout.values == ValueForm::Yaml && memchr(b'\\', front_matter.as_bytes()).is_some() {
                (report.is_clean, report.is_free_of_controls) = (false, false);
            }
            return Some(values);
        }
        Err(ValuesError::TextBeforeKeys(leading)) => {
            report.add(
                Rule::InvalidFrontMatter,
                offset + leading.offset,
                "no key stands here, nor before it",
            );
        }
        Err(ValuesError::Yaml(error)) => report_yaml_error(&error, offset, report),
    }
    None
}

fn report_yaml_error(error: &YamlError, offset: usize, report: &mut FindingCollector<'_>) {
    let too_large = report.rule_for_too_large_front_matter();
    match error {
        YamlError::TooDeep => report.add(too_large, offset, "the front matter nests too deep"),
        YamlError::Alias => report.add(too_large, offset, "the front matter holds an alias"),
        YamlError::NotYaml { place, message } => {
            let at = offset + place.map_or(0, |place| place.offset_in(&report.source[offset..]));
            let message = format_args!(
                "YAML does not read this: {}; `values = \"lines\"` in `[layout]` takes each line as it stands",
                escape(message)
            );
            report.add(Rule::InvalidFrontMatter, at, message);
        }
    }
}

fn report_not_yaml(block: &str, offset: usize, report: &mut FindingCollector<'_>) {
    if let Err(YamlError::NotYaml { place, message }) = yaml::read(block) {
        let at = offset + place.map_or(0, |place| place.offset_in(block.as_bytes()));
        report.add(Rule::NotYaml, at, format_args!("YAML does not read this: {}", escape(&message)));
    }
}

/// The parts of a file.
struct LayoutFile<'a, 'l> {
    layout: &'l Layout,
    sections: Sections<'a>,
    values: Values<'a>,
}

impl<'a> LayoutFile<'a, '_> {
    fn into_outcome(
        self,
        path: &'a str,
        mut report: FindingCollector<'_>,
        buffer: &'a mut String,
        trace: Option<&mut LayoutTrace<'a>>,
    ) -> Outcome<'a> {
        let Sections { body, body_offset, .. } = self.sections;
        let stated = self.stated_hash(&mut report);
        let proof = stated.as_ref().and_then(|stated| self.prove(stated));
        let reading = match &proof {
            Some(proof) => Some(proof.reading.clone()),
            None => self.layout.recipe.default_reading(body),
        };
        if let (Some(trace), Some(reading)) = (trace, &reading) {
            let attempts = stated.as_ref().map_or(Vec::new(), |stated| self.attempts(stated));
            trace.text = Some(TextTrace { reading: reading.clone(), proof: proof.clone(), attempts });
        }
        let text = reading.as_ref().map(|reading| reading.extract(body));
        match (&reading, &text) {
            (Some(reading), Some(text)) => {
                if let Some(stated) = stated.as_ref().filter(|_| proof.is_none()) {
                    self.report_mismatch(stated, &mut report);
                }
                let at = body_offset + reading.part.start;
                let part = &body[reading.part.clone()];
                report.add_text_in(part, text.is_empty(), at);
                let kept = if reading.form.crlf_to_lf { 0..0 } else { at..at + part.len() };
                report.add_crlf_outside(kept);
            }
            _ => report.add(Rule::NoContent, body_offset, self.without_part()),
        }
        let escaping = self.escaping(proof.as_ref());
        if escaping != Escaping::Unescaped {
            (report.is_clean, report.is_free_of_controls) = (false, false);
        }
        let is_verified = proof.is_some();
        let LayoutFile { layout, sections, values } = self;
        let fields = LayoutFields { layout, sections, values, escaping, path };
        let text_and_proof = text.map(|text| (text, is_verified));
        fields.into_outcome(text_and_proof, stated, report, buffer)
    }

    /// Parses the stated hash; `None`, with a finding, if it is missing or malformed.
    fn stated_hash(&self, report: &mut FindingCollector<'_>) -> Option<StatedHash> {
        let offset = self.sections.front_matter_offset;
        let Some(entry) = self.values.entry(LayoutField::Hash) else {
            let message = match self.layout.keys(LayoutField::Hash) {
                [] => "the layout names no key that holds a hash".to_owned(),
                [key, ..] => format!("{} is missing", quote(key)),
            };
            report.add(Rule::HashMissing, offset, message);
            return None;
        };
        let value = entry.text();
        match StatedHash::parse(&value, self.layout.digits) {
            Ok(stated) => Some(stated),
            Err(error) => {
                let message =
                    format_args!("{} is {}, not a digest: {error}", quote(&entry.key), quote(&value));
                report.add(Rule::HashMalformed, offset + entry.at, message);
                None
            }
        }
    }

    fn prove(&self, stated: &StatedHash) -> Option<Proof> {
        let body = self.sections.body;
        self.layout.recipe.prove(body, stated, &|name| self.values.covered(self.layout, body, name))
    }

    fn attempts(&self, stated: &StatedHash) -> Vec<RecipeAttempt> {
        let mut attempts = Vec::new();
        let values = |name: &str| self.values.covered(self.layout, self.sections.body, name);
        self.layout.recipe.try_all(self.sections.body, stated.algorithms(), &values, &mut |attempt| {
            attempts.push(attempt);
            ControlFlow::Continue(())
        });
        attempts
    }

    fn report_mismatch(&self, stated: &StatedHash, report: &mut FindingCollector<'_>) {
        let Some(entry) = self.values.entry(LayoutField::Hash) else { return };
        let algorithms: Vec<String> =
            stated.algorithms().iter().map(|algorithm| format!("{algorithm}")).collect();
        let message = format_args!(
            "no reading of the text by the layout's recipe has this hash ({}); `ingest explain` lists them",
            algorithms.join(" or ")
        );
        report.add(Rule::HashMismatch, self.sections.front_matter_offset + entry.at, message);
    }

    /// Describes the part that the body lacks.
    fn without_part(&self) -> String {
        match &self.layout.recipe.part {
            TextPart::After(line) => format!("the body has no line {} for the text to follow", quote(line)),
            _ => "the body has no rule (`---`) for the text to follow".to_owned(),
        }
    }

    /// Returns the escaping of the fields, as far as the text proves it.
    fn escaping(&self, proof: Option<&Proof>) -> Escaping {
        match (self.layout.recipe.entities, proof) {
            (Entities::Kept, _) => Escaping::Unescaped,
            (Entities::Decoded, Some(proof)) if proof.reading.form.is_decoded => Escaping::Escaped,
            (Entities::Decoded, _) => Escaping::ByField,
        }
    }
}
