//! The keys of a sample: how often each occurs, and of which kind its values are.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use crate::infer::value_kind::ValueKind;
use crate::layout::values::Values;

/// Maximum number of different keys that are counted.
pub const MAX_COUNTED_KEYS: usize = 1000;

/// A key of the sample.
#[derive(Debug)]
pub struct KeyStats {
    /// The key.
    pub name: String,
    /// Number of files that have it.
    pub files: usize,
    /// Number of files in which it has a value.
    pub filled: usize,
    /// Kinds of the values that are not empty, with their numbers, the most frequent first.
    pub kinds: Vec<(ValueKind, usize)>,
    /// Hashes of the different values that are not empty.
    distinct: HashSet<u64>,
}

impl KeyStats {
    /// Returns whether every value that is not empty is of such a kind, and there is one.
    pub fn are_all(&self, is_such: impl Fn(ValueKind) -> bool) -> bool {
        !self.kinds.is_empty() && self.kinds.iter().all(|(kind, _)| is_such(*kind))
    }

    /// Number of different values.
    pub fn distinct(&self) -> usize {
        self.distinct.len()
    }

    fn count(&mut self, kind: ValueKind) {
        match self.kinds.iter_mut().find(|(of, _)| *of == kind) {
            Some((_, count)) => *count += 1,
            None => self.kinds.push((kind, 1)),
        }
    }
}

/// The keys of a sample, in the order in which they were met.
#[derive(Debug, Default)]
pub struct Keys {
    /// Up to [`MAX_COUNTED_KEYS`] keys.
    pub all: Vec<KeyStats>,
    /// Number of values of other keys.
    pub uncounted: usize,
}

impl Keys {
    /// Counts the keys of each file.
    pub fn count<'f, 'v: 'f>(files: impl Iterator<Item = &'f Values<'v>>) -> Self {
        let mut keys = Keys::default();
        let mut indices: HashMap<&str, usize> = HashMap::new();
        let hasher = RandomState::new();
        for entry in files.flat_map(|values| &values.entries) {
            let index = match indices.get(&*entry.key) {
                Some(index) => *index,
                None if keys.all.len() == MAX_COUNTED_KEYS => {
                    keys.uncounted += 1;
                    continue;
                }
                None => {
                    indices.insert(&entry.key, keys.all.len());
                    let name = entry.key.clone().into_owned();
                    let (kinds, distinct) = (Vec::new(), HashSet::new());
                    keys.all.push(KeyStats { name, files: 0, filled: 0, kinds, distinct });
                    keys.all.len() - 1
                }
            };
            let stats = &mut keys.all[index];
            stats.files += 1;
            let kind = ValueKind::of(&entry.value);
            if kind != ValueKind::Empty {
                stats.filled += 1;
                stats.distinct.insert(hasher.hash_one(&*entry.text()));
                stats.count(kind);
            }
        }
        for stats in &mut keys.all {
            stats.kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        }
        keys
    }

    /// Returns the key with this name.
    pub fn named(&self, name: &str) -> Option<&KeyStats> {
        self.all.iter().find(|stats| stats.name == name)
    }
}
