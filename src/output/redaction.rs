//! E-mail addresses, taken out of a record.

use std::borrow::Cow;

use crate::article::{Article, Comment};
use crate::email::{self, Addresses, REDACTED};

/// Replaces the addresses in the byline, the authors and the text.
///
/// An article whose text had any is not verified any more: its `content_hash` stays that of the text in its file, so
/// that the two can be brought together, but whoever holds the record cannot prove its text with it.
pub fn redact(article: &mut Article<'_>) {
    if let Some(text) = without_addresses(&article.text) {
        article.text = Cow::Owned(text);
        article.verified = false;
    }
    if let Some(byline) = without_addresses(&article.byline) {
        article.byline = Cow::Owned(byline);
    }
    for author in article.authors.iter_mut().filter(|author| !author.email.is_empty()) {
        author.email = REDACTED;
    }
}

/// Replaces the addresses in the text of a comment, and in the name of who wrote it.
pub fn redact_comment(comment: &mut Comment) {
    for text in [&mut comment.author, &mut comment.author_id, &mut comment.text] {
        if let Some(redacted) = without_addresses(text) {
            *text = redacted;
        }
    }
}

/// The text with its addresses replaced; `None` where it has none.
pub fn without_addresses(text: &str) -> Option<String> {
    email::redact(text, Addresses::new(text))
}
