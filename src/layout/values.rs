//! The front matter under a layout: its entries, and which of them a field takes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::mem;

use smallvec::SmallVec;

use crate::crawl::front_matter::yaml::{self, YamlError, YamlValue};
use crate::crawl::front_matter::{FieldValue, FrontMatterEntry};
use crate::crawl::lines::Lines;
use crate::layout::definition::{Layout, LayoutField, ValueForm};
use crate::layout::lines;
use crate::layout::lines::{LayoutLine, TextBeforeKeys};
use crate::layout::part;
use crate::layout::part::Heading;

/// Number of keys that are compared one by one with the next, and that need no memory of their own.
const INLINE_KEYS: usize = 24;

/// Error: the block cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValuesError {
    /// YAML does not read the block, or it would be too expensive.
    Yaml(YamlError),
    /// There is text before the first line with a key.
    TextBeforeKeys(TextBeforeKeys),
}

/// Entries of a block in order, and the one that each field takes.
#[derive(Debug, Clone, Default)]
pub struct Values<'a> {
    /// Entries with different keys. Offsets are those in the block.
    pub entries: SmallVec<[FrontMatterEntry<'a>; INLINE_KEYS]>,
    /// Entries that repeat an earlier key.
    pub duplicates: Vec<FrontMatterEntry<'a>>,
    /// Index of the entry and rank of its key for each field.
    taken: [Option<(usize, usize)>; LayoutField::ALL.len()],
    further_keys: HashSet<String>,
}

impl<'a> Values<'a> {
    /// Reads a block between its fences.
    ///
    /// # Errors
    /// See [`ValuesError`].
    pub fn read(block: &'a str, layout: &Layout) -> Result<Self, ValuesError> {
        let mut values = Values::default();
        match layout.values {
            ValueForm::Lines => {
                lines::read(block, &mut |entry| values.push(entry, layout))
                    .map_err(ValuesError::TextBeforeKeys)?;
            }
            ValueForm::Yaml => {
                let entries = yaml::read(block).map_err(ValuesError::Yaml)?;
                let offsets = value_offsets(block);
                for yaml::YamlEntry { key, value } in entries {
                    let offset = offsets.get(key.as_str()).copied();
                    let value = match value {
                        YamlValue::Text(text) => FieldValue::Text(Cow::Owned(text)),
                        nested => FieldValue::Nested(Box::new(nested)),
                    };
                    let entry = FrontMatterEntry { key: Cow::Owned(key), value, at: offset.unwrap_or(0) };
                    let is_null = offset.is_some_and(|offset| is_null(&entry, &block[offset..]));
                    values.push_value(entry, layout, is_null);
                }
            }
        }
        Ok(values)
    }

    /// Returns the entry that a field takes.
    pub fn entry(&self, field: LayoutField) -> Option<&FrontMatterEntry<'a>> {
        self.taken[field as usize].map(|(index, _)| &self.entries[index])
    }

    /// Returns the entry with this key.
    pub fn named(&self, key: &str) -> Option<&FrontMatterEntry<'a>> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Returns the title and, if it is a heading of `body`, that heading.
    pub fn title<'t>(
        &'t self,
        layout: &Layout,
        body: &'t str,
    ) -> Option<(Cow<'t, str>, Option<Heading<'t>>)> {
        match self.heading(layout, body) {
            Some(heading) => Some((Cow::Borrowed(heading.text), Some(heading))),
            None => self.entry(LayoutField::Title).map(|entry| (entry.text(), None)),
        }
    }

    /// Returns the first heading of `body`, if it comes before the keys of the title that have a value.
    pub fn heading<'b>(&self, layout: &Layout, body: &'b str) -> Option<Heading<'b>> {
        let rank = layout.heading_rank()?;
        let is_first = self.taken[LayoutField::Title as usize].is_none_or(|(_, of_key)| rank < of_key);
        is_first.then(|| part::first_heading(body))?
    }

    /// Returns the value that a template of what is hashed has for `name`: that of a field, else that of a key.
    pub fn covered<'t>(&'t self, layout: &Layout, body: &'t str, name: &str) -> Option<Cow<'t, str>> {
        let field = LayoutField::from_name(name);
        if field == Some(LayoutField::Title) {
            return self.title(layout, body).map(|(title, _)| title);
        }
        let entry = field.and_then(|field| self.entry(field)).or_else(|| self.named(name));
        entry.map(FrontMatterEntry::text)
    }

    /// Takes the entries that no field takes.
    pub fn take_untaken(&mut self) -> impl Iterator<Item = FrontMatterEntry<'a>> + use<'a> {
        let taken = self.taken;
        let entries = mem::take(&mut self.entries).into_iter().enumerate();
        let is_untaken = move |index: usize| !taken.iter().flatten().any(|(of_field, _)| *of_field == index);
        entries.filter(move |(index, _)| is_untaken(*index)).map(|(_, entry)| entry)
    }

    /// Returns the fields that take the entry at `index`.
    pub fn fields_of(&self, index: usize) -> impl Iterator<Item = LayoutField> {
        let fields = LayoutField::ALL.into_iter().map(|(field, _)| field);
        fields.filter(move |field| self.taken[*field as usize].is_some_and(|(taken, _)| taken == index))
    }

    fn push(&mut self, entry: FrontMatterEntry<'a>, layout: &Layout) {
        self.push_value(entry, layout, false);
    }

    /// Appends an entry, which its fields take unless it is null or blank, or they have one of a lower rank.
    fn push_value(&mut self, entry: FrontMatterEntry<'a>, layout: &Layout, is_null: bool) {
        if self.has(&entry.key) {
            self.duplicates.push(entry);
            return;
        }
        let index = self.entries.len();
        if index >= INLINE_KEYS {
            self.further_keys.insert(entry.key.clone().into_owned());
        }
        let is_absent = is_null || matches!(&entry.value, FieldValue::Text(text) if text.trim().is_empty());
        if !is_absent {
            for use_of_key in layout.uses_of(&entry.key) {
                let taken = &mut self.taken[use_of_key.field as usize];
                if taken.is_none_or(|(_, rank)| use_of_key.rank < rank) {
                    *taken = Some((index, use_of_key.rank));
                }
            }
        }
        self.entries.push(entry);
    }

    fn has(&self, key: &str) -> bool {
        self.entries.iter().take(INLINE_KEYS).any(|entry| entry.key == key) || self.further_keys.contains(key)
    }
}

/// Returns the byte offset of each key's value in a block; for a repeated key, that of the first value.
fn value_offsets(block: &str) -> HashMap<&str, usize> {
    let mut offsets = HashMap::new();
    for key_line in Lines::new(block).filter_map(|(offset, line)| LayoutLine::parse(offset, line)) {
        offsets.entry(key_line.key).or_insert(key_line.offset);
    }
    offsets
}

/// Returns whether YAML reads the entry as null: the value is plain, not quoted.
fn is_null(entry: &FrontMatterEntry<'_>, written: &str) -> bool {
    let FieldValue::Text(text) = &entry.value else { return false };
    matches!(&**text, "null" | "~" | "Null" | "NULL") && written.starts_with(&**text)
}
