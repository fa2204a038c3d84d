//! The crawler's template: what it prints around the values of an article.

/// Start of the footer's first line.
pub const CRAWLED_AT: &str = "*Crawled at: ";

/// Openings of a comments section, after its separator.
pub const COMMENT_OPENINGS: [&str; 3] = [NO_COMMENTS, "📊 **댓글 통계**", COMMENTS_HEADING];

/// Comments section without comments.
const NO_COMMENTS: &str = "*댓글이 없습니다.*";

/// Start of the heading of a comments section, up to the number of comments.
pub const COMMENTS_HEADING: &str = "## 댓글 (";

/// The values that the template prints in header and footer, as the front matter has them.
#[derive(Debug)]
pub struct FrameValues<V> {
    pub title: V,
    pub publisher: V,
    pub published_at: V,
    pub category: V,
    pub crawled_at: V,
    pub url: V,
}

impl<V: AsRef<str>> FrameValues<V> {
    /// Strips heading and bold line up to its category, and returns the category with what follows it.
    pub fn strip_header<'t>(&self, header: &'t str) -> Option<&'t str> {
        let FrameValues { title, publisher, published_at, .. } = self;
        let publisher_on = strip_all(header, ["# ", title.as_ref(), "\n\n**"])?;
        strip_all(publisher_on, [publisher.as_ref(), "** | ", published_at.as_ref(), " | "])
    }

    /// Strips the footer, and returns what follows it.
    pub fn strip_footer<'t>(&self, footer: &'t str) -> Option<&'t str> {
        let FrameValues { crawled_at, url, .. } = self;
        let link = strip_all(footer, [CRAWLED_AT, crawled_at.as_ref(), "*\n*Source: [원문 보기]("])?;
        strip_all(link, [url.as_ref(), ")*"])
    }

    /// Returns whether `line`, trimmed, is the bold line.
    pub fn is_bold_line(&self, line: &str) -> bool {
        let FrameValues { publisher, published_at, category, .. } = self;
        let date = strip_all(line, ["**", publisher.as_ref(), "** | ", published_at.as_ref(), " |"]);
        date.is_some_and(|rest| match category.as_ref().trim_end() {
            "" => rest.is_empty(),
            category => rest.strip_prefix(' ') == Some(category),
        })
    }
}

fn strip_all<'t, const N: usize>(text: &'t str, parts: [&str; N]) -> Option<&'t str> {
    parts.iter().try_fold(text, |text, part| text.strip_prefix(part))
}
