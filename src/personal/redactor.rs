//! Replaces personal data by its kind, or by a pseudonym of a key.

use std::collections::HashSet;
use std::fmt::Write;

use crate::personal::finder::Finder;
use crate::personal::number::digit;
use crate::personal::{Kind, Kinds, Match, phone};
use crate::record::content_hash::ContentHash;
use crate::record::content_hash::keyed::keyed_digest;
use crate::text::email::{is_invisible, narrow};

/// Size of a key in bytes.
pub const KEY_BYTES: usize = 32;
/// Bytes of a hash that a pseudonym keeps.
const PSEUDONYM_BYTES: usize = 8;

/// Replaces personal data of some kinds.
#[derive(Debug, Default, Clone)]
pub struct Redactor {
    /// Kinds that are replaced.
    pub kinds: Kinds,
    /// Key of the pseudonyms; the kind alone without one.
    pub key: Option<PseudonymKey>,
    /// Telephone numbers that are not replaced.
    pub kept_phones: PhoneList,
}

/// Key of pseudonyms. Its debug form does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct PseudonymKey(pub [u8; KEY_BYTES]);

impl std::fmt::Debug for PseudonymKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PseudonymKey(…)")
    }
}

/// Telephone numbers of institutions.
#[derive(Debug, Default, Clone)]
pub struct PhoneList(HashSet<Vec<u8>>);

impl PhoneList {
    /// Adds a number; returns whether `text` is one: 3 to 15 digits, with signs and spaces.
    pub fn add(&mut self, text: &str) -> bool {
        let digits = digits(text);
        let is_other = |c: char| digit(c).is_none() && !" +-.()".contains(c);
        let is_number = (3..=15).contains(&digits.len()) && !text.contains(is_other);
        if is_number {
            self.0.insert(phone::national(&digits).collect());
        }
        is_number
    }

    /// Returns whether the list has the number, in whatever form it is written.
    fn contains(&self, text: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&phone::national(&digits(text)).collect::<Vec<_>>())
    }
}

impl Redactor {
    /// Returns the personal data of `text` that is replaced, in order.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Match> + 't {
        Finder::new(text, self.kinds).filter(move |found| {
            found.kind != Kind::Phone || !self.kept_phones.contains(&text[found.range.clone()])
        })
    }

    /// Returns a hash of the key and of the kept numbers; `None` without both.
    pub fn settings_digest(&self) -> Option<ContentHash> {
        let mut phones: Vec<&[u8]> = self.kept_phones.0.iter().map(Vec::as_slice).collect();
        if phones.is_empty() && self.key.is_none() {
            return None;
        }
        phones.sort_unstable();
        let key = self.key.as_ref().map_or([0; KEY_BYTES], |key| key.0);
        let digest = keyed_digest(&key, &[b"settings:", &phones.join(&b'\n')]);
        Some(ContentHash::digest(&digest))
    }

    /// Returns `text` with its personal data replaced, each after a call of `each`; `None` if it has none.
    pub fn redact(&self, text: &str, each: &mut dyn FnMut(&Match)) -> Option<String> {
        let mut redacted = String::new();
        let mut copied = 0;
        for found in self.find(text) {
            each(&found);
            redacted.push_str(&text[copied..found.range.start]);
            self.write_replacement(found.kind, &text[found.range.clone()], &mut redacted);
            copied = found.range.end;
        }
        (copied > 0).then(|| redacted + &text[copied..])
    }

    /// Appends what replaces `value`: `[phone]`, or `[phone:7f3a2c…]` with a key.
    pub fn write_replacement(&self, kind: Kind, value: &str, into: &mut String) {
        into.push('[');
        into.push_str(kind.name());
        if let Some(PseudonymKey(key)) = &self.key {
            into.push(':');
            let hash =
                keyed_digest(key, &[kind.name().as_bytes(), b":", normal_form(kind, value).as_bytes()]);
            // Writing to a string cannot fail.
            hash[..PSEUDONYM_BYTES].iter().for_each(|byte| _ = write!(into, "{byte:02x}"));
        }
        into.push(']');
    }
}

/// Returns the form in which all spellings of a value are the same: an address in lower case, a telephone number with
/// its national digits, other numbers without signs and spaces.
pub fn normal_form(kind: Kind, value: &str) -> String {
    let visible =
        value.chars().filter(|c| !is_invisible(*c)).map(|c| if c == '﹫' { '@' } else { narrow(c) });
    match kind {
        Kind::Email => visible.flat_map(char::to_lowercase).collect(),
        Kind::Phone => phone::national(&digits(value)).map(char::from).collect(),
        Kind::Rrn | Kind::Card | Kind::Account => digits(value).into_iter().map(char::from).collect(),
        Kind::Passport | Kind::Plate => {
            visible.filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect()
        }
    }
}

fn digits(text: &str) -> Vec<u8> {
    text.chars().filter_map(digit).collect()
}
