//! `[layout]` of the configuration file, and `layout` of an override.
//!
//! ```toml
//! [layout]
//! id = "slug"
//! title = ["title", "#"]
//! url = ["url", "source"]
//! publisher = "site"
//! category = "section"
//! byline = "author"
//! bylines = "items"
//! published = "published_at"
//! crawled = "fetched_at"
//! hash = "content_hash"
//! digits = 16
//! required = ["url"]
//! values = "yaml"
//! text = { after = "## Content" }
//! covers = "{title}\n{text}"
//! spaces = "kept"
//! entities = "kept"
//! zone = "+00:00"
//! ```

use toml::Spanned;

use crate::config_file::{Invalid, SpannedValue, check_keys, parsed, strings};
use news_ingest::layout::Layout;
use news_ingest::layout::definition::{BylineForm, LayoutField, ValueForm, parse_zone};
use news_ingest::layout::part::TextPart;
use news_ingest::layout::recipe::{Entities, Spaces};
use news_ingest::layout::stated_hash::MIN_TRUNCATED_DIGITS;
use news_ingest::text::escape::{escape, quote};
use news_ingest::text::suggest::unknown;

const KEYS: [&str; 18] = [
    "id",
    "title",
    "url",
    "publisher",
    "category",
    "byline",
    "published",
    "crawled",
    "hash",
    "bylines",
    "digits",
    "required",
    "values",
    "text",
    "covers",
    "spaces",
    "entities",
    "zone",
];

/// Name of the built-in layout.
const BUILT_IN: &str = "naver";

/// Maximum number of hex digits of a digest.
const MAX_DIGITS: usize = 128;

/// Reads a layout: a table, or the name of the built-in one, for which it returns `None`.
pub fn parse(value: &SpannedValue<'_>) -> Result<Option<Layout>, Invalid> {
    if let Some(name) = value.get_ref().as_str() {
        return match name {
            BUILT_IN => Ok(None),
            name => Err(Invalid::at(
                value,
                format!("no layout is called {}; the built-in one is `{BUILT_IN}`", quote(name)),
            )),
        };
    }
    let table = value.get_ref().as_table().ok_or_else(|| {
        Invalid::at(
            value,
            format!("not a table: `[layout]`, or the name of the built-in layout, `{BUILT_IN}`"),
        )
    })?;
    check_keys(table, &KEYS)?;
    let mut layout = Layout::default();
    for (field, name) in LayoutField::ALL {
        if let Some(value) = table.get(name) {
            let keys = one_or_more(value)?;
            layout.set_keys(field, keys).map_err(|error| Invalid::at(value, error.to_string()))?;
        }
    }
    for name in table.get("required").map(strings).transpose()?.into_iter().flatten() {
        layout.required.push(required(&name)?);
    }
    let text = |key: &str| table.get(key);
    if let Some(value) = text("bylines") {
        layout.bylines = word(value, &BylineForm::ALL)?;
    }
    if let Some(value) = text("values") {
        layout.values = word(value, &ValueForm::ALL)?;
    }
    if let Some(value) = text("spaces") {
        layout.recipe.spaces = word(value, &Spaces::ALL)?;
    }
    if let Some(value) = text("entities") {
        layout.recipe.entities = word(value, &Entities::ALL)?;
    }
    if let Some(value) = text("text") {
        layout.recipe.part = part(value)?;
    }
    if let Some(value) = text("covers") {
        let covers = string(value)?.parse();
        layout.recipe.covers = covers.map_err(|error| Invalid::at(value, format!("{error}")))?;
    }
    if let Some(value) = text("zone") {
        let message = "not the offset of a zone, such as `+09:00`";
        layout.zone = parse_zone(string(value)?).ok_or_else(|| Invalid::at(value, message))?;
    }
    if let Some(value) = text("digits") {
        layout.digits = Some(parsed(value, |digits| match digits.parse() {
            Ok(digits @ MIN_TRUNCATED_DIGITS..=MAX_DIGITS) => Ok(digits),
            _ => Err(format!("not a number of hex digits from {MIN_TRUNCATED_DIGITS} to {MAX_DIGITS}")),
        })?);
    }
    Ok(Some(layout))
}

/// Reads one key, or a list of keys.
fn one_or_more(value: &SpannedValue<'_>) -> Result<Vec<String>, Invalid> {
    if let Some(key) = value.get_ref().as_str() {
        return Ok(vec![key.to_owned()]);
    }
    if value.get_ref().as_array().is_none() {
        return Err(Invalid::at(value, "not a key or a list of keys"));
    }
    Ok(strings(value)?.into_iter().map(|key| (*key.get_ref()).to_owned()).collect())
}

fn required(name: &Spanned<&str>) -> Result<LayoutField, Invalid> {
    LayoutField::from_name(name.get_ref()).ok_or_else(|| {
        let known = LayoutField::ALL.into_iter().map(|(_, name)| name);
        Invalid::at(name, unknown("field", name.get_ref(), known))
    })
}

fn part(value: &SpannedValue<'_>) -> Result<TextPart, Invalid> {
    let Some(table) = value.get_ref().as_table() else { return word(value, &TextPart::NAMED) };
    check_keys(table, &["after"])?;
    let line = table.get("after").ok_or_else(|| Invalid::at(value, "`after` is missing"))?;
    let text = string(line)?;
    if text.trim().is_empty() || text.contains('\n') {
        return Err(Invalid::at(line, "not one line that is not blank"));
    }
    Ok(TextPart::After(text.trim().to_owned()))
}

fn string<'v>(value: &'v SpannedValue<'_>) -> Result<&'v str, Invalid> {
    value.get_ref().as_str().ok_or_else(|| Invalid::at(value, "not a string"))
}

/// Reads one of some words.
fn word<T: Clone>(value: &SpannedValue<'_>, words: &[(T, &str)]) -> Result<T, Invalid> {
    let found = value.get_ref().as_str().and_then(|text| words.iter().find(|(_, word)| *word == text));
    found.map(|(meaning, _)| meaning.clone()).ok_or_else(|| {
        let names: Vec<String> = words.iter().map(|(_, word)| format!("`{word}`")).collect();
        Invalid::at(value, escape(&format!("not one of {}", names.join(", "))).to_string())
    })
}
