//! Bylines that a thread has read before: most persons sign more than one article.
//!
//! The table has a fixed number of slots of a fixed size. A byline that is too long for a slot is read each time.

use std::hash::BuildHasher;
use std::mem;

use foldhash::fast::RandomState;

use crate::crawl::byline;
use crate::record::article::Author;

/// Maximum number of slots, of about 160 bytes each.
const MAX_SLOTS: usize = 4096;

/// Number of slots of a table with its first byline.
const MIN_SLOTS: usize = 64;

/// Factor by which a table grows.
const GROWTH: usize = 8;

/// Maximum number of bytes of author value, publisher and byline in one slot.
const MAX_KEPT_BYTES: usize = 128;

/// Maximum number of persons in one slot.
const MAX_KEPT_AUTHORS: usize = 3;

/// Table from author value and publisher to byline and persons.
///
/// A key has one slot that it can be in, and takes it from the key before when it is met for the second time: most keys
/// of an archive of many small papers are met once. The hash has a random seed and full keys are compared, so that no
/// archive can make the table slow or wrong.
#[derive(Debug, Default)]
pub(super) struct KnownBylines {
    hasher: RandomState,
    /// A part of the hash of the last key that was met with each index; 0 if there is none.
    met: Vec<u16>,
    slots: Vec<Slot>,
    /// Number of bylines kept since the table last grew.
    kept: usize,
}

/// A byline with its persons.
#[derive(Debug, Clone)]
struct Slot {
    author_len: u8,
    publisher_len: u8,
    byline_len: u8,
    author_count: u8,
    /// Name, role and address of each person in the byline.
    authors: [[Part; 3]; MAX_KEPT_AUTHORS],
    /// Author value, publisher and byline.
    bytes: [u8; MAX_KEPT_BYTES],
}

/// A part of a byline.
#[derive(Debug, Default, Clone, Copy)]
struct Part {
    start: u8,
    len: u8,
}

impl KnownBylines {
    /// Returns the byline of a decoded author value, in `into`, and the persons that it names; see
    /// [`byline::normalize`] and [`byline::authors`].
    pub fn read<'b>(
        &mut self,
        author: &str,
        publisher: &str,
        into: &'b mut String,
    ) -> (&'b str, Vec<Author<'b>>) {
        into.clear();
        if author.is_empty() {
            return (into, Vec::new());
        }
        let hash = self.hasher.hash_one((author, publisher));
        let is_met_again = self.meet(hash);
        if is_met_again
            && let Some(slot) = self.slots.get(self.index(hash)).filter(|slot| slot.is_of(author, publisher))
        {
            into.push_str(slot.byline());
            return (into, slot.authors(into));
        }
        byline::normalize(author, into);
        let authors = byline::authors(into, publisher);
        if is_met_again && !into.is_empty() {
            self.grow();
            let index = self.index(hash);
            self.slots[index].fill(author, publisher, into, &authors);
        }
        (into, authors)
    }

    /// Notes that a key was met. Returns whether it was the last one with its index.
    fn meet(&mut self, hash: u64) -> bool {
        self.met.resize(MAX_SLOTS, 0);
        // The upper half, since the lower half is the index.
        let tag = (hash >> 32) as u16 | 1;
        mem::replace(&mut self.met[hash as usize & (MAX_SLOTS - 1)], tag) == tag
    }

    /// Returns the index of the slot of a key.
    fn index(&self, hash: u64) -> usize {
        hash as usize & self.slots.len().wrapping_sub(1)
    }

    /// Grows a table that is half full, and forgets what it has kept.
    fn grow(&mut self) {
        self.kept += 1;
        if self.kept > self.slots.len() / 2 && self.slots.len() < MAX_SLOTS {
            self.slots = vec![Slot::UNUSED; (self.slots.len() * GROWTH).clamp(MIN_SLOTS, MAX_SLOTS)];
            self.kept = 1;
        }
    }
}

impl Slot {
    const UNUSED: Slot = Slot {
        author_len: 0,
        publisher_len: 0,
        byline_len: 0,
        author_count: 0,
        authors: [[Part { start: 0, len: 0 }; 3]; MAX_KEPT_AUTHORS],
        bytes: [0; MAX_KEPT_BYTES],
    };

    /// Replaces what the slot keeps; by nothing if the byline is too long for it.
    fn fill(&mut self, author: &str, publisher: &str, byline: &str, authors: &[Author<'_>]) {
        if self.try_fill(author, publisher, byline, authors).is_none() {
            *self = Slot::UNUSED;
        }
    }

    /// Fills the slot. `None`, with something undefined in it, if the byline is too long for it.
    fn try_fill(
        &mut self,
        author: &str,
        publisher: &str,
        byline: &str,
        authors: &[Author<'_>],
    ) -> Option<()> {
        // Nearly every byline is its author value as written.
        let kept_byline = if byline == author { "" } else { byline };
        let mut rest = self.bytes.as_mut_slice();
        for part in [author, publisher, kept_byline] {
            let into;
            (into, rest) = rest.split_at_mut_checked(part.len())?;
            into.copy_from_slice(part.as_bytes());
        }
        self.author_len = u8::try_from(author.len()).ok()?;
        self.publisher_len = u8::try_from(publisher.len()).ok()?;
        self.byline_len = u8::try_from(kept_byline.len()).ok()?;
        self.author_count = u8::try_from(authors.len()).ok().filter(|_| authors.len() <= MAX_KEPT_AUTHORS)?;
        for (parts, Author { name, role, email }) in self.authors.iter_mut().zip(authors) {
            *parts = [Part::new(name, byline)?, Part::new(role, byline)?, Part::new(email, byline)?];
        }
        Some(())
    }

    fn is_of(&self, author: &str, publisher: &str) -> bool {
        let (author_len, publisher_len) = (usize::from(self.author_len), usize::from(self.publisher_len));
        let (of_author, rest) = self.bytes.split_at(author_len);
        of_author == author.as_bytes() && &rest[..publisher_len] == publisher.as_bytes()
    }

    fn byline(&self) -> &str {
        let start = usize::from(self.author_len) + usize::from(self.publisher_len);
        let bytes = match usize::from(self.byline_len) {
            0 => &self.bytes[..usize::from(self.author_len)],
            len => &self.bytes[start..start + len],
        };
        str::from_utf8(bytes).unwrap_or_default()
    }

    fn authors<'b>(&self, byline: &'b str) -> Vec<Author<'b>> {
        let authors = self.authors[..usize::from(self.author_count)].iter();
        let author = |parts: &[Part; 3]| {
            let [name, role, email] = parts.map(|part| part.of(byline));
            Author { name, role, email }
        };
        authors.map(author).collect()
    }
}

impl Part {
    /// Creates the part of `byline` that `text` borrows; `None` if it borrows from elsewhere.
    fn new(text: &str, byline: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Part::default());
        }
        let start = text.as_ptr().addr().checked_sub(byline.as_ptr().addr())?;
        let part = Part { start: u8::try_from(start).ok()?, len: u8::try_from(text.len()).ok()? };
        (byline.get(start..start + text.len()) == Some(text)).then_some(part)
    }

    fn of(self, byline: &str) -> &str {
        let start = usize::from(self.start);
        byline.get(start..start + usize::from(self.len)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use crate::crawl::byline;
    use crate::crawl::known_bylines::{KnownBylines, MAX_KEPT_BYTES, MAX_SLOTS};

    /// Compares a known byline with one that is read anew.
    #[track_caller]
    fn is_read_the_same(known: &mut KnownBylines, author: &str, publisher: &str) {
        let mut anew = String::new();
        byline::normalize(author, &mut anew);
        let authors = byline::authors(&anew, publisher);
        for turn in ["first", "second", "third"] {
            let mut into = String::from("of another file");
            let read = known.read(author, publisher, &mut into);
            assert_eq!(read, (anew.as_str(), authors.clone()), "{turn} of {author:?}");
        }
    }

    #[test]
    fn a_known_byline_is_read_as_if_it_were_new() {
        let mut known = KnownBylines::default();
        let long = format!("홍길동 기자 {}", "가".repeat(MAX_KEPT_BYTES));
        for author in [
            "",
            " ",
            "홍길동 기자 (hong@example.com)",
            "홍길동\n\t\t\t김가람 기자",
            "홍길동  기자",
            "김가람·이나래·박다솜·최라온 기자",
            "피플팀 (people@example.com)",
            "가나일보",
            &long,
        ] {
            for publisher in ["", "가나일보", "다라일보", &long] {
                is_read_the_same(&mut known, author, publisher);
            }
        }
    }

    #[test]
    fn the_border_between_author_and_publisher_is_part_of_the_key() {
        let mut known = KnownBylines::default();
        for (author, publisher) in [("홍길동", "기자"), ("홍길동기자", ""), ("홍길", "동기자")]
        {
            is_read_the_same(&mut known, author, publisher);
        }
    }

    #[test]
    fn more_bylines_than_slots_are_read_right_and_bounded() {
        let mut known = KnownBylines::default();
        for number in 0..3 * MAX_SLOTS {
            let author = format!("홍길동 기자 (hong{number}@example.com)");
            for turn in 0..3 {
                let mut byline = String::new();
                let (_, authors) = known.read(&author, "가나일보", &mut byline);
                assert_eq!(authors.len(), 1, "turn {turn}");
                assert_eq!(authors[0].email, &author["홍길동 기자 (".len()..author.len() - 1]);
            }
        }
        assert_eq!(known.slots.len(), MAX_SLOTS);
    }
}
