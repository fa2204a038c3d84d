//! A map from the ids of articles, in 8 bytes for those of the built-in layout and in 16 for any others.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::{BuildHasher, Hash};

use crate::crawl::StatedId;

/// Map from ids. Of an id that is a text it keeps a keyed hash of 128 bits: among a hundred million of them, the chance
/// of any collision is 1 in 10^22.
#[derive(Debug)]
pub(super) struct IdMap<V> {
    articles: HashMap<u64, V>,
    texts: HashMap<u128, V>,
    hashers: [RandomState; 2],
}

impl<V> Default for IdMap<V> {
    fn default() -> Self {
        IdMap { articles: HashMap::new(), texts: HashMap::new(), hashers: Default::default() }
    }
}

impl<V> IdMap<V> {
    /// Returns the value of an id.
    pub fn get(&self, id: &StatedId) -> Option<&V> {
        match id {
            StatedId::Article(id) => self.articles.get(&id.as_u64()),
            StatedId::Text(text) => self.texts.get(&self.hash(text)),
        }
    }

    /// Returns the value of an id; if there is none, inserts what `value` returns.
    pub fn get_or_insert(&mut self, id: &StatedId, value: impl FnOnce() -> Option<V>) -> Option<&mut V> {
        match id {
            StatedId::Article(id) => occupied(self.articles.entry(id.as_u64()), value),
            StatedId::Text(text) => {
                let hash = self.hash(text);
                occupied(self.texts.entry(hash), value)
            }
        }
    }

    /// Number of ids.
    pub fn len(&self) -> usize {
        self.articles.len() + self.texts.len()
    }

    fn hash(&self, text: &str) -> u128 {
        let [high, low] = self.hashers.each_ref().map(|hasher| u128::from(hasher.hash_one(text)));
        high << 64 | low
    }
}

fn occupied<K: Hash + Eq, V>(entry: Entry<'_, K, V>, value: impl FnOnce() -> Option<V>) -> Option<&mut V> {
    match entry {
        Entry::Occupied(entry) => Some(entry.into_mut()),
        Entry::Vacant(entry) => {
            if let Some(value) = value() {
                entry.insert(value);
            }
            None
        }
    }
}
