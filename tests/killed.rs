//! `kill -9` at any point: the file is the old one or the complete new one.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

#[path = "testsuite/support/mod.rs"]
mod support;

use crate::support::folder::{Folder, stderr};

const FILES: usize = 5_000;
const OLD: &[u8] = b"what was there before\n";

/// How often a run is killed; the environment may ask for more.
fn kills() -> u32 {
    std::env::var("INGEST_KILLS").map_or(10, |kills| kills.parse().expect("a number of kills"))
}

/// The files of `names` below `out/`.
fn outputs<const N: usize>(folder: &Folder, names: [&str; N]) -> [Vec<u8>; N] {
    names.map(|name| fs::read(folder.0.join("out").join(name)).unwrap())
}

fn put_old(folder: &Folder, names: &[&str]) {
    fs::remove_dir_all(folder.0.join("out")).unwrap();
    for name in names {
        folder.put(&format!("out/{name}"), OLD);
    }
}

#[track_caller]
fn complete<const N: usize>(folder: &Folder, arguments: &[&str], names: [&str; N]) -> [Vec<u8>; N] {
    let output = folder.ingest(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    outputs(folder, names)
}

/// Kills runs that replace the files of `names`. Calls `check` after each with which of the files are new, and with the
/// part of the run's time that it had. A run after them makes all files new.
#[track_caller]
fn kill<const N: usize>(
    name: &str,
    arguments: &[&str],
    names: [&str; N],
    mut check: impl FnMut([bool; N], f64),
) {
    let folder = Folder::of_articles(name, FILES);
    let mut durations = Vec::new();
    let mut new = names.map(|_| Vec::new());
    for _ in 0..3 {
        put_old(&folder, &names);
        let start = Instant::now();
        new = complete(&folder, arguments, names);
        durations.push(start.elapsed());
    }
    // Late enough that some runs come to their end.
    let longest = durations.into_iter().max().unwrap() * 11 / 10;
    // The golden ratio spreads any number of points evenly, in an order that looks random.
    for kill in 0..kills() {
        let point = (f64::from(kill) * 0.618_033_988_749_895).fract();
        put_old(&folder, &names);
        let mut child = folder.command(arguments).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_secs_f64(longest.as_secs_f64() * point));
        child.kill().unwrap();
        child.wait().unwrap();
        let contents = outputs(&folder, names);
        let mut is_new = [false; N];
        for (index, content) in contents.iter().enumerate() {
            is_new[index] = *content == new[index];
            let is_old = content == OLD;
            let (name, bytes) = (names[index], content.len());
            assert!(
                is_old || is_new[index],
                "killed after {point} of the run, the file {name} has {bytes} bytes"
            );
        }
        check(is_new, point);
        let is_draft = |beside: &str, name: &str| {
            beside
                .strip_prefix('.')
                .and_then(|rest| rest.strip_prefix(name))
                .is_some_and(|rest| rest.starts_with('.') && rest.ends_with(".draft"))
        };
        for beside in folder.names("out") {
            let is_expected = names.iter().any(|name| beside == *name || is_draft(&beside, name));
            assert!(is_expected, "killed after {point} of the run, which left {beside}");
        }
    }
    // What the last one left is no obstacle to the next run.
    assert!(complete(&folder, arguments, names) == new);
}

#[test]
#[ignore = "takes minutes; INGEST_KILLS=1000 for the full count"]
fn killed_at_random_points() {
    let mut ends = [0, 0];
    kill("killed", &["-q", "-o", "out/a.jsonl", "in"], ["a.jsonl"], |[is_new], _| {
        ends[usize::from(is_new)] += 1;
    });
    assert!(ends.iter().all(|count| *count > 0), "[old, new]: {ends:?}");
}

#[test]
#[ignore = "takes minutes; INGEST_KILLS=1000 for the full count"]
fn a_manifest_is_never_newer_than_its_records() {
    let arguments = ["-q", "-o", "out/a.jsonl", "--manifest", "out/m.jsonl", "in"];
    let mut ends = [0, 0];
    kill("killed-manifest", &arguments, ["a.jsonl", "m.jsonl"], |[records, manifest], point| {
        assert!(records || !manifest, "killed after {point} of the run, the manifest is newer");
        ends[usize::from(manifest)] += 1;
    });
    assert!(ends.iter().all(|count| *count > 0), "[old, new]: {ends:?}");
}
