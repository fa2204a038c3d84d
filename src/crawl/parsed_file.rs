//! One crawl file on its way to an outcome: parsed before its text is hashed, and assembled after.

use std::borrow::Cow;

use crate::crawl::body::checks::FrameChecker;
use crate::crawl::body::frame;
use crate::crawl::body::frame::Frame;
use crate::crawl::body::layout::BodyLayout;
use crate::crawl::collector::FindingCollector;
use crate::crawl::comments::Section;
use crate::crawl::decode;
use crate::crawl::decode::{DecodeError, Decoded};
use crate::crawl::escaping::Escaping;
use crate::crawl::fields;
use crate::crawl::fields::{Count, FieldReader};
use crate::crawl::front_matter::printed;
use crate::crawl::front_matter::resolve;
use crate::crawl::front_matter::resolve::YamlUse;
use crate::crawl::front_matter::{Field, FrontMatter};
use crate::crawl::other_layout;
use crate::crawl::outcome::{Outcome, StatedId, StatedIdentity};
use crate::crawl::personal;
use crate::crawl::split;
use crate::crawl::split::{Sections, SplitError};
use crate::crawl::template;
use crate::crawl::text;
use crate::crawl::text::diagnosis::Diagnosis;
use crate::crawl::text::{Content, LineEnds, Reading, Text};
use crate::crawl::trace::{BodyTrace, Trace};
use crate::findings::finding::Finding;
use crate::findings::location::Location;
use crate::findings::rule::{Levels, Rule};
use crate::record::article::Article;
use crate::record::content_hash::ContentHash;
use crate::record::datetime::Published;
use crate::text::clean::{is_clean, is_clean_with_crlf};
use crate::text::escape::quote;
use memchr::memchr;

/// The parts of a crawl file, and the findings so far.
pub(super) struct ParsedFile<'a, 'r> {
    report: FindingCollector<'r>,
    front_matter: FrontMatter<'a>,
    /// Byte offset of the front matter in the source.
    front_matter_offset: usize,
    /// False if no value of the front matter can contain `&`, so that none is escaped.
    has_entities: bool,
    body: &'a str,
    /// Byte offset of the body in the source.
    body_offset: usize,
    /// Layout of the body; `None` if it has no pair of rules.
    layout: Option<BodyLayout>,
    /// The hash that the front matter states, if it is valid.
    stated: Option<ContentHash>,
    /// The reading that probably has this hash, with its CONTENT; `None` without a hash or a layout.
    candidate: Option<(Content<'a>, Reading)>,
}

impl<'a: 'r, 'r> ParsedFile<'a, 'r> {
    /// Parses a file, and leaves the [candidate text](ParsedFile::candidate_text) in `buffer`.
    ///
    /// # Errors
    /// The findings of a file that gives no article.
    pub fn parse(
        source: &'a [u8],
        levels: &'r Levels,
        yaml_use: YamlUse,
        buffer: &mut String,
        mut trace: Option<&mut Trace<'a>>,
    ) -> Result<Self, Vec<Finding>> {
        let mut report = FindingCollector::new(levels, source);
        let text = decode_source(source, &mut report);
        let sections = text.and_then(|text| split_source(text, &mut report));
        if let Some(trace) = trace.as_deref_mut() {
            (trace.source, trace.sections) = (text, sections);
        }
        let Some(Sections { front_matter, front_matter_offset, body, body_offset }) = sections else {
            return Err(report.take_findings());
        };
        let layout = BodyLayout::parse(body).ok();
        let frame = || layout.as_ref().map_or_else(Frame::default, |layout| frame::read(body, layout));
        let resolved =
            resolve_front_matter(front_matter, front_matter_offset, yaml_use, frame, &mut report, trace);
        // A file whose values YAML's escapes may have produced is not free of controls either.
        let has_entities = !report.is_free_of_controls || memchr(b'&', front_matter.as_bytes()).is_some();
        let report_no_content = |report: &mut FindingCollector<'_>| {
            let (at, hint) = text.and_then(cut_off).unwrap_or((body_offset, ""));
            let message =
                format_args!("the body has no pair of rules (`---`) for the text to stand between{hint}");
            report.add(Rule::NoContent, at, message);
        };
        let Some(front_matter) = resolved else {
            if layout.is_none() {
                report_no_content(&mut report);
            }
            return Err(report.take_findings());
        };
        if other_layout::report(&front_matter, front_matter_offset, body, layout.as_ref(), &mut report) {
            return Err(report.take_findings());
        }
        if layout.is_none() {
            report_no_content(&mut report);
        }
        let stated = fields::content_hash(&front_matter, front_matter_offset, &mut report);
        let has_comment_count = front_matter.entry(Field::CommentCount).is_some();
        let candidate = layout.as_ref().filter(|_| stated.is_some());
        let candidate = candidate.map(|layout| text::candidate(body, layout, has_comment_count));
        if let Some((content, reading)) = &candidate {
            reading.extract(content, buffer);
        }
        Ok(ParsedFile {
            report,
            front_matter,
            front_matter_offset,
            has_entities,
            body,
            body_offset,
            layout,
            stated,
            candidate,
        })
    }

    /// Returns the text that probably has the stated hash, from `buffer` if the source does not contain it as it is;
    /// `""` if there is none.
    pub fn candidate_text<'t>(&self, buffer: &'t str) -> &'t str
    where
        'a: 't,
    {
        self.candidate.as_ref().map_or("", |(content, reading)| reading.extracted(content, buffer))
    }

    /// Checks all parts and builds the article, from the values of the front matter. `hash` is that of the candidate
    /// text, which `buffer` must still hold. The article's byline is the author value, [to be
    /// read](Outcome::read_byline).
    pub fn take_outcome(
        &mut self,
        hash: ContentHash,
        buffer: &'a mut String,
        trace: Option<&mut Trace<'a>>,
    ) -> Outcome<'a> {
        let ParsedFile {
            report, front_matter, front_matter_offset, body, body_offset, layout, stated, ..
        } = self;
        let (front_matter_offset, body, body_offset, stated) =
            (*front_matter_offset, *body, *body_offset, *stated);
        let has_comment_count = front_matter.entry(Field::CommentCount).is_some();
        let text: Option<Text<'a>> = layout.as_ref().map(|layout| match self.candidate {
            Some((content, reading)) if stated == Some(hash) => {
                Text { reading, content, text: reading.extracted(&content, buffer), verified: true }
            }
            _ => text::read(body, layout, has_comment_count, stated, buffer),
        });
        let escaping = text.map_or(Escaping::ByField, |text| text.escaping());
        if let Some((layout, text)) = layout.as_ref().zip(text) {
            let is_diagnosed = report.levels.is_on(Rule::HashMismatch) || trace.is_some();
            let diagnosis = stated.filter(|_| !text.verified && is_diagnosed).map(|hash| {
                let title = escaping.decode(front_matter.text(Field::Title));
                Diagnosis::new(body, layout, has_comment_count, &title, hash)
            });
            if let Some(diagnosis) = &diagnosis {
                let entry = front_matter.entry(Field::ContentHash);
                let (offset, length) = entry.map_or((0, 0), |entry| (entry.at, entry.text().len()));
                let difference = diagnosis.near_match.map(|near_match| near_match.difference);
                let place = difference.map(|difference| {
                    let location = Location::at_offset(report.source, body_offset + difference.at);
                    format!("; they first differ at {}:{}: {difference}", location.line, location.column)
                });
                let message = format_args!("{diagnosis}{}", place.unwrap_or_default());
                report.add_over(Rule::HashMismatch, front_matter_offset + offset, length, message);
            }
            if let Some(trace) = trace {
                trace.body = Some(trace_body(body, layout, has_comment_count, text, diagnosis));
            }
            report.add_text(&text, body_offset + text.content.at);
            report.add_line_endings(&text, body_offset + text.content.at);
            FrameChecker { front_matter, body, body_offset, layout, escaping }.check(report);
        }

        let escaping = if self.has_entities { escaping } else { Escaping::Unescaped };
        let mut values = FieldReader::new(front_matter, front_matter_offset, escaping);
        let identity = values.take_identity(report);
        let title = values.take_required(Field::Title, report).text;
        let byline = values.take(Field::Author, report).text;
        let publisher = values.take(Field::Publisher, report).text;
        let published =
            values.take(Field::PublishedAt, report).parse::<Published>("a date or a time", report);
        let crawled_at = values.take_required(Field::CrawledAt, report).parse("a time", report);
        let comment_count = values.take(Field::CommentCount, report).parse("a number below 2^63", report);
        let article = Article {
            title,
            text: Cow::Borrowed(text.map_or("", |text| text.text)),
            publisher,
            category: values.take(Field::Category, report).text,
            byline,
            authors: Vec::new(),
            published_on: published.map(|published| published.on),
            published_at: published.and_then(|published| published.at),
            crawled_at,
            content_hash: fields::lowercase_hash(values.take(Field::ContentHash, report).text),
            verified: text.is_some_and(|text| text.verified),
            comment_count: comment_count.map_or(0, |Count(count)| count),
            extra: values.take_unknown(report),
            id: identity.id,
            oid: identity.oid,
            aid: identity.aid,
            url: identity.url,
            path: Cow::Borrowed(""),
        };
        let identity = identity.valid.zip(stated).map(|(id, hash)| {
            let location = Location::at_offset(report.source, identity.id_offset);
            StatedIdentity { id: StatedId::Article(id), hash, location }
        });
        let findings = report.take_findings();
        // Other values keep no line end of theirs.
        let is_read_as_lf = text.is_some_and(|text| text.reading.line_ends == LineEnds::CrlfToLf);
        let Some((layout, text)) = layout.as_ref().zip(text) else {
            return Outcome::without_article(findings);
        };
        let (article, rejected_article) = Outcome::accepted_or_rejected(article, &findings);
        Outcome {
            article,
            is_clean: report.is_clean || report.is_free_of_controls && is_read_as_lf,
            rejected_article,
            identity,
            verified_reading: text.verified.then_some(text.reading),
            comments: Section::after_content(&text.content, text.reading, body, layout),
            findings,
        }
    }
}

/// Decodes the file, and sets what the findings refer to.
pub(crate) fn decode_source<'a: 'r, 'r>(
    source: &'a [u8],
    report: &mut FindingCollector<'r>,
) -> Option<&'a str> {
    match decode::decode(source) {
        Ok(Decoded { text, byte_order_mark }) => {
            report.source = text.as_bytes();
            report.is_clean = is_clean(text);
            report.is_free_of_controls = report.is_clean || is_clean_with_crlf(text);
            if byte_order_mark {
                report.add(
                    Rule::ByteOrderMark,
                    0,
                    "a byte order mark stands before the front matter and was dropped",
                );
            }
            personal::report(text, report);
            return Some(text);
        }
        Err(DecodeError::Empty) => {
            report.add(Rule::EmptyFile, 0, "the file holds nothing but white space or NUL")
        }
        Err(DecodeError::Utf16) => report.add(Rule::NotUtf8, 0, "the file is UTF-16, not UTF-8"),
        Err(DecodeError::NotUtf8 { at }) => {
            let is_cut = std::str::from_utf8(&source[at..]).is_err_and(|error| error.error_len().is_none());
            let hint = if is_cut { "; the file ends within a character, and looks cut off" } else { "" };
            report.add(
                Rule::NotUtf8,
                at,
                format_args!("byte {:#04x} at offset {at} is not valid UTF-8{hint}", source[at]),
            );
        }
    }
    None
}

/// Keeps the results of the steps over the body. `diagnosis` is that of a text without the stated hash.
fn trace_body<'a>(
    body: &'a str,
    layout: &BodyLayout,
    has_comment_count: bool,
    text: Text<'a>,
    diagnosis: Option<Diagnosis>,
) -> BodyTrace<'a> {
    let (attempts, near_match) = match diagnosis {
        Some(Diagnosis { attempts, near_match, .. }) => (attempts, near_match),
        None => {
            let attempts = text::hash_all(body, layout, has_comment_count, &mut String::new());
            (attempts.into_iter().map(|(_, attempt)| attempt).collect(), None)
        }
    };
    BodyTrace {
        layout: layout.clone(),
        frame: frame::read(body, layout),
        text,
        escaping: text.escaping(),
        attempts,
        near_match,
    }
}

/// Returns the end of a file that was probably cut off, since it has no footer, with a hint that says so.
fn cut_off(text: &str) -> Option<(usize, &'static str)> {
    let has_footer = text.contains(template::CRAWLED_AT);
    // The last line that is not blank shows where it stops.
    (!has_footer).then(|| (text.trim_end().len(), "; the file ends here, and looks cut off"))
}

/// Splits the file at its fences.
pub(crate) fn split_source<'a>(text: &'a str, report: &mut FindingCollector<'_>) -> Option<Sections<'a>> {
    match split::split(text) {
        Ok(sections) => return Some(sections),
        Err(SplitError::NotOpened) => {
            let line = text.lines().next().unwrap_or_default();
            let hint = match split::is_fence_with_space(line) {
                true => format!(" but {}, with white space after it", quote(line)),
                false => String::new(),
            };
            let message = format_args!("the first line is not `---`{hint}");
            report.add_over(Rule::NoFrontMatter, 0, line.len(), message);
        }
        Err(SplitError::NotClosed) => {
            let (at, hint) = cut_off(text).unwrap_or_default();
            let message = format_args!("no line `---` closes the front matter{hint}");
            report.add(Rule::UnclosedFrontMatter, at, message);
        }
        Err(SplitError::ClosedWithSpace(at)) => {
            let line = text[at..].lines().next().unwrap_or_default();
            let message = format_args!(
                "no line `---` closes the front matter, but {} is here, with white space after `---`",
                quote(line)
            );
            report.add_over(Rule::UnclosedFrontMatter, at, line.len(), message);
        }
    }
    None
}

/// Reads the front matter at `offset` of the source; `None` if it is too large, or if neither reading accepts it.
fn resolve_front_matter<'a, 'w>(
    front_matter: &'a str,
    offset: usize,
    yaml_use: YamlUse,
    frame: impl FnOnce() -> Frame<'w>,
    report: &mut FindingCollector<'_>,
    trace: Option<&mut Trace<'a>>,
) -> Option<FrontMatter<'a>> {
    if !report.allows_front_matter(front_matter, offset) {
        return None;
    }
    let yaml_use = if report.levels.is_on(Rule::NotYaml) { YamlUse::Always } else { yaml_use };
    if yaml_use == YamlUse::IfNeeded
        && let Some(printed) = printed::read(front_matter)
    {
        return Some(printed);
    }
    match resolve::read(front_matter, yaml_use, frame) {
        Ok(resolved) => {
            report.add_front_matter(&resolved, offset);
            // YAML's escapes can produce characters that the file does not contain.
            if resolved.yaml_was_run && resolved.resolution.is_yaml() {
                report.is_clean = false;
                report.is_free_of_controls = false;
            }
            match trace {
                Some(trace) => {
                    let front_matter = resolved.front_matter.clone();
                    trace.front_matter = Some(Ok(resolved));
                    Some(front_matter)
                }
                None => Some(resolved.front_matter),
            }
        }
        Err(unreadable) => {
            report.add_unreadable_front_matter(&unreadable, offset);
            if let Some(trace) = trace {
                trace.front_matter = Some(Err(unreadable));
            }
            None
        }
    }
}
