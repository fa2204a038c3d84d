//! The persons of a byline that is not Korean: one for each line, or part between semicolons.

use crate::record::article::Author;
use crate::text::email::Addresses;

/// Returns one person for each item of `byline`. An item that is nothing but an address is none.
pub fn read(byline: &str) -> Vec<Author<'_>> {
    byline.split(['\n', ';']).filter_map(|item| person(item.trim())).collect()
}

fn person(item: &str) -> Option<Author<'_>> {
    let item = wiki_link(item);
    let address = Addresses::new(item).next();
    let (name, email) = match address {
        Some(address) => {
            let (before, after) = (&item[..address.start], &item[address.end..]);
            let is_mark = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | '|');
            let [before, after] = [before, after].map(|part| part.trim_matches(is_mark));
            (if before.is_empty() { after } else { before }, &item[address])
        }
        None => (item, ""),
    };
    (!name.is_empty()).then_some(Author { name, role: "", email })
}

/// Returns the text that a link of a wiki shows: `Ada Penn` of `[[Ada Penn]]` and of `[[people/ada|Ada Penn]]`.
fn wiki_link(item: &str) -> &str {
    let link = item.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
    link.map_or(item, |link| link.rsplit('|').next().unwrap_or(link).trim())
}
