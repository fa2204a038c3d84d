//! Per-article metrics for the HTML report, collected in the worker thread.

use crate::record::article::Article;
use crate::text::email::Addresses;

/// Metrics of an article, with the offsets of its names in a text that the articles of a batch share.
#[derive(Debug, Clone, Copy)]
pub struct ArticleMetrics {
    /// Day of publication, in days since 1970-01-01.
    pub published: Option<i32>,
    /// Day of the crawl in Korea, in days since 1970-01-01.
    pub crawled: Option<i32>,
    /// Length of the text in characters.
    pub characters: usize,
    /// True if the text's SHA-256 is the content hash.
    pub verified: bool,
    /// True if the byline is not empty.
    pub has_byline: bool,
    /// True if the byline names a person.
    pub has_name: bool,
    /// Number of e-mail addresses in the byline.
    pub addresses: usize,
    /// Number of comments that the file states.
    pub comments: u64,
    start: usize,
    /// Byte offsets at which each name ends, and after them the roles.
    ends: [usize; 5],
}

/// Labels of an article, each cut after 200 characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArticleLabels<'n> {
    /// Id of the article.
    pub id: &'n str,
    /// Title of the article.
    pub title: &'n str,
    /// Publisher; `""` if the file leaves it empty.
    pub publisher: &'n str,
    /// Category; `""` if the file leaves it empty.
    pub category: &'n str,
    roles: &'n str,
}

const MAX_LABEL_CHARS: usize = 200;
/// Separator of roles: a byline's role contains no line end.
const SEPARATOR: char = '\n';

impl ArticleMetrics {
    /// Collects the metrics of `article`, and appends its names to `labels`.
    pub fn new(article: &Article<'_>, labels: &mut String) -> ArticleMetrics {
        let start = labels.len();
        let Article { id, title, publisher, category, authors, .. } = article;
        let [id, title, publisher, category] = [id, title, publisher, category].map(|name| {
            labels.push_str(truncate(name));
            labels.len()
        });
        for author in authors.iter().filter(|author| !author.role.is_empty()) {
            labels.push_str(truncate(author.role));
            labels.push(SEPARATOR);
        }
        ArticleMetrics {
            published: article.published_on.map(|day| day.days_since_epoch()),
            crawled: article.crawled_at.map(|moment| moment.days_in_korea()),
            characters: article.text.chars().count(),
            verified: article.verified,
            has_byline: !article.byline.is_empty(),
            has_name: authors.iter().any(|author| !author.name.is_empty()),
            addresses: Addresses::new(&article.byline).count(),
            comments: article.comment_count,
            start,
            ends: [id, title, publisher, category, labels.len()],
        }
    }

    /// Returns the names, by their offsets in `labels`.
    pub fn labels<'n>(&self, labels: &'n str) -> ArticleLabels<'n> {
        let [id, title, publisher, category, roles] = self.ends;
        ArticleLabels {
            id: &labels[self.start..id],
            title: &labels[id..title],
            publisher: &labels[title..publisher],
            category: &labels[publisher..category],
            roles: &labels[category..roles],
        }
    }
}

impl<'n> ArticleLabels<'n> {
    /// Returns the role of each person who has one, in the byline's order.
    pub fn roles(&self) -> impl Iterator<Item = &'n str> + use<'n> {
        self.roles.split_terminator(SEPARATOR)
    }
}

fn truncate(name: &str) -> &str {
    // Most names are shorter even in bytes.
    match name.len() > MAX_LABEL_CHARS {
        true => name.char_indices().nth(MAX_LABEL_CHARS).map_or(name, |(end, _)| &name[..end]),
        false => name,
    }
}
