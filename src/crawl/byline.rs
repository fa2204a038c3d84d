//! stub
use crate::article::Author;
/// n
pub fn normalize(raw: &str, into: &mut String) {
    into.push_str(raw)
}
/// a
pub fn authors(_: &str) -> Vec<Author<'_>> {
    Vec::new()
}
