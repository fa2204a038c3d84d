//! Fuzzing without a nightly toolchain: each target takes its seeds, the fixtures and the corpus as they are, and then
//! changed, for so many seconds.
//!
//! `cargo run --release --example mutate -- [--seconds N] [TARGET]...`
//!
//! The changes follow from the number of the run alone: `--first N` repeats them from there on. What breaks a target is
//! written to `artifacts/TARGET/`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use news_ingest_fuzz::{TARGETS, first_panic};

/// What parsers take for more than text, one word a line, as libFuzzer reads it.
const DICTIONARY: &str = include_str!("../crawl_file.dict");

/// A generator of numbers that look random (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }
}

/// The words of the dictionary.
fn words() -> Vec<Vec<u8>> {
    let quoted = DICTIONARY.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    quoted.map(unescaped).collect()
}

/// A word whose bytes may stand as `\x0a`.
fn unescaped(quoted: &str) -> Vec<u8> {
    let mut parts = quoted.split("\\x");
    let mut word = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        word.push(u8::from_str_radix(digits, 16).expect("two digits stand behind `\\x`"));
        word.extend_from_slice(rest.as_bytes());
    }
    word
}

/// Changes `bytes` in a few places; some of `others` and of `words` come in.
fn change(bytes: &mut Vec<u8>, others: &[Vec<u8>], words: &[Vec<u8>], numbers: &mut Numbers) {
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len() + 1);
        let end = (at + numbers.below(24)).min(bytes.len());
        match numbers.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << numbers.below(8),
            1 if at < bytes.len() => bytes[at] = numbers.next() as u8,
            2 => drop(bytes.drain(at..end)),
            3 => drop(bytes.splice(at..end, words[numbers.below(words.len())].iter().copied())),
            4 => drop(bytes.splice(at..at, words[numbers.below(words.len())].iter().copied())),
            5 => {
                let repeated = bytes[at..end].repeat(1 + numbers.below(8));
                drop(bytes.splice(at..at, repeated));
            }
            6 => {
                let other = &others[numbers.below(others.len())];
                let from = numbers.below(other.len() + 1);
                let to = (from + numbers.below(64)).min(other.len());
                drop(bytes.splice(at..end, other[from..to].iter().copied()));
            }
            _ => bytes.truncate(if numbers.below(8) == 0 { at } else { bytes.len() }),
        }
    }
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).collect()
}

fn main() -> ExitCode {
    let mut seconds = 20;
    let mut first = 0;
    let mut wanted = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--seconds" => {
                seconds = arguments.next().and_then(|text| text.parse().ok()).expect("a number of seconds")
            }
            "--first" => {
                first = arguments.next().and_then(|text| text.parse().ok()).expect("the number of a run")
            }
            _ => wanted.push(argument),
        }
    }
    let words = words();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut broken = 0;
    for (name, target) in TARGETS
        .into_iter()
        .filter(|(name, ..)| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name))
    {
        let mut inputs = files(&root.join("seeds").join(name));
        inputs.extend(files(&root.join("corpus").join(name)));
        if matches!(name, "one_file" | "front_matter" | "text") {
            inputs.extend(files(&root.join("../fixtures/accept")));
            inputs.extend(files(&root.join("../fixtures/reject")));
        }
        let start = Instant::now();
        let (mut run, mut input) = (first, Vec::new());
        let failure = loop {
            let replayed = usize::try_from(run - first).ok().and_then(|at| inputs.get(at));
            input.clear();
            match replayed {
                Some(seed) => input.extend_from_slice(seed),
                None => {
                    let mut numbers = Numbers(run);
                    input.extend_from_slice(&inputs[numbers.below(inputs.len())]);
                    change(&mut input, &inputs, &words, &mut numbers);
                }
            }
            run += 1;
            if let Some(panic) = first_panic(target, &input) {
                break Some(panic);
            }
            if run % 64 == 0 && start.elapsed() >= Duration::from_secs(seconds) {
                break None;
            }
        };
        println!("{name}: {} runs in {:.0} s", run - first, start.elapsed().as_secs_f64());
        if let Some(panic) = failure {
            let folder = root.join("artifacts").join(name);
            fs::create_dir_all(&folder).expect("what was found can be kept");
            let path = folder.join(format!("run-{}", run - 1));
            fs::write(&path, &input).expect("what was found can be kept");
            println!("{name} is broken by {}: {panic}", path.display());
            broken += 1;
        }
    }
    if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
