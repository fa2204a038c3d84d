//! E-mail addresses, taken out of a record.

use std::borrow::Cow;

use crate::article::{Article, Comment};

/// What stands in the place of an address.
pub const REDACTED: &str = "[email]";

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

/// The text with its addresses replaced; none where it has none.
pub fn without_addresses(text: &str) -> Option<String> {
    let mut redacted = String::new();
    let mut copied = 0;
    for (at, sign) in text.match_indices(['@', '＠']) {
        let before = &text[copied..at];
        let local = before.trim_end_matches(is_local).len();
        let local = before[local..].trim_start_matches(['.', '-', '+', '%']);
        let domain = domain(&text[at + sign.len()..]);
        if !local.is_empty() && domain > 0 {
            redacted.push_str(&text[copied..at - local.len()]);
            redacted.push_str(REDACTED);
            copied = at + sign.len() + domain;
        }
    }
    (copied > 0).then(|| redacted + &text[copied..])
}

/// How many bytes of `text` are the domain that it begins with: labels, then one that begins with two letters.
fn domain(text: &str) -> usize {
    let mut domain = 0;
    let mut start = 0;
    loop {
        let label = &text[start..];
        let length =
            label.len() - label.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-').len();
        let letters = label.len() - label.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        if start > 0 && letters >= 2 {
            domain = start + letters;
        }
        if length == 0 || !label[length..].starts_with('.') {
            return domain;
        }
        start += length + 1;
    }
}

fn is_local(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
}
