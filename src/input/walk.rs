//! The files of a folder, depth first, in the order of their names' bytes.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::Source;

/// A walk through one folder and those inside it. It holds the names of one folder for each level of depth.
#[derive(Debug)]
pub struct Walk {
    /// The folders under way, the innermost last; the next name of each is its last.
    folders: Vec<Folder>,
    /// What the listing of a folder failed at, to be told next.
    refused: Vec<Source>,
}

#[derive(Debug)]
struct Folder {
    path: PathBuf,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: OsString,
    is_folder: bool,
}

impl Walk {
    /// A walk through the folder at `path`.
    pub fn of(path: PathBuf) -> Self {
        let mut walk = Walk { folders: Vec::new(), refused: Vec::new() };
        walk.enter(path);
        walk
    }

    fn enter(&mut self, path: PathBuf) {
        match list(&path, &mut self.refused) {
            Ok(entries) => self.folders.push(Folder { path, entries }),
            Err(error) => self.refused.push(Source::Unreadable(path, error)),
        }
    }
}

impl Iterator for Walk {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        loop {
            if let Some(refused) = self.refused.pop() {
                return Some(refused);
            }
            let folder = self.folders.last_mut()?;
            match folder.entries.pop() {
                None => drop(self.folders.pop()),
                Some(Entry { name, is_folder: false }) => return Some(Source::File(folder.path.join(name))),
                Some(Entry { name, is_folder: true }) => {
                    let path = folder.path.join(name);
                    self.enter(path);
                }
            }
        }
    }
}

/// The folders and crawl files in a folder, the last one first.
fn list(path: &Path, refused: &mut Vec<Source>) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => entries.push(Entry { name, is_folder: true }),
            Ok(kind) if kind.is_file() && is_crawl_file(&name) => {
                entries.push(Entry { name, is_folder: false })
            }
            Ok(_) => {}
            Err(error) => refused.push(Source::Unreadable(entry.path(), error)),
        }
    }
    entries.sort_unstable_by(|a, b| b.name.cmp(&a.name));
    Ok(entries)
}

fn is_crawl_file(name: &OsString) -> bool {
    let extension = Path::new(name).extension();
    extension.is_some_and(|extension| ["md", "markdown", "txt"].iter().any(|known| extension == *known))
}
