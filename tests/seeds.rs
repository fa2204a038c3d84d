//! What fuzzing begins with, and what it has found: every seed of every target holds.
//!
//! A binary of its own, since a target takes the panics of the whole process.

use std::fs;

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

#[test]
fn every_seed_holds() {
    for (name, target) in fuzz::TARGETS {
        let folder = format!("{}/fuzz/seeds/{name}", env!("CARGO_MANIFEST_DIR"));
        let mut seeds = 0;
        for entry in fs::read_dir(&folder).expect("a target has its seeds") {
            let path = entry.unwrap().path();
            let seed = fs::read(&path).unwrap();
            let panic = fuzz::first_panic(target, &seed);
            assert!(panic.is_none(), "{}: {}", path.display(), panic.unwrap_or_default());
            seeds += 1;
        }
        assert!(seeds > 0, "{folder}");
    }
}
