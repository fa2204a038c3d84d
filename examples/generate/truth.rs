//! What an accepted file must read as, told from the values it was made of.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::article::Article;
use crate::page::sha256;

/// One line of the file of truths.
#[derive(Serialize)]
pub struct Truth<'a> {
    /// Relative to the archive's folder.
    path: &'a str,
    id: &'a str,
    oid: &'a str,
    aid: &'a str,
    title: &'a str,
    text: &'a str,
    publisher: &'a str,
    category: &'a str,
    byline: String,
    published_on: Option<&'a str>,
    published_at: Option<&'a str>,
    crawled_at: &'a str,
    url: &'a str,
    content_hash: String,
    verified: bool,
    comment_count: usize,
    extra: BTreeMap<&'a str, &'a str>,
}

impl<'a> Truth<'a> {
    pub fn new(path: &'a str, article: &'a Article) -> Self {
        Truth {
            path,
            id: &article.id,
            oid: &article.oid,
            aid: &article.aid,
            title: &article.title,
            text: &article.text,
            publisher: &article.publisher,
            category: &article.category,
            byline: article.byline.record(),
            published_on: article.published.on.as_deref(),
            published_at: article.published.at.as_deref(),
            crawled_at: &article.crawled.utc,
            url: &article.url,
            content_hash: sha256(&article.text),
            verified: true,
            comment_count: article.comments.as_ref().map_or(0, |comments| comments.count()),
            extra: article.extra.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect(),
        }
    }
}
