//! Fast path for files that match the crawler's template byte for byte and have no findings.
//!
//! Each value is where the template puts it, so nothing is searched for and nothing is read twice. Any other file
//! is left to the full reading, which builds the same article from a file that this one accepts.

use std::borrow::Cow;

use crate::crawl::body::layout;
use crate::crawl::body::layout::BodyLayout;
use crate::crawl::comments::Section;
use crate::crawl::decode;
use crate::crawl::decode::Decoded;
use crate::crawl::escaping::Escaping;
use crate::crawl::fields;
use crate::crawl::fields::Count;
use crate::crawl::front_matter::yaml_precheck::YamlPrecheck;
use crate::crawl::text;
use crate::crawl::text::{Content, Reading};
use crate::crawl::{MAX_FRONT_MATTER_BYTES, Outcome, Scratch, StatedIdentity, byline, url};
use crate::findings::finding::Location;
use crate::findings::rule::{Levels, Rule};
use crate::record::article::Article;
use crate::record::content_hash::ContentHash;
use crate::record::datetime::{Published, UtcTime};
use crate::record::id::{Aid, ArticleId, Oid};
use crate::text::clean::is_plain;
use memchr::memchr;

/// The values of a file, as written.
#[derive(Debug)]
pub struct TemplateFile<'a> {
    id: &'a str,
    title: &'a str,
    category: &'a str,
    publisher: &'a str,
    author: &'a str,
    published_at: &'a str,
    crawled_at: &'a str,
    url: &'a str,
    oid: &'a str,
    aid: &'a str,
    content_hash: &'a str,
    comment_count: Option<&'a str>,
    /// True if the front matter contains `&`, so that values may be escaped.
    may_be_escaped: bool,
    body: &'a str,
}

/// A file that matches the template and has no findings if its text, by the default reading, has the stated hash.
/// Holds all that its article contains, except for the text and the byline in the scratch buffers.
#[derive(Debug)]
pub struct Unproven<'a> {
    printed: TemplateFile<'a>,
    cut: BodyLayout,
    content: Content<'a>,
    reading: Reading,
    escaping: Escaping,
    comment_count: u64,
    title: Cow<'a, str>,
    url: Cow<'a, str>,
    published: Option<Published>,
    crawled_at: UtcTime,
    identity: StatedIdentity,
}

/// Location of the value of `id` in the template.
const ID_PLACE: Location = Location { line: 2, column: 5 };

impl<'a> TemplateFile<'a> {
    /// Parses a [plain](crate::text::clean::is_plain) file, if its front matter matches the template, and YAML reads it
    /// in the same way or rejects it.
    pub fn parse(source: &'a str) -> Option<Self> {
        let mut lines =
            TemplateCursor { rest: source.strip_prefix("---\n")?, glances: YamlPrecheck::default() };
        let comment_count;
        let printed = TemplateFile {
            id: lines.value("id")?,
            title: lines.value("title")?.strip_prefix('"')?.strip_suffix('"')?,
            category: lines.value("category")?,
            publisher: lines.value("publisher")?,
            author: lines.author()?,
            published_at: lines.value("published_at")?,
            crawled_at: lines.value("crawled_at")?,
            url: lines.value("url")?,
            oid: lines.value("oid")?,
            aid: lines.value("aid")?,
            content_hash: {
                // Some crawlers print the number of comments before the hash, others after it.
                comment_count = lines.value_if_there("comment_count")?;
                lines.value("content_hash")?
            },
            comment_count: match comment_count {
                None => lines.value_if_there("comment_count")?,
                counted => counted,
            },
            may_be_escaped: memchr(b'&', lines.before(source).as_bytes()).is_some(),
            body: lines.rest.strip_prefix("---\n")?,
        };
        let front_matter = source.len() - printed.body.len();
        (lines.glances.are_sure() && front_matter <= MAX_FRONT_MATTER_BYTES).then_some(printed)
    }

    /// Builds the article's values, provided that no rule other than `hash-mismatch` can apply. Leaves the text and
    /// the byline in `scratch`.
    pub fn claim(self, levels: &Levels, scratch: &mut Scratch) -> Option<Unproven<'a>> {
        if levels.is_on(Rule::NotYaml) || levels.is_on(Rule::ReplacementCharacter) {
            return None;
        }
        let oid: Oid = self.oid.parse().ok()?;
        let aid: Aid = self.aid.parse().ok()?;
        if self.id.strip_prefix(self.oid)?.strip_prefix('_')? != self.aid {
            return None;
        }
        let crawled_at = self.crawled_at.parse().ok()?;
        let published = match self.published_at {
            "" => None,
            value => Some(value.parse().ok()?),
        };
        let Count(comment_count) = self.comment_count.map_or(Ok(Count(0)), str::parse).ok()?;
        let hash: ContentHash = self.content_hash.parse().ok()?;
        let cut = self.cut()?;
        let (content, reading) = text::first(self.body, &cut, self.comment_count.is_some());
        reading.take(&content, &mut scratch.text);
        // Without entities the text need not be checked.
        let escaping = if self.may_be_escaped { reading.escaping(&content) } else { Escaping::Unescaped };
        let decode = |value| escaping.decode(Cow::Borrowed(value));
        let (title, url) = (decode(self.title), decode(self.url));
        // No branch inside, so that the loop is vectorized.
        let has_capitals =
            self.content_hash.bytes().fold(false, |found, byte| found | byte.is_ascii_uppercase());
        if has_capitals
            || fields::is_blank(&title)
            || content.source.is_empty()
            || !self.is_address(&url, oid, aid)
        {
            return None;
        }
        scratch.byline.clear();
        byline::normalize(&decode(self.author), &mut scratch.byline);
        let identity = StatedIdentity { id: ArticleId::new(oid, aid), hash, place: ID_PLACE };
        Some(Unproven {
            printed: self,
            cut,
            content,
            reading,
            escaping,
            comment_count,
            title,
            url,
            published,
            crawled_at,
            identity,
        })
    }

    /// Returns whether `url`, decoded, is a web address that names no other article.
    fn is_address(&self, url: &str, oid: Oid, aid: Aid) -> bool {
        let usual = self.url.strip_prefix("https://n.news.naver.com/mnews/article/");
        let named = usual.and_then(|pair| pair.strip_prefix(self.oid)?.strip_prefix('/'));
        let is_named = |(named_oid, named_aid): (&str, &str)| {
            (named_oid.parse(), named_aid.parse()) == (Ok(oid), Ok(aid))
        };
        named == Some(self.aid) || url::is_web_address(url) && url::named_pair(url).is_none_or(is_named)
    }

    /// Returns the layout of the body, if heading, bold line and footer match the front matter byte for byte.
    fn cut(&self) -> Option<BodyLayout> {
        let TemplateFile { title, publisher, published_at, category, crawled_at, url, body, .. } = *self;
        let heading = body.strip_prefix("\n# ")?.strip_prefix(title)?.strip_prefix("\n\n**")?;
        let date = heading.strip_prefix(publisher)?.strip_prefix("** | ")?.strip_prefix(published_at)?;
        let content = date.strip_prefix(" | ")?.strip_prefix(category)?.strip_prefix("\n\n---\n")?;
        let content_at = body.len() - content.len();
        let link = body.strip_suffix('\n').unwrap_or(body).strip_suffix(")*")?.strip_suffix(url)?;
        let time = link.strip_suffix("*\n*Source: [원문 보기](")?.strip_suffix(crawled_at)?;
        let closing = time.strip_suffix("---\n\n*Crawled at: ").filter(|text| text.ends_with("\n\n"))?.len();
        let cut = (content_at <= closing).then(|| BodyLayout {
            header: 0..content_at - "---\n".len(),
            content_at,
            closing_rule: closing,
            footer: closing + "---\n".len()..body.len(),
        })?;
        debug_assert_eq!(layout::cut(body).as_ref(), Ok(&cut), "both ways find the same rules");
        Some(cut)
    }
}

impl<'a> Unproven<'a> {
    /// Reads `source`, if it matches the template; see [`TemplateFile::claim`].
    pub fn read(source: &'a [u8], levels: &Levels, scratch: &mut Scratch) -> Option<Self> {
        let Ok(Decoded { text, byte_order_mark: false }) = decode::decode(source) else { return None };
        let printed = TemplateFile::parse(text).filter(|_| is_plain(text))?;
        printed.claim(levels, scratch)
    }

    /// Returns the text, from `scratch` if the source does not contain it as it is.
    pub fn text<'t>(&self, scratch: &'t Scratch) -> &'t str
    where
        'a: 't,
    {
        self.reading.taken(&self.content, &scratch.text)
    }

    /// Returns whether `hash`, the hash of the text, is the stated one.
    pub fn is_proven_by(&self, hash: ContentHash) -> bool {
        self.identity.hash == hash
    }

    /// Returns the outcome of a file whose hash matches. `scratch` must still contain its text and byline.
    pub fn into_outcome(self, scratch: &'a Scratch) -> Outcome<'a> {
        let text = self.text(scratch);
        let Unproven { printed, cut, content, reading, escaping, title, url, published, identity, .. } = self;
        let decode = |value| escaping.decode(Cow::Borrowed(value));
        let publisher = decode(printed.publisher);
        let authors = byline::authors(&scratch.byline, &publisher);
        let article = Article {
            id: Cow::Borrowed(printed.id),
            oid: Cow::Borrowed(printed.oid),
            aid: Cow::Borrowed(printed.aid),
            title,
            text: Cow::Borrowed(text),
            publisher,
            category: decode(printed.category),
            byline: Cow::Borrowed(&scratch.byline),
            authors,
            published_on: published.map(|published| published.on),
            published_at: published.and_then(|published| published.at),
            crawled_at: Some(self.crawled_at),
            url,
            content_hash: Cow::Borrowed(printed.content_hash),
            verified: true,
            comment_count: self.comment_count,
            extra: Vec::new(),
            path: Cow::Borrowed(""),
        };
        Outcome {
            article: Some(article),
            is_plain: true,
            refused: None,
            identity: Some(identity),
            proven: Some(reading),
            comments: Section::behind(&content, reading, printed.body, &cut),
            findings: Vec::new(),
        }
    }
}

/// Lines of the front matter that are still to be read.
struct TemplateCursor<'a> {
    rest: &'a str,
    glances: YamlPrecheck,
}

impl<'a> TemplateCursor<'a> {
    /// Reads the value of `key` from the next line.
    #[inline]
    fn value(&mut self, key: &'static str) -> Option<&'a str> {
        self.rest = self.rest.strip_prefix(key)?.strip_prefix(": ")?;
        let value = self.line()?;
        self.glances.see_key(key, value);
        is_trimmed(value).then_some(value)
    }

    /// Reads the value of an optional `key`; `Some(None)`, without reading a line, if the next one has another key.
    fn value_if_there(&mut self, key: &'static str) -> Option<Option<&'a str>> {
        match self.rest.starts_with(key) {
            true => self.value(key).map(Some),
            false => Some(None),
        }
    }

    /// Reads the author's value: on its line, or on the lines after it that are indented by tabs.
    fn author(&mut self) -> Option<&'a str> {
        self.rest = self.rest.strip_prefix("author: ")?;
        let first = self.line()?;
        self.glances.see_key("author", first);
        let below = self.rest;
        while !self.rest.starts_with("published_at: ") {
            let line = self.line()?;
            if !line.is_empty() && !line.starts_with('\t') {
                return None;
            }
            self.glances.see_continuation(line);
        }
        let below = below[..below.len() - self.rest.len()].trim_matches([' ', '\t', '\n']);
        match first.bytes().all(is_blank) {
            true => Some(below),
            false => below.is_empty().then_some(first),
        }
    }

    /// Returns the part of `source` that was read.
    fn before(&self, source: &'a str) -> &'a str {
        &source[..source.len() - self.rest.len()]
    }

    /// Reads the rest of the line.
    fn line(&mut self) -> Option<&'a str> {
        let end = memchr(b'\n', self.rest.as_bytes())?;
        let line = &self.rest[..end];
        self.rest = &self.rest[end + 1..];
        Some(line)
    }
}

fn is_trimmed(value: &str) -> bool {
    !value.bytes().next().is_some_and(is_blank) && !value.bytes().next_back().is_some_and(is_blank)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}
