//! A shortcut for blocks as the template prints them: each key on its line, in order, with nothing to doubt.
//!
//! Each key is compared with the one that comes next, instead of being searched for. Whatever departs from that is left to
//! the [general way](crate::crawl::front_matter::resolve), which reads these blocks to the same values.

use std::borrow::Cow;

use crate::crawl::front_matter::template::{can_begin, is_blank, is_blank_byte, trim, unquote};
use crate::crawl::front_matter::yaml_precheck::YamlPrecheck;
use crate::crawl::front_matter::{Field, FieldValue, FrontMatter, KnownEntry};
use memchr::memchr;

/// Reads a block that the template can have printed, and that YAML surely either reads in the same way or rejects.
/// `None` for any other block.
pub fn read(block: &str) -> Option<FrontMatter<'_>> {
    let mut lines = PrintedLines { block, rest: block, yaml_precheck: YamlPrecheck::default() };
    let mut front_matter = FrontMatter::default();
    let mut set = |field: Field, entry| front_matter.known[field as usize] = Some(entry);
    set(Field::Id, lines.value(Field::Id)?);
    set(Field::Title, lines.title()?);
    set(Field::Category, lines.value(Field::Category)?);
    set(Field::Publisher, lines.value(Field::Publisher)?);
    set(Field::Author, lines.author()?);
    set(Field::PublishedAt, lines.value(Field::PublishedAt)?);
    set(Field::CrawledAt, lines.value(Field::CrawledAt)?);
    set(Field::Url, lines.value(Field::Url)?);
    set(Field::Oid, lines.value(Field::Oid)?);
    set(Field::Aid, lines.value(Field::Aid)?);
    // Crawlers print the number of comments on either side of the hash.
    let is_counted_first = lines.is_at(Field::CommentCount);
    if is_counted_first {
        set(Field::CommentCount, lines.value(Field::CommentCount)?);
    }
    set(Field::ContentHash, lines.value(Field::ContentHash)?);
    if !is_counted_first && !lines.rest.is_empty() {
        set(Field::CommentCount, lines.value(Field::CommentCount)?);
    }
    (lines.rest.is_empty() && lines.yaml_precheck.is_conclusive()).then_some(front_matter)
}

/// The remaining lines of a block.
struct PrintedLines<'a> {
    block: &'a str,
    rest: &'a str,
    yaml_precheck: YamlPrecheck,
}

impl<'a> PrintedLines<'a> {
    /// Reads the next line, which has the key of `field` and a value.
    // Inlined, as are the methods that compare keys, so that each key is a constant.
    #[inline(always)]
    fn value(&mut self, field: Field) -> Option<KnownEntry<'a>> {
        let value = self.key_line(field)?;
        (is_trimmed(value) && can_begin(field, value)).then(|| self.entry(value))
    }

    /// Reads the line of the title, which is in quotes.
    #[inline(always)]
    fn title(&mut self) -> Option<KnownEntry<'a>> {
        let title = self.key_line(Field::Title)?;
        Some(self.entry(unquote(title)?))
    }

    /// Reads the author, who is on the line of the key, or on the lines below it that a tab indents.
    fn author(&mut self) -> Option<KnownEntry<'a>> {
        let first = self.key_line(Field::Author)?;
        if self.is_at(Field::PublishedAt) {
            return is_trimmed(first).then(|| self.entry(first));
        }
        let below = self.rest;
        while !self.is_at(Field::PublishedAt) {
            let line = self.line()?;
            if !line.is_empty() && !line.starts_with('\t') {
                return None;
            }
            self.yaml_precheck.continuation_line(line);
        }
        let value = trim(&below[..below.len() - self.rest.len()]);
        (is_blank(first) && !value.is_empty()).then(|| self.entry(value))
    }

    /// Reads the next line, and returns the text after its key.
    #[inline(always)]
    fn key_line(&mut self, field: Field) -> Option<&'a str> {
        self.rest = self.rest.strip_prefix(field.key())?.strip_prefix(": ")?;
        let value = self.line()?;
        self.yaml_precheck.key_line(field.key(), Some(field), value);
        Some(value)
    }

    /// Returns whether the next line has the key of `field`.
    #[inline(always)]
    fn is_at(&self, field: Field) -> bool {
        self.rest.strip_prefix(field.key()).is_some_and(|rest| rest.starts_with(": "))
    }

    /// Reads up to the end of the line, and returns the text before LF or CR LF.
    fn line(&mut self) -> Option<&'a str> {
        let end = memchr(b'\n', self.rest.as_bytes())?;
        let line = &self.rest[..end];
        self.rest = &self.rest[end + 1..];
        Some(match line.strip_suffix('\r') {
            // An empty value stands at the end of the line, CR included.
            Some("") => &line[end..],
            Some(text) => text,
            None => line,
        })
    }

    /// Returns the entry with a value that is a part of the block.
    fn entry(&self, value: &'a str) -> KnownEntry<'a> {
        let at = value.as_ptr().addr() - self.block.as_ptr().addr();
        KnownEntry { value: FieldValue::Text(Cow::Borrowed(value)), at }
    }
}

/// Returns whether `value` neither begins nor ends with a blank.
fn is_trimmed(value: &str) -> bool {
    match value.as_bytes() {
        [] => true,
        [first, .., last] => !is_blank_byte(*first) && !is_blank_byte(*last),
        [only] => !is_blank_byte(*only),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::crawl::front_matter::{printed, template};

    /// A block as the template prints it, in parts that a test can change.
    const LINES: [&str; 13] = [
        "id: 001_0000000001\n",
        "title: \"제목\"\n",
        "category: \n",
        "publisher: 가나일보\n",
        "author: 홍길동 기자\n",
        "published_at: 2024-05-01 00:00\n",
        "crawled_at: 2024-05-02T00:00:00+00:00\n",
        "url: https://n.news.naver.com/mnews/article/001/0000000001\n",
        "oid: 001\n",
        "aid: 0000000001\n",
        "comment_count: 3\n",
        "content_hash: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n",
        "comment_count: 3\n",
    ];

    /// Lines that a test puts in the place of others, or between them.
    const ODD: [&str; 25] = [
        "",
        "\n",
        "\t\n",
        " \n",
        "\t\t\t홍길동 기자\n",
        "    - 홍길동\n",
        "author: \n",
        "author: \t\n",
        "author: \n\t\t\t홍길동\n\n\t\t\t김가람 기자\n",
        "author:\n\t\t\t홍길동\n",
        "author: 홍길동\n\t김가람\n",
        "author: [홍길동]\n",
        "title: \"\"\n",
        "title: \"\n",
        "title: 제목\n",
        "title: \" 제목 \"\n",
        "title: \"제목\" 끝\"\n",
        "title: \"제\\목\"\n",
        "category: 정치 # 경제\n",
        "category: '정치'\n",
        "publisher: 가나: 다라\n",
        "publisher: 가나\r\n",
        "url: \"https://example.com\"\n",
        "memo: 메모\n",
        "oid:  001\n",
    ];

    fn is_read_the_same(block: &str) -> Result<(), TestCaseError> {
        let Some(printed) = printed::read(block) else { return Ok(()) };
        let template = template::read(block).map_err(|_| TestCaseError::fail("refused"))?;
        prop_assert!(!template.suspect && template.yaml_precheck.is_conclusive(), "{:?}", block);
        prop_assert_eq!(printed, template.front_matter, "{:?}", block);
        Ok(())
    }

    #[test]
    fn what_the_template_prints_is_read() {
        for (omitted, is_read) in [(10..11, true), (12..13, true), (10..13, false), (4..5, false)] {
            let kept = LINES.iter().enumerate().filter(|(number, _)| !omitted.contains(number));
            let block: String = kept.map(|(_, line)| *line).collect();
            assert_eq!(printed::read(&block).is_some(), is_read, "{block}");
            is_read_the_same(&block).unwrap();
        }
        let without_count = [&LINES[..10], &LINES[11..12]].concat().concat();
        assert!(printed::read(&without_count).is_some());
    }

    proptest! {
        #[test]
        fn a_printed_block_is_read_as_by_the_general_way(
            changes in prop::collection::vec((0..LINES.len(), any::<bool>(), prop::sample::select(&ODD[..])), 0..3),
            first_count in any::<bool>(),
        ) {
            let mut lines = LINES.map(String::from);
            lines[if first_count { 12 } else { 10 }].clear();
            for (at, is_replaced, line) in changes {
                lines[at] = if is_replaced { line.to_owned() } else { format!("{}{line}", lines[at]) };
            }
            is_read_the_same(&lines.concat())?;
        }
    }
}
