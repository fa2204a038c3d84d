//! One bad file never slows the rest: what is made to keep a reader busy takes no longer than its length is worth.
//!
//! `cargo bench --bench slow_inputs` gives the figures of a release build.

use news_ingest::crawl;
use news_ingest::crawl::Scratch;
use news_ingest::findings::finding::attach_snippets;
use news_ingest::findings::rule::{Level, Levels, Rule};
use news_ingest::sys::thread_time;

#[path = "testsuite/support/mod.rs"]
mod support;

use crate::support::slow;

/// Seconds a megabyte for a build without optimisation, of which one with it takes a tenth to a fiftieth.
const MOST: f64 = 20.0;
/// How much longer a file of twice the length may take, where it takes long enough to be measured.
const MOST_GROWTH: f64 = 3.0;
const MEASURABLE: f64 = 0.15;

/// The seconds that the better of two readings takes.
fn time(source: &str, levels: &Levels) -> f64 {
    let mut scratch = Scratch::default();
    let once = |_| {
        let start = thread_time();
        let mut outcome = crawl::read(source.as_bytes(), levels, &mut scratch);
        attach_snippets(source.as_bytes(), &mut outcome.findings);
        if let Some(section) = outcome.comments {
            drop(section.comments());
        }
        thread_time() - start
    };
    (0..2).map(once).min().unwrap_or_default().as_secs_f64()
}

/// Every rule on, none that ends the reading early: even too much front matter is read.
fn all() -> Levels {
    let mut levels = Levels::default();
    for &rule in Rule::ALL.iter().filter(|rule| rule.is_configurable()) {
        levels.set(rule, Level::Warning).unwrap();
    }
    levels
}

#[track_caller]
fn is_quick(what: &str, levels: &Levels, make: impl Fn(usize) -> String) {
    let (one, two) = (make(30 << 10), make(60 << 10));
    let [mut first, mut second] = [time(&one, levels), time(&two, levels)];
    // Other processes only ever add to a time: the least of more readings decides.
    for _ in 0..3 {
        if second > first * MOST_GROWTH && second >= MEASURABLE {
            first = first.min(time(&one, levels));
            second = second.min(time(&two, levels));
        }
    }
    let rate = second / (two.len() as f64 / 1e6);
    assert!(rate <= MOST, "{what}: {rate:.2} s a megabyte");
    assert!(
        second <= first * MOST_GROWTH || second < MEASURABLE,
        "{what}: {first:.3} s, but {second:.3} s for twice as much"
    );
}

/// Patterns that cost some parser more than their length.
fn patterns_are_quick(levels: &Levels) {
    for pattern in slow::PATTERNS {
        for place in slow::PLACES {
            is_quick(&format!("{pattern:?} as {place}"), levels, |size| slow::file(pattern, place, size));
        }
    }
}

#[test]
#[ignore = "takes a minute"]
fn patterns_at_the_usual_levels() {
    patterns_are_quick(&Levels::default());
}

#[test]
#[ignore = "takes a minute"]
fn patterns_with_every_rule_on() {
    patterns_are_quick(&all());
}

#[test]
#[ignore = "takes a minute"]
fn lines_of_front_matter() {
    for levels in [Levels::default(), all()] {
        is_quick("keys that all differ", &levels, slow::keys);
        is_quick("the same key", &levels, |size| slow::file("k: v\n", "front matter", size));
        is_quick("keys in braces", &levels, |size| {
            let keys: Vec<String> = (0..size / 8).map(|number| format!("k{number}: v")).collect();
            format!("---\n{{{}}}\n---\n\n---\n\na\n\n---\n", keys.join(", "))
        });
    }
}
