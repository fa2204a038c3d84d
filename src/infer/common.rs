//! Traits that files have in common which do not verify, and that few of the others have.

use crate::infer::search::SearchedFile;
use crate::text::escape::quote;

/// Maximum number of traits that are named.
const MAX_NAMED_TRAITS: usize = 3;
/// Maximum number of different values of a key that are compared.
const MAX_VALUES_PER_KEY: usize = 12;
/// Maximum length of such a value in bytes.
const MAX_VALUE_BYTES: usize = 60;

/// A trait, and how many files have it.
#[derive(Debug)]
pub struct CommonTrait {
    /// Description.
    pub description: String,
    /// Number of files that do not verify and have it.
    pub failing: usize,
    /// Number of files that verify and have it.
    pub verified: usize,
}

/// Returns the traits of nine in ten files that do not verify and of clearly fewer others, the most telling first.
pub fn find(files: &[SearchedFile<'_, '_>], is_verified: &[bool], keys: &[&str]) -> Vec<CommonTrait> {
    let failing_count = is_verified.iter().filter(|verified| !**verified).count();
    let verified_count = is_verified.len() - failing_count;
    let count = |description: String, has_it: &dyn Fn(&SearchedFile<'_, '_>) -> bool| {
        let with_it = files.iter().zip(is_verified).filter(|(file, _)| has_it(file));
        let (verified, failing): (Vec<_>, Vec<_>) = with_it.partition(|(_, is_verified)| **is_verified);
        CommonTrait { description, failing: failing.len(), verified: verified.len() }
    };
    let mut traits: Vec<CommonTrait> =
        OF_BODIES.iter().map(|(name, has_it)| count((*name).to_owned(), &|file| has_it(file.body))).collect();
    for key in keys {
        let value = |file: &SearchedFile<'_, '_>| {
            let text = file.values.named(key).map(|entry| entry.text().into_owned());
            text.filter(|text| text.len() <= MAX_VALUE_BYTES)
        };
        traits.push(count(format!("no key {}", quote(key)), &|file| file.values.named(key).is_none()));
        let mut values: Vec<String> = files.iter().filter_map(value).collect();
        values.sort_unstable();
        values.dedup();
        if values.len() <= MAX_VALUES_PER_KEY {
            for of_key in values {
                let description = format!("{} at {}", quote(&of_key), quote(key));
                traits.push(count(description, &|file| value(file).as_ref() == Some(&of_key)));
            }
        }
    }
    let share = |count: usize, of: usize| if of == 0 { 0.0 } else { count as f64 / of as f64 };
    let gap = |it: &CommonTrait| share(it.failing, failing_count) - share(it.verified, verified_count);
    traits.retain(|it| share(it.failing, failing_count) >= 0.9 && gap(it) >= 0.3);
    traits.sort_by(|a, b| gap(b).total_cmp(&gap(a)));
    traits.truncate(MAX_NAMED_TRAITS);
    traits
}

type HasTrait = fn(&str) -> bool;

const OF_BODIES: [(&str, HasTrait); 9] = [
    ("a relative link", has_relative_link),
    ("an image", |body| body.contains("![")),
    ("CR LF line ends", |body| body.contains("\r\n")),
    ("an HTML entity", |body| body.contains("&amp;") || body.contains("&lt;") || body.contains("&#")),
    ("an HTML tag", |body| body.contains("</")),
    ("a rule in the body", |body| body.lines().any(|line| line.trim() == "---")),
    ("U+FFFD, which replaces what could not be decoded", |body| body.contains('\u{fffd}')),
    ("no text", |body| body.trim().is_empty()),
    ("no final line feed", |body| !body.ends_with('\n')),
];

/// Returns whether a body has a link whose address is relative: writers rewrite links after they hash a text.
fn has_relative_link(body: &str) -> bool {
    let addresses = body.split("](").skip(1);
    addresses.into_iter().any(|address| {
        let end = address.find([')', ' ', '\n']).unwrap_or(address.len());
        let address = &address[..end];
        !address.is_empty() && !address.contains(':') && !address.starts_with(['#', '<'])
    })
}
