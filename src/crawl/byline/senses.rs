//! Looks words up in the lexicon.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet};

use super::lexicon::{ENDINGS, LATIN_WORDS, Sense, WORDS};

/// What a whole word is, where it is listed.
pub(super) fn whole(text: &str) -> Option<Sense> {
    SENSES.words.get(text).copied()
}

/// What a word in Latin letters is, where it is listed.
pub(super) fn latin(lower_case: &str) -> Option<Sense> {
    SENSES.latin.get(lower_case).copied()
}

/// The longest listed ending of a word, with something before it.
pub(super) fn ending(text: &str) -> Option<(Sense, &str)> {
    // Few names end as an ending does.
    if !text.chars().next_back().is_some_and(|last| SENSES.last_of_endings.contains(&last)) {
        return None;
    }
    let mut ends = [0; LONGEST_ENDING];
    let mut known = 0;
    for (at, _) in text.char_indices().rev().take(LONGEST_ENDING) {
        if at > 0 {
            ends[known] = at;
            known += 1;
        }
    }
    ends[..known]
        .iter()
        .rev()
        .find_map(|&at| SENSES.endings.get(&text[at..]).map(|&sense| (sense, &text[at..])))
}

/// In characters.
const LONGEST_ENDING: usize = 6;

struct Senses {
    words: HashMap<&'static str, Sense>,
    endings: HashMap<&'static str, Sense>,
    last_of_endings: HashSet<char>,
    latin: HashMap<&'static str, Sense>,
}

static SENSES: LazyLock<Senses> = LazyLock::new(|| {
    let endings = map(ENDINGS);
    let last_of_endings = endings.keys().filter_map(|ending| ending.chars().next_back()).collect();
    Senses { words: map(WORDS), endings, last_of_endings, latin: map(LATIN_WORDS) }
});

fn map(lists: &'static [(Sense, &'static str)]) -> HashMap<&'static str, Sense> {
    let mut senses = HashMap::new();
    for (sense, words) in lists {
        for word in words.split(' ') {
            senses.entry(word).or_insert(*sense);
        }
    }
    senses
}
