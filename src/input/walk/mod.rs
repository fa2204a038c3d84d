//! Walks the files of a folder or a prefix, depth first, in the order of their names' bytes.

pub(crate) mod folders;
pub(crate) mod prefixes;

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

use crate::input::selection::Selection;

/// A hierarchy to walk: folders of a file system, or prefixes of an object store.
pub trait Tree {
    /// Location of a folder or a file, beside its path.
    type Handle;

    /// Returns the location of the entry `name` of the folder at `folder`.
    fn child(&self, folder: &Self::Handle, name: &OsStr) -> Self::Handle;

    /// Lists a folder; `None` if its files are already read under another path.
    ///
    /// # Errors
    /// The folder cannot be listed.
    fn enter(
        &mut self,
        path: &Path,
        location: &Self::Handle,
        relative: &Path,
        selection: &Selection,
    ) -> io::Result<Option<Vec<ListedEntry>>>;

    /// Leaves the folder that was entered last.
    fn leave(&mut self) {}
}

/// A walk through one folder and those below it. It holds the names of one folder for each level of depth.
#[derive(Debug)]
pub struct Walk<T: Tree> {
    tree: T,
    /// The argument.
    root: PathBuf,
    /// The open folders, the innermost last. Each is sorted in descending order, so that its next name is the last.
    folders: Vec<OpenFolder<T::Handle>>,
    /// An entry that could not be entered, to be reported next.
    error: Option<(PathBuf, io::Error)>,
}

#[derive(Debug)]
struct OpenFolder<L> {
    path: PathBuf,
    location: L,
    entries: Vec<ListedEntry>,
}

/// An entry of a folder to enter or to read.
#[derive(Debug)]
pub struct ListedEntry {
    /// First eight bytes of the name, which nearly always decide the order.
    start: u64,
    name: OsString,
    kind: FileKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileKind {
    /// A file that is read for its name.
    NamedFile,
    /// A file whose first bytes decide.
    OtherFile,
    Folder,
    /// An entry whose type could not be determined; holds the system's error number.
    Unreadable(i32),
}

/// An entry found by a walk.
#[derive(Debug)]
pub enum Found<L> {
    /// A file that is read for its name.
    Named {
        /// The path as reached from the argument.
        path: PathBuf,
        /// The location of the file.
        location: L,
    },
    /// A file whose first bytes decide how it is read: an archive, a compressed file, or a file that is not included.
    Other {
        /// The path as reached from the argument.
        path: PathBuf,
        /// The location of the file.
        location: L,
    },
    /// An entry that cannot be read.
    Unreadable(PathBuf, io::Error),
}

impl ListedEntry {
    /// Creates the entry for a folder; `None` if it is not entered. `parent` is relative to the argument.
    pub fn folder(parent: &Path, name: OsString, selection: &Selection) -> Option<Self> {
        let enters = selection.descends_into(parent, &name);
        enters.then(|| ListedEntry::new(name, FileKind::Folder))
    }

    /// Creates the entry for a file; `None` if it is not read. `parent` is relative to the argument.
    pub fn file(parent: &Path, name: OsString, selection: &Selection) -> Option<Self> {
        let kind = if selection.is_regular_name(parent, &name) {
            FileKind::NamedFile
        } else if selection.sniffs(parent, &name) {
            FileKind::OtherFile
        } else {
            return None;
        };
        Some(ListedEntry::new(name, kind))
    }

    /// Creates an entry whose type could not be determined, for the system's error number.
    pub fn unreadable(name: OsString, error_number: i32) -> Self {
        ListedEntry::new(name, FileKind::Unreadable(error_number))
    }

    fn new(name: OsString, kind: FileKind) -> Self {
        let mut start = [0; 8];
        start.iter_mut().zip(name.as_encoded_bytes()).for_each(|(byte, first)| *byte = *first);
        ListedEntry { start: u64::from_be_bytes(start), name, kind }
    }

    /// Sort key. Unlike a folder, a prefix may have an object and a prefix of the same name. The object comes first.
    fn order(&self) -> (u64, &OsStr, bool) {
        (self.start, &self.name, self.kind == FileKind::Folder)
    }
}

impl<T: Tree> Walk<T> {
    /// Creates a walk through the folder at `path`.
    pub fn start(tree: T, path: PathBuf, location: T::Handle, selection: &Selection) -> Self {
        let mut walk = Walk { tree, root: path.clone(), folders: Vec::new(), error: None };
        walk.enter(path, location, selection);
        walk
    }

    fn enter(&mut self, path: PathBuf, location: T::Handle, selection: &Selection) {
        let relative = path.strip_prefix(&self.root).unwrap_or(&path);
        match self.tree.enter(&path, &location, relative, selection) {
            Ok(Some(mut entries)) => {
                entries.sort_unstable_by(|a, b| b.order().cmp(&a.order()));
                self.folders.push(OpenFolder { path, location, entries });
            }
            Ok(None) => {}
            Err(error) => self.error = Some((path, error)),
        }
    }

    /// Returns the next entry.
    pub fn next(&mut self, selection: &Selection) -> Option<Found<T::Handle>> {
        loop {
            if let Some((path, error)) = self.error.take() {
                if selection.in_shard(self.relative(&path)) {
                    return Some(Found::Unreadable(path, error));
                }
                continue;
            }
            let folder = self.folders.last_mut()?;
            let Some(ListedEntry { name, kind, .. }) = folder.entries.pop() else {
                self.folders.pop();
                self.tree.leave();
                continue;
            };
            let path = join(&folder.path, &name);
            let location = self.tree.child(&folder.location, &name);
            match kind {
                FileKind::Folder => self.enter(path, location, selection),
                FileKind::NamedFile
                    if selection.shard.is_some() && !selection.in_shard(self.relative(&path)) => {}
                FileKind::NamedFile => return Some(Found::Named { path, location }),
                FileKind::OtherFile => return Some(Found::Other { path, location }),
                FileKind::Unreadable(code) => {
                    self.error = Some((path, io::Error::from_raw_os_error(code)));
                }
            }
        }
    }

    /// Returns `path` relative to the argument.
    pub fn relative<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}

/// Joins `name` to `folder`. Unlike [`Path::join`], it never treats `name` as absolute.
fn join(folder: &Path, name: &OsStr) -> PathBuf {
    let folder = folder.as_os_str();
    let mut path = OsString::with_capacity(folder.len() + 1 + name.len());
    path.push(folder);
    if !folder.as_encoded_bytes().ends_with(b"/") {
        path.push("/");
    }
    path.push(name);
    path.into()
}
