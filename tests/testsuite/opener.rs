//! Files are opened by way of their folder: the same ones, and with the same errors, as by their paths.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::Path;

use news_ingest::input::opener::CachedDirOpener;
use news_ingest::sys::Links;

use crate::support::folder::Folder;

/// Writes files, each of which holds its own name.
fn write(folder: &Folder, paths: &[&str]) {
    for path in paths {
        folder.put(path, name(path));
    }
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

/// Opens such files in this order.
#[track_caller]
fn opens(opener: &mut CachedDirOpener, folder: &Folder, paths: &[&str]) {
    for path in paths {
        let mut content = String::new();
        let mut file = opener
            .open(&folder.0.join(path), Links::Refuse)
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        file.read_to_string(&mut content).unwrap();
        assert_eq!(content, name(path), "at {path}");
    }
}

#[test]
fn each_path_opens_its_own_file() {
    let folder = Folder::new("opener-own");
    let paths =
        ["a/1", "a/2", "a/3", "b/1", "a/1", "a/b/4", "a/b/5", "ab/6", "a//7", "a/8", "./a/9", "./a/10"];
    write(&folder, &paths);
    opens(&mut CachedDirOpener::default(), &folder, &paths);
    let reverse: Vec<&str> = paths.iter().rev().copied().collect();
    opens(&mut CachedDirOpener::default(), &folder, &reverse);
}

#[test]
fn a_bare_name_and_the_root_have_no_folder_to_go_by() {
    let mut opener = CachedDirOpener::default();
    for path in ["Cargo.toml", "Cargo.lock", "/etc", "/dev", "/tmp"] {
        opener.open(Path::new(path), Links::Follow).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
}

#[test]
fn a_folder_that_is_moved_and_replaced_is_no_reason_to_miss_a_file() {
    let folder = Folder::new("opener-moved");
    let mut opener = CachedDirOpener::default();
    write(&folder, &["a/1", "a/2", "a/3"]);
    opens(&mut opener, &folder, &["a/1", "a/2", "a/3"]);
    fs::rename(folder.0.join("a"), folder.0.join("b")).unwrap();
    write(&folder, &["a/4"]);
    opens(&mut opener, &folder, &["a/4"]);
}

#[test]
fn a_missing_file_is_the_error_that_its_path_gives() {
    let folder = Folder::new("opener-missing");
    write(&folder, &["a/1"]);
    let mut opener = CachedDirOpener::default();
    opens(&mut opener, &folder, &["a/1", "a/1"]);
    for path in ["a/2", "a/1/3", "b/1", "b/1"] {
        let path = folder.0.join(path);
        let expected = fs::File::open(&path).unwrap_err();
        let error = opener.open(&path, Links::Refuse).unwrap_err();
        assert_eq!((error.kind(), error.raw_os_error()), (expected.kind(), expected.raw_os_error()));
    }
    assert_eq!(opener.open(&folder.0.join("a/2"), Links::Refuse).unwrap_err().kind(), ErrorKind::NotFound);
}
