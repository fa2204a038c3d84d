//! Hashes every reading: for each way to read it, CONTENT is scanned once, however many possible ends it has.

use crate::crawl::text::{BodyLayout, Content, Reading, readings};
use crate::record::content_hash::{ContentHash, PrefixHasher};

/// A reading with its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// Way in which CONTENT was read.
    pub reading: Reading,
    /// SHA-256 of its text.
    pub hash: ContentHash,
}

/// Hashes every reading that the body allows, in the order of [`readings`]. `buffer` is reused for the texts.
///
/// CONTENT up to one end is the beginning of CONTENT up to the next one, and white space separates the two: no
/// entity and no CR LF crosses the border.
pub fn hash_all<'a>(
    body: &'a str,
    layout: &BodyLayout,
    has_comment_count: bool,
    buffer: &mut String,
) -> Vec<(Content<'a>, Attempt)> {
    let readings: Vec<_> = readings(body, layout, has_comment_count).collect();
    let mut by_length: Vec<usize> = (0..readings.len()).collect();
    by_length.sort_by_key(|&index| readings[index].0.source.len());
    let mut hashes = vec![None; readings.len()];
    for &first in &by_length {
        if hashes[first].is_some() {
            continue;
        }
        let mut text = PrefixHasher::default();
        let mut taken = 0;
        let is_same_way =
            |reading: Reading| Reading { end: readings[first].1.end, ..reading } == readings[first].1;
        for &index in by_length.iter().filter(|&&index| is_same_way(readings[index].1)) {
            let (content, reading) = readings[index];
            let more = Content { source: &content.source[taken..], at: content.at + taken, ..content };
            hashes[index] = Some(text.add(reading.extract(&more, buffer).as_bytes()));
            taken = content.source.len();
        }
    }
    let trial =
        |((content, reading), hash): (_, Option<_>)| Some((content, Attempt { reading, hash: hash? }));
    readings.into_iter().zip(hashes).filter_map(trial).collect()
}
