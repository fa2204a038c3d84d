//! Compares two sides line by line, in bounded memory: what only one of them has is sorted by its content, which shows
//! what was moved.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::manifest::entry::ManifestEntry;
use crate::manifest::side::Side;
use crate::manifest::sorter::{SortedLines, Sorter};
use crate::manifest::unreadable::UnreadablePaths;
use crate::record::content_hash::ContentHash;
use crate::text::json;

/// Kind of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Only NEW has the file.
    Added,
    /// Only OLD has the file.
    Removed,
    /// The same id and content hash, at another path.
    Moved,
    /// The text differs.
    Text,
    /// The text is the same, other values of the record differ.
    Metadata,
    /// The bytes differ, but not the record; or the file is rejected in both.
    Bytes,
    /// Accepted in OLD, rejected in NEW.
    Rejected,
    /// Rejected in OLD, accepted in NEW.
    Accepted,
}

impl ChangeKind {
    /// Name for people.
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Moved => "moved",
            ChangeKind::Text => "text changed",
            ChangeKind::Metadata => "metadata changed",
            ChangeKind::Bytes => "only bytes changed",
            ChangeKind::Rejected => "newly rejected",
            ChangeKind::Accepted => "newly accepted",
        }
    }

    /// Name for people who compare files with their manifest.
    pub fn name_against_manifest(self) -> &'static str {
        match self {
            ChangeKind::Added => "extra",
            ChangeKind::Removed => "missing",
            kind => kind.name(),
        }
    }
}

/// One difference: a line of `ingest diff --format jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Difference {
    /// Kind of the difference.
    pub kind: ChangeKind,
    /// The path in NEW; of a removed file, that in OLD.
    pub path: String,
    /// The path in OLD of a moved file; otherwise null.
    pub old_path: Option<String>,
    /// Id of the article; null if the file states no valid one.
    pub id: Option<String>,
    /// The keys of the record that differ; null if a side is a manifest, which does not have them.
    pub fields: Option<Vec<String>>,
    /// The rules that reject the file in NEW, or in OLD if NEW accepts it or does not have it.
    pub rules: Vec<String>,
}

/// All differences of two sides.
#[derive(Debug)]
pub struct Differences {
    /// Number of differences of each kind that occurs.
    pub counts: BTreeMap<ChangeKind, u64>,
    /// Number of files that are equal.
    pub same: u64,
    /// Number of files of one side that the other may have or not, since the folder or archive could not be read.
    pub unknown: u64,
    /// The differences, as lines in the order of the paths.
    lines: SortedLines,
}

impl Differences {
    /// Compares two sides. What does not fit in memory goes to a temporary file in `folder`. `keys` are the keys of a
    /// record that [`ManifestEntry::fields`] has hashes of, in its order.
    ///
    /// # Errors
    /// A side cannot be read, or the temporary file cannot be written.
    pub fn find(mut old: Side, mut new: Side, keys: &[&str], folder: &Path) -> io::Result<Self> {
        Side::align(&mut old, &mut new);
        let mut comparison = Comparison {
            keys,
            counts: BTreeMap::new(),
            same: 0,
            unknown: 0,
            unreadable: Default::default(),
            found: Sorter::new(folder),
            unmatched: Sorter::new(folder),
        };
        let (mut has_old, mut has_new) = (old.advance()?, new.advance()?);
        while has_old || has_new {
            let order = match (has_old, has_new) {
                (true, true) => old.key().cmp(new.key()),
                (true, false) => Ordering::Less,
                _ => Ordering::Greater,
            };
            match order {
                Ordering::Less => comparison.add_unmatched(&old, OLD)?,
                Ordering::Greater => comparison.add_unmatched(&new, NEW)?,
                Ordering::Equal => comparison.compare(&old, &new)?,
            }
            has_old = if order == Ordering::Greater { has_old } else { old.advance()? };
            has_new = if order == Ordering::Less { has_new } else { new.advance()? };
        }
        comparison.finish(folder)
    }

    /// Number of differences.
    pub fn len(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Returns `true` if there is no difference.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Advances to the next difference, and returns its line of JSON; `None` after the last one.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn next_line(&mut self) -> io::Result<Option<&[u8]>> {
        Ok(self.lines.advance()?.map(|(_, line)| line))
    }
}

/// Sides in the keys of unmatched files, in this order.
const OLD: u8 = 0;
const NEW: u8 = 1;

/// Maximum number of removed files with one id and hash that are kept in memory, to find where they were moved.
const MAX_ALIKE: usize = 1024;

struct Comparison<'k> {
    keys: &'k [&'k str],
    counts: BTreeMap<ChangeKind, u64>,
    same: u64,
    unknown: u64,
    /// Paths of OLD and of NEW that could not be read.
    unreadable: [UnreadablePaths; 2],
    /// Differences by path.
    found: Sorter,
    /// Lines that only one side has, by their content.
    unmatched: Sorter,
}

impl Comparison<'_> {
    fn compare(&mut self, old: &Side, new: &Side) -> io::Result<()> {
        if old.line() == new.line() {
            self.same += 1;
            return Ok(());
        }
        let (before, after) = (old.entry()?, new.entry()?);
        if before.is_accepted() && after.is_accepted() && before.id != after.id {
            self.add_unmatched(old, OLD)?;
            return self.add_unmatched(new, NEW);
        }
        for (number, entry, side) in [(OLD, &before, old), (NEW, &after, new)] {
            if entry.is_unreadable() {
                self.unreadable[usize::from(number)].add(side.key());
            }
        }
        match kind_of(&before, &after) {
            None => self.same += 1,
            Some(kind) => {
                let fields = self.fields(&before, &after);
                self.add(&difference(kind, &after, None, fields, rules(&before, &after)))?;
            }
        }
        Ok(())
    }

    fn add_unmatched(&mut self, side: &Side, number: u8) -> io::Result<()> {
        let entry = side.entry()?;
        if entry.is_unreadable() {
            self.unreadable[usize::from(number)].add(side.key());
        }
        let content = match (&entry.id, &entry.content_hash, &entry.sha256) {
            (Some(id), Some(hash), _) => [id, "\n", hash].concat(),
            (_, _, Some(hash)) => hash.to_string(),
            _ => String::new(),
        };
        let mut key = ContentHash::digest(content.as_bytes()).as_bytes().to_vec();
        key.push(number);
        key.extend_from_slice(side.key());
        self.unmatched.push(&key, side.line())
    }

    /// Tells moved files from added and removed ones.
    fn finish(mut self, folder: &Path) -> io::Result<Differences> {
        let unmatched = std::mem::replace(&mut self.unmatched, Sorter::new(folder));
        let mut unmatched = unmatched.finish()?;
        let mut content = Vec::new();
        // Keys and lines of removed files with this content, the last one first.
        let mut alike: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
        while let Some((key, line)) = unmatched.advance()? {
            let (same, rest) = key.split_at(size_of::<ContentHash>());
            if same != content {
                self.add_removed(&mut alike)?;
                content = same.to_vec();
            }
            if rest[0] == OLD {
                if alike.len() == MAX_ALIKE {
                    self.add_removed(&mut alike)?;
                }
                alike.push((rest[1..].to_vec(), line.to_vec()));
                continue;
            }
            let after: ManifestEntry<'_> = json::parse(line)?;
            let is_content_known = after.sha256.is_some();
            if !is_content_known || alike.is_empty() {
                if self.unreadable[usize::from(OLD)].cover(&rest[1..]) {
                    self.unknown += 1;
                    continue;
                }
                self.add(&difference(ChangeKind::Added, &after, None, None, after.rules.as_deref()))?;
            } else {
                let (_, line) = alike.remove(0);
                let before: ManifestEntry<'_> = json::parse(&line)?;
                let fields = self.fields(&before, &after);
                let moved =
                    difference(ChangeKind::Moved, &after, Some(&before), fields, rules(&before, &after));
                self.add(&moved)?;
            }
        }
        self.add_removed(&mut alike)?;
        let Comparison { counts, same, unknown, found, .. } = self;
        Ok(Differences { counts, same, unknown, lines: found.finish()? })
    }

    fn add_removed(&mut self, removed: &mut Vec<(Vec<u8>, Vec<u8>)>) -> io::Result<()> {
        for (key, line) in removed.drain(..) {
            if self.unreadable[usize::from(NEW)].cover(&key) {
                self.unknown += 1;
                continue;
            }
            let before: ManifestEntry<'_> = json::parse(&line)?;
            self.add(&difference(ChangeKind::Removed, &before, None, None, before.rules.as_deref()))?;
        }
        Ok(())
    }

    fn add(&mut self, difference: &Difference) -> io::Result<()> {
        *self.counts.entry(difference.kind).or_default() += 1;
        self.found.push(difference.path.as_bytes(), json::line(difference).as_bytes())
    }

    /// The keys whose values differ; `None` if a side does not have their hashes.
    fn fields(&self, before: &ManifestEntry<'_>, after: &ManifestEntry<'_>) -> Option<Vec<String>> {
        let (before, after) = (before.fields.as_ref()?, after.fields.as_ref()?);
        let values = before.as_bytes().chunks(HASH_DIGITS).zip(after.as_bytes().chunks(HASH_DIGITS));
        let differing = self.keys.iter().zip(values).filter(|(_, (before, after))| before != after);
        Some(differing.map(|(key, _)| key.to_string()).collect())
    }
}

/// Hex digits of a value's hash in [`ManifestEntry::fields`].
const HASH_DIGITS: usize = 16;

/// Kind of the difference of two files at one path; `None` if they are the same.
fn kind_of(before: &ManifestEntry<'_>, after: &ManifestEntry<'_>) -> Option<ChangeKind> {
    let bytes_differ = before.sha256 != after.sha256;
    // A text that does not have its hash can change without it.
    let may_be_other_text = bytes_differ && (before.verified == Some(false) || after.verified == Some(false));
    match (before.is_accepted(), after.is_accepted()) {
        (true, false) => Some(ChangeKind::Rejected),
        (false, true) => Some(ChangeKind::Accepted),
        (true, true) if before.content_hash != after.content_hash || may_be_other_text => {
            Some(ChangeKind::Text)
        }
        (true, true) if before.record_sha256 != after.record_sha256 => Some(ChangeKind::Metadata),
        _ if bytes_differ || before.rules != after.rules => Some(ChangeKind::Bytes),
        _ => None,
    }
}

fn rules<'e>(before: &'e ManifestEntry<'_>, after: &'e ManifestEntry<'_>) -> Option<&'e [Cow<'e, str>]> {
    after.rules.as_deref().or(before.rules.as_deref())
}

fn difference(
    kind: ChangeKind,
    entry: &ManifestEntry<'_>,
    before: Option<&ManifestEntry<'_>>,
    fields: Option<Vec<String>>,
    rules: Option<&[Cow<'_, str>]>,
) -> Difference {
    Difference {
        kind,
        path: entry.path.clone().into_owned(),
        old_path: before.map(|before| before.path.clone().into_owned()),
        id: entry.id.as_ref().map(|id| id.clone().into_owned()),
        fields: fields
            .filter(|_| matches!(kind, ChangeKind::Text | ChangeKind::Metadata | ChangeKind::Moved)),
        rules: rules.unwrap_or_default().iter().map(|rule| rule.to_string()).collect(),
    }
}
