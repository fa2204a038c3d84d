//! The persons of a byline as they are found, and who of them gets which title and address.

use std::collections::VecDeque;

use super::lexer::Span;
use crate::article::Author;

/// The persons so far. Those from `group` on share the next title.
#[derive(Debug)]
pub(super) struct People<'a> {
    byline: &'a str,
    authors: Vec<Author<'a>>,
    /// The line's first person.
    line: usize,
    /// The first person whom the next title reaches.
    group: usize,
    /// The group has its title: the next name begins another.
    titled: bool,
    /// The title of those in the group who have no other.
    label: Option<Span>,
    /// The group is who supplied something: nobody without a title or an address.
    credit: bool,
    /// Addresses that nobody has yet.
    addresses: VecDeque<&'a str>,
    /// From here on there are no persons if a name follows: a place before `=`.
    doubtful: Option<usize>,
    /// Where the bracket opened.
    bracket: Option<usize>,
    /// A name is expected, whatever it looks like.
    expected: bool,
    /// A name in Latin letters is expected.
    by: bool,
    /// Whether the line has words, and whether it began with an address.
    has_words: bool,
    address_first: bool,
}

/// Entries of one person stand no farther apart.
const NEAR: usize = 8;

impl<'a> People<'a> {
    pub(super) fn of(byline: &'a str) -> Self {
        People {
            byline,
            authors: Vec::new(),
            line: 0,
            group: 0,
            titled: false,
            label: None,
            credit: false,
            addresses: VecDeque::new(),
            doubtful: None,
            bracket: None,
            expected: false,
            by: false,
            has_words: false,
            address_first: false,
        }
    }

    pub(super) fn person(&mut self, name: &'a str) {
        if !self.address_first {
            self.hand_out();
        }
        self.drop_doubtful();
        if self.titled {
            self.close_group();
        }
        // What waits now began the line, and belongs to the names after it.
        let email = self.addresses.pop_front().unwrap_or("");
        self.authors.push(Author { name, role: "", email });
    }

    /// Gives a title to those of the group who have none; says whether there are any.
    pub(super) fn title(&mut self, role: &'a str) -> bool {
        if !self.address_first {
            self.hand_out();
        }
        let mut reached = 0;
        for author in self.authors[self.group..].iter_mut().filter(|author| author.role.is_empty()) {
            author.role = role;
            reached += 1;
        }
        if reached > 0 {
            self.titled = true;
            self.doubtful = None;
        }
        reached > 0
    }

    /// The title of those who follow, unless they have their own. A label next to a label is one with it.
    pub(super) fn label(&mut self, label: Span) {
        let before = self.label.filter(|before| {
            let between = &self.byline[before.end..label.start];
            self.group == self.authors.len()
                && between.chars().count() <= 3
                && between.chars().all(joins_labels)
        });
        self.close_group();
        self.label = Some(before.map_or(label, |before| Span { start: before.start, end: label.end }));
        self.expected = true;
    }

    /// Who follows has supplied something.
    pub(super) fn credit(&mut self) {
        self.close_group();
        self.credit = true;
    }

    pub(super) fn address(&mut self, address: &'a str) {
        self.address_first |= !self.has_words && self.authors.len() == self.line;
        self.addresses.push_back(address);
    }

    /// The names without title and address before a `=`, `:` or `|` are none if a name follows.
    pub(super) fn doubt(&mut self) {
        if !self.address_first {
            self.hand_out();
        }
        self.doubt_from(self.group);
        self.expected = true;
    }

    pub(super) fn open_bracket(&mut self) {
        self.bracket = Some(self.authors.len());
    }

    pub(super) fn close_bracket(&mut self) {
        let Some(from) = self.bracket.take() else { return };
        if from >= self.authors.len() {
            return;
        }
        if self.label.is_some() && self.group >= from {
            self.close_group();
        }
        if from == self.line {
            self.hand_out();
            self.doubt_from(from);
        } else {
            self.drop_bare(from);
        }
    }

    /// A name in Latin letters follows `BY`.
    pub(super) fn expect_latin_name(&mut self) {
        self.by = true;
    }

    pub(super) fn expects_latin_name(&self) -> bool {
        self.by
    }

    pub(super) fn expects_name(&self) -> bool {
        self.expected
    }

    pub(super) fn words_seen(&mut self) {
        self.has_words = true;
    }

    pub(super) fn count(&self) -> usize {
        self.authors.len()
    }

    pub(super) fn is_line_empty(&self) -> bool {
        self.authors.len() == self.line
    }

    pub(super) fn end_line(&mut self) {
        self.hand_out();
        self.close_group();
        self.bracket = None;
        self.doubtful = None;
        self.expected = false;
        self.by = false;
        self.has_words = false;
        self.address_first = false;
        self.line = self.authors.len();
    }

    pub(super) fn into_authors(mut self) -> Vec<Author<'a>> {
        if self.authors.len() < 2 {
            return self.authors;
        }
        let mut kept: Vec<Author<'a>> = Vec::with_capacity(self.authors.len());
        for author in self.authors.drain(..) {
            let near = kept.len().saturating_sub(NEAR);
            match kept[near..].iter_mut().find(|known| is_same(known, &author)) {
                Some(known) => {
                    for (part, more) in [
                        (&mut known.name, author.name),
                        (&mut known.role, author.role),
                        (&mut known.email, author.email),
                    ] {
                        if part.is_empty() {
                            *part = more;
                        }
                    }
                }
                None => kept.push(author),
            }
        }
        kept
    }

    fn close_group(&mut self) {
        if self.credit {
            self.drop_bare(self.group);
        }
        let label = self.label_text();
        for author in self.authors[self.group..].iter_mut().filter(|author| author.role.is_empty()) {
            author.role = label;
        }
        self.group = self.authors.len();
        self.titled = false;
        self.credit = false;
        self.label = None;
    }

    /// Gives the waiting addresses to the persons before them.
    fn hand_out(&mut self) {
        if self.addresses.is_empty() {
            return;
        }
        self.doubtful = None;
        let first = self.first_lacking();
        let lacking = self.authors.len() - first;
        let role = if lacking == 0 { self.label_text() } else { "" };
        let mut addresses = self.addresses.drain(..);
        for (author, address) in self.authors[first..].iter_mut().zip(addresses.by_ref()) {
            author.email = address;
        }
        self.authors.extend(addresses.map(|email| Author { name: "", role, email }));
    }

    /// The first of the persons before the waiting addresses to whom they belong.
    fn first_lacking(&self) -> usize {
        let waiting = self.addresses.len();
        let end = self.authors.len();
        // A line of addresses alone belongs to the lines before.
        let alone = self.is_line_empty() && !self.has_words;
        let reach = if alone {
            self.line.saturating_sub(NEAR)
        } else {
            self.group.min(self.line.max(end.saturating_sub(waiting)))
        };
        let lacks = |author: &Author<'_>| author.email.is_empty() && !author.name.is_empty();
        let run = self.authors[reach..].iter().rev().take_while(|author| lacks(author)).count();
        let is_of_last = waiting == 1 && !self.titled && !alone;
        end - if is_of_last { run.min(1) } else { run }
    }

    /// The last persons from `from` on, as far as they are bare, are none if a name follows.
    fn doubt_from(&mut self, from: usize) {
        let bare = self.authors[from..].iter().rev().take_while(|author| is_bare(author)).count();
        self.doubtful = Some(self.authors.len() - bare);
    }

    fn drop_doubtful(&mut self) {
        if let Some(from) = self.doubtful.take() {
            self.drop_bare(from);
        }
    }

    fn drop_bare(&mut self, from: usize) {
        let from = from.min(self.authors.len());
        self.authors.extract_if(from.., |author| is_bare(author)).for_each(drop);
        self.group = self.group.min(self.authors.len());
    }

    fn label_text(&self) -> &'a str {
        self.label.map_or("", |label| label.of(self.byline))
    }
}

/// What may stand between two labels that are one: `글·사진`.
fn joins_labels(character: char) -> bool {
    " ·ㆍ‧・/,&".contains(character)
}

fn is_bare(author: &Author<'_>) -> bool {
    author.role.is_empty() && author.email.is_empty()
}

/// Whether two entries are one person: nothing that one says contradicts the other.
fn is_same(known: &Author<'_>, other: &Author<'_>) -> bool {
    let agree = |one: &str, two: &str| one.is_empty() || two.is_empty() || one == two;
    let same_address = !known.email.is_empty() && known.email == other.email;
    if known.name.is_empty() || other.name.is_empty() {
        return same_address;
    }
    known.name == other.name
        && (same_address || agree(known.email, other.email) && agree(known.role, other.role))
}
