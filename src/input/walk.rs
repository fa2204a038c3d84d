//! The files of a folder, depth first, in the order of their names' bytes.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::Source;
use super::selection::Selection;

/// A walk through one folder and those inside it. It holds the names of one folder for each level of depth.
#[derive(Debug)]
pub struct Walk {
    /// What the argument names.
    root: PathBuf,
    /// The folders under way, the innermost last; the next name of each is its last.
    folders: Vec<Folder>,
    /// What the listing of a folder failed at, to be told next.
    refused: Vec<Source>,
}

#[derive(Debug)]
struct Folder {
    path: PathBuf,
    /// Where it really lies, if links are followed.
    real: PathBuf,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: OsString,
    is_folder: bool,
}

impl Walk {
    /// A walk through the folder at `path`.
    pub fn of(path: PathBuf, selection: &Selection) -> Self {
        let mut walk = Walk { root: path.clone(), folders: Vec::new(), refused: Vec::new() };
        walk.enter(path, selection);
        walk
    }

    fn enter(&mut self, path: PathBuf, selection: &Selection) {
        let mut real = PathBuf::new();
        if selection.follow {
            // Where this fails, so does the listing, which says why.
            real = path.canonicalize().unwrap_or_default();
            if self.folders.iter().any(|folder| folder.real == real) {
                return;
            }
        }
        match self.list(&path, selection) {
            Ok(entries) => self.folders.push(Folder { path, real, entries }),
            Err(error) => self.refused.push(Source::Unreadable(path, error)),
        }
    }

    /// The next source.
    pub fn next(&mut self, selection: &Selection) -> Option<Source> {
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
                    self.enter(path, selection);
                }
            }
        }
    }

    /// What is entered and read in the folder at `path`, the last one first.
    fn list(&mut self, path: &Path, selection: &Selection) -> io::Result<Vec<Entry>> {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        let mut entries = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let name = entry.file_name();
            let kind = match entry.file_type() {
                Ok(kind) if kind.is_symlink() && selection.follow && selection.enters(below, &name) => {
                    match fs::metadata(entry.path()) {
                        Err(_) if !selection.reads(below, &name) => continue,
                        target => target.map(|target| target.file_type()),
                    }
                }
                kind => kind,
            };
            match kind {
                // A pipe, a socket or a device could keep its reader waiting for ever.
                Ok(kind) if kind.is_dir() && selection.enters(below, &name) => {
                    entries.push(Entry { name, is_folder: true });
                }
                Ok(kind) if kind.is_file() && selection.reads(below, &name) => {
                    entries.push(Entry { name, is_folder: false });
                }
                Ok(_) => {}
                Err(error) => self.refused.push(Source::Unreadable(entry.path(), error)),
            }
        }
        entries.sort_unstable_by(|a, b| b.name.cmp(&a.name));
        Ok(entries)
    }
}
