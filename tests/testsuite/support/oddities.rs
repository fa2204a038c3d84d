//! A folder in which names and contents disagree, and what a run finds there.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

use tar::{Builder, Header};

use super::crawl_file::article;
use super::folder::Folder;
use super::pack::{Files, gzip, tar, zip, zstd};

/// Each file that is read of [`put`], in order, with its kind. One that is read for its name is a file until it is read.
pub const LISTED: [&str; 26] = [
    "Z.md file",
    "[a].md file",
    "a b.md file",
    "a.md.gz file",
    "a.tar file",
    "cut.tar.gz archive",
    "dump.zip file",
    "empty.md file",
    "empty.tar file",
    "folder.md/inner.md file",
    "inner.zip archive",
    "name\\xFF.md file",
    "new\nline.md file",
    "old.Z unreadable",
    "one.md.gz compressed",
    "one.md.packed compressed",
    "photo.gz unreadable",
    "photo.md.gz unreadable",
    "sub/deep/1.txt file",
    "sub/dump.tar archive",
    "sub/y.markdown file",
    "tar.md file",
    "two.md file",
    "v7 archive",
    "war.md file",
    "zipped archive",
];

/// Puts the files into `root`, a folder of `folder`.
pub fn put(folder: &Folder, root: &str) {
    let members = |from: usize| -> Files {
        ["1.md", "sub/2.md", "x/3.txt", "4.html", ".5.md"]
            .iter()
            .enumerate()
            .map(|(number, name)| ((*name).to_owned(), article(from + number)))
            .collect()
    };
    let path = |name: &str| format!("{root}/{name}");
    for (number, name) in
        ["Z.md", "[a].md", "a b.md", "folder.md/inner.md", "new\nline.md", "sub/deep/1.txt", "sub/y.markdown"]
            .iter()
            .enumerate()
    {
        folder.put(&path(name), article(number));
    }
    let html = "<!DOCTYPE html><html><body>not here</body></html>";
    let packed = gzip(&tar(&members(100)));
    folder
        // A crawl file, whatever its name promises.
        .put(&path("a.md.gz"), article(20))
        .put(&path("a.tar"), article(21))
        // No crawl files, but named so or like what holds them.
        .put(&path("dump.zip"), html)
        .put(&path("empty.md"), "")
        .put(&path("empty.tar"), [0; 10240])
        .put(&path("tar.md"), tar(&members(200)))
        .put(&path("war.md"), zip(&members(300)))
        // What holds crawl files, whatever it is called.
        .put(&path("cut.tar.gz"), &packed[..packed.len() - 20])
        .put(&path("one.md.gz"), gzip(article(22).as_bytes()))
        .put(&path("one.md.packed"), zstd(article(23).as_bytes()))
        .put(&path("two.md"), gzip(article(24).as_bytes()))
        .put(&path("sub/dump.tar"), tar(&members(400)))
        .put(&path("inner.zip"), zip(&[("inner.tar".to_owned(), "no".to_owned())].into()))
        .put(&path("v7"), v7(&article(25)))
        .put(&path("zipped"), zip(&members(500)))
        // What could hold some: it is damaged, or no library here reads it.
        .put(&path("photo.gz"), b"\x1f\x8b\x08\0\0\0\0\0\0\x03corrupt")
        .put(&path("photo.md.gz"), b"\x1f\x8b\x08\0\0\0\0\0\0\x03corrupt")
        .put(&path("old.Z"), b"\x1f\x9d\x90packed")
        // What is not looked for.
        .put(&path("page.html"), html)
        .put(&path("photo.jpg.gz"), gzip(b"a picture"))
        .put(&path(".hidden.md"), article(26))
        .put(&path(".hidden/a.md"), article(27));
    symlink("Z.md", folder.0.join(path("link.md"))).unwrap();
    symlink("gone", folder.0.join(path("nowhere.md"))).unwrap();
    fs::write(folder.0.join(root).join(OsStr::from_bytes(b"name\xff.md")), article(28)).unwrap();
}

/// An archive as `tar` of Version 7 Unix wrote it, known by nothing but the sum of its header.
fn v7(content: &str) -> Vec<u8> {
    let mut header = Header::new_old();
    header.set_path("old.md").unwrap();
    header.set_size(content.len() as u64);
    header.set_mode(0o644);
    header.set_cksum();
    let mut tar = Builder::new(Vec::new());
    tar.append(&header, content.as_bytes()).unwrap();
    tar.into_inner().unwrap()
}
