//! `kill -9` at any point: the file is the old one or the complete new one.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

#[path = "testsuite/support/mod.rs"]
mod support;

use crate::support::folder::{Folder, stderr};

const FILES: usize = 10_000;
const OLD: &[u8] = b"what was there before\n";

/// How often a run is killed; the environment may ask for more.
fn kills() -> u32 {
    std::env::var("INGEST_KILLS").map_or(20, |kills| kills.parse().expect("a number of kills"))
}

#[test]
#[ignore = "takes minutes; INGEST_KILLS=1000 for the full count"]
fn killed_at_random_points() {
    let folder = Folder::of_articles("killed", FILES);
    let arguments = ["-q", "-o", "out/a.jsonl", "in"];
    let mut durations = Vec::new();
    for _ in 0..3 {
        folder.put("out/a.jsonl", OLD);
        let start = Instant::now();
        let output = folder.ingest(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        durations.push(start.elapsed());
    }
    let complete = fs::read(folder.0.join("out/a.jsonl")).unwrap();
    // Late enough that some runs come to their end.
    let longest = durations.into_iter().max().unwrap() * 11 / 10;
    let (mut old, mut new) = (0, 0);
    // The golden ratio spreads any number of points evenly, in an order that looks random.
    for kill in 0..kills() {
        let point = (f64::from(kill) * 0.618_033_988_749_895).fract();
        fs::remove_dir_all(folder.0.join("out")).unwrap();
        folder.put("out/a.jsonl", OLD);
        let mut child = folder.command(&arguments).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_secs_f64(longest.as_secs_f64() * point));
        child.kill().unwrap();
        child.wait().unwrap();
        let content = fs::read(folder.0.join("out/a.jsonl")).unwrap();
        old += u32::from(content == OLD);
        new += u32::from(content == complete);
        assert_eq!(
            old + new,
            kill + 1,
            "killed after {point} of the run, the file has {} bytes",
            content.len()
        );
        let beside = fs::read_dir(folder.0.join("out")).unwrap().map(|entry| entry.unwrap().file_name());
        let is_expected =
            |name: &str| name == "a.jsonl" || name.starts_with(".a.jsonl.") && name.ends_with(".draft");
        assert!(beside.map(|name| name.into_string().unwrap()).all(|name| is_expected(&name)));
    }
    assert!(old > 0 && new > 0, "{old} old, {new} new");
    // What the killed runs left is no obstacle to the next.
    assert_eq!(folder.ingest(&arguments).status.code(), Some(0));
}
