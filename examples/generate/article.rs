//! One invented article: the values, before anything is printed.

use crate::args::{Args, Era};
use crate::byline::Byline;
use crate::comments::Comments;
use crate::escape::spells_an_entity;
use crate::random::Random;
use crate::text;
use crate::time::{Crawled, Published};
use crate::url;
use crate::words::Words;

const CATEGORIES: [&str; 11] = [
    "sports",
    "card",
    "politics",
    "economy",
    "society",
    "culture",
    "world",
    "it",
    "entertainment",
    "science",
    "general",
];

/// Of 40,140 real bylines, four in five had stood in an earlier file.
const FILES_OF_A_SIGNER: usize = 5;

/// A small archive has bylines of every shape too.
const MIN_SIGNERS: usize = 1000;

/// What a title may hold beside words.
const IN_TITLE: [&str; 16] = [
    "'따옴'",
    "\"따옴\"",
    "\"",
    "R&D",
    "<속보>",
    "[단독]",
    "a=b",
    "…",
    "1: 0",
    "#해시",
    "`",
    "漢字",
    "\u{a0}",
    "50%",
    "?a=1&copy=2",
    "- 끝",
];

/// The values of one article.
pub struct Article {
    pub id: String,
    pub oid: String,
    pub aid: String,
    pub title: String,
    pub text: String,
    /// What the hash covers, where that is not the text.
    pub hashed: Option<String>,
    pub publisher: String,
    pub category: String,
    /// The category in the bold line, where a patch script left another one there.
    pub category_before_patch: Option<String>,
    pub byline: Byline,
    pub published: Published,
    pub crawled: Crawled,
    pub url: String,
    pub comments: Option<Comments>,
    /// Keys of the front matter that no crawler of this make writes.
    pub extra: Vec<(String, String)>,
    pub escaped: bool,
    /// White space around the text that the hash does not cover.
    pub padding: (&'static str, &'static str),
    /// Trailing spaces stripped and tabs turned into spaces, as an editor leaves it.
    pub tidied: bool,
}

impl Article {
    /// An article with whatever real ones hold.
    pub fn invent(index: u64, args: &Args, words: &Words, random: &mut Random) -> Self {
        let text = text::invent(words, args.sizes, random);
        let mut article = Article::plain(index, args, words, random);
        let count = random.between(3, 9);
        article.title = words.phrase(random, count);
        for _ in 0..random.below(4) {
            let place = random.below(2);
            let odd = random.pick(&IN_TITLE);
            article.title = if place == 0 {
                format!("{odd} {}", article.title).trim().to_owned()
            } else {
                format!("{} {odd}", article.title).trim().to_owned()
            };
        }
        if spells_an_entity(&text) && random.one_in(2) {
            article.title.push_str(" &lt;p&gt;");
        }
        article.text = text;
        let signer = random.below(MIN_SIGNERS.max(args.files as usize / FILES_OF_A_SIGNER));
        let signer = &mut Random::of_file(args.seed.rotate_left(32), signer as u64);
        article.publisher = words.publisher(signer);
        article.byline = Byline::invent(words, signer);
        if random.one_in(100) {
            article.category = random.pick(&CATEGORIES).to_owned();
        }
        if random.one_in(300) {
            article.publisher = String::new();
        }
        article.published = Published::invent(random);
        article.crawled = Crawled::invent(random);
        article.url = url::invent(&article.oid, &article.aid, random);
        article.comments = random.share(args.comments).then(|| Comments::invent(words, random));
        if random.one_in(50) {
            let before = random.pick(&["\u{3000}", "\u{a0}", "\n", "  "]);
            let after = random.pick(&["\u{a0}", " ", "\n\n", "\n \n"]);
            article.padding = (before, after);
        }
        article.tidied = random.one_in(100);
        article
    }

    /// Rewrites the category as a patch script does, which leaves the body as it is.
    pub fn patch(&mut self, random: &mut Random) {
        let patched = random.pick(&CATEGORIES).to_owned();
        self.category_before_patch = Some(std::mem::replace(&mut self.category, patched));
    }

    /// An article without anything odd: the ground on which a fault is put.
    pub fn plain(index: u64, args: &Args, words: &Words, random: &mut Random) -> Self {
        let oid = format!("{:03}", random.between(1, 999));
        // The factor has no divisor in common with ten: no two files get the same id.
        let aid = format!("{:010}", (index + 1 + args.seed % 1000) * 48_271 % 10_000_000_000);
        let published =
            Published { printed: "2025-12-30 00:00".to_owned(), on: Some("2025-12-30".to_owned()), at: None };
        Article {
            id: format!("{oid}_{aid}"),
            title: words.phrase(random, 5),
            text: text::plain(words, random),
            hashed: None,
            publisher: words.publisher(random),
            category: String::new(),
            category_before_patch: None,
            byline: Byline::OnTheKeyLine(format!("{} 기자", words.person(random))),
            published,
            crawled: Crawled {
                printed: "2025-12-30 09:48:52".to_owned(),
                utc: "2025-12-30T09:48:52Z".to_owned(),
            },
            url: format!("https://n.news.naver.com/mnews/article/{oid}/{aid}"),
            comments: None,
            extra: Vec::new(),
            escaped: match args.era {
                Era::Escaped => true,
                Era::Unescaped => false,
                Era::Mixed => random.one_in(2),
            },
            padding: ("", ""),
            tidied: false,
            oid,
            aid,
        }
    }
}
