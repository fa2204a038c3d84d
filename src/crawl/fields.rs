//! Takes values from the front matter, decodes them and checks their types.

use std::borrow::Cow;
use std::str::FromStr;

use crate::crawl::collector::FindingCollector;
use crate::crawl::escaping::Escaping;
use crate::crawl::front_matter::{Field, FieldValue, FrontMatter, FrontMatterEntry, KnownEntry};
use crate::crawl::lines::Lines;
use crate::crawl::url;
use crate::findings::rule::Rule;
use crate::record::content_hash::ContentHash;
use crate::record::id::ArticleId;
use crate::text::escape::{is_invisible, quote};
use crate::text::suggest::closest;
use memchr::memmem;

/// The decoded value of a field.
pub struct LocatedValue<'a> {
    pub field: Field,
    pub text: Cow<'a, str>,
    /// Byte offset in the source.
    pub at: usize,
    /// Length in bytes in the source.
    pub length: usize,
}

impl LocatedValue<'_> {
    /// Parses the value; `None` if it is empty or, with a finding, invalid.
    pub fn parse<T: FromStr>(&self, what_it_is: &str, report: &mut FindingCollector<'_>) -> Option<T> {
        if self.text.is_empty() {
            return None;
        }
        let parsed = self.text.parse().ok();
        if parsed.is_none() {
            self.report_invalid(what_it_is, report);
        }
        parsed
    }

    /// Reports that the value is not `what_it_is`.
    pub fn report_invalid(&self, what_it_is: &str, report: &mut FindingCollector<'_>) {
        let (key, value) = (self.field.key(), quote(&self.text));
        let message = format_args!("`{key}` is {value}, not {what_it_is}");
        report.add_over(Rule::InvalidField, self.at, self.length, message);
    }
}

/// A count that fits a column of signed 64-bit integers: at most 2^63 - 1.
#[derive(Debug, Default, Clone, Copy)]
pub struct Count(pub u64);

/// Error: the text is not a number, or the number is too large.
#[derive(Debug)]
pub struct NotACount;

impl FromStr for Count {
    type Err = NotACount;

    fn from_str(text: &str) -> Result<Self, NotACount> {
        let count = text.parse().map_err(|_| NotACount)?;
        i64::try_from(count).map(|_| Count(count)).map_err(|_| NotACount)
    }
}

/// The fields that identify the article.
pub struct IdentityFields<'a> {
    pub id: Cow<'a, str>,
    pub oid: Cow<'a, str>,
    pub aid: Cow<'a, str>,
    pub url: Cow<'a, str>,
    /// Byte offset of the value of `id` in the source.
    pub id_offset: usize,
    /// The identity, if `id`, `oid` and `aid` are valid and agree.
    pub valid: Option<ArticleId>,
}

/// A front matter whose values are taken one by one.
pub struct FieldReader<'f, 'a> {
    front_matter: &'f mut FrontMatter<'a>,
    front_matter_offset: usize,
    escaping: Escaping,
}

impl<'f, 'a> FieldReader<'f, 'a> {
    /// Creates a reader of a front matter that begins at `front_matter_offset`, with its values in this `escaping`.
    pub fn new(
        front_matter: &'f mut FrontMatter<'a>,
        front_matter_offset: usize,
        escaping: Escaping,
    ) -> Self {
        FieldReader { front_matter, front_matter_offset, escaping }
    }

    /// Takes the value of a field; `""` at the front matter's start if the file has no such key.
    pub fn take(&mut self, field: Field, report: &mut FindingCollector<'_>) -> LocatedValue<'a> {
        let Some(KnownEntry { value, at }) = self.front_matter.take(field) else {
            return LocatedValue { field, text: Cow::Borrowed(""), at: self.front_matter_offset, length: 0 };
        };
        let at = self.front_matter_offset + at;
        let length = match &value {
            FieldValue::Text(text) => text.len(),
            FieldValue::Nested(_) => 0,
        };
        if let FieldValue::Nested(_) = value {
            report.add(
                Rule::InvalidField,
                at,
                format_args!("`{}` is a list or a map, not one text", field.key()),
            );
        }
        let text = self.escaping.decode_value(value);
        report.add_control_character(field.key(), &text, at);
        LocatedValue { field, text, at, length }
    }

    /// Takes the value of a field that must not be blank.
    pub fn take_required(&mut self, field: Field, report: &mut FindingCollector<'_>) -> LocatedValue<'a> {
        let is_absent = self.front_matter.entry(field).is_none();
        let mut value = self.take(field, report);
        if is_blank(&value.text) {
            let lack = match &*value.text {
                "" if is_absent => "absent",
                "" => "empty",
                _ => "blank",
            };
            match misspelt(self.front_matter, self.front_matter_offset, field, report.source) {
                Some((at, typed)) if is_absent => {
                    let (key, shown) = (field.key(), quote(typed));
                    let message =
                        format_args!("`{key}` is absent, but {shown} is here; did you mean `{key}`?");
                    report.add_over(Rule::MissingField, at, typed.len(), message);
                }
                _ => report.add(Rule::MissingField, value.at, format_args!("`{}` is {lack}", field.key())),
            }
            value.text = Cow::Borrowed("");
        }
        value
    }

    /// Takes `id`, `oid`, `aid` and `url`, and checks that they agree.
    pub fn take_identity(&mut self, report: &mut FindingCollector<'_>) -> IdentityFields<'a> {
        let id = self.take_required(Field::Id, report);
        let url = self.take_required(Field::Url, report);
        let oid = self.take_required(Field::Oid, report);
        let aid = self.take_required(Field::Aid, report);
        let named: Option<ArticleId> = id.parse("3 digits, `_` and 10 digits", report);
        let pair = oid.parse("3 digits", report).zip(aid.parse("10 digits", report));
        let pair = pair.map(|(oid, aid)| ArticleId::new(oid, aid));
        let is_usual = pair.is_some() && url::is_usual_address(&url.text, &oid.text, &aid.text);
        if !is_usual && !url.text.is_empty() && !url::is_web_address(&url.text) {
            url.report_invalid("an address of the web", report);
        }
        if let Some((named, pair)) = named.zip(pair).filter(|(named, pair)| named != pair) {
            let message = format_args!("`id` is `{named}`, but `oid` and `aid` make `{pair}`");
            report.add_over(Rule::IdentityConflict, id.at, id.length, message);
        }
        if !is_usual
            && let Some(((oid, aid), pair)) = url::article_ids(&url.text).zip(pair.or(named))
            && (oid.parse(), aid.parse()) != (Ok(pair.oid()), Ok(pair.aid()))
        {
            let message =
                format_args!("the URL names {}_{}, but the file is `{pair}`", quote(oid), quote(aid));
            report.add_over(Rule::IdentityConflict, url.at, url.length, message);
        }
        let valid = named.filter(|_| named == pair);
        IdentityFields { id_offset: id.at, id: id.text, oid: oid.text, aid: aid.text, url: url.text, valid }
    }

    /// Takes the entries with unknown keys.
    pub fn take_unknown(&mut self, report: &mut FindingCollector<'_>) -> Vec<(Cow<'a, str>, Cow<'a, str>)> {
        let unknown = std::mem::take(&mut self.front_matter.unknown);
        let decoded = unknown.into_iter().map(|FrontMatterEntry { key, value, at }| {
            let at = self.front_matter_offset + at;
            let meant = Field::ALL.iter().find(|(_, known)| is_misspelt(&key, known));
            let hint = meant.map(|(_, known)| format!("; did you mean `{known}`?")).unwrap_or_default();
            report.add(Rule::UnknownField, at, format_args!("the key {} is not known{hint}", quote(&key)));
            let text = self.escaping.decode_value(value);
            report.add_control_character(&key, &text, at);
            (key, text)
        });
        decoded.collect()
    }
}

/// Returns whether `text` has no visible character: it is empty, or has only white space and characters of zero width.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// Parses the content hash in the front matter; `None`, with a finding, if it is missing or malformed.
pub fn content_hash(
    front_matter: &FrontMatter<'_>,
    front_matter_offset: usize,
    report: &mut FindingCollector<'_>,
) -> Option<ContentHash> {
    let stated = front_matter.text(Field::ContentHash);
    let at = front_matter_offset + front_matter.entry(Field::ContentHash).map_or(0, |entry| entry.at);
    if is_blank(&stated) {
        let field = Field::ContentHash;
        match misspelt(front_matter, front_matter_offset, field, report.source) {
            Some((at, typed)) if front_matter.entry(field).is_none() => {
                let shown = quote(typed);
                let message = format_args!(
                    "`content_hash` is missing, but {shown} is here; did you mean `content_hash`?"
                );
                report.add_over(Rule::HashMissing, at, typed.len(), message);
            }
            _ => report.add(Rule::HashMissing, at, "`content_hash` is missing"),
        }
        return None;
    }
    let hash = stated.parse().ok();
    if hash.is_none() {
        let message = format_args!("`content_hash` is {}, not 64 hex digits", quote(&stated));
        report.add_over(Rule::HashMalformed, at, stated.len(), message);
    }
    hash
}

/// Returns the text that was probably meant to be the key of `field`, which the front matter lacks, with its byte offset
/// in the source.
fn misspelt<'f>(
    front_matter: &'f FrontMatter<'_>,
    front_matter_offset: usize,
    field: Field,
    source: &'f [u8],
) -> Option<(usize, &'f str)> {
    let key = field.key();
    let unknown = |is_meant: &dyn Fn(&str) -> bool| {
        let entry = front_matter.unknown.iter().find(|entry| is_meant(&entry.key))?;
        let before = source.get(front_matter_offset..front_matter_offset + entry.at)?;
        let offset = memmem::rfind(before, entry.key.as_bytes())?;
        Some((front_matter_offset + offset, &*entry.key))
    };
    unknown(&|other| is_misspelt(other, key))
        .or_else(|| misprinted_key(source, front_matter_offset, key))
        .or_else(|| unknown(&|other| other.len() >= MIN_MISSPELT_LEN && closest(other, [key]).is_some()))
}

/// Returns `key` as it begins a line that is no key line: indented, with white space before its colon, or with another sign
/// in the colon's place.
fn misprinted_key<'f>(source: &'f [u8], front_matter_offset: usize, key: &str) -> Option<(usize, &'f str)> {
    let block = str::from_utf8(source.get(front_matter_offset..)?).ok()?;
    let (offset, line) = Lines::new(block).take_while(|(_, line)| *line != "---").find(|(_, line)| {
        let after = line.trim_start().strip_prefix(key).map(str::trim_start);
        after.is_some_and(|after| after.starts_with([':', '：', '=']))
    })?;
    let sign = line.find([':', '：', '='])?;
    let end = sign + line[sign..].chars().next()?.len_utf8();
    Some((front_matter_offset + offset, &line[..end]))
}

/// Minimum length of an unknown key that is taken for a misspelt one because of a few other letters.
const MIN_MISSPELT_LEN: usize = 4;

/// Returns whether `key` differs from `known` by case, `-` and `_` alone.
pub fn is_misspelt(key: &str, known: &str) -> bool {
    let letters = |key: &str| -> Vec<u8> {
        let letters = key.bytes().filter(|byte| !matches!(byte, b'-' | b'_'));
        letters.map(|byte| byte.to_ascii_lowercase()).collect()
    };
    key != known && letters(key) == letters(known)
}

/// Returns the content hash in lower case, as records write it.
pub fn lowercase_hash(hash: Cow<'_, str>) -> Cow<'_, str> {
    // No branch inside, so that the loop is vectorized.
    if hash.bytes().fold(false, |found, byte| found | byte.is_ascii_uppercase()) {
        Cow::Owned(hash.to_ascii_lowercase())
    } else {
        hash
    }
}
