//! The printed parts of a crawl file, each still open to change, and the file made of them.

use sha2::{Digest, Sha256};

use crate::article::Article;
use crate::byline::Byline;
use crate::escape::escaped;

/// A crawl file in parts, escaped and ready to print.
pub struct Page {
    /// Keys with what follows the colon, in order.
    pub front_matter: Vec<(String, String)>,
    /// The front matter's lines, where no list of keys makes them.
    pub block: Option<String>,
    pub heading: String,
    /// Publisher, date and category of the bold line.
    pub bold: [String; 3],
    pub content: String,
    pub comments: Option<String>,
    /// Crawl time and address.
    pub footer: Option<[String; 2]>,
    tidied: bool,
}

impl Page {
    pub fn new(article: &Article) -> Self {
        let escape = |text: &str| if article.escaped { escaped(text) } else { text.to_owned() };
        let mut front_matter = vec![
            ("id", format!(" {}", article.id)),
            ("title", format!(" \"{}\"", escape(&article.title))),
            ("category", format!(" {}", article.category)),
            ("publisher", format!(" {}", escape(&article.publisher))),
            ("author", author(&article.byline, escape)),
            ("published_at", format!(" {}", article.published.printed)),
            ("crawled_at", format!(" {}", article.crawled.printed)),
            ("url", format!(" {}", escape(&article.url))),
            ("oid", format!(" {}", article.oid)),
            ("aid", format!(" {}", article.aid)),
        ];
        if let Some(comments) = &article.comments {
            front_matter.push(("comment_count", format!(" {}", comments.count())));
        }
        let hashed = article.hashed.as_ref().unwrap_or(&article.text);
        front_matter.push(("content_hash", format!(" {}", sha256(hashed))));
        let mut front_matter: Vec<(String, String)> =
            front_matter.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        for (key, value) in &article.extra {
            front_matter.push((key.clone(), format!(" {}", escape(value))));
        }
        let (before, after) = article.padding;
        let bold_category = article.category_before_patch.as_ref().unwrap_or(&article.category);
        let mut page = Page {
            front_matter,
            block: None,
            heading: escape(&article.title),
            bold: [escape(&article.publisher), article.published.printed.clone(), bold_category.clone()],
            content: format!("{before}{}{after}", escape(&article.text)),
            comments: article.comments.as_ref().map(|comments| comments.print(escape)),
            footer: Some([article.crawled.printed.clone(), escape(&article.url)]),
            tidied: article.tidied,
        };
        if article.tidied {
            page.tidy();
        }
        page
    }

    /// What follows the key's colon.
    pub fn value(&mut self, key: &str) -> Option<&mut String> {
        self.front_matter.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    pub fn set(&mut self, key: &str, text: &str) {
        if let Some(value) = self.value(key) {
            *value = format!(" {text}");
        }
    }

    pub fn push(&mut self, key: &str, text: String) {
        self.front_matter.push((key.to_owned(), format!(" {text}")));
    }

    pub fn repeat(&mut self, key: &str) {
        let again = self.front_matter.iter().find(|(name, _)| name == key).cloned();
        self.front_matter.extend(again);
    }

    pub fn remove(&mut self, key: &str) {
        self.front_matter.retain(|(name, _)| name != key);
    }

    pub fn set_block(&mut self, lines: &str) {
        self.block = Some(lines.to_owned());
    }

    pub fn set_footer(&mut self, part: usize, text: &str) {
        if let Some(footer) = &mut self.footer {
            text.clone_into(&mut footer[part]);
        }
    }

    pub fn print(&self) -> String {
        let mut out = String::with_capacity(self.content.len() + 1024);
        out.push_str("---\n");
        match &self.block {
            Some(block) => out.push_str(block),
            None => {
                for (key, value) in &self.front_matter {
                    out.extend([key, ":", value, "\n"]);
                }
            }
        }
        let [publisher, date, category] = &self.bold;
        let space = if category.is_empty() && self.tidied { "" } else { " " };
        out.extend(["---\n\n# ", &self.heading, "\n\n**", publisher, "** | ", date, " |", space, category]);
        out.extend(["\n\n---\n\n", &self.content, "\n\n---\n"]);
        if let Some(comments) = &self.comments {
            out.extend(["\n", comments, "\n\n---\n"]);
        }
        if let Some([crawled_at, url]) = &self.footer {
            out.extend(["\n*Crawled at: ", crawled_at, "*\n*Source: [원문 보기](", url, ")*\n"]);
        }
        out
    }

    fn tidy(&mut self) {
        for (_, value) in &mut self.front_matter {
            let lines: Vec<String> =
                value.split('\n').map(|line| line.trim_end().replace('\t', "    ")).collect();
            *value = lines.join("\n");
        }
    }
}

/// The content hash of a text.
pub fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn author(byline: &Byline, escape: impl Fn(&str) -> String) -> String {
    match byline {
        Byline::Empty => " ".to_owned(),
        Byline::OnTheKeyLine(line) => format!(" {}", escape(line)),
        Byline::Indented(lines) => {
            let lines: String = lines.iter().map(|line| format!("\t\t\t{}\n", escape(line))).collect();
            format!(" \n\t\t\n{lines}\t\t\n\t")
        }
    }
}
