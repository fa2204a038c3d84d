//! Pages as the template prints them, around fields from bytes and with the right hash: what random bytes never have.

use std::fmt::Write;

use news_ingest::crawl;
use news_ingest::crawl::Scratch;
use news_ingest::findings::rule::Levels;
use sha2::{Digest, Sha256};

use self::crawl_file::escaped;
use super::one_file;

#[path = "../../tests/testsuite/support/crawl_file.rs"]
mod crawl_file;

/// What parts the fields of an input.
const BETWEEN: u8 = 0x1e;

/// Prints a page of the fields in `bytes` and reads it, as it stands and with the edits.
///
/// Ten fields: switches, title, publisher, author, date, category, query of the URL, more front matter, comments, text;
/// and the edits behind them.
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
    let mut file = format!(
        "---\nid: {id}\ntitle: \"{title}\"\ncategory: {category}\npublisher: {publisher}\nauthor: {author}\n\
         published_at: {date}\ncrawled_at: {crawled}\nurl: {url}\noid: 901\naid: 0000000001\ncontent_hash: {hash}\n\
         {more}---\n\n# {title}\n\n**{publisher}** | {date} | {category}\n\n---\n\n{content}\n\n---\n\n{comments}\
         *Crawled at: {crawled}*\n*Source: [원문 보기]({url})*\n"
    )
    .into_bytes();

    one_file::run(&file);
    let is_one_line = |field: &&String| !field.contains(['\n', '\r']);
    // A date that begins otherwise is nothing that a template prints: there YAML has its say.
    let is_like_a_date = date.is_empty() || date.starts_with(|first: char| first.is_ascii_alphanumeric());
    if is_like_a_date
        && more.is_empty()
        && comments.is_empty()
        && [&title, &publisher, &author, &date, &category, &query].iter().all(is_one_line)
    {
        is_proven(&file, text.trim());
    }
    if edit(&mut file, edits) {
        one_file::run(&file);
    }
}

/// A page whose fields keep to their lines is proven, and its text is what was printed.
fn is_proven(file: &[u8], text: &str) {
    let mut scratch = Scratch::default();
    let outcome = crawl::read(file, &Levels::default(), &mut scratch);
    assert!(outcome.verified_reading.is_some(), "{:?}", outcome.findings);
    assert!(outcome.article.is_none_or(|article| article.verified && article.text == text));
}

/// Changes the page by each four bytes: where (two of them), how, and to what.
fn edit(file: &mut Vec<u8>, edits: &[u8]) -> bool {
    for edit in edits.chunks_exact(4) {
        let at = usize::from(u16::from_le_bytes([edit[0], edit[1]])) % file.len().max(1);
        match edit[2] % 4 {
            0 => file[at] = edit[3],
            1 => file.insert(at, edit[3]),
            2 => drop(file.drain(at..(at + usize::from(edit[3] % 32)).min(file.len()))),
            _ => file[at] ^= 1 << (edit[3] % 8),
        }
        if file.is_empty() {
            break;
        }
    }
    edits.len() >= 4
}
