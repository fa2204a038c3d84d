//! Walks the files of a folder, depth first, in the order of their names' bytes.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs::{DirEntry, FileType};
use std::os::unix::fs::MetadataExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::input::Source;
use crate::input::selection::Selection;
use crate::sys::IO_ERROR;
use crate::sys::signals::uninterrupted;

/// A walk through one folder and those below it. It holds the names of one folder for each level of depth.
#[derive(Debug)]
pub struct Walk {
    /// The argument.
    root: PathBuf,
    /// The open folders, the innermost last. Each is sorted in descending order, so that its next name is the last.
    folders: Vec<Folder>,
    /// A folder that could not be entered, to be reported next.
    refused: Option<(PathBuf, io::Error)>,
    /// Number of times each folder was entered, counted only if links are followed.
    entered: HashMap<FolderId, u32>,
}

/// Device and inode number, which identify a folder under every path.
type FolderId = (u64, u64);

/// Maximum number of times one folder is entered through links, if globs of paths may select other files each time.
const MAX_ENTRIES: u32 = 16;

#[derive(Debug)]
struct Folder {
    path: PathBuf,
    /// `None` unless links are followed.
    id: Option<FolderId>,
    entries: Vec<ListedEntry>,
}

#[derive(Debug)]
struct ListedEntry {
    /// First eight bytes of the name, which nearly always decide the order.
    start: u64,
    name: OsString,
    kind: FileKind,
}

impl ListedEntry {
    fn new(name: OsString, kind: FileKind) -> Self {
        let mut start = [0; 8];
        start.iter_mut().zip(name.as_encoded_bytes()).for_each(|(byte, first)| *byte = *first);
        ListedEntry { start: u64::from_be_bytes(start), name, kind }
    }
}

#[derive(Debug, Clone, Copy)]
enum FileKind {
    Folder,
    File,
    Unknown,
    /// An entry whose type could not be determined; holds the system's error number.
    Refused(i32),
}

/// An entry found by the walk.
#[derive(Debug)]
pub enum Found {
    /// A source.
    Source(Source),
    /// A file whose first bytes decide how it is read: an archive, a compressed file, or a file that is not included.
    Unknown {
        /// The path as reached from the argument.
        path: PathBuf,
        /// The path relative to the argument.
        below: PathBuf,
    },
}

impl Walk {
    /// Creates a walk through the folder at `path`.
    pub fn new(path: PathBuf, selection: &Selection) -> Self {
        let mut walk =
            Walk { root: path.clone(), folders: Vec::new(), refused: None, entered: HashMap::new() };
        walk.enter(path, selection);
        walk
    }

    fn enter(&mut self, path: PathBuf, selection: &Selection) {
        match self.open(&path, selection) {
            Ok(Some((id, entries))) => self.folders.push(Folder { path, id, entries }),
            Ok(None) => {}
            Err(error) => self.refused = Some((path, error)),
        }
    }

    /// Lists a folder; `None` if its files are already read under another path.
    fn open(
        &mut self,
        path: &Path,
        selection: &Selection,
    ) -> io::Result<Option<(Option<FolderId>, Vec<ListedEntry>)>> {
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
            let listed = catch_unwind(AssertUnwindSafe(|| self.list(path, selection)));
            listed.unwrap_or_else(|_| Err(io::Error::other("the folder could not be listed")))
        })?;
        Ok(Some((id, entries)))
    }

    /// Returns `true` if the folder is to be entered. Loops of links end here. A folder with several links is entered
    /// once, unless globs depend on paths.
    fn is_entered_anew(&mut self, id: FolderId, selection: &Selection) -> io::Result<bool> {
        if self.folders.iter().any(|folder| folder.id == Some(id)) {
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

    /// Returns the next entry.
    pub fn next(&mut self, selection: &Selection) -> Option<Found> {
        loop {
            if let Some((path, error)) = self.refused.take() {
                if selection.has(self.below(&path)) {
                    return Some(Found::Source(Source::Unreadable(path, error)));
                }
                continue;
            }
            let folder = self.folders.last_mut()?;
            let Some(ListedEntry { name, kind, .. }) = folder.entries.pop() else {
                self.folders.pop();
                continue;
            };
            let path = join(&folder.path, &name);
            match kind {
                FileKind::Folder => self.enter(path, selection),
                FileKind::File if selection.shard.is_some() && !selection.has(self.below(&path)) => {}
                FileKind::File if selection.follow => return Some(Found::Source(Source::File(path))),
                FileKind::File => return Some(Found::Source(Source::Found(path))),
                FileKind::Unknown => {
                    let below = self.below(&path).to_owned();
                    return Some(Found::Unknown { path, below });
                }
                FileKind::Refused(code) => self.refused = Some((path, io::Error::from_raw_os_error(code))),
            }
        }
    }

    /// Returns `path` relative to the argument.
    pub fn below<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }

    /// Lists the entries to enter or read in the folder at `path`, in descending order.
    fn list(&self, path: &Path, selection: &Selection) -> io::Result<Vec<ListedEntry>> {
        let below = self.below(path);
        let mut entries = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let name = entry.file_name();
            if !selection.enters(below, &name) {
                continue;
            }
            let kind = match file_type(&entry, selection.follow) {
                Ok(kind) if kind.is_dir() => FileKind::Folder,
                Ok(kind) if kind.is_file() && selection.names_file(below, &name) => FileKind::File,
                Ok(kind) if kind.is_file() && selection.looks_into(below, &name) => FileKind::Unknown,
                // Reading a pipe, a socket or a device could block forever.
                Ok(_) => continue,
                // Reported whatever its name, since it may be a folder or an archive.
                Err(error) => FileKind::Refused(error.raw_os_error().unwrap_or(IO_ERROR)),
            };
            entries.push(ListedEntry::new(name, kind));
        }
        entries.sort_unstable_by(|a, b| b.start.cmp(&a.start).then_with(|| b.name.cmp(&a.name)));
        Ok(entries)
    }
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

/// Joins `name` to `folder`. Unlike [`Path::join`], it never treats `name` as absolute.
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
