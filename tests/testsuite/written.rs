//! Which files a run writes: those it must not read, and those it must not write twice.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use news_ingest::output::sink::overlap::OutputPaths;

use crate::support::folder::Folder;

fn holds_of(written: &OutputPaths, path: &Path) -> (bool, Option<bool>) {
    (written.holds(path), written.is_at(path).ok())
}

#[test]
fn a_file_is_known_under_any_name_and_found_under_its_own() {
    let folder = Folder::new("written-files");
    folder.put("in/old.md", "").put("in/other.md", "").put("in/deep/old.md", "");
    fs::hard_link(folder.0.join("in/old.md"), folder.0.join("in/linked.md")).unwrap();
    fs::create_dir(folder.0.join("again")).unwrap();
    symlink("../in/old.md", folder.0.join("again/old.md")).unwrap();
    symlink("../in/old.md", folder.0.join("again/new.md")).unwrap();
    let targets = ["in/old.md", "in/not-yet.md", "in/deep"].map(|name| folder.0.join(name));
    let written = OutputPaths::new(targets.to_vec()).unwrap();
    for (name, is_held, is_there) in [
        ("in/old.md", true, Some(true)),
        ("in/../in/old.md", true, Some(true)),
        ("again/old.md", true, Some(true)),
        ("again/new.md", false, Some(true)),
        ("in/linked.md", false, Some(true)),
        ("in/deep/old.md", false, Some(false)),
        ("in/other.md", false, Some(false)),
        ("in/deep", false, Some(false)),
        ("gone/old.md", false, None),
        ("in/not-yet.md", false, None),
    ] {
        assert_eq!(holds_of(&written, &folder.0.join(name)), (is_held, is_there), "{name}");
    }
}

#[test]
fn where_nothing_is_replaced_nothing_is_looked_for() {
    let folder = Folder::new("written-nothing");
    let written = OutputPaths::new(vec![folder.0.join("new")]).unwrap();
    assert_eq!(holds_of(&written, &folder.0.join("gone")), (false, Some(false)));
}

#[test]
fn an_object_is_known_by_its_url() {
    let folder = Folder::new("written-objects");
    folder.put("old", "");
    let [object, other] = ["s3://bucket/a.jsonl", "s3://bucket/b.jsonl"].map(Path::new);
    for targets in [vec![object.to_owned()], vec![folder.0.join("old"), object.to_owned()]] {
        let written = OutputPaths::new(targets).unwrap();
        assert_eq!(holds_of(&written, object), (true, Some(true)));
        assert_eq!(holds_of(&written, other), (false, Some(false)));
    }
}

#[test]
fn two_names_of_one_place_are_one_target() {
    let folder = Folder::new("written-twice");
    folder.put("out/old", "").put("out/other", "").put("more/new", "");
    symlink("out", folder.0.join("way")).unwrap();
    let path = |name: &str| folder.0.join(name);
    for (targets, twice) in [
        (vec![path("out/old"), path("out/other"), path("out/new")], None),
        (vec![path("out/old"), path("out/other"), path("out/old")], Some(2)),
        (vec![path("out/new"), path("way/new")], Some(1)),
        (vec![path("way/old"), path("out/old")], Some(1)),
        (vec![path("out/new"), path("new")], None),
        (vec![path("gone/new"), path("gone/new")], Some(1)),
        (vec![PathBuf::from("not-yet"), PathBuf::from("./not-yet")], Some(1)),
        (vec![PathBuf::from("src/not-yet"), PathBuf::from("not-yet")], None),
        (vec![PathBuf::from("/dev/null"), PathBuf::from("/dev/null")], None),
        (vec![], None),
    ] {
        let twice = twice.map(|at: usize| targets[at].as_path());
        assert_eq!(OutputPaths::twice(&targets).unwrap(), twice, "{targets:?}");
    }
}
