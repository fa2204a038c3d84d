//! Ranks the words of a phrase that could be a name.

use crate::crawl::byline::lexer::Span;
use crate::crawl::byline::syllables::{PLAIN, STRONG, Shape};
use crate::crawl::byline::word::{Word, WordClass};

/// Words that could be one name, from `first` to before `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) score: i32,
}

/// Token after the words: it determines where among them a name is expected, and how low its score may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// A title; `press` if persons of that title are listed side by side.
    Title { press: bool },
    /// An address.
    Address,
    /// Neither a title nor an address.
    None,
}

/// Maximum number of words in a name.
const MAX_WORDS: usize = 5;
/// Score of a name in Latin letters that consists of initials.
const INITIALS: i32 = 1;

/// The words between two separators.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch<'w, 'a> {
    pub(super) words: &'w [Word],
    pub(super) byline: &'a str,
    /// True after `BY`.
    pub(super) after_by: bool,
    /// Minimum score of a name here.
    pub(super) floor: i32,
}

impl<'w, 'a> Stretch<'w, 'a> {
    pub(super) fn text(self, candidate: Candidate) -> &'a str {
        self.span(candidate).of(self.byline)
    }

    pub(super) fn span(self, candidate: Candidate) -> Span {
        self.words[candidate.first].span.to(self.words[candidate.end - 1].span)
    }

    /// Returns the names before `anchor` that need no comparison: Korean names in full.
    pub(super) fn strong(self, anchor: Anchor) -> impl Iterator<Item = Candidate> {
        let most = if anchor == (Anchor::Title { press: false }) { 1 } else { usize::MAX };
        let is_bare = !matches!(anchor, Anchor::Title { .. });
        let (mut next, mut found) = (0, false);
        let names = std::iter::from_fn(move || {
            while next < self.words.len() {
                let korean = self.korean(next).filter(|candidate| candidate.score >= STRONG);
                // After a name, the last word is more likely a title than a second name: `홍길동 지휘자`.
                let is_title = is_bare && found && next + 1 == self.words.len();
                let is_title = is_title && is_agent(self.words[next].span.of(self.byline));
                next = korean.map_or(next + 1, |candidate| candidate.end);
                if korean.is_some() && !is_title {
                    found = true;
                    return korean;
                }
            }
            None
        });
        names.take(most)
    }

    /// Returns the best candidate before `anchor`, if its score suffices.
    pub(super) fn best(self, anchor: Anchor) -> Option<Candidate> {
        let is_native = |word: &Word| word.class == WordClass::Name;
        if !self.words.iter().any(is_native) {
            return self.latin(anchor);
        }
        let mut best: Option<(i32, Candidate)> = None;
        let mut at = 0;
        while at < self.words.len() {
            let found = self.run(at).or_else(|| self.korean(at)).or_else(|| self.single(at));
            let Some(candidate) = found else {
                at += 1;
                continue;
            };
            at = candidate.end;
            let rank = 2 * candidate.score + self.preference(candidate, anchor);
            if self.is_enough(candidate, anchor) && best.is_none_or(|(best, _)| rank > best) {
                best = Some((rank, candidate));
            }
        }
        best.map(|(_, candidate)| candidate)
    }

    /// Scores how well a candidate's position suits the anchor, in half points.
    fn preference(self, candidate: Candidate, anchor: Anchor) -> i32 {
        let is_first = self.words[..candidate.first].iter().all(|word| word.class != WordClass::Name);
        let is_last = candidate.end == self.words.len();
        match anchor {
            Anchor::Title { press: true } | Anchor::Address => 3 * i32::from(is_last) + i32::from(is_first),
            Anchor::Title { press: false } | Anchor::None => 3 * i32::from(is_first),
        }
    }

    fn is_enough(self, candidate: Candidate, anchor: Anchor) -> bool {
        let is_last = candidate.end == self.words.len();
        let is_one = candidate.end - candidate.first == 1;
        let shape = self.words[candidate.first].look.shape;
        let bar = match anchor {
            Anchor::Title { .. } if !is_last => 2,
            Anchor::Title { .. } if is_one && matches!(shape, Shape::Full | Shape::Short) => 0,
            Anchor::Title { .. } => -1,
            Anchor::Address if is_last => -1,
            Anchor::Address => 2,
            Anchor::None => -1,
        };
        candidate.score >= bar.max(self.floor)
    }

    /// Matches a Korean name of one word (`홍길동`) or more (`홍 길동`, `홍 길 동`) that begins at word `at`.
    fn korean(self, at: usize) -> Option<Candidate> {
        let shape = |word: &Word| (word.class == WordClass::Name).then_some(word.look.shape);
        let words = &self.words[at..];
        let is_syllable = |word: &Word| matches!(shape(word), Some(Shape::Surname | Shape::Syllable));
        let is_given_name =
            |word: &Word| matches!(shape(word), Some(Shape::Short | Shape::Other)) && word.look.score > -1;
        let (end, score) = match words {
            [word, ..] if shape(word) == Some(Shape::Full) => (1, word.look.score),
            [surname, given, rest @ ..]
                if shape(surname) == Some(Shape::Surname) && self.touch(at) && surname.look.score >= 0 =>
            {
                match rest {
                    _ if is_given_name(given) => (2, STRONG),
                    [last, ..] if is_syllable(given) && is_syllable(last) && self.touch(at + 1) => {
                        (3, STRONG)
                    }
                    _ if is_syllable(given) => (2, STRONG),
                    _ => return None,
                }
            }
            _ => return None,
        };
        Some(Candidate { first: at, end: at + end, score })
    }

    /// Matches one word at `at` that is not a full name.
    fn single(self, at: usize) -> Option<Candidate> {
        let word = &self.words[at];
        let is_part = match word.look.shape {
            Shape::Surname => word.span.of(self.byline).chars().nth(1).is_none(),
            Shape::Syllable => true,
            _ => false,
        };
        let candidate = Candidate { first: at, end: at + 1, score: word.look.score };
        (word.class == WordClass::Name && !is_part).then_some(candidate)
    }

    /// Matches a foreign name of several words that begins at word `at`: `존 F. 스미스`, `山田 太郎`.
    fn run(self, at: usize) -> Option<Candidate> {
        if self.words[at].class != WordClass::Name || at > 0 && self.is_part(at - 1) && self.touch(at - 1) {
            return None;
        }
        let mut end = at + 1;
        while end < self.words.len() && self.is_part(end) && self.touch(end - 1) {
            end += 1;
        }
        let is_name = |word: &Word| word.class == WordClass::Name;
        let (first, last) = (&self.words[at], self.words[end - 1].span.of(self.byline));
        // An unlisted title ends the phrase: `에밀 바르 역사학자`.
        if end - at > 1
            && is_agent(last)
            && (end - at == 2 || self.words[end - 1].look.shape != Shape::Foreign)
        {
            end -= 1;
        }
        let run = &self.words[at..end];
        if !(2..=MAX_WORDS).contains(&run.len()) {
            return None;
        }
        if run.iter().all(|word| is_name(word) && word.look.shape == Shape::Cjk) {
            let is_split = run.iter().any(|word| word.span.of(self.byline).chars().count() < 3);
            return is_split.then_some(Candidate { first: at, end, score: PLAIN });
        }
        let is_korean = |word: &Word| {
            matches!(word.look.shape, Shape::Full | Shape::Short) && word.look.score >= PLAIN
                || word.look.shape == Shape::Other && word.look.score >= 2
        };
        let last = &run[run.len() - 1];
        let is_foreign = run.iter().any(|word| word.look.shape == Shape::Foreign)
            || last.look.shape == Shape::Surname && !is_korean(first);
        let others_are_korean = run[1..].iter().any(is_korean) || is_korean(first) && !is_foreign;
        (is_foreign && !others_are_korean).then_some(Candidate { first: at, end, score: PLAIN })
    }

    /// Returns whether a word can be part of a foreign name of several words.
    fn is_part(self, at: usize) -> bool {
        let word = &self.words[at];
        let is_strong = word.look.shape == Shape::Full && word.look.score >= STRONG;
        matches!(word.class, WordClass::Name | WordClass::Initial) && !is_strong
    }

    /// Matches a name in Latin letters.
    fn latin(self, anchor: Anchor) -> Option<Candidate> {
        let words = self.words;
        if !self.after_by && words.iter().any(|word| word.class == WordClass::LatinOutlet) {
            return None;
        }
        let is_capital = |word: &Word| matches!(word.class, WordClass::Latin | WordClass::Initial);
        let first = words.iter().position(is_capital)?;
        let mut end = first + 1;
        while end < words.len()
            && (is_capital(&words[end]) || words[end].class == WordClass::Particle)
            && self.touch(end - 1)
        {
            end += 1;
        }
        while words[end - 1].class == WordClass::Particle {
            end -= 1;
        }
        let text = |word: &Word| word.span.of(self.byline);
        let in_capitals = |word: &Word| !text(word).contains(char::is_lowercase);
        // A society or a degree after the name.
        if end - first > 2 && in_capitals(&words[end - 1]) && !words[first..end - 1].iter().any(in_capitals) {
            end -= 1;
        }
        let run = &words[first..end];
        let is_short = |word: &Word| word.span.end - word.span.start <= 3;
        let all_capitals = run.iter().all(in_capitals);
        let are_initials = all_capitals
            && run.iter().any(is_short)
            && !run.iter().any(|word| text(word).contains(['-', '.']));
        let score = match run {
            _ if self.after_by => PLAIN,
            [only] if text(only).trim_end_matches('.').contains('.') && !all_capitals => PLAIN,
            [only] if all_capitals || only.class == WordClass::Initial => return None,
            [_] => 0,
            _ if are_initials => INITIALS,
            _ => PLAIN,
        };
        let is_enough = run.len() <= MAX_WORDS && (anchor != Anchor::None || score >= PLAIN);
        is_enough.then_some(Candidate { first, end, score })
    }

    /// Returns whether exactly one space separates word `at` from the next.
    pub(super) fn touch(self, at: usize) -> bool {
        let (word, next) = (&self.words[at], &self.words[at + 1]);
        self.byline.get(word.span.end..next.span.start) == Some(" ")
    }
}

/// Returns whether a word of at least three syllables ends like the title of a person: `역사학자`.
pub(super) fn is_agent(text: &str) -> bool {
    const AGENTS: [char; 11] = ['자', '가', '인', '사', '원', '관', '수', '장', '생', '객', '의'];
    text.ends_with(AGENTS) && text.chars().nth(2).is_some() || text.ends_with("스트")
}
