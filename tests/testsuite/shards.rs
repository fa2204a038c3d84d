//! The parts of an archive: what they write and count is together what one run writes and counts.

use std::fs;

use serde_json::Value;

use crate::support::crawl_file::article;
use crate::support::folder::{Folder, stdout};
use crate::support::pack::{Files, gzip, tar, zip};

/// Adds up the numbers of two totals, at whatever depth; a word has to be the same in both.
fn add(total: &mut Value, part: &Value) {
    match (total, part) {
        (Value::Object(total), Value::Object(part)) => {
            for (key, value) in part {
                match total.get_mut(key) {
                    Some(known) => add(known, value),
                    None => drop(total.insert(key.clone(), value.clone())),
                }
            }
        }
        (total, Value::Number(part)) if part.is_u64() => {
            *total = (total.as_u64().unwrap() + part.as_u64().unwrap()).into();
        }
        (total, part) => assert_eq!(total, part),
    }
}

#[track_caller]
fn totals(folder: &Folder, name: &str) -> Value {
    let mut totals: Value = serde_json::from_str(&folder.read(name)).unwrap();
    assert!(totals.as_object_mut().unwrap().remove("seconds").is_some_and(|seconds| seconds.is_f64()));
    totals
}

/// A folder of files and archives, with all that can be wrong with them, and a list.
fn every_source(name: &str) -> Folder {
    let folder = Folder::new(name);
    let files = |from: usize| -> Files {
        (from..from + 40).map(|number| (format!("{}/{number}.md", number % 3), article(number))).collect()
    };
    for (name, content) in files(0) {
        folder.put(&format!("in/files/{name}"), content);
    }
    folder.put("in/dump.tar.gz", gzip(&tar(&files(100)))).put("in/dump.zip", zip(&files(200)));
    let cut_off = tar(&files(300));
    folder.put("in/cut-off.tar", &cut_off[..cut_off.len() / 2]).put("in/broken.zip", b"PK\x03\x04");
    folder.put("in/no.md", "no").put("in/latin.md", b"\xff\xfe").put("in/a.md.gz", gzip(b"no"));
    folder.put("in/crlf.md", article(400).replace('\n', "\r\n")).put("in/large.md", "x".repeat(200_000));
    std::os::unix::fs::symlink("gone", folder.0.join("in/link.md")).unwrap();
    folder.put("more/b.md", article(500)).put("list", "more/b.md\nmore/gone.md\nmore/gone.tar\n");
    folder
}

#[test]
fn the_parts_add_up_to_the_whole() {
    let folder = every_source("shards-add-up");
    let run = |part: &str, name: &str| {
        let beside = ["--summary", &format!("{name}.json"), "--rejects", &format!("{name}.rejects")]
            .map(str::to_owned);
        let mut arguments =
            vec!["-q", "--follow", "--max-file-size", "100K", "--files-from", "list", "in", "--shard", part];
        arguments.extend(beside.iter().map(String::as_str));
        let output = folder.ingest(&arguments);
        // The last good member is that of the part.
        let rejects = folder.read(&format!("{name}.rejects"));
        let rejects =
            rejects.lines().map(|line| line.split(" behind `").next().unwrap().to_owned()).collect();
        [stdout(&output).lines().map(str::to_owned).collect::<Vec<_>>(), rejects]
    };
    let mut whole = run("1/1", "whole");
    let expected = totals(&folder, "whole.json");
    assert!(
        expected["rejected"].as_u64().unwrap() >= 9 && expected["articles"].as_u64().unwrap() > 130,
        "{expected}"
    );
    let mut together = [Vec::new(), Vec::new()];
    let mut sum = Value::Null;
    for part in 1..=4 {
        let lines = run(&format!("{part}/4"), "part");
        together.iter_mut().zip(lines).for_each(|(together, lines)| together.extend(lines));
        let totals = totals(&folder, "part.json");
        match part {
            1 => sum = totals,
            _ => add(&mut sum, &totals),
        }
    }
    assert_eq!(sum, expected);
    for (together, whole) in together.iter_mut().zip(&mut whole) {
        together.sort();
        whole.sort();
        assert_eq!(together, whole);
    }
    let parts = fs::read_dir(&folder.0).unwrap().count();
    assert_eq!(parts, 3 + 4, "nothing else is left");
}
