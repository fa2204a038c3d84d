//! The findings of one file, collected while it is read.

use std::borrow::Cow;
use std::fmt;

use super::block::{Block, Difference, Senseless, Verdict};
use super::fields;
use super::front_matter::Entry;
use super::text::{LineEnds, Text};
use super::yaml::Refusal;
use crate::finding::{Finding, Level, Levels, Place, Places, Rule};
use crate::quote::{escape, quote, quote_apart};
use crate::scan::{memchr, memmem};

/// Collects findings at byte offsets of the source.
pub struct Report<'a> {
    /// The level of each rule.
    pub levels: &'a Levels,
    /// What offsets count in: the file, from where its byte order mark ends.
    pub source: &'a [u8],
    /// Whether no value can hold a control, because the file is plain.
    pub is_plain: bool,
    /// What was found, and where: its place is counted once all is known, since each count costs all before it.
    findings: Vec<(usize, Finding)>,
    /// The number of findings of each rule.
    counts: [u64; Rule::ALL.len()],
}

/// The findings of one rule that are listed of one file. Those after them become one, with their number.
pub const MAX_FINDINGS_PER_RULE: u64 = 1000;

impl<'a> Report<'a> {
    /// No findings yet.
    pub fn new(levels: &'a Levels, source: &'a [u8]) -> Self {
        Report { levels, source, is_plain: false, findings: Vec::new(), counts: [0; Rule::ALL.len()] }
    }

    /// Adds a finding at an offset, unless its rule is off. What the message quotes is escaped already.
    pub fn add(&mut self, rule: Rule, at: usize, message: impl fmt::Display) {
        let level = self.levels.of(rule);
        if level == Level::Off {
            return;
        }
        let count = &mut self.counts[rule as usize];
        *count += 1;
        if *count <= MAX_FINDINGS_PER_RULE + 1 {
            let message = message.to_string();
            let finding = Finding { rule, level, place: Place::START, message, excerpt: None, count: 1 };
            self.findings.push((at, finding));
        }
    }

    /// Adds that neither reading makes sense of the front matter, which begins at `block_at`: always an error, whatever
    /// the level of `front-matter-too-large`, because there is nothing to make a record of.
    pub fn add_senseless(&mut self, senseless: &Senseless, block_at: usize) {
        let at = block_at + senseless.at;
        let too_large = match self.levels.of(Rule::FrontMatterTooLarge) {
            Level::Error => Rule::FrontMatterTooLarge,
            _ => Rule::InvalidFrontMatter,
        };
        match &senseless.refusal {
            Refusal::TooDeep => {
                self.add(too_large, at, "only YAML could read the front matter, and it nests too deep");
            }
            Refusal::Alias => {
                self.add(too_large, at, "only YAML could read the front matter, and it holds an alias");
            }
            Refusal::NotYaml { message, .. } => {
                let message =
                    format_args!("no key stands here, and YAML does not read it: {}", escape(message));
                self.add(Rule::InvalidFrontMatter, at, message);
            }
        }
    }

    /// Adds what the readings of the front matter, which begins at `block_at`, say of each other.
    pub fn add_block(&mut self, block: &Block<'_>, block_at: usize) {
        for double in &block.front_matter.doubles {
            let message = format_args!("the key {} stands a second time", quote(&double.key));
            self.add(Rule::DuplicateKey, block_at + double.at, message);
        }
        let misplaced = if block.verdict.is_yaml() { Vec::new() } else { block.front_matter.misplaced() };
        for Entry { key, at, .. } in misplaced {
            let message =
                format_args!("`{key}` is out of the template's order; is it a line of the value before it?");
            self.add(Rule::KeyOrder, block_at + at, message);
        }
        let verdict = match block.verdict {
            Verdict::BodyAgreesWithYaml => "the body agrees with YAML",
            verdict if verdict.is_yaml() => "what follows `#` is a comment there",
            _ => "the line is taken as it stands",
        };
        for Difference { field, at, template, yaml } in &block.differences {
            let [template, yaml] = quote_apart(template, yaml);
            let message = format_args!("`{}` is {template}, but YAML reads {yaml}; {verdict}", field.key());
            self.add(Rule::YamlDiffers, block_at + at, message);
        }
        if let Some(Refusal::NotYaml { place, message }) = &block.refusal
            && self.levels.is_on(Rule::NotYaml)
        {
            let at = block_at + place.map_or(0, |place| place.offset_in(&self.source[block_at..]));
            self.add(Rule::NotYaml, at, format_args!("YAML does not read this: {}", escape(message)));
        }
    }

    /// Adds what the text itself, which begins at `at`, is worth a word for.
    pub fn add_text(&mut self, text: &Text<'_>, at: usize) {
        let source = text.content.source;
        if text.text.is_empty() {
            self.add(Rule::EmptyText, at, "the text is empty");
        }
        if self.levels.is_on(Rule::ControlCharacter) {
            fields::report_controls("text", &Cow::Borrowed(source), at, self);
        }
        if self.levels.is_on(Rule::ReplacementCharacter)
            && let Some(offset) = source.find(char::REPLACEMENT_CHARACTER)
        {
            self.add(
                Rule::ReplacementCharacter,
                at + offset,
                "the text holds U+FFFD, which stands for a lost character",
            );
        }
    }

    /// Adds the first CR LF that was read as LF: outside the text always, inside it where the hash proves it so.
    pub fn add_line_endings(&mut self, text: &Text<'_>, text_at: usize) {
        if self.is_plain {
            return;
        }
        let Some(first) = memchr(b'\r', self.source) else { return };
        let text_end = text_at + text.content.source.len();
        let kept = if text.reading.line_ends == LineEnds::CrLfAsLf { 0..0 } else { text_at..text_end };
        let mut crlfs = memmem::find_iter(&self.source[first..], b"\r\n").map(|at| first + at);
        if let Some(at) = crlfs.find(|at| !kept.contains(at)) {
            self.add(Rule::LineEndings, at, "the line ends with CR LF, read as LF");
        }
    }

    /// The findings, in the order of their places.
    pub fn into_findings(mut self) -> Vec<Finding> {
        self.findings.sort_by_key(|(at, _)| *at);
        self.sum_up();
        let mut places = Places::of(self.source);
        let placed =
            self.findings.into_iter().map(|(at, finding)| Finding { place: places.next(at), ..finding });
        placed.collect()
    }

    /// Lets the last listed finding of each rule that is broken too often stand for those that are not listed.
    fn sum_up(&mut self) {
        if self.findings.len() as u64 <= MAX_FINDINGS_PER_RULE {
            return;
        }
        for (rule, count) in Rule::ALL.iter().zip(self.counts) {
            let last = self.findings.iter_mut().rev().find(|(_, finding)| finding.rule == *rule);
            if let Some((_, last)) = last.filter(|_| count > MAX_FINDINGS_PER_RULE + 1) {
                last.count = count - MAX_FINDINGS_PER_RULE;
                last.message =
                    format!("{} more findings of this rule, from here on, are not listed", last.count);
            }
        }
    }
}
