//! The record of one crawl file, field by field.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::record::datetime::{CalendarDate, KoreanTime, UtcTime};

/// One verified news article. Its text is borrowed from the source where possible.
///
/// The fields are in the order of the record. A string is never null: a value that the file leaves empty is `""`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Article<'a> {
    /// `oid` + `_` + `aid`: the identity, with leading zeros.
    #[schemars(regex(pattern = "^[0-9]{3}_[0-9]{10}$"))]
    pub id: Cow<'a, str>,
    /// The publisher's (office's) id: 3 digits.
    #[schemars(regex(pattern = "^[0-9]{3}$"))]
    pub oid: Cow<'a, str>,
    /// The article's id within its publisher: 10 digits.
    #[schemars(regex(pattern = "^[0-9]{10}$"))]
    pub aid: Cow<'a, str>,
    /// The title, decoded.
    #[schemars(length(min = 1))]
    pub title: Cow<'a, str>,
    /// The text that the content hash covers.
    pub text: Cow<'a, str>,
    /// The publisher's name.
    pub publisher: Cow<'a, str>,
    /// The category; empty in most files.
    pub category: Cow<'a, str>,
    /// The author value: lines trimmed, runs of white space collapsed to one space, empty lines dropped, joined
    /// with `\n`.
    pub byline: Cow<'a, str>,
    /// The persons that the byline names, in order.
    pub authors: Vec<Author<'a>>,
    /// The Korean calendar date of publication.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub published_on: Option<CalendarDate>,
    /// The time of publication, only if the file gives a time of day.
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub published_at: Option<KoreanTime>,
    /// The time at which the crawler fetched the page.
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub crawled_at: Option<UtcTime>,
    /// The page's address, decoded.
    pub url: Cow<'a, str>,
    /// SHA-256 of the text as the file states it: 64 lowercase hex digits.
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub content_hash: Cow<'a, str>,
    /// True if the text's SHA-256 is `content_hash`.
    pub verified: bool,
    /// The number of comments that the crawler recorded.
    pub comment_count: u64,
    /// Unknown front matter keys with their values, in the file's order.
    #[serde(serialize_with = "as_map")]
    #[schemars(with = "BTreeMap<String, String>")]
    pub extra: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// The path of the crawl file, as reached from the argument.
    pub path: Cow<'a, str>,
}

/// One person of a byline. A part that the byline lacks is `""`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Author<'a> {
    /// The person's name.
    pub name: &'a str,
    /// The person's title, such as `기자`.
    pub role: &'a str,
    /// The person's e-mail address.
    pub email: &'a str,
}

fn as_map<S: serde::Serializer>(pairs: &[(Cow<'_, str>, Cow<'_, str>)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}

/// One reader's comment on an article. A value that the file lacks is `""` or null.
#[derive(Debug, Default, Clone, PartialEq, Eq, JsonSchema)]
pub struct Comment {
    /// 0 for a comment, 1 for a reply to one, 2 for a reply to that.
    pub depth: usize,
    /// The index in the article of the comment that it replies to, counted from 0.
    pub parent: Option<usize>,
    /// The reader's name.
    pub author: String,
    /// The reader's id, as far as the page shows it.
    pub author_id: String,
    /// The time at which it was written.
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub created_at: Option<KoreanTime>,
    /// The number of likes.
    pub likes: Option<u64>,
    /// The number of dislikes.
    pub dislikes: Option<u64>,
    /// True if the page lists it among the best.
    pub best: bool,
    /// True if it was deleted; its text is then empty.
    pub deleted: bool,
    /// The text, decoded and trimmed, with LF line ends.
    pub text: String,
}
