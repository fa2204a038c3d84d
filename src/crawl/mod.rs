//! Reads one crawl file into an article and its findings. Pure: no I/O, no paths, no printing.
//!
//! ```text
//! bytes ─ encoding ─► fences ─► block: template reading, then YAML ─────────┐
//!              │         └────► body: rules ─► frame: heading, footer ──────┼─► fields ─► Article, findings
//!              │                  └────► text: readings ═ content hash ═════┘
//!              └─► printed: the usual file, in one go ────────────────────────────────────► Article
//! ```

pub mod body;
pub mod byline;
pub(crate) mod collector;
pub mod comments;
mod controls;
pub mod decode;
pub mod escaping;
pub mod fast_path;
mod fields;
pub mod front_matter;
mod lines;
mod markdown;
mod normal_form;
pub mod split;
pub mod text;
pub mod url;

use crate::crawl::body::frame;
use crate::crawl::body::layout;
use crate::crawl::front_matter::resolve;
use std::array;
use std::borrow::Cow;

use crate::crawl::body::checks::FrameChecker;
use crate::crawl::body::frame::Frame;
use crate::crawl::body::layout::BodyLayout;
use crate::crawl::collector::FindingCollector;
use crate::crawl::comments::Section;
use crate::crawl::decode::{DecodeError, Decoded};
use crate::crawl::escaping::Escaping;
use crate::crawl::fast_path::Unproven;
use crate::crawl::fields::{Count, FieldReader};
use crate::crawl::front_matter::Field;
use crate::crawl::front_matter::resolve::{ResolvedFrontMatter, YamlUse};
use crate::crawl::split::{Sections, SplitError};
use crate::crawl::text::diagnosis::Diagnosis;
use crate::findings::finding::{Finding, Location};
use crate::findings::rule::{Level, Levels, Rule};
use crate::record::article::Article;
use crate::record::content_hash::ContentHash;
use crate::record::datetime::Published;
use crate::record::id::ArticleId;
use crate::text::clean::is_plain;

/// Maximum size of front matter in bytes, unless `front-matter-too-large` is lowered. Real ones have at most 761 bytes.
pub const MAX_FRONT_MATTER_BYTES: usize = 64 * 1024;

/// Buffers that are reused from file to file.
#[derive(Debug, Default)]
pub struct Scratch {
    text: String,
    byline: String,
}

impl Scratch {
    /// Shrinks buffers that an outsized file made grow.
    pub fn shrink_to(&mut self, bytes: usize) {
        self.text.clear();
        self.text.shrink_to(bytes);
        self.byline.clear();
        self.byline.shrink_to(bytes);
    }
}

/// Result of reading one crawl file.
#[derive(Debug)]
pub struct Outcome<'a> {
    /// The article, its `path` still empty; `None` if a finding is an error.
    pub article: Option<Article<'a>>,
    /// True if all values of the article are known to be [plain](crate::text::clean::is_plain).
    pub is_plain: bool,
    /// The article that would have been accepted without the errors.
    pub refused: Option<Box<Article<'a>>>,
    /// The article's identity and hash, if they are valid.
    pub identity: Option<StatedIdentity>,
    /// The reading whose text has the stated hash.
    pub proven: Option<text::Reading>,
    /// The comments section, if CONTENT ends before it.
    pub comments: Option<comments::Section<'a>>,
    /// All findings, in order of location.
    pub findings: Vec<Finding>,
}

/// The article's identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedIdentity {
    /// Id of the article.
    pub id: ArticleId,
    /// Content hash in the front matter.
    pub hash: ContentHash,
    /// Location of the id.
    pub place: Location,
}

/// Input of [`read_together`]: the file's bytes, rule levels and buffers.
#[derive(Debug)]
pub struct Input<'a> {
    /// Bytes of the file.
    pub source: &'a [u8],
    /// Levels of the rules for this file.
    pub levels: Cow<'a, Levels>,
    /// Buffers that no other file uses.
    pub scratch: &'a mut Scratch,
}

/// Number of files in a batch.
pub const BATCH_FILES: usize = 8;

/// A batch of up to [`BATCH_FILES`] inputs; unused slots are `None`.
pub type InputBatch<'a> = [Option<Input<'a>>; BATCH_FILES];

/// Reads one crawl file.
///
/// The article borrows from `source` and from `scratch`, which must outlive it.
pub fn read<'a>(source: &'a [u8], levels: &Levels, scratch: &'a mut Scratch) -> Outcome<'a> {
    match Unproven::read(source, levels, scratch) {
        Some(claim) if claim.is_proven_by(ContentHash::digest(claim.text(scratch).as_bytes())) => {
            claim.into_outcome(scratch)
        }
        _ => read_fully(source, levels, scratch, YamlUse::WhereItMatters),
    }
}

/// Reads a batch of crawl files, and passes each outcome with its index to `receive`, in order.
///
/// The outcomes are equal to those of [`read`], but take less time: the texts are [hashed
/// together](ContentHash::digest_each).
pub fn read_together<'a>(mut files: InputBatch<'a>, receive: &mut dyn FnMut(usize, Outcome<'a>)) {
    let claims = files.each_mut().map(|file| {
        let Input { source, levels, scratch } = file.as_mut()?;
        Unproven::read(source, levels, scratch)
    });
    let texts: [&[u8]; BATCH_FILES] = array::from_fn(|number| match (&claims[number], &files[number]) {
        (Some(claim), Some(file)) => claim.text(file.scratch).as_bytes(),
        _ => b"",
    });
    let hashes = ContentHash::digest_each(texts);
    for (number, claim) in claims.into_iter().enumerate() {
        let Some(Input { source, levels, scratch }) = files[number].take() else { continue };
        let outcome = match claim {
            Some(claim) if claim.is_proven_by(hashes[number]) => claim.into_outcome(scratch),
            _ => read_fully(source, &levels, scratch, YamlUse::WhereItMatters),
        };
        receive(number, outcome);
    }
}

/// Reads one crawl file without shortcuts: the fast path is not tried, and YAML is run for every block.
///
/// The outcome is equal to that of [`read`], but takes longer.
pub fn read_slowly<'a>(source: &'a [u8], levels: &Levels, scratch: &'a mut Scratch) -> Outcome<'a> {
    read_fully(source, levels, scratch, YamlUse::Always)
}

fn read_fully<'a>(
    source: &'a [u8],
    levels: &Levels,
    scratch: &'a mut Scratch,
    asking: YamlUse,
) -> Outcome<'a> {
    let mut report = FindingCollector::new(levels, source);
    let outcome = decode(source, &mut report)
        .and_then(|text| ParsedFile::parse(text, asking, &mut report))
        .and_then(|parts| parts.assemble(scratch, &mut report));
    let findings = report.into_findings();
    let rejected = findings.iter().any(|finding| finding.level == Level::Error);
    match outcome {
        Some(outcome) if rejected => {
            Outcome { article: None, refused: outcome.article.map(Box::new), findings, ..outcome }
        }
        Some(outcome) => Outcome { findings, ..outcome },
        None => Outcome {
            article: None,
            is_plain: false,
            refused: None,
            identity: None,
            proven: None,
            comments: None,
            findings,
        },
    }
}

fn decode<'a: 'r, 'r>(source: &'a [u8], report: &mut FindingCollector<'r>) -> Option<&'a str> {
    match decode::decode(source) {
        Ok(Decoded { text, byte_order_mark }) => {
            report.source = text.as_bytes();
            report.is_plain = !byte_order_mark && is_plain(text);
            if byte_order_mark {
                report.add(
                    Rule::ByteOrderMark,
                    0,
                    "a byte order mark stands before the front matter and was dropped",
                );
            }
            return Some(text);
        }
        Err(DecodeError::Empty) => {
            report.add(Rule::EmptyFile, 0, "the file holds nothing but white space or NUL")
        }
        Err(DecodeError::Utf16) => report.add(Rule::NotUtf8, 0, "the file is UTF-16, not UTF-8"),
        Err(DecodeError::NotUtf8 { at }) => {
            report.add(
                Rule::NotUtf8,
                at,
                format_args!("byte {:#04x} at offset {at} is not valid UTF-8", source[at]),
            );
        }
    }
    None
}

/// A crawl file, split into its parts.
struct ParsedFile<'a> {
    fences: Sections<'a>,
    block: ResolvedFrontMatter<'a>,
    /// Layout of the body; `None` if it has no pair of rules.
    cut: Option<BodyLayout>,
}

impl<'a> ParsedFile<'a> {
    fn parse(source: &'a str, asking: YamlUse, report: &mut FindingCollector<'_>) -> Option<Self> {
        let fences = match split::split(source) {
            Ok(fences) => fences,
            Err(SplitError::NotOpened) => {
                report.add(Rule::NoFrontMatter, 0, "the first line is not `---`");
                return None;
            }
            Err(SplitError::NotClosed) => {
                report.add(Rule::UnclosedFrontMatter, 0, "no line `---` closes the front matter");
                return None;
            }
        };
        let cut = layout::cut(fences.body);
        if cut.is_err() {
            let message = "the body has no pair of rules (`---`) for the text to stand between";
            report.add(Rule::NoContent, fences.body_at, message);
        }
        let size = fences.front_matter.len();
        if size > MAX_FRONT_MATTER_BYTES {
            let message =
                format_args!("the front matter has {size} bytes, more than {MAX_FRONT_MATTER_BYTES}");
            report.add(Rule::FrontMatterTooLarge, fences.front_matter_at, message);
            if report.levels.level(Rule::FrontMatterTooLarge) == Level::Error {
                return None;
            }
        }
        let asking = if report.levels.is_on(Rule::NotYaml) { YamlUse::Always } else { asking };
        let witness = || cut.as_ref().map_or_else(|_| Frame::default(), |cut| frame::read(fences.body, cut));
        let block = resolve::read(fences.front_matter, asking, witness)
            .map_err(|senseless| report.add_senseless(&senseless, fences.front_matter_at));
        let block = block.ok()?;
        report.add_block(&block, fences.front_matter_at);
        // YAML's escapes can produce characters that the file does not contain.
        report.is_plain &= !block.verdict.is_yaml();
        Some(ParsedFile { block, cut: cut.ok(), fences })
    }

    /// Checks all parts and builds the article; `None` if there is no text.
    fn assemble(self, scratch: &'a mut Scratch, report: &mut FindingCollector<'_>) -> Option<Outcome<'a>> {
        let ParsedFile { fences: Sections { front_matter_at, body, body_at, .. }, block, cut } = self;
        let Scratch { text: text_buffer, byline: byline_buffer } = scratch;
        let front_matter = block.front_matter;

        let commented = front_matter.entry(Field::CommentCount).is_some();
        let hash = fields::content_hash(&front_matter, front_matter_at, report);
        let text = cut.as_ref().map(|cut| text::read(body, cut, commented, hash, text_buffer));
        let escaping = text.map_or(Escaping::ByField, |text| text.escaping());
        if let Some((cut, text)) = cut.as_ref().zip(text) {
            if let Some(hash) = hash.filter(|_| !text.verified && report.levels.is_on(Rule::HashMismatch)) {
                let at = front_matter_at + front_matter.entry(Field::ContentHash).map_or(0, |entry| entry.at);
                let title = escaping.decode(front_matter.text(Field::Title));
                report.add(Rule::HashMismatch, at, Diagnosis::new(body, cut, commented, &title, hash));
            }
            report.add_text(&text, body_at + text.content.at);
            report.add_line_endings(&text, body_at + text.content.at);
            FrameChecker { front_matter: &front_matter, body, body_at, cut, escaping }.check(report);
        }

        let mut values = FieldReader::new(front_matter, front_matter_at, escaping);
        let identity = values.take_identity(report);
        let title = values.take_required(Field::Title, report).text;
        let author = values.take(Field::Author, report).text;
        byline_buffer.clear();
        byline::normalize(&author, byline_buffer);
        let publisher = values.take(Field::Publisher, report).text;
        let authors = byline::authors(byline_buffer, &publisher);
        let published =
            values.take(Field::PublishedAt, report).parse::<Published>("a date or a time", report);
        let crawled_at = values.take_required(Field::CrawledAt, report).parse("a time", report);
        let comment_count = values.take(Field::CommentCount, report).parse("a number below 2^63", report);
        let article = Article {
            title,
            text: Cow::Borrowed(text.map_or("", |text| text.text)),
            publisher,
            category: values.take(Field::Category, report).text,
            byline: Cow::Borrowed(byline_buffer),
            authors,
            published_on: published.map(|published| published.on),
            published_at: published.and_then(|published| published.at),
            crawled_at,
            content_hash: fields::in_lowercase(values.take(Field::ContentHash, report).text),
            verified: text.is_some_and(|text| text.verified),
            comment_count: comment_count.map_or(0, |Count(count)| count),
            extra: values.take_unknown(report),
            id: identity.id,
            oid: identity.oid,
            aid: identity.aid,
            url: identity.url,
            path: Cow::Borrowed(""),
        };
        let (cut, text) = cut.zip(text)?;
        Some(Outcome {
            article: Some(article),
            is_plain: report.is_plain,
            refused: None,
            identity: identity.valid.zip(hash).map(|(id, hash)| {
                let place = Location::at_offset(report.source, identity.id_at);
                StatedIdentity { id, hash, place }
            }),
            proven: text.verified.then_some(text.reading),
            comments: Section::behind(&text.content, text.reading, body, &cut),
            findings: Vec::new(),
        })
    }
}
