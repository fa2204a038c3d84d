//! Collects the persons of a byline, and assigns titles and addresses to them.

use std::ops::Range;

use smallvec::SmallVec;

use crate::crawl::byline::owner;
use crate::crawl::byline::syllables::{PLAIN, STRONG};
use crate::record::article::Author;

/// A person, or a word that a title or an address may still turn into one.
#[derive(Debug, Clone, Copy)]
struct Person<'a> {
    author: Author<'a>,
    score: i32,
    /// True after a label, which states the contribution to the article.
    labelled: bool,
}

impl Person<'_> {
    fn is_bare(&self) -> bool {
        self.author.role.is_empty() && self.author.email.is_empty() && !self.labelled
    }
}

/// The persons so far. Those from `group` on share the next title.
#[derive(Debug)]
pub(super) struct People<'a> {
    persons: SmallVec<[Person<'a>; 3]>,
    /// The line's first person.
    line: usize,
    /// Index of the first person to whom the next title applies.
    group: usize,
    /// True if the group has its title: the next name begins another group.
    titled: bool,
    /// Title before the group, for its members without a title of their own.
    lead: Option<&'a str>,
    /// True if a label precedes the group.
    labelled: bool,
    /// True if the group is a credit: its names count only with a title or an address.
    credit: bool,
    /// Addresses that nobody has yet.
    addresses: SmallVec<[&'a str; 2]>,
    /// From here on there are no persons if a name follows: a place before `=`.
    tentative_from: Option<usize>,
    /// Index of the open bracket's first person.
    bracket: Option<usize>,
    /// Minimum score of a name that has neither a title nor an address.
    expected_score: i32,
    /// True if the line has words.
    has_words: bool,
    /// True if the line begins with an address.
    address_first: bool,
}

/// Maximum distance between two entries of one person.
const NEAR: usize = 8;
/// Minimum score of a name that shares the title of the next.
const MIN_JOINED: i32 = 0;
/// Minimum scores of a name after a title, after a label, and after a sign.
const MIN_LED: i32 = 0;
const MIN_LABELLED: i32 = 1;
const MIN_AFTER_SIGN: i32 = 2;

impl<'a> People<'a> {
    pub(super) fn new() -> Self {
        People {
            persons: SmallVec::new(),
            line: 0,
            group: 0,
            titled: false,
            lead: None,
            labelled: false,
            credit: false,
            addresses: SmallVec::new(),
            tentative_from: None,
            bracket: None,
            expected_score: PLAIN,
            has_words: false,
            address_first: false,
        }
    }

    pub(super) fn person(&mut self, name: &'a str, score: i32) {
        if !self.address_first {
            self.assign_emails();
        }
        if let Some(from) = self.tentative_from {
            // A place after the name scores lower than the name before it.
            let best = self.persons[from.min(self.persons.len())..].iter().map(|person| person.score).max();
            if score < PLAIN && best.is_some_and(|best| best > score) {
                return;
            }
        }
        self.drop_tentative();
        if self.titled {
            self.close_group();
        }
        // What waits now began the line, and belongs to the names after it.
        let email = if self.addresses.is_empty() { "" } else { self.addresses.remove(0) };
        let score = if score >= self.expected_score { score.max(PLAIN) } else { score };
        self.persons.push(Person {
            author: Author { name, role: "", email },
            score,
            labelled: self.labelled,
        });
    }

    /// Gives a title to the members of the group without one; returns whether there are any.
    pub(super) fn title(&mut self, role: &'a str) -> bool {
        if !self.address_first {
            self.assign_emails();
        }
        // The title makes a name of the word before it, but not of any earlier word.
        let last = self.persons.len().saturating_sub(1);
        if last > self.group {
            self.drop_where(self.group..last, |person| person.is_bare() && person.score < MIN_JOINED);
        }
        let mut reached = 0;
        for person in self.persons[self.group..].iter_mut().filter(|person| person.author.role.is_empty()) {
            person.author.role = role;
            reached += 1;
        }
        if reached > 0 {
            self.titled = true;
            self.tentative_from = None;
        }
        reached > 0
    }

    /// Replaces the last person's title by one that follows a comma.
    pub(super) fn replace_title(&mut self, role: &'a str) {
        if let [.., person] = &mut self.persons[self.group..] {
            person.author.role = role;
        }
    }

    /// Sets the title of the following persons that have no title of their own.
    pub(super) fn lead(&mut self, title: &'a str) {
        if !self.address_first {
            self.assign_emails();
        }
        self.close_group();
        self.lead = Some(title);
        self.expected_score = MIN_LED;
    }

    pub(super) fn has_lead(&self) -> bool {
        self.lead.is_some()
    }

    /// Begins a label, which a name follows. The previous person shares its title if the two are joined.
    pub(super) fn label(&mut self, is_joined: bool) {
        if !is_joined || self.titled {
            self.close_group();
        }
        self.labelled = true;
        self.expected_score = MIN_LABELLED;
    }

    /// The following names are credits, not authors.
    pub(super) fn credit(&mut self) {
        self.close_group();
        self.credit = true;
    }

    pub(super) fn address(&mut self, address: &'a str) {
        self.address_first |= !self.has_words && self.persons.len() == self.line;
        self.addresses.push(address);
    }

    /// Marks the names without title and address before a `=`, `:` or `|`: they are dropped if a name follows.
    pub(super) fn mark_tentative(&mut self) {
        if !self.address_first {
            self.assign_emails();
        }
        self.mark_tentative_from(self.group);
        self.expect_after_sign();
    }

    /// Lowers the expected score, since a name follows a sign.
    pub(super) fn expect_after_sign(&mut self) {
        self.expected_score = self.expected_score.min(MIN_AFTER_SIGN);
    }

    pub(super) fn count(&self) -> usize {
        self.persons.len()
    }

    pub(super) fn open_bracket(&mut self) {
        self.bracket = Some(self.persons.len());
    }

    pub(super) fn close_bracket(&mut self) {
        let Some(from) = self.bracket.take() else { return };
        if from >= self.persons.len() {
            return;
        }
        if (self.lead.is_some() || self.labelled) && self.group >= from {
            self.close_group();
        }
        if from == self.line {
            self.assign_emails();
            self.mark_tentative_from(from);
        } else {
            self.drop_bare(from);
        }
    }

    /// Returns whether a bracket after a name is open. Its words describe the person, unless they clearly name
    /// another one.
    pub(super) fn is_in_bracket(&self) -> bool {
        self.bracket.is_some_and(|first| first > self.line)
    }

    /// Returns whether the last person's name is certain without a title.
    pub(super) fn is_after_certain_name(&self) -> bool {
        self.persons[self.line..].last().is_some_and(|person| person.score >= STRONG)
    }

    pub(super) fn is_titled(&self) -> bool {
        self.titled
    }

    pub(super) fn expected_score(&self) -> i32 {
        self.expected_score
    }

    pub(super) fn words_seen(&mut self) {
        self.has_words = true;
    }

    pub(super) fn has_words(&self) -> bool {
        self.has_words
    }

    pub(super) fn is_line_empty(&self) -> bool {
        self.persons.len() == self.line
    }

    pub(super) fn end_line(&mut self) {
        self.assign_emails();
        self.close_group();
        self.bracket = None;
        self.tentative_from = None;
        self.expected_score = PLAIN;
        self.has_words = false;
        self.address_first = false;
        self.line = self.persons.len();
    }

    /// Returns the persons with a title, an address or a label, and those whose name is certain without.
    pub(super) fn into_authors(mut self) -> Vec<Author<'a>> {
        self.persons.retain(|person| person.score >= PLAIN || !person.is_bare());
        let mut kept = 0_usize;
        for at in 0..self.persons.len() {
            let author = self.persons[at].author;
            let near = kept.saturating_sub(NEAR);
            match self.persons[near..kept].iter_mut().find(|known| is_same(&known.author, &author)) {
                Some(Person { author: known, .. }) => {
                    for (part, more) in [(&mut known.role, author.role), (&mut known.email, author.email)] {
                        if part.is_empty() {
                            *part = more;
                        }
                    }
                }
                None => {
                    self.persons[kept] = self.persons[at];
                    kept += 1;
                }
            }
        }
        self.persons.truncate(kept);
        self.persons.iter().map(|person| person.author).collect()
    }

    fn close_group(&mut self) {
        if self.credit {
            self.drop_bare(self.group);
        }
        if let Some(lead) = self.lead {
            let group = self.persons[self.group..].iter_mut();
            for person in group.filter(|person| person.author.role.is_empty()) {
                person.author.role = lead;
            }
        }
        self.group = self.persons.len();
        self.titled = false;
        self.credit = false;
        self.labelled = false;
        self.lead = None;
    }

    /// Gives the waiting addresses to the persons before them, and drops the rest.
    fn assign_emails(&mut self) {
        if self.addresses.is_empty() {
            return;
        }
        self.tentative_from = None;
        if let [address] = self.addresses[..] {
            self.assign_only_email(address);
        } else {
            let first = self.first_without_email();
            for (person, address) in self.persons[first..].iter_mut().zip(&self.addresses) {
                person.author.email = address;
            }
        }
        self.addresses.clear();
    }

    fn assign_only_email(&mut self, address: &'a str) {
        let first = self.first_without_email();
        if first == self.persons.len() {
            return;
        }
        let sharers = owner::sharers(address);
        if sharers > 1 {
            let reach = self.line.max(self.persons.len().saturating_sub(sharers));
            for person in self.persons[reach..].iter_mut().filter(|person| person.author.email.is_empty()) {
                person.author.email = address;
            }
            return;
        }
        // Of several persons, the one whose name the address spells, otherwise the first.
        let line = self.line.min(first);
        let mut at = first;
        if self.persons.len() - line > 1 {
            let affinity = |at: usize| owner::affinity(self.persons[at].author.name, address);
            let lacks = |at: &usize| self.persons[*at].author.email.is_empty();
            let mut best = affinity(at);
            for other in (line..self.persons.len()).filter(lacks) {
                let spelled = affinity(other);
                if spelled > best {
                    (at, best) = (other, spelled);
                }
            }
        }
        self.persons[at].author.email = address;
    }

    /// Returns the index of the first person to whom the waiting addresses belong.
    fn first_without_email(&self) -> usize {
        let waiting = self.addresses.len();
        let end = self.persons.len();
        // A line of addresses alone belongs to the lines before it.
        let alone = self.is_line_empty() && !self.has_words;
        let reach = if alone {
            self.line.saturating_sub(NEAR)
        } else {
            self.group.min(self.line.max(end.saturating_sub(waiting)))
        };
        let lacks = |person: &&Person<'_>| person.author.email.is_empty();
        let run = self.persons[reach..].iter().rev().take_while(lacks).count();
        let is_of_last = waiting == 1 && !self.titled && !alone;
        end - if is_of_last { run.min(1) } else { run }
    }

    /// Marks the last persons from `from` on that are bare: they are dropped if a name follows.
    fn mark_tentative_from(&mut self, from: usize) {
        let bare = self.persons[from..].iter().rev().take_while(|person| person.is_bare()).count();
        self.tentative_from = Some(self.persons.len() - bare);
    }

    fn drop_tentative(&mut self) {
        if let Some(from) = self.tentative_from.take() {
            self.drop_bare(from);
        }
    }

    fn drop_where(&mut self, range: Range<usize>, is_dropped: impl Fn(&Person<'_>) -> bool) {
        if !self.persons[range.clone()].iter().any(&is_dropped) {
            return;
        }
        let mut at = 0;
        self.persons.retain(|person| {
            let is_kept = !range.contains(&at) || !is_dropped(person);
            at += 1;
            is_kept
        });
    }

    fn drop_bare(&mut self, from: usize) {
        let from = from.min(self.persons.len());
        self.drop_where(from..self.persons.len(), |person| person.is_bare());
        self.group = self.group.min(self.persons.len());
        self.line = self.line.min(self.persons.len());
    }
}

/// Returns whether two entries are one person: the same name, and nothing that contradicts.
fn is_same(known: &Author<'_>, other: &Author<'_>) -> bool {
    let agree = |one: &str, two: &str| one.is_empty() || two.is_empty() || one == two;
    let same_address = !known.email.is_empty() && known.email == other.email;
    known.name == other.name
        && (same_address || agree(known.email, other.email) && agree(known.role, other.role))
}
