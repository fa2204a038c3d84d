//! Takes the fields of a record from the front matter under a layout, and checks their types.

use std::borrow::Cow;
use std::fmt;

use crate::crawl::collector::FindingCollector;
use crate::crawl::escaping::Escaping;
use crate::crawl::fields::is_blank;
use crate::crawl::front_matter::yaml::{YamlValue, author};
use crate::crawl::front_matter::{FieldValue, FrontMatterEntry};
use crate::crawl::split::Sections;
use crate::crawl::{Outcome, StatedId, StatedIdentity, byline, url};
use crate::findings::location::Location;
use crate::findings::rule::Rule;
use crate::layout::definition::{BylineForm, Layout, LayoutField};
use crate::layout::stated_hash::StatedHash;
use crate::layout::values::Values;
use crate::layout::{authors, times};
use crate::record::article::{Article, Author};
use crate::record::content_hash::ContentHash;
use crate::record::datetime::{ParseTimeError, Published, UtcTime};
use crate::text::clean::is_clean;
use crate::text::escape::quote;

/// Front matter whose values become the fields of a record.
pub(super) struct LayoutFields<'a, 'l> {
    pub layout: &'l Layout,
    pub sections: Sections<'a>,
    pub values: Values<'a>,
    pub escaping: Escaping,
    /// Path of the file, which is the id of a file without any other.
    pub path: &'a str,
}

/// The value of a field.
struct LocatedField<'a> {
    text: Cow<'a, str>,
    /// Byte offset in the source.
    at: usize,
}

impl<'a> LayoutFields<'a, '_> {
    /// Builds the article of a file. `text` is its text, and true if it has the `stated` hash.
    pub fn into_outcome(
        mut self,
        text: Option<(Cow<'a, str>, bool)>,
        stated: Option<StatedHash>,
        mut report: FindingCollector<'_>,
        buffer: &'a mut String,
    ) -> Outcome<'a> {
        let report = &mut report;
        let title = self.title(report);
        let url = self.url(report);
        let id = self.text(LayoutField::Id, report);
        let id_offset = id.as_ref().or(url.as_ref()).map_or(self.sections.front_matter_offset, |id| id.at);
        let url = url.map(|url| url.text).unwrap_or_default();
        let is_path = id.is_none() && url.is_empty();
        let id =
            id.map_or_else(|| if is_path { Cow::Borrowed(self.path) } else { url.clone() }, |id| id.text);
        let publisher = self.text(LayoutField::Publisher, report).map(|it| it.text).unwrap_or_default();
        let category = self.text(LayoutField::Category, report).map(|it| it.text).unwrap_or_default();
        let (byline, authors) = self.byline(&publisher, report, buffer);
        let zone = self.layout.zone;
        let published = |text: &str| Published::parse_in(text, zone);
        let published = self.time(LayoutField::Published, "a date or a time", published, report);
        let crawled = |text: &str| UtcTime::parse_in(text, zone);
        let crawled_at = self.time(LayoutField::Crawled, "a time", crawled, report);
        let content_hash = match &stated {
            Some(stated) => stated.to_string(),
            None => {
                self.text(LayoutField::Hash, report).map_or_else(String::new, |hash| hash.text.into_owned())
            }
        };
        self.report_missing(report);
        let extra = self.take_extra(report);
        let (text, verified) = match text {
            Some((text, verified)) => (Some(text), verified),
            None => (None, false),
        };
        let identity = text.as_deref().map(|text| StatedIdentity {
            id: StatedId::Text(Box::from(&*id)),
            hash: identity_hash(&content_hash, text),
            location: Location::at_offset(report.source, id_offset),
        });
        let findings = report.take_findings();
        let Some(text) = text else { return Outcome::without_article(findings) };
        let article = Article {
            id,
            oid: Cow::Borrowed(""),
            aid: Cow::Borrowed(""),
            title,
            text,
            publisher,
            category,
            byline: Cow::Borrowed(byline),
            authors,
            published_on: published.map(|published| published.on),
            published_at: published.and_then(|published| published.at),
            crawled_at,
            url,
            content_hash: Cow::Owned(content_hash),
            verified,
            comment_count: 0,
            extra,
            path: Cow::Borrowed(""),
        };
        let (article, rejected_article) = Outcome::accepted_or_rejected(article, &findings);
        Outcome {
            article,
            is_clean: report.is_clean && (!is_path || is_clean(self.path)),
            rejected_article,
            identity,
            verified_reading: None,
            comments: None,
            findings,
        }
    }

    fn title(&self, report: &mut FindingCollector<'_>) -> Cow<'a, str> {
        match self.values.heading(self.layout, self.sections.body) {
            Some(heading) => {
                let (text, at) = (Cow::Borrowed(heading.text), self.sections.body_offset + heading.offset);
                report.add_control_character("title", &text, at);
                self.escaping.decode(text)
            }
            None => self.text(LayoutField::Title, report).map(|title| title.text).unwrap_or_default(),
        }
    }

    fn url(&self, report: &mut FindingCollector<'_>) -> Option<LocatedField<'a>> {
        let url = self.text(LayoutField::Url, report)?;
        if !url::is_web_address(&url.text) {
            self.report_invalid(LayoutField::Url, &url, "an address of the web", report);
        }
        Some(url)
    }

    /// Returns the byline in `buffer`, and its persons.
    fn byline(
        &self,
        publisher: &str,
        report: &mut FindingCollector<'_>,
        buffer: &'a mut String,
    ) -> (&'a str, Vec<Author<'a>>) {
        let value = self.text(LayoutField::Byline, report).map(|byline| byline.text).unwrap_or_default();
        buffer.clear();
        byline::normalize(&value, buffer);
        let byline = &**buffer;
        let authors = match self.layout.bylines {
            BylineForm::Items => authors::read(byline),
            BylineForm::Korean => byline::authors(byline, publisher),
        };
        (byline, authors)
    }

    /// Parses the time of a field; `None` if there is none or, with a finding, if it is invalid.
    fn time<T>(
        &self,
        field: LayoutField,
        what_it_is: &str,
        parse: impl Fn(&str) -> Result<T, ParseTimeError>,
        report: &mut FindingCollector<'_>,
    ) -> Option<T> {
        let value = self.text(field, report)?;
        let time = parse(&times::normalize(&value.text)).ok();
        if time.is_none() {
            self.report_invalid(field, &value, what_it_is, report);
        }
        time
    }

    /// Returns the decoded value of a field; `None` if the file has none of its keys.
    fn text(&self, field: LayoutField, report: &mut FindingCollector<'_>) -> Option<LocatedField<'a>> {
        let entry = self.values.entry(field)?;
        let at = self.sections.front_matter_offset + entry.at;
        let text = match &entry.value {
            FieldValue::Text(text) => match field {
                LayoutField::Byline => byline_list(text).map_or_else(|| text.clone(), Cow::Owned),
                _ => without_last_line_feed(text.clone()),
            },
            FieldValue::Nested(value) => Cow::Owned(nested_text(field, value).unwrap_or_else(|| {
                let key = quote(&entry.key).to_string();
                report.add(Rule::InvalidField, at, format_args!("{key} is a list or a map, not one text"));
                value.as_ref().clone().into_text()
            })),
        };
        let text = self.escaping.decode(text);
        report.add_control_character(&entry.key, &text, at);
        Some(LocatedField { text, at })
    }

    fn report_invalid(
        &self,
        field: LayoutField,
        value: &LocatedField<'_>,
        what_it_is: &str,
        report: &mut FindingCollector<'_>,
    ) {
        let key = self.values.entry(field).map_or("", |entry| &entry.key);
        let message = format_args!("{} is {}, not {what_it_is}", quote(key), quote(&value.text));
        report.add(Rule::InvalidField, value.at, message);
    }

    /// Reports the required fields that have no value.
    fn report_missing(&self, report: &mut FindingCollector<'_>) {
        for field in &self.layout.required {
            let is_there = match field {
                LayoutField::Title => self
                    .values
                    .title(self.layout, self.sections.body)
                    .is_some_and(|(title, _)| !is_blank(&title)),
                // Another rule is about the hash.
                LayoutField::Hash => true,
                field => self.values.entry(*field).is_some_and(|entry| !is_blank(&entry.text())),
            };
            if !is_there {
                let keys = self.layout.keys(*field);
                let keys = fmt::from_fn(|f| {
                    keys.iter().enumerate().try_for_each(|(index, key)| {
                        write!(f, "{}{}", if index > 0 { ", " } else { "" }, quote(key))
                    })
                });
                let message = format_args!("`{}` is missing: no value stands at {keys}", field.name());
                report.add(Rule::MissingField, self.sections.front_matter_offset, message);
            }
        }
    }

    /// Takes the entries that no field takes.
    fn take_extra(&mut self, report: &mut FindingCollector<'_>) -> Vec<(Cow<'a, str>, Cow<'a, str>)> {
        let untaken = self.values.take_untaken();
        let decoded = untaken.map(|FrontMatterEntry { key, value, at }| {
            let at = self.sections.front_matter_offset + at;
            if report.levels.is_on(Rule::UnknownField) {
                let message = format_args!("the layout gives the key {} to no field", quote(&key));
                report.add(Rule::UnknownField, at, message);
            }
            let text = self.escaping.decode_value(value);
            report.add_control_character(&key, &text, at);
            (key, text)
        });
        decoded.collect()
    }
}

/// Returns the hash that tells apart articles with the same id: the stated one if it has 64 hex digits.
fn identity_hash(content_hash: &str, text: &str) -> ContentHash {
    match content_hash {
        "" => ContentHash::digest(text.as_bytes()),
        stated => stated.parse().unwrap_or_else(|_| ContentHash::digest(stated.as_bytes())),
    }
}

/// Returns the text of a list or map that the field may have.
fn nested_text(field: LayoutField, value: &YamlValue) -> Option<String> {
    match (field, value) {
        (LayoutField::Byline, value) => Some(author::byline(value.clone()).into_text()),
        (LayoutField::Publisher | LayoutField::Category, YamlValue::List(items)) => {
            let items: Vec<String> = items.iter().map(|item| item.clone().into_text()).collect();
            Some(items.join(", "))
        }
        _ => None,
    }
}

/// Returns the items of a list on one line, `["Ada Penn", "Bo Quill"]`, as lines.
fn byline_list(text: &str) -> Option<String> {
    let items: Vec<String> = text.starts_with('[').then(|| serde_json::from_str(text).ok())??;
    Some(items.join("\n"))
}

/// Removes the final line end of a block scalar, which is not part of the value.
fn without_last_line_feed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Owned(mut text) if text.ends_with('\n') => {
            text.pop();
            Cow::Owned(text)
        }
        text => text,
    }
}
