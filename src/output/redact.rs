//! Replaces e-mail addresses in records and comments.

use std::borrow::Cow;

use crate::record::article::{Article, Comment};
use crate::text::email;
use crate::text::email::{Addresses, REDACTED};

/// Replaces the addresses in the byline, the authors and the text.
///
/// An article whose text had an address is no longer verified. Its `content_hash` stays that of the text in the file,
/// so that record and file can be matched, but the text of the record cannot be proved with it.
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

/// Replaces the addresses in the text of a comment and in the name of its author.
pub fn redact_comment(comment: &mut Comment) {
    for text in [&mut comment.author, &mut comment.author_id, &mut comment.text] {
        if let Some(redacted) = without_addresses(text) {
            *text = redacted;
        }
    }
}

/// Returns the text with its addresses replaced, or `None` if it has no address.
pub fn without_addresses(text: &str) -> Option<String> {
    email::redact(text, Addresses::new(text))
}
