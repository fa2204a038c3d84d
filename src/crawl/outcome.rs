//! What goes into the reading of crawl files, and what comes out of it.

use std::borrow::Cow;
use std::fmt;
use std::mem;

use crate::crawl::byline;
use crate::crawl::comments::Section;
use crate::crawl::known_bylines::KnownBylines;
use crate::crawl::text::Reading;
use crate::findings::finding::Finding;
use crate::findings::location::Location;
use crate::findings::rule::{Level, Levels};
use crate::record::article::Article;
use crate::record::content_hash::ContentHash;
use crate::record::id::ArticleId;

/// One crawl file to read.
#[derive(Debug)]
pub struct Input<'a> {
    /// Bytes of the file.
    pub source: &'a [u8],
    /// Levels of the rules for this file.
    pub levels: Cow<'a, Levels>,
}

/// Number of files in a batch.
pub const BATCH_FILES: usize = 8;

/// A batch of up to [`BATCH_FILES`] inputs; unused slots are `None`.
pub type InputBatch<'a> = [Option<Input<'a>>; BATCH_FILES];

/// Memory of a thread that reads crawl files, reused from batch to batch.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Texts that the sources do not contain as they are.
    pub(super) texts: [String; BATCH_FILES],
    /// Bylines.
    pub(super) bylines: [String; BATCH_FILES],
    pub(super) known_bylines: KnownBylines,
}

impl Scratch {
    /// Shrinks buffers that an outsized file made grow.
    pub fn shrink_to(&mut self, bytes: usize) {
        for buffer in self.texts.iter_mut().chain(&mut self.bylines) {
            buffer.clear();
            buffer.shrink_to(bytes);
        }
    }
}

/// Result of reading one crawl file.
#[derive(Debug)]
pub struct Outcome<'a> {
    /// The article, its `path` still empty; `None` if a finding is an error.
    pub article: Option<Article<'a>>,
    /// True if all values of the article are known to be [clean](crate::text::clean::is_clean).
    pub is_clean: bool,
    /// The article that would have been accepted without the errors.
    pub rejected_article: Option<Box<Article<'a>>>,
    /// The article's identity and hash, if they are valid.
    pub identity: Option<StatedIdentity>,
    /// The reading whose text has the stated hash.
    pub verified_reading: Option<Reading>,
    /// The comments section, if CONTENT ends before it.
    pub comments: Option<Section<'a>>,
    /// All findings, in order of location.
    pub findings: Vec<Finding>,
}

impl<'a> Outcome<'a> {
    /// Returns `article` as the accepted one or, if one of `findings` is an error, as the rejected one.
    #[inline]
    pub(crate) fn accepted_or_rejected(
        article: Article<'a>,
        findings: &[Finding],
    ) -> (Option<Article<'a>>, Option<Box<Article<'a>>>) {
        match findings.iter().any(|finding| finding.level == Level::Error) {
            false => (Some(article), None),
            true => (None, Some(Box::new(article))),
        }
    }

    /// Reads the byline of the article, which has the author value in its place until then. Without `known_bylines`, it
    /// is read in any case. `buffer` receives it.
    pub(super) fn read_byline(&mut self, buffer: &'a mut String, known_bylines: Option<&mut KnownBylines>) {
        let Some(article) = self.article.as_mut().or(self.rejected_article.as_deref_mut()) else { return };
        let (author, publisher) = (mem::take(&mut article.byline), &article.publisher);
        let (byline, authors) = match known_bylines {
            Some(known) => known.read(&author, publisher, buffer),
            None => {
                buffer.clear();
                byline::normalize(&author, buffer);
                (&**buffer, byline::authors(buffer, publisher))
            }
        };
        article.byline = Cow::Borrowed(byline);
        article.authors = authors;
    }

    /// Outcome of a file that gives no article at all.
    pub(crate) fn without_article(findings: Vec<Finding>) -> Self {
        Outcome {
            article: None,
            is_clean: false,
            rejected_article: None,
            identity: None,
            verified_reading: None,
            comments: None,
            findings,
        }
    }
}

/// The identity that the front matter states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedIdentity {
    /// Id of the article.
    pub id: StatedId,
    /// Content hash in the front matter. Under a layout whose hash is none of SHA-256, a hash that is different where
    /// that one is, and that of the text where there is none.
    pub hash: ContentHash,
    /// Location of the id.
    pub location: Location,
}

/// The id of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatedId {
    /// Of the built-in layout.
    Article(ArticleId),
    /// Of another layout: any text.
    Text(Box<str>),
}

impl fmt::Display for StatedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StatedId::Article(id) => id.fmt(f),
            StatedId::Text(id) => f.pad(id),
        }
    }
}
