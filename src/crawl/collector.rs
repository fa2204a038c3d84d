//! Collects the findings of one file.

use std::borrow::Cow;
use std::fmt;
use std::mem;
use std::ops::Range;

use crate::crawl::MAX_FRONT_MATTER_BYTES;
use crate::crawl::controls;
use crate::crawl::front_matter::Field;
use crate::crawl::front_matter::resolve::{ReadingDifference, Resolution, ResolvedFrontMatter, Unreadable};
use crate::crawl::front_matter::yaml::YamlError;
use crate::crawl::text::{LineEnds, Text};
use crate::findings::finding::Finding;
use crate::findings::location::{Location, LocationCursor};
use crate::findings::rule::{Level, Levels, Rule};
use crate::text::escape::{escape, quote, quote_apart};
use memchr::{memchr, memchr_iter};

/// Collector of findings at byte offsets of the source.
pub struct FindingCollector<'a> {
    /// Levels of the rules for this file.
    pub levels: &'a Levels,
    /// Bytes that offsets refer to: the file without its byte order mark.
    pub source: &'a [u8],
    /// True if the file is [clean](crate::text::clean::is_clean).
    pub is_clean: bool,
    /// True if no value can contain a control character: the file is clean apart from CR LF.
    pub is_free_of_controls: bool,
    /// Findings with their byte offsets. Lines and columns are counted at the end, since each count scans all bytes
    /// before.
    findings: Vec<(Range<usize>, Finding)>,
    /// Number of findings of each rule, once there is one.
    counts: Option<Box<[u64; Rule::ALL.len()]>>,
}

/// Maximum number of listed findings of one rule in one file. Further ones are summed up in one finding.
pub const MAX_FINDINGS_PER_RULE: u64 = 1000;

impl<'a> FindingCollector<'a> {
    /// Creates an empty collector.
    pub fn new(levels: &'a Levels, source: &'a [u8]) -> Self {
        FindingCollector {
            levels,
            source,
            is_clean: false,
            is_free_of_controls: false,
            findings: Vec::new(),
            counts: None,
        }
    }

    /// Adds a finding at an offset, unless its rule is off. Values that the message quotes must already be escaped.
    pub fn add(&mut self, rule: Rule, at: usize, message: impl fmt::Display) {
        self.add_over(rule, at, 0, message);
    }

    /// Adds a finding about `length` bytes at an offset, as [`add`](Self::add) does.
    pub fn add_over(&mut self, rule: Rule, at: usize, length: usize, message: impl fmt::Display) {
        let level = self.levels.level(rule);
        if level == Level::Off {
            return;
        }
        let counts = self.counts.get_or_insert_with(|| Box::new([0; Rule::ALL.len()]));
        let count = &mut counts[rule as usize];
        *count += 1;
        if *count <= MAX_FINDINGS_PER_RULE + 1 {
            let message = message.to_string();
            let finding = Finding {
                rule,
                level,
                location: Location::START,
                message,
                snippet: None,
                width: 1,
                count: 1,
            };
            self.findings.push((at..at + length, finding));
        }
    }

    /// Returns whether the front matter, which begins at `front_matter_offset`, is to be read; it may be too large.
    pub fn allows_front_matter(&mut self, front_matter: &str, front_matter_offset: usize) -> bool {
        let size = front_matter.len();
        if size <= MAX_FRONT_MATTER_BYTES {
            return true;
        }
        let message = format_args!("the front matter has {size} bytes, more than {MAX_FRONT_MATTER_BYTES}");
        self.add(Rule::FrontMatterTooLarge, front_matter_offset, message);
        self.levels.level(Rule::FrontMatterTooLarge) != Level::Error
    }

    /// Returns the rule of front matter that is not read for its cost: always one that is an error, because no record can
    /// be built.
    pub fn rule_for_too_large_front_matter(&self) -> Rule {
        match self.levels.level(Rule::FrontMatterTooLarge) {
            Level::Error => Rule::FrontMatterTooLarge,
            _ => Rule::InvalidFrontMatter,
        }
    }

    /// Reports that neither reading accepts the front matter, which begins at `front_matter_offset`. Always an error, whatever
    /// the level of `front-matter-too-large`, because no record can be built.
    pub fn add_unreadable_front_matter(&mut self, unreadable: &Unreadable, front_matter_offset: usize) {
        let at = front_matter_offset + unreadable.offset();
        let too_large = self.rule_for_too_large_front_matter();
        match &unreadable.yaml_error {
            YamlError::TooDeep => {
                self.add(too_large, at, "only YAML could read the front matter, and it nests too deep");
            }
            YamlError::Alias => {
                self.add(too_large, at, "only YAML could read the front matter, and it holds an alias");
            }
            YamlError::NotYaml { message, .. } => {
                let message =
                    format_args!("no key stands here, and YAML does not read it: {}", escape(message));
                self.add(Rule::InvalidFrontMatter, at, message);
            }
        }
    }

    /// Adds findings about the front matter, which begins at `front_matter_offset`: repeated or misplaced keys, and
    /// differences between the two readings.
    pub fn add_front_matter(&mut self, block: &ResolvedFrontMatter<'_>, front_matter_offset: usize) {
        for duplicate in &block.front_matter.duplicates {
            let message = format_args!("the key {} occurs a second time", quote(&duplicate.key));
            let length = duplicate.text().len();
            self.add_over(Rule::DuplicateKey, front_matter_offset + duplicate.at, length, message);
        }
        for (field, at) in &block.front_matter.unspaced {
            let rule = match field {
                Field::ContentHash => Rule::HashMissing,
                field if field.is_optional() => Rule::InvalidField,
                _ => Rule::MissingField,
            };
            let typed = format!("{}:", field.key());
            let message = format_args!("a space is missing after `{typed}`");
            self.add_over(rule, front_matter_offset + at, typed.len(), message);
        }
        let misplaced = if block.resolution.is_yaml() { Vec::new() } else { block.front_matter.misplaced() };
        for (field, entry) in misplaced {
            let message = format_args!(
                "`{}` is out of the template's order; is it a line of the value before it?",
                field.key()
            );
            let length = entry.text().len();
            self.add_over(Rule::KeyOrder, front_matter_offset + entry.at, length, message);
        }
        let resolution = match block.resolution {
            Resolution::BodyAgreesWithYaml => "the body agrees with YAML",
            resolution if resolution.is_yaml() => "what follows `#` is a comment there",
            _ => "the line is taken as it stands",
        };
        for ReadingDifference { field, at, template, yaml } in &block.differences {
            let length = template.len();
            let [template, yaml] = quote_apart(template, yaml);
            let message =
                format_args!("`{}` is {template}, but YAML reads {yaml}; {resolution}", field.key());
            self.add_over(Rule::YamlDiffers, front_matter_offset + at, length, message);
        }
        if let Some(YamlError::NotYaml { place, message }) = &block.yaml_error
            && self.levels.is_on(Rule::NotYaml)
        {
            let at = front_matter_offset
                + place.map_or(0, |place| place.offset_in(&self.source[front_matter_offset..]));
            self.add(Rule::NotYaml, at, format_args!("YAML does not read this: {}", escape(message)));
        }
    }

    /// Adds findings about the text, which starts at `at`.
    pub fn add_text(&mut self, text: &Text<'_>, at: usize) {
        self.add_text_in(text.content.source, text.text.is_empty(), at);
    }

    /// Adds findings about a text that was extracted from `source`, which starts at `at`.
    pub fn add_text_in(&mut self, source: &str, is_empty: bool, at: usize) {
        if is_empty {
            self.add(Rule::EmptyText, at, "the text is empty");
        }
        if self.levels.is_on(Rule::ControlCharacter) {
            self.add_control_character("text", &Cow::Borrowed(source), at);
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

    /// Adds the first control character of a field's value. Its offset is exact only if the value is borrowed from the
    /// source.
    #[expect(clippy::ptr_arg, reason = "a borrowed value is in the source as it is")]
    pub fn add_control_character(&mut self, field: &str, value: &Cow<'_, str>, at: usize) {
        if self.is_free_of_controls {
            return;
        }
        if let Some((offset, control)) = controls::first(value) {
            let at = if matches!(value, Cow::Borrowed(_)) { at + offset } else { at };
            let message =
                format_args!("{} holds the control character U+{:04X}", quote(field), u32::from(control));
            self.add(Rule::ControlCharacter, at, message);
        }
    }

    /// Adds the first CR LF that was read as LF: outside the text any, inside it only if the hash proves this reading.
    pub fn add_line_endings(&mut self, text: &Text<'_>, text_at: usize) {
        let text_end = text_at + text.content.source.len();
        let kept = if text.reading.line_ends == LineEnds::CrlfToLf { 0..0 } else { text_at..text_end };
        self.add_crlf_outside(kept);
    }

    /// Adds the first CR LF outside `kept`, the range of the source whose line ends are kept.
    pub fn add_crlf_outside(&mut self, kept: Range<usize>) {
        if self.is_clean {
            return;
        }
        let Some(first) = memchr(b'\r', self.source) else { return };
        let mut crlfs = memchr_iter(b'\r', &self.source[first..]).map(|at| first + at);
        let is_read_as_lf = |at: &usize| self.source.get(at + 1) == Some(&b'\n') && !kept.contains(at);
        if let Some(at) = crlfs.find(is_read_as_lf) {
            self.add(Rule::LineEndings, at, "the line ends with CR LF, read as LF");
        }
    }

    /// Discards the findings of some rules.
    pub fn discard(&mut self, rules: &[Rule]) {
        self.findings.retain(|(_, finding)| !rules.contains(&finding.rule));
        if let Some(counts) = &mut self.counts {
            rules.iter().for_each(|rule| counts[*rule as usize] = 0);
        }
    }

    /// Returns the findings, in order of location.
    pub fn take_findings(&mut self) -> Vec<Finding> {
        if self.findings.is_empty() {
            return Vec::new();
        }
        self.findings.sort_by_key(|(bytes, _)| bytes.start);
        self.sum_up();
        let mut places = LocationCursor::new(self.source);
        let placed = mem::take(&mut self.findings).into_iter().map(|(bytes, finding)| {
            let width = width(self.source, bytes.clone());
            Finding { location: places.next(bytes.start), width, ..finding }
        });
        placed.collect()
    }

    /// Replaces the last listed finding of each rule with too many findings by a summary of those that are not listed.
    fn sum_up(&mut self) {
        if self.findings.len() as u64 <= MAX_FINDINGS_PER_RULE {
            return;
        }
        let counts = self.counts.iter().flat_map(|counts| **counts);
        for (rule, count) in Rule::ALL.iter().zip(counts) {
            let last = self.findings.iter_mut().rev().find(|(_, finding)| finding.rule == *rule);
            if let Some((_, last)) = last.filter(|_| count > MAX_FINDINGS_PER_RULE + 1) {
                last.count = count - MAX_FINDINGS_PER_RULE;
                last.message =
                    format!("{} more findings of this rule, from here on, are not listed", last.count);
            }
        }
    }
}

/// Returns the number of characters of `bytes` on their first line, at least 1.
fn width(source: &[u8], bytes: Range<usize>) -> usize {
    let line = source.get(bytes).unwrap_or_default();
    let line = memchr(b'\n', line).map_or(line, |newline| &line[..newline]);
    String::from_utf8_lossy(line.trim_ascii_end()).chars().count().max(1)
}
