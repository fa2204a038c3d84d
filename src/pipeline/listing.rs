//! Starts the line of a file in a manifest, in the worker thread that has read it.

use std::hash::{BuildHasher, RandomState};

use crate::crawl::{StatedId, StatedIdentity};
use crate::manifest::entry::EntryStart;
use crate::output::json::record;
use crate::output::projection::Projection;
use crate::record::article::Article;
use crate::record::content_hash::ContentHash;
use crate::record::key::Key;

/// Detail of the lines of a manifest.
#[derive(Debug, Clone)]
pub enum Listing {
    /// As they are written to files.
    Plain,
    /// With a hash of each key's value, for a comparison within this process.
    WithFields(RandomState),
}

/// Keys that a manifest has another hash of, or none.
const NOT_HASHED: [Key; 2] = [Key::Text, Key::Path];

/// A file whose line is started.
#[derive(Debug, Clone, Copy)]
pub struct FileRow<'f> {
    /// The path in records and findings.
    pub path: &'f str,
    /// Size in bytes.
    pub bytes: usize,
    /// Modification time in nanoseconds since 1970, if it is trusted.
    pub mtime_ns: Option<u64>,
    /// Hash of the whole file.
    pub hash: &'f ContentHash,
    /// The article, before anything is redacted; `None` for a rejected file.
    pub article: Option<&'f Article<'f>>,
    /// The article's identity, if it is valid.
    pub identity: Option<&'f StatedIdentity>,
    /// True if all of the article but its path is known to be [clean](crate::text::clean::is_clean).
    pub is_clean: bool,
}

impl Listing {
    /// The keys whose values have hashes, in the order of [`fields`](crate::manifest::entry::ManifestEntry::fields).
    pub fn keys() -> Vec<&'static str> {
        hashed_keys().keys().map(Key::name).collect()
    }

    /// Appends the start of a line.
    pub fn start(&self, file: FileRow<'_>, into: &mut Vec<u8>) {
        let FileRow { path, bytes, mtime_ns, hash, article, identity, is_clean } = file;
        let start = EntryStart { path, file: Some((bytes, hash)), mtime_ns, ..EntryStart::default() };
        let Some(article) = article else {
            let id = identity.map(|identity| identity.id.to_string());
            // Under a layout, it may stand for a hash of another algorithm.
            let of_article = identity.filter(|identity| matches!(identity.id, StatedId::Article(_)));
            let content_hash = of_article.map(|identity| identity.hash.to_string());
            let (id, content_hash) = (id.as_deref(), content_hash.as_deref());
            return EntryStart { id, content_hash, ..start }.write(into);
        };
        let fields: Option<Vec<u64>> = match self {
            Listing::Plain => None,
            Listing::WithFields(keys) => {
                let mut value = Vec::new();
                let hash = |key| {
                    value.clear();
                    encode(article, Projection::default().only(key), is_clean, &mut value);
                    keys.hash_one(&*value)
                };
                Some(hashed_keys().keys().map(hash).collect())
            }
        };
        let id = Some(&*article.id).filter(|id| !id.is_empty());
        let content_hash = Some(&*article.content_hash).filter(|hash| !hash.is_empty());
        EntryStart { id, content_hash, fields: fields.as_deref(), ..start }.write(into);
    }
}

/// Appends what the hash of the record covers: the record without `text` and `path`, and without a line feed.
pub fn encode_hashed(article: &Article<'_>, is_clean: bool, into: &mut Vec<u8>) {
    encode(article, hashed_keys(), is_clean, into);
}

/// Appends the whole record to `record`, and what its hash covers to `into`: faster than one after the other.
pub fn encode_both(article: &Article<'_>, is_clean: bool, record: &mut Vec<u8>, into: &mut Vec<u8>) {
    record::write_and_copy(article, is_clean, record, &NOT_HASHED, into);
}

fn hashed_keys() -> Projection {
    Projection::default().without(&NOT_HASHED)
}

/// Appends the record of `article` with some of its keys, without a line feed.
fn encode(article: &Article<'_>, keys: Projection, is_clean: bool, into: &mut Vec<u8>) {
    record::write(article, keys, is_clean, into);
    into.pop_if(|end| *end == b'\n');
}
