//! Keys and values of the front matter, from either reading.

pub(crate) mod printed;
pub mod resolve;
pub mod template;
pub mod yaml;
pub(crate) mod yaml_precheck;

use std::borrow::Cow;
use std::collections::HashSet;

use crate::crawl::template::FrameValues;

/// The known keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// `id`
    Id,
    /// `title`
    Title,
    /// `category`
    Category,
    /// `publisher`
    Publisher,
    /// `author`
    Author,
    /// `published_at`
    PublishedAt,
    /// `crawled_at`
    CrawledAt,
    /// `url`
    Url,
    /// `oid`
    Oid,
    /// `aid`
    Aid,
    /// `content_hash`
    ContentHash,
    /// `comment_count`
    CommentCount,
}

impl Field {
    /// Every known key with its name, in the template's order.
    pub const ALL: [(Field, &str); 12] = [
        (Field::Id, "id"),
        (Field::Title, "title"),
        (Field::Category, "category"),
        (Field::Publisher, "publisher"),
        (Field::Author, "author"),
        (Field::PublishedAt, "published_at"),
        (Field::CrawledAt, "crawled_at"),
        (Field::Url, "url"),
        (Field::Oid, "oid"),
        (Field::Aid, "aid"),
        (Field::ContentHash, "content_hash"),
        (Field::CommentCount, "comment_count"),
    ];

    /// Returns the field's name in the front matter.
    pub fn key(self) -> &'static str {
        Field::ALL[self as usize].1
    }

    /// Returns the field with the name `key`.
    pub fn from_key(key: &str) -> Option<Field> {
        // A match compares lengths first, and needs no loop.
        Some(match key {
            "id" => Field::Id,
            "title" => Field::Title,
            "category" => Field::Category,
            "publisher" => Field::Publisher,
            "author" => Field::Author,
            "published_at" => Field::PublishedAt,
            "crawled_at" => Field::CrawledAt,
            "url" => Field::Url,
            "oid" => Field::Oid,
            "aid" => Field::Aid,
            "content_hash" => Field::ContentHash,
            "comment_count" => Field::CommentCount,
            _ => return None,
        })
    }

    /// Returns whether the template or other crawlers may omit the key.
    pub fn is_optional(self) -> bool {
        matches!(
            self,
            Field::Category | Field::Publisher | Field::Author | Field::PublishedAt | Field::CommentCount
        )
    }

    /// Returns whether the template prints this key before that of `other`. Crawlers print the number of comments
    /// on either side of the hash.
    fn is_printed_before(self, other: Field) -> bool {
        (self as usize) < other as usize && (self, other) != (Field::ContentHash, Field::CommentCount)
    }

    /// Returns whether the values are ids, dates, numbers, a URL or a hash, which all begin with a letter or a digit.
    pub fn is_typed(self) -> bool {
        !matches!(self, Field::Title | Field::Category | Field::Publisher | Field::Author)
    }
}

/// A key with its value, not yet decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatterEntry<'a> {
    /// Key, as written.
    pub key: Cow<'a, str>,
    /// Value, not decoded.
    pub value: FieldValue<'a>,
    /// Byte offset of the value in the front matter.
    pub at: usize,
}

/// The value of a known field, whose key need not be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownEntry<'a> {
    /// Value, not decoded.
    pub value: FieldValue<'a>,
    /// Byte offset of the value in the front matter.
    pub at: usize,
}

/// The value of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue<'a> {
    /// A text; the author's may have several lines.
    Text(Cow<'a, str>),
    /// A list or a map, which only YAML can write. Boxed, so that the usual value stays small.
    Nested(Box<yaml::YamlValue>),
}

impl FrontMatterEntry<'_> {
    /// Returns the text, or a nested value's JSON text.
    pub fn text(&self) -> Cow<'_, str> {
        self.value.text()
    }
}

impl KnownEntry<'_> {
    /// Returns the text, or a nested value's JSON text.
    pub fn text(&self) -> Cow<'_, str> {
        self.value.text()
    }
}

impl FieldValue<'_> {
    /// Returns the text, or a nested value's JSON text.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            FieldValue::Text(text) => Cow::Borrowed(text),
            FieldValue::Nested(value) => Cow::Owned(value.as_ref().clone().into_text()),
        }
    }
}

/// The entries of a block. If a key is repeated, the first one counts.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct FrontMatter<'a> {
    known: [Option<KnownEntry<'a>>; Field::ALL.len()],
    /// Unknown keys after the first [`MAX_SCANNED_KEYS`].
    #[expect(clippy::box_collection, reason = "it is moved with each file, and nearly always empty")]
    further_keys: Option<Box<HashSet<Cow<'a, str>>>>,
    /// Entries with unknown keys, in order.
    pub unknown: Vec<FrontMatterEntry<'a>>,
    /// Entries that repeat an earlier key, in order.
    pub duplicates: Vec<FrontMatterEntry<'a>>,
    /// Known keys without a space after their colon, each with the byte offset of its line.
    pub unspaced: Vec<(Field, usize)>,
}

/// Maximum number of unknown keys that are compared one by one with the next: real blocks have none or one.
const MAX_SCANNED_KEYS: usize = 8;

impl<'a> FrontMatter<'a> {
    /// Appends an entry.
    pub fn push(&mut self, entry: FrontMatterEntry<'a>) {
        self.push_field(Field::from_key(&entry.key), entry);
    }

    /// Appends an entry of a known field, or of none.
    fn push_field(&mut self, field: Option<Field>, entry: FrontMatterEntry<'a>) {
        match field {
            Some(field) if self.known[field as usize].is_none() => {
                self.known[field as usize] = Some(KnownEntry { value: entry.value, at: entry.at });
            }
            None if !self.has_unknown(&entry.key) => {
                if self.unknown.len() >= MAX_SCANNED_KEYS {
                    self.further_keys.get_or_insert_default().insert(entry.key.clone());
                }
                self.unknown.push(entry);
            }
            _ => self.duplicates.push(entry),
        }
    }

    fn has_unknown(&self, key: &str) -> bool {
        self.unknown.iter().take(MAX_SCANNED_KEYS).any(|entry| entry.key == key)
            || self.further_keys.as_ref().is_some_and(|keys| keys.contains(key))
    }

    /// Converts the value of each entry that counts, with its offset; `convert` is given its known field too.
    fn map(
        &self,
        convert: impl Fn(Option<Field>, &FieldValue<'a>, usize) -> (FieldValue<'a>, usize),
    ) -> FrontMatter<'a> {
        let mut converted = FrontMatter { unspaced: self.unspaced.clone(), ..FrontMatter::default() };
        for (field, _) in Field::ALL {
            converted.known[field as usize] = self.entry(field).map(|KnownEntry { value, at }| {
                let (value, at) = convert(Some(field), value, *at);
                KnownEntry { value, at }
            });
        }
        for FrontMatterEntry { key, value, at } in &self.unknown {
            let (value, at) = convert(None, value, *at);
            converted.push(FrontMatterEntry { key: key.clone(), value, at });
        }
        converted
    }

    /// Returns the entries that count: the known fields in the template's order, then the unknown keys. Each is a key, its
    /// value and the byte offset of the value.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &FieldValue<'a>, usize)> {
        let known = Field::ALL.into_iter().filter_map(|(field, key)| {
            let KnownEntry { value, at } = self.entry(field)?;
            Some((key, value, *at))
        });
        let unknown = self.unknown.iter();
        known.chain(unknown.map(|FrontMatterEntry { key, value, at }| (key.as_ref(), value, *at)))
    }

    /// Returns the entry of a known field.
    pub fn entry(&self, field: Field) -> Option<&KnownEntry<'a>> {
        self.known[field as usize].as_ref()
    }

    /// Returns the entries of known fields that are out of the template's order; empty if the remaining keys are
    /// not in it.
    pub fn misplaced(&self) -> Vec<(Field, &KnownEntry<'a>)> {
        if self.is_in_order() {
            return Vec::new();
        }
        let mut entries: Vec<(Field, &KnownEntry<'a>)> =
            Field::ALL.into_iter().filter_map(|(field, _)| Some((field, self.entry(field)?))).collect();
        entries.sort_by_key(|(_, entry)| entry.at);
        let mut misplaced = Vec::new();
        loop {
            let is_turned = |(index, field): (usize, Field), (other, of_other): (usize, Field)| {
                if index < other {
                    of_other.is_printed_before(field)
                } else {
                    field.is_printed_before(of_other)
                }
            };
            let fields = || entries.iter().map(|(field, _)| *field).enumerate();
            let turned = fields().map(|one| (fields().filter(|&other| is_turned(one, other)).count(), one));
            match turned.max() {
                None | Some((0, _)) => return misplaced,
                Some((_, (index, field))) if field.is_optional() => misplaced.push(entries.remove(index)),
                Some(_) => return Vec::new(),
            }
        }
    }

    /// Returns whether each known field that there is follows those that the template prints before it.
    fn is_in_order(&self) -> bool {
        let [before_hash @ .., content_hash, comment_count] = &self.known;
        let mut last = None;
        let mut is_after_last = |entry: &Option<KnownEntry<'a>>| {
            let Some(KnownEntry { at, .. }) = entry else { return true };
            let before = last.replace(*at);
            before < Some(*at)
        };
        before_hash.iter().all(&mut is_after_last)
            && [content_hash, comment_count]
                .into_iter()
                .all(|entry| entry.as_ref().is_none_or(|entry| last < Some(entry.at)))
    }

    /// Removes and returns the entry of a known field.
    pub fn take(&mut self, field: Field) -> Option<KnownEntry<'a>> {
        self.known[field as usize].take()
    }

    /// Returns the values that the template repeats in the frame.
    pub(in crate::crawl) fn frame_values(&self) -> FrameValues<Cow<'_, str>> {
        FrameValues {
            title: self.text(Field::Title),
            publisher: self.text(Field::Publisher),
            published_at: self.text(Field::PublishedAt),
            category: self.text(Field::Category),
            crawled_at: self.text(Field::CrawledAt),
            url: self.text(Field::Url),
        }
    }

    /// Returns the text of a known field; `""` if it is absent.
    pub fn text(&self, field: Field) -> Cow<'_, str> {
        self.entry(field).map_or(Cow::Borrowed(""), KnownEntry::text)
    }
}
