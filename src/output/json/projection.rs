//! Projection: a subset of the record's keys (`--fields`).

use crate::output::json::record::{write_authors, write_extra, write_shown, write_text, write_time};
use crate::output::json::string;
use crate::record::article::Article;

/// Set of the record's keys to write: at least one, in the record's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Projection {
    /// Bit set: bit n is for key n of [`KEYS`].
    kept: u32,
}

/// The keys of the record, in its order.
pub const KEYS: [&str; 18] = [
    "id",
    "oid",
    "aid",
    "title",
    "text",
    "publisher",
    "category",
    "byline",
    "authors",
    "published_on",
    "published_at",
    "crawled_at",
    "url",
    "content_hash",
    "verified",
    "comment_count",
    "extra",
    "path",
];

impl Projection {
    /// Returns the set of the keys with these names.
    ///
    /// # Errors
    /// The first name that is not a key.
    pub fn parse<'n>(names: impl IntoIterator<Item = &'n str>) -> Result<Self, &'n str> {
        let mut fields = Projection { kept: 0 };
        for name in names {
            let at = KEYS.iter().position(|key| *key == name).ok_or(name)?;
            fields.kept |= 1 << at;
        }
        Ok(fields)
    }

    /// Iterates over the keys in `fields`, or over all.
    pub fn kept(fields: Option<Self>) -> impl Iterator<Item = &'static str> {
        let kept = fields.map_or(u32::MAX, |fields| fields.kept);
        KEYS.into_iter().enumerate().filter(move |(at, _)| kept & 1 << at != 0).map(|(_, key)| key)
    }

    /// Appends the record of `article` with these keys only, followed by `\n`.
    pub fn write(self, article: &Article<'_>, into: &mut Vec<u8>) {
        into.push(b'{');
        let start = into.len();
        for key in Projection::kept(Some(self)) {
            if into.len() > start {
                into.push(b',');
            }
            write_field(key, article, into);
        }
        into.extend_from_slice(b"}\n");
    }
}

fn write_field(key: &str, article: &Article<'_>, into: &mut Vec<u8>) {
    into.push(b'"');
    into.extend_from_slice(key.as_bytes());
    into.extend_from_slice(b"\":");
    match key {
        "id" => write_text("", &article.id, into),
        "oid" => write_text("", &article.oid, into),
        "aid" => write_text("", &article.aid, into),
        "title" => write_text("", &article.title, into),
        "text" => write_text("", &article.text, into),
        "publisher" => write_text("", &article.publisher, into),
        "category" => write_text("", &article.category, into),
        "byline" => write_text("", &article.byline, into),
        "authors" => write_authors(&article.authors, string::write, into),
        "published_on" => write_time("", article.published_on, into),
        "published_at" => write_time("", article.published_at, into),
        "crawled_at" => write_time("", article.crawled_at, into),
        "url" => write_text("", &article.url, into),
        "content_hash" => write_text("", &article.content_hash, into),
        "verified" => write_shown(article.verified, into),
        "comment_count" => write_shown(article.comment_count, into),
        "extra" => write_extra(&article.extra, into),
        _ => write_text("", &article.path, into),
    }
}
