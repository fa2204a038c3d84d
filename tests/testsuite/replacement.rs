//! A file in the place of another: what is left of its draft whatever becomes of it.

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::thread;
use std::time::Duration;

use news_ingest::output::sink::atomic_file::{AtomicFile, hold_drafts, remove_drafts};

use crate::support::folder::Folder;

/// In one test, as the drafts of a process are removed together.
#[test]
fn a_draft_is_placed_dropped_or_removed_with_all_the_others() {
    let folder = Folder::new("replacement-drafts");
    for name in ["dropped", "removed", "later"] {
        folder.put(&format!("out/{name}"), "old");
    }
    let draft_of = |name: &str| {
        let mut replacement = AtomicFile::create(&folder.0.join("out").join(name)).unwrap();
        replacement.file().write_all(b"new").unwrap();
        replacement
    };
    let drafts = ["placed", "dropped", "removed", "later"].map(draft_of);
    assert_eq!(folder.names("out").iter().filter(|name| name.ends_with(".draft")).count(), 4);
    let [placed, dropped, removed, later] = drafts;
    placed.commit().unwrap();
    assert_eq!(folder.read("out/placed"), "new");
    drop(dropped);
    assert_eq!(folder.names("out").iter().filter(|name| name.ends_with(".draft")).count(), 2);
    let (count, held) = remove_drafts();
    assert_eq!(count, 2);
    drop(held);
    assert_eq!(folder.names("out"), ["dropped", "later", "placed", "removed"]);
    drop(removed);
    assert!(later.commit().is_err());
    for (name, content) in [("dropped", "old"), ("later", "old"), ("placed", "new"), ("removed", "old")] {
        assert_eq!(folder.read(&format!("out/{name}")), content);
    }
    assert_eq!(folder.names("out"), ["dropped", "later", "placed", "removed"]);
    // Who removes them waits until all that belong together are in their places.
    let drafts = ["dropped", "removed", "later"].map(draft_of).map(|draft| draft.finish().unwrap());
    let mut held = hold_drafts();
    let remover = thread::spawn(|| remove_drafts().0);
    for draft in drafts {
        draft.place(&mut held).unwrap();
        thread::sleep(Duration::from_millis(20));
    }
    held.release().unwrap();
    assert_eq!(remover.join().unwrap(), 0);
    for name in ["dropped", "removed", "later"] {
        assert_eq!(folder.read(&format!("out/{name}")), "new");
    }
}

#[test]
fn what_nobody_can_follow_is_not_replaced() {
    let folder = Folder::new("replacement-loop");
    fs::create_dir(folder.0.join("out")).unwrap();
    symlink("loop", folder.0.join("out/loop")).unwrap();
    assert!(AtomicFile::create(&folder.0.join("out/loop")).is_err());
    assert_eq!(folder.names("out"), ["loop"]);
    assert!(folder.0.join("out/loop").is_symlink());
}
