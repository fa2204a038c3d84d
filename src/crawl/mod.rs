//! One crawl file: from its bytes to an article and its findings. Pure: no I/O, no paths, no printing.
//!
//! ```text
//! bytes ─ encoding ─► fences ─► block: template reading, then YAML ─────────┐
//!              │         └────► body: rules ─► frame: heading, footer ──────┼─► fields ─► Article, findings
//!              │                  └────► text: readings ═ content hash ═════┘
//!              └─► printed: the usual file, in one go ────────────────────────────────────► Article
//! ```

mod agreement;
pub mod block;
pub mod body;
pub mod byline;
mod checks;
pub mod comments;
mod controls;
pub mod diagnosis;
pub mod encoding;
pub mod entities;
pub mod escaping;
pub mod fences;
mod fields;
pub mod frame;
pub mod front_matter;
mod lines;
mod markdown;
mod normal_form;
pub mod printed;
mod report;
pub mod template;
pub mod text;
pub mod url;
pub mod yaml;

use std::array;
use std::borrow::Cow;

use self::block::{Asking, Block};
use self::body::Body;
use self::checks::Frames;
use self::comments::Section;
use self::diagnosis::Diagnosis;
use self::encoding::{Decoded, Undecodable};
use self::escaping::Escaping;
use self::fences::{Fences, Unfenced};
use self::fields::{Count, Values};
use self::frame::Frame;
use self::front_matter::Field;
use self::printed::Claim;
use self::report::Report;
use crate::article::Article;
use crate::content_hash::ContentHash;
use crate::finding::{Finding, Level, Levels, Place, Rule};
use crate::identity::ArticleId;
use crate::plain::is_plain;
use crate::time::Published;

/// Front matter of more bytes is not read unless `front-matter-too-large` is lowered. Real ones have 761 at most.
pub const LARGEST_FRONT_MATTER: usize = 64 * 1024;

/// Buffers that outlive a file, so that reading the next one need not allocate.
#[derive(Debug, Default)]
pub struct Scratch {
    text: String,
    byline: String,
}

impl Scratch {
    /// Gives back what an outsized file made the buffers grow to.
    pub fn shrink_to(&mut self, bytes: usize) {
        self.text.clear();
        self.text.shrink_to(bytes);
        self.byline.clear();
        self.byline.shrink_to(bytes);
    }
}

/// What one crawl file gives.
#[derive(Debug)]
pub struct Outcome<'a> {
    /// The article, its `path` still empty; none where a finding is an error.
    pub article: Option<Article<'a>>,
    /// Whether all that the article says is known to be [plain](crate::plain::is_plain).
    pub is_plain: bool,
    /// What it would be, but for the findings that are errors.
    pub refused: Option<Box<Article<'a>>>,
    /// The article's identity and hash, as far as they are valid.
    pub identity: Option<Identity>,
    /// The reading that the hash proves.
    pub proven: Option<text::Reading>,
    /// Where its comments stand, if CONTENT ends before them.
    pub comments: Option<comments::Section<'a>>,
    /// All that is wrong, in the order of the places.
    pub findings: Vec<Finding>,
}

/// What tells an article from every other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// The article's id.
    pub id: ArticleId,
    /// The content hash that the file states.
    pub hash: ContentHash,
    /// Where the id stands.
    pub place: Place,
}

/// One crawl file that is still to be read, with what that takes.
#[derive(Debug)]
pub struct Unread<'a> {
    /// The file's bytes.
    pub source: &'a [u8],
    /// What each rule weighs in it.
    pub levels: Cow<'a, Levels>,
    /// Buffers for it alone.
    pub scratch: &'a mut Scratch,
}

/// How many files are read together.
pub const TOGETHER: usize = 8;

/// Files that are read together; where there are fewer, or one cannot be read, none stands in its place.
pub type Together<'a> = [Option<Unread<'a>>; TOGETHER];

/// Reads one crawl file.
///
/// The article borrows from `source` and from `scratch`, which must outlive it.
pub fn read<'a>(source: &'a [u8], levels: &Levels, scratch: &'a mut Scratch) -> Outcome<'a> {
    match Claim::of(source, levels, scratch) {
        Some(claim) if claim.is_proven_by(ContentHash::of(claim.text(scratch).as_bytes())) => {
            claim.into_outcome(scratch)
        }
        _ => read_fully(source, levels, scratch, Asking::WhereItMatters),
    }
}

/// Reads some crawl files at once, and hands the outcome of each, with its number among them, to `receive`, in order.
///
/// The outcomes are the same as [`read`]'s, but take less time: the texts are [hashed together](ContentHash::of_each).
pub fn read_together<'a>(mut files: Together<'a>, receive: &mut dyn FnMut(usize, Outcome<'a>)) {
    let claims = files.each_mut().map(|file| {
        let Unread { source, levels, scratch } = file.as_mut()?;
        Claim::of(source, levels, scratch)
    });
    let texts: [&[u8]; TOGETHER] = array::from_fn(|number| match (&claims[number], &files[number]) {
        (Some(claim), Some(file)) => claim.text(file.scratch).as_bytes(),
        _ => b"",
    });
    let hashes = ContentHash::of_each(texts);
    for (number, claim) in claims.into_iter().enumerate() {
        let Some(Unread { source, levels, scratch }) = files[number].take() else { continue };
        let outcome = match claim {
            Some(claim) if claim.is_proven_by(hashes[number]) => claim.into_outcome(scratch),
            _ => read_fully(source, &levels, scratch, Asking::WhereItMatters),
        };
        receive(number, outcome);
    }
}

/// Reads one crawl file without a shortcut: no file counts as printed, and YAML is asked about every block.
///
/// The outcome is the same as [`read`]'s, but takes longer.
pub fn read_slowly<'a>(source: &'a [u8], levels: &Levels, scratch: &'a mut Scratch) -> Outcome<'a> {
    read_fully(source, levels, scratch, Asking::Always)
}

fn read_fully<'a>(
    source: &'a [u8],
    levels: &Levels,
    scratch: &'a mut Scratch,
    asking: Asking,
) -> Outcome<'a> {
    let mut report = Report::new(levels, source);
    let outcome = decode(source, &mut report)
        .and_then(|text| Parts::of(text, asking, &mut report))
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

fn decode<'a: 'r, 'r>(source: &'a [u8], report: &mut Report<'r>) -> Option<&'a str> {
    match encoding::decode(source) {
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
        Err(Undecodable::Empty) => {
            report.add(Rule::EmptyFile, 0, "the file holds nothing but white space or NUL")
        }
        Err(Undecodable::Utf16) => report.add(Rule::NotUtf8, 0, "the file is UTF-16, not UTF-8"),
        Err(Undecodable::NotUtf8 { at }) => {
            report.add(
                Rule::NotUtf8,
                at,
                format_args!("byte {:#04x} at offset {at} is not valid UTF-8", source[at]),
            );
        }
    }
    None
}

/// A crawl file taken apart.
struct Parts<'a> {
    fences: Fences<'a>,
    block: Block<'a>,
    /// The body's rules; `None` where it has no pair of them.
    cut: Option<Body>,
}

impl<'a> Parts<'a> {
    fn of(source: &'a str, asking: Asking, report: &mut Report<'_>) -> Option<Self> {
        let fences = match fences::split(source) {
            Ok(fences) => fences,
            Err(Unfenced::NotOpened) => {
                report.add(Rule::NoFrontMatter, 0, "the first line is not `---`");
                return None;
            }
            Err(Unfenced::NotClosed) => {
                report.add(Rule::UnclosedFrontMatter, 0, "no line `---` closes the front matter");
                return None;
            }
        };
        let cut = body::cut(fences.body);
        if cut.is_err() {
            let message = "the body has no pair of rules (`---`) for the text to stand between";
            report.add(Rule::NoContent, fences.body_at, message);
        }
        let size = fences.front_matter.len();
        if size > LARGEST_FRONT_MATTER {
            let message = format_args!("the front matter has {size} bytes, more than {LARGEST_FRONT_MATTER}");
            report.add(Rule::FrontMatterTooLarge, fences.front_matter_at, message);
            if report.levels.of(Rule::FrontMatterTooLarge) == Level::Error {
                return None;
            }
        }
        let asking = if report.levels.is_on(Rule::NotYaml) { Asking::Always } else { asking };
        let witness = || cut.as_ref().map_or_else(|_| Frame::default(), |cut| frame::read(fences.body, cut));
        let block = block::read(fences.front_matter, asking, witness)
            .map_err(|senseless| report.add_senseless(&senseless, fences.front_matter_at));
        let block = block.ok()?;
        report.add_block(&block, fences.front_matter_at);
        // YAML's escapes can write what the file does not hold.
        report.is_plain &= !block.verdict.is_yaml();
        Some(Parts { block, cut: cut.ok(), fences })
    }

    /// Checks everything, and makes the article; `None` where there is no text.
    fn assemble(self, scratch: &'a mut Scratch, report: &mut Report<'_>) -> Option<Outcome<'a>> {
        let Parts { fences: Fences { front_matter_at, body, body_at, .. }, block, cut } = self;
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
                report.add(Rule::HashMismatch, at, Diagnosis::of(body, cut, commented, &title, hash));
            }
            report.add_text(&text, body_at + text.content.at);
            report.add_line_endings(&text, body_at + text.content.at);
            Frames { front_matter: &front_matter, body, body_at, cut, escaping }.check(report);
        }

        let mut values = Values::new(front_matter, front_matter_at, escaping);
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
                let place = Place::of(report.source, identity.id_at);
                Identity { id, hash, place }
            }),
            proven: text.verified.then_some(text.reading),
            comments: Section::behind(&text.content, text.reading, body, &cut),
            findings: Vec::new(),
        })
    }
}
