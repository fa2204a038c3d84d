//! Pages as the template prints them, around fields from bytes and with the right hash: what random bytes never have.

use std::fmt::Write;

use news_ingest::crawl::{self, Scratch};
use news_ingest::finding::Levels;
use sha2::{Digest, Sha256};

use self::page::escaped;
use crate::one_file;

#[path = "../../tests/page/mod.rs"]
mod page;

/// What parts the fields of an input.
const BETWEEN: u8 = 0x1e;

/// Ten fields each: switches, title, publisher, author, date, category, query of the URL, more front matter, comments,
/// text; and edits behind them.
pub const SEEDS: &[&[u8]] = &[
    "1\u{1e}R&D \"<b>\"\u{1e}가나일보\u{1e}\n\t\t\n\t\t\t홍길동 기자 (hong@example.com)\n\t\t\u{1e}2025-03-14 00:00\u{1e}\
     sports\u{1e}?a=1\u{1e}\u{1e}\u{1e}첫 문단의 'x' & `y`.\n\n---\n\n둘째 &amp; 문단."
        .as_bytes(),
    "0\u{1e}제목 #1\u{1e}\u{1e}홍길동\u{1e}2025-03-14 09:48\u{1e}\u{1e}\u{1e}\u{1e}\u{1e}&lt;b&gt; &copy=2\r\n\r\n*a*\u{1e}\
     \u{1}\u{2}\u{3}\u{4}"
        .as_bytes(),
    "3\u{1e}a\u{1e}b\u{1e}\u{1e}\u{1e}\u{1e}\u{1e}comment_count: 1\n\u{1e}📊 **댓글 통계**: 총 1 개\n\n## 댓글 (1 개)\n\n\
     **이름** | 2025-03-14 09:48 | 👍 3 | 👎 1\n\n글 &amp; 글\n\n---\n\n\u{1e}글"
        .as_bytes(),
];

/// Prints a page of the fields in `bytes` and reads it, as it stands and with the edits.
pub fn run(bytes: &[u8]) {
    let mut fields = bytes.splitn(11, |&byte| byte == BETWEEN);
    let mut field = || String::from_utf8_lossy(fields.next().unwrap_or_default()).into_owned();
    let switches = field().bytes().next().unwrap_or_default();
    let is_escaped = switches & 1 == 1;
    let stand = |text: String| if is_escaped { escaped(&text) } else { text };
    let (title, publisher, author) = (stand(field()), stand(field()), stand(field()));
    let (date, category, query) = (field(), stand(field()), stand(field()));
    let (more, comments, text) = (field(), field(), field());
    let edits = fields.next().unwrap_or_default();

    let hash = Sha256::digest(text.trim()).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes every character");
        hex
    });
    let (id, crawled) = ("901_0000000001", "2025-03-14 21:05:09");
    let url = format!("https://n.news.naver.com/mnews/article/901/0000000001{query}");
    let content = stand(text.clone());
    let mut page = format!(
        "---\nid: {id}\ntitle: \"{title}\"\ncategory: {category}\npublisher: {publisher}\nauthor: {author}\n\
         published_at: {date}\ncrawled_at: {crawled}\nurl: {url}\noid: 901\naid: 0000000001\ncontent_hash: {hash}\n\
         {more}---\n\n# {title}\n\n**{publisher}** | {date} | {category}\n\n---\n\n{content}\n\n---\n\n{comments}\
         *Crawled at: {crawled}*\n*Source: [원문 보기]({url})*\n"
    )
    .into_bytes();

    one_file::run(&page);
    let is_one_line = |field: &&String| !field.contains(['\n', '\r']);
    // A date that begins otherwise is nothing that a template prints: there YAML has its say.
    let is_like_a_date = date.is_empty() || date.starts_with(|first: char| first.is_ascii_alphanumeric());
    if is_like_a_date
        && more.is_empty()
        && comments.is_empty()
        && [&title, &publisher, &author, &date, &category, &query].iter().all(is_one_line)
    {
        is_proven(&page, text.trim());
    }
    if edit(&mut page, edits) {
        one_file::run(&page);
    }
}

/// A page whose fields keep to their lines is proven, and its text is what was printed.
fn is_proven(page: &[u8], text: &str) {
    let mut scratch = Scratch::default();
    let outcome = crawl::read(page, &Levels::default(), &mut scratch);
    assert!(outcome.proven.is_some(), "{:?}", outcome.findings);
    assert!(outcome.article.is_none_or(|article| article.verified && article.text == text));
}

/// Changes the page by each four bytes: where (two of them), how, and to what.
fn edit(page: &mut Vec<u8>, edits: &[u8]) -> bool {
    for edit in edits.chunks_exact(4) {
        let at = usize::from(u16::from_le_bytes([edit[0], edit[1]])) % page.len().max(1);
        match edit[2] % 4 {
            0 => page[at] = edit[3],
            1 => page.insert(at, edit[3]),
            2 => drop(page.drain(at..(at + usize::from(edit[3] % 32)).min(page.len()))),
            _ => page[at] ^= 1 << (edit[3] % 8),
        }
        if page.is_empty() {
            break;
        }
    }
    edits.len() >= 4
}
