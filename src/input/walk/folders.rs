//! Folders of the file system, with links among them.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::{DirEntry, FileType};
use std::os::unix::fs::MetadataExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::input::selection::Selection;
use crate::input::skipped::Skipped;
use crate::input::walk::{ListedEntry, Tree, Walk};
use crate::sys::IO_ERROR;
use crate::sys::signals::uninterrupted;

/// Folders that are entered by their paths.
#[derive(Debug, Default)]
pub struct Folders {
    /// The open folders, the innermost last; `None` unless links are followed.
    open: Vec<Option<FolderId>>,
    /// Number of times each folder was entered, counted only if links are followed.
    entered: HashMap<FolderId, u32>,
}

/// A walk through a folder.
pub type FolderWalk = Walk<Folders>;

/// Device and inode number, which identify a folder under every path.
type FolderId = (u64, u64);

/// Maximum number of times one folder is entered through links, if globs of paths may select other files each time.
const MAX_ENTRIES: u32 = 16;

impl FolderWalk {
    /// Creates a walk through the folder at `path`.
    pub fn new(path: PathBuf, selection: &Selection) -> Self {
        Walk::start(Folders::default(), path, (), selection)
    }
}

impl Tree for Folders {
    type Handle = ();

    fn child(&self, (): &(), _: &OsStr) {}

    fn enter(
        &mut self,
        path: &Path,
        (): &(),
        relative: &Path,
        selection: &Selection,
    ) -> io::Result<Option<Vec<ListedEntry>>> {
        let mut id = None;
        if selection.follow {
            let metadata = uninterrupted(|| fs::metadata(path))?;
            id = Some((metadata.dev(), metadata.ino()));
            if !self.is_entered_anew((metadata.dev(), metadata.ino()), selection)? {
                return Ok(None);
            }
        }
        let entries = uninterrupted(|| {
            // The standard library panics if closing a directory fails.
            let listed = catch_unwind(AssertUnwindSafe(|| list(path, relative, selection)));
            listed.unwrap_or_else(|_| Err(io::Error::other("the folder could not be listed")))
        })?;
        self.open.push(id);
        Ok(Some(entries))
    }

    fn leave(&mut self) {
        self.open.pop();
    }
}

impl Folders {
    /// Returns `true` if the folder is to be entered. Loops of links end here. A folder with several links is entered
    /// once, unless globs depend on paths.
    fn is_entered_anew(&mut self, id: FolderId, selection: &Selection) -> io::Result<bool> {
        if self.open.contains(&Some(id)) {
            return Ok(false);
        }
        let times = self.entered.entry(id).or_default();
        *times += 1;
        match *times {
            1 => Ok(true),
            _ if !selection.depends_on_paths() => Ok(false),
            2..=MAX_ENTRIES => Ok(true),
            _ => Err(io::Error::other(format!("links lead to this folder more than {MAX_ENTRIES} times"))),
        }
    }
}

/// Lists the entries to enter or read in the folder at `path`.
fn list(path: &Path, relative: &Path, selection: &Selection) -> io::Result<Vec<ListedEntry>> {
    let mut entries = Vec::new();
    let mut skipped = Vec::new();
    let mut note = |name: &OsStr, reason: Skipped| {
        if selection.skip_listener.is_some() {
            skipped.push((path.join(name), reason));
        }
    };
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name();
        if !selection.descends_into(relative, &name) {
            note(&name, selection.skip_reason(relative, &name));
            continue;
        }
        entries.extend(match file_type(&entry, selection.follow) {
            Ok(kind) if kind.is_dir() => ListedEntry::folder(relative, name, selection),
            Ok(kind) if kind.is_file() => {
                let listed = ListedEntry::file(relative, name, selection);
                if listed.is_none() {
                    note(&entry.file_name(), Skipped::NotIncluded);
                }
                listed
            }
            // Reading a pipe, a socket or a device could block forever.
            Ok(kind) => {
                note(&name, if kind.is_symlink() { Skipped::Link } else { Skipped::Special });
                None
            }
            // Reported whatever its name, since it may be a folder or an archive.
            Err(error) => Some(ListedEntry::unreadable(name, error.raw_os_error().unwrap_or(IO_ERROR))),
        });
    }
    // The order of the directory is that of the file system.
    skipped.sort();
    skipped.iter().for_each(|(path, reason)| selection.note(path, *reason));
    Ok(entries)
}

/// Returns the type of a directory entry, or of its target if links are followed.
fn file_type(entry: &DirEntry, follow: bool) -> io::Result<FileType> {
    match entry.file_type() {
        Ok(kind) if follow && kind.is_symlink() => {
            uninterrupted(|| fs::metadata(entry.path())).map(|target| target.file_type())
        }
        kind => kind,
    }
}
