//! Writes the comments of an article as JSON Lines, separate from the records.

use schemars::JsonSchema;

use crate::output::json::record::{write_display, write_text, write_time};
use crate::record::article::Comment;

/// A comment as a JSON line, in the form that [`write()`] writes.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct CommentRecord {
    /// The `id` of the article's record.
    #[schemars(regex(pattern = "^[0-9]{3}_[0-9]{10}$"))]
    pub article_id: String,
    /// Index among the article's comments, from 0.
    pub position: u64,
    /// The comment itself.
    #[schemars(flatten)]
    pub comment: Comment,
}

/// Appends a line for each comment of the article `id`, in order:
/// `{"article_id":…,"position":…,"depth":…,"parent":…,"author":…,"author_id":…,"created_at":…,"likes":…,"dislikes":…,
/// "best":…,"deleted":…,"text":…}`.
pub fn write(id: &str, comments: &[Comment], into: &mut Vec<u8>) {
    for (position, comment) in comments.iter().enumerate() {
        write_text("{\"article_id\":", id, into);
        write_number(",\"position\":", Some(position as u64), into);
        write_number(",\"depth\":", Some(comment.depth as u64), into);
        write_number(",\"parent\":", comment.parent.map(|parent| parent as u64), into);
        write_text(",\"author\":", &comment.author, into);
        write_text(",\"author_id\":", &comment.author_id, into);
        write_time(",\"created_at\":", comment.created_at, into);
        write_number(",\"likes\":", comment.likes, into);
        write_number(",\"dislikes\":", comment.dislikes, into);
        write_bool(",\"best\":", comment.best, into);
        write_bool(",\"deleted\":", comment.deleted, into);
        write_text(",\"text\":", &comment.text, into);
        into.extend_from_slice(b"}\n");
    }
}

fn write_number(key: &str, number: Option<u64>, into: &mut Vec<u8>) {
    into.extend_from_slice(key.as_bytes());
    match number {
        Some(number) => write_display(number, into),
        None => into.extend_from_slice(b"null"),
    }
}

fn write_bool(key: &str, value: bool, into: &mut Vec<u8>) {
    into.extend_from_slice(key.as_bytes());
    write_display(value, into);
}
