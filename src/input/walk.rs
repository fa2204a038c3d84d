//! The files of a folder, depth first, in the order of their names' bytes.

use std::ffi::{OsStr, OsString};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::Source;
use super::selection::Selection;
use crate::signals::uninterrupted;

/// A walk through one folder and those inside it. It holds the names of one folder for each level of depth.
#[derive(Debug)]
pub struct Walk {
    /// What the argument names.
    root: PathBuf,
    /// The folders under way, the innermost last; the next name of each is its last.
    folders: Vec<Folder>,
    /// What the listing of a folder failed at, to be told next.
    refused: Vec<(PathBuf, io::Error)>,
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
    /// The name's first bytes, which nearly always tell the order.
    start: u64,
    name: OsString,
    kind: Kind,
}

impl Entry {
    fn of(name: OsString, kind: Kind) -> Self {
        let mut start = [0; 8];
        start.iter_mut().zip(name.as_encoded_bytes()).for_each(|(byte, first)| *byte = *first);
        Entry { start: u64::from_be_bytes(start), name, kind }
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Folder,
    File,
    Unknown,
}

/// What a walk comes by.
#[derive(Debug)]
pub enum Found {
    /// A source.
    Source(Source),
    /// What only its first bytes tell: an archive, a compressed file, or nothing that is looked for.
    Unknown {
        /// As reached from the argument.
        path: PathBuf,
        /// The same from below the argument.
        below: PathBuf,
    },
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
        let told = self.refused.len();
        let listed = uninterrupted(|| {
            self.refused.truncate(told);
            // The standard library takes an error that comes where it closes a folder for a bug, and panics.
            let listed = catch_unwind(AssertUnwindSafe(|| self.list(&path, selection)));
            listed.unwrap_or_else(|_| Err(io::Error::other("its listing broke off")))
        });
        match listed {
            Ok(entries) => self.folders.push(Folder { path, real, entries }),
            Err(error) => self.refused.push((path, error)),
        }
    }

    /// What comes next.
    pub fn next(&mut self, selection: &Selection) -> Option<Found> {
        loop {
            if let Some((path, error)) = self.refused.pop() {
                if selection.has(self.below(&path)) {
                    return Some(Found::Source(Source::Unreadable(path, error)));
                }
                continue;
            }
            let folder = self.folders.last_mut()?;
            let Some(Entry { name, kind, .. }) = folder.entries.pop() else {
                self.folders.pop();
                continue;
            };
            let path = join(&folder.path, &name);
            match kind {
                Kind::Folder => self.enter(path, selection),
                Kind::File if selection.shard.is_some() && !selection.has(self.below(&path)) => {}
                Kind::File => return Some(Found::Source(Source::File(path))),
                Kind::Unknown => {
                    let below = self.below(&path).to_owned();
                    return Some(Found::Unknown { path, below });
                }
            }
        }
    }

    /// `path` as it lies below the argument.
    fn below<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }

    /// What is entered and read in the folder at `path`, the last one first.
    fn list(&mut self, path: &Path, selection: &Selection) -> io::Result<Vec<Entry>> {
        let below = self.below(path);
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
                    entries.push(Entry::of(name, Kind::Folder));
                }
                Ok(kind) if kind.is_file() => {
                    if selection.names_file(below, &name) {
                        entries.push(Entry::of(name, Kind::File));
                    } else if selection.looks_into(below, &name) {
                        entries.push(Entry::of(name, Kind::Unknown));
                    }
                }
                Ok(_) => {}
                Err(error) => self.refused.push((entry.path(), error)),
            }
        }
        entries.sort_unstable_by(|a, b| b.start.cmp(&a.start).then_with(|| b.name.cmp(&a.name)));
        Ok(entries)
    }
}

/// The path of what is called `name` in `folder`, which is no argument's own name.
pub fn join(folder: &Path, name: &OsStr) -> PathBuf {
    let folder = folder.as_os_str();
    let mut path = OsString::with_capacity(folder.len() + 1 + name.len());
    path.push(folder);
    if !folder.as_encoded_bytes().ends_with(b"/") {
        path.push("/");
    }
    path.push(name);
    path.into()
}
