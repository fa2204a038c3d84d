//! What a report counts of one article, kept beside its record until the files are in order again.

use crate::article::Article;
use crate::email::Addresses;

/// The numbers, and where the names stand in a text that the articles of a batch share.
#[derive(Debug, Clone, Copy)]
pub struct Sketch {
    /// The day of publication, in days since 1970-01-01.
    pub published: Option<i32>,
    /// The day of the crawl as calendars in Korea show it, in days since 1970-01-01.
    pub crawled: Option<i32>,
    /// The text's length.
    pub characters: usize,
    /// Whether the text is the one that was hashed.
    pub verified: bool,
    /// Whether there is a byline.
    pub has_byline: bool,
    /// Whether the byline names someone.
    pub has_name: bool,
    /// How many e-mail addresses the byline holds.
    pub addresses: usize,
    /// How many comments the file states.
    pub comments: u64,
    at: usize,
    /// Where each name ends, and behind them the roles.
    ends: [usize; 5],
}

/// The names, each cut after 200 characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Names<'n> {
    /// The article's id.
    pub id: &'n str,
    /// The article's title.
    pub title: &'n str,
    /// The publisher, `""` where the file leaves it empty.
    pub publisher: &'n str,
    /// The category, `""` where the file leaves it empty.
    pub category: &'n str,
    roles: &'n str,
}

const MOST: usize = 200;
/// No byline has a role with a line's end in it.
const BETWEEN: char = '\n';

impl Sketch {
    /// Keeps what counts of `article`, its names at the end of `names`.
    pub fn of(article: &Article<'_>, names: &mut String) -> Sketch {
        let at = names.len();
        let Article { id, title, publisher, category, authors, .. } = article;
        let [id, title, publisher, category] = [id, title, publisher, category].map(|name| {
            names.push_str(cut(name));
            names.len()
        });
        for author in authors.iter().filter(|author| !author.role.is_empty()) {
            names.push_str(cut(author.role));
            names.push(BETWEEN);
        }
        Sketch {
            published: article.published_on.map(|day| day.days_since_epoch()),
            crawled: article.crawled_at.map(|moment| moment.days_in_korea()),
            characters: article.text.chars().count(),
            verified: article.verified,
            has_byline: !article.byline.is_empty(),
            has_name: authors.iter().any(|author| !author.name.is_empty()),
            addresses: Addresses::new(&article.byline).count(),
            comments: article.comment_count,
            at,
            ends: [id, title, publisher, category, names.len()],
        }
    }

    /// The names, out of the text that they were kept in.
    pub fn names<'n>(&self, names: &'n str) -> Names<'n> {
        let [id, title, publisher, category, roles] = self.ends;
        Names {
            id: &names[self.at..id],
            title: &names[id..title],
            publisher: &names[title..publisher],
            category: &names[publisher..category],
            roles: &names[category..roles],
        }
    }
}

impl<'n> Names<'n> {
    /// The role of each person whom the byline gives one, in its order.
    pub fn roles(&self) -> impl Iterator<Item = &'n str> + use<'n> {
        self.roles.split_terminator(BETWEEN)
    }
}

fn cut(name: &str) -> &str {
    // Most names are shorter in bytes already.
    match name.len() > MOST {
        true => name.char_indices().nth(MOST).map_or(name, |(end, _)| &name[..end]),
        false => name,
    }
}
