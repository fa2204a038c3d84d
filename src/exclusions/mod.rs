//! Articles that are to be left out, by id, publisher, URL or host.
//!
//! A list of a million ids takes 8 MB, one of a million URLs 16 MB.

pub mod address;
pub mod list;

use std::collections::BTreeSet;

use crate::crawl::url;
use crate::exclusions::address::Address;
use crate::record::article::Article;
use crate::record::content_hash::ContentHash;
use crate::record::id::{ArticleId, Oid};

/// Set of articles that are left out.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Exclusions {
    /// Ids as numbers, sorted.
    ids: Vec<u64>,
    publishers: BTreeSet<Oid>,
    /// Hashes of URLs and hosts, sorted.
    addresses: Vec<u128>,
}

impl Exclusions {
    /// Returns `true` if the set has the article: by its `id`, its `oid` and `aid`, or its URL.
    pub fn contain(&self, article: &Article<'_>) -> bool {
        let Article { id, oid, aid, url, .. } = article;
        // Of a file with errors they may differ. Then each of them counts.
        let ids = [id.parse().ok(), joined(oid, aid), named_by(url)];
        let publisher = oid.parse().ok();
        ids.iter().flatten().any(|id| self.has_id(*id))
            || publisher.is_some_and(|publisher| self.publishers.contains(&publisher))
            || self.has_address(url)
    }

    /// Hash of the set, which neither the order of the lines nor comments change.
    pub fn digest(&self) -> ContentHash {
        let mut bytes = Vec::with_capacity(self.ids.len() * 8 + self.addresses.len() * 16);
        for count in [self.ids.len(), self.publishers.len()] {
            bytes.extend_from_slice(&(count as u64).to_be_bytes());
        }
        self.ids.iter().for_each(|id| bytes.extend_from_slice(&id.to_be_bytes()));
        self.publishers.iter().for_each(|oid| bytes.extend_from_slice(oid.to_string().as_bytes()));
        self.addresses.iter().for_each(|hash| bytes.extend_from_slice(&hash.to_be_bytes()));
        ContentHash::digest(&bytes)
    }

    fn has_id(&self, id: ArticleId) -> bool {
        self.publishers.contains(&id.oid()) || self.ids.binary_search(&id.as_u64()).is_ok()
    }

    fn has_address(&self, url: &str) -> bool {
        let has = |address: &[u8]| self.addresses.binary_search(&hash(address)).is_ok();
        !self.addresses.is_empty()
            && Address::parse(url).is_some_and(|address| has(address.as_bytes()) || has(address.host()))
    }

    /// Adds an id or a publisher; returns `false` if `text` is neither.
    fn add_id(&mut self, text: &str) -> bool {
        match (text.parse::<ArticleId>(), text.parse::<Oid>()) {
            (Ok(id), _) => self.ids.push(id.as_u64()),
            (_, Ok(publisher)) => _ = self.publishers.insert(publisher),
            _ => return false,
        }
        true
    }

    /// Adds a URL or a host; returns `false` if `text` is neither.
    fn add_address(&mut self, text: &str) -> bool {
        let Some(address) = Address::parse(text) else { return false };
        // All addresses of an article of Naver name the same one.
        let with_scheme = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        match named_by(&with_scheme) {
            Some(id) => self.ids.push(id.as_u64()),
            None => self.addresses.push(hash(address.as_bytes())),
        }
        true
    }

    /// Sorts what was added.
    fn sort(&mut self) {
        self.ids.sort_unstable();
        self.ids.dedup();
        self.ids.shrink_to_fit();
        self.addresses.sort_unstable();
        self.addresses.dedup();
        self.addresses.shrink_to_fit();
    }
}

/// Returns the id that the address of an article of Naver names.
fn named_by(url: &str) -> Option<ArticleId> {
    url::article_ids(url).and_then(|(oid, aid)| joined(oid, aid))
}

fn joined(oid: &str, aid: &str) -> Option<ArticleId> {
    Some(ArticleId::new(oid.parse().ok()?, aid.parse().ok()?))
}

/// First 128 bits of the SHA-256: among a million addresses and a hundred million articles, the chance that one is taken
/// for another is 1 in 10^24.
fn hash(address: &[u8]) -> u128 {
    let digest = ContentHash::digest(address);
    digest.as_bytes()[..16].iter().fold(0, |number, byte| number << 8 | u128::from(*byte))
}
