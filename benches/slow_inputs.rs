//! Files made to keep a reader busy: milliseconds a megabyte, and how they grow when the file doubles.
//!
//! `cargo bench --bench slow_inputs` tells what is slow, `-- title` of one place alone, `-- --all` everything.

#![allow(clippy::print_stdout, reason = "it prints what it measures")]

use std::time::Duration;

use news_ingest::crawl;
use news_ingest::crawl::Scratch;
use news_ingest::findings::rule::{Level, Levels, Rule};
use news_ingest::output::json::record;
use news_ingest::output::projection::Projection;
use news_ingest::sys::thread_time;

const ENOUGH: Duration = Duration::from_millis(40);

#[path = "../tests/testsuite/support/crawl_file.rs"]
mod crawl_file;
#[path = "../tests/testsuite/support/slow.rs"]
mod slow;

/// The seconds that a reading of `source` at these levels takes, its comments and its record too: the mean of as many as
/// take long enough to be measured.
fn time(source: &str, levels: &Levels) -> f64 {
    let mut scratch = Scratch::default();
    let mut record = Vec::new();
    let mut read = || {
        let outcome = crawl::read(source.as_bytes(), levels, &mut scratch);
        if let Some(section) = outcome.comments {
            drop(section.comments());
        }
        if let Some(article) = outcome.article {
            record::write(&article, Projection::default(), outcome.is_clean, &mut record);
            record.clear();
        }
    };
    // The first reading makes the buffers grow.
    read();
    let start = thread_time();
    let mut readings = 0;
    loop {
        read();
        readings += 1;
        let elapsed = thread_time() - start;
        if elapsed >= ENOUGH {
            return elapsed.as_secs_f64() / f64::from(readings);
        }
    }
}

/// The seconds of a file and of one twice its size: the shortest of some tries where the growth looks wrong, since whatever
/// else a machine does makes a reading longer, and never shorter.
fn times(files: [&str; 2], levels: &Levels) -> [f64; 2] {
    let mut shortest = [f64::INFINITY; 2];
    for _ in 0..5 {
        for (shortest, file) in shortest.iter_mut().zip(files) {
            *shortest = shortest.min(time(file, levels));
        }
        if shortest[1] <= shortest[0] * MOST_GROWTH {
            break;
        }
    }
    shortest
}

/// A file of twice the size takes no more than so many times as long.
const MOST_GROWTH: f64 = 2.5;

fn main() {
    let default = Levels::default();
    let mut all = Levels::default();
    for &rule in Rule::ALL.iter().filter(|rule| rule.is_configurable()) {
        let _ = all.set(rule, Level::Warning);
    }
    println!(
        "{:>22} {:>14} {:>8} {:>9} {:>9} {:>6}",
        "pattern", "place", "levels", "bytes", "ms/MB", "t2n/tn"
    );
    let tells_all = std::env::args().any(|argument| argument == "--all");
    let (mut slowest, mut steepest) = ((0.0, String::new()), (0.0, String::new()));
    let mut rows = 0;
    let mut row = |pattern: &str, place: &str, make: &dyn Fn(usize) -> String| {
        for (name, levels) in [("default", &default), ("all", &all)] {
            for size in [30 << 10, 200 << 10, 8 << 20] {
                let (one, two) = (make(size), make(size * 2));
                let [time_of_one, time_of_two] = times([&one, &two], levels);
                let rate = time_of_two * 1e3 / (two.len() as f64 / 1e6);
                let growth = time_of_two / time_of_one;
                let is_worth_telling = tells_all || rate > 50.0 || growth > MOST_GROWTH && time_of_two > 0.01;
                let line = format!(
                    "{:>22} {place:>14} {name:>8} {:>9} {rate:>9.1} {growth:>6.2}",
                    format!("{pattern:?}"),
                    two.len()
                );
                if is_worth_telling {
                    println!("{line}");
                }
                rows += 1;
                if rate > slowest.0 {
                    slowest = (rate, line.clone());
                }
                if growth > steepest.0 && time_of_two > 0.01 {
                    steepest = (growth, line);
                }
                if time_of_two > 5.0 {
                    break;
                }
            }
        }
    };
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    for place in slow::PLACES.into_iter().filter(|place| wanted.as_ref().is_none_or(|wanted| wanted == place))
    {
        for pattern in slow::PATTERNS {
            row(pattern, place, &|size| slow::file(pattern, place, size));
        }
    }
    row(slow::KEYS, "front matter", &slow::keys);
    println!("of {rows}, the slowest:\n{}\nand the one that grows most:\n{}", slowest.1, steepest.1);
}
