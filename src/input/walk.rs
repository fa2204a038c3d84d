//! The files of a folder, depth first, in the order of their names' bytes.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs::{DirEntry, FileType};
use std::os::unix::fs::MetadataExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::Source;
use super::selection::Selection;
use crate::signals::uninterrupted;
use crate::system::IO_ERROR;

/// A walk through one folder and those inside it. It holds the names of one folder for each level of depth.
#[derive(Debug)]
pub struct Walk {
    /// What the argument names.
    root: PathBuf,
    /// The folders under way, the innermost last; the next name of each is its last.
    folders: Vec<Folder>,
    /// A folder that could not be entered, to be reported next.
    refused: Option<(PathBuf, io::Error)>,
    /// Times that each folder was entered, counted only where links are followed.
    entered: HashMap<FolderId, u32>,
}

/// Device and inode, which are the same under every name of a folder.
type FolderId = (u64, u64);

/// Limit for one folder that links lead to again and again, where globs of paths may choose other files each time.
const MAX_ENTRIES: u32 = 16;

#[derive(Debug)]
struct Folder {
    path: PathBuf,
    /// Known only where links are followed.
    id: Option<FolderId>,
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
    fn new(name: OsString, kind: Kind) -> Self {
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
    /// Only the system knows: the number of its error.
    Refused(i32),
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

    /// Lists a folder, unless it is one whose files are read under another name.
    fn open(
        &mut self,
        path: &Path,
        selection: &Selection,
    ) -> io::Result<Option<(Option<FolderId>, Vec<Entry>)>> {
        let mut id = None;
        if selection.follow {
            let metadata = uninterrupted(|| fs::metadata(path))?;
            id = Some((metadata.dev(), metadata.ino()));
            if !self.is_entered_anew((metadata.dev(), metadata.ino()), selection)? {
                return Ok(None);
            }
        }
        let entries = uninterrupted(|| {
            // The standard library takes an error that comes where it closes a folder for a bug, and panics.
            let listed = catch_unwind(AssertUnwindSafe(|| self.list(path, selection)));
            listed.unwrap_or_else(|_| Err(io::Error::other("the folder could not be listed")))
        })?;
        Ok(Some((id, entries)))
    }

    /// Whether a folder's files are not read under another name: a loop of links ends, and links to the same folder do
    /// not multiply its files.
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

    /// What comes next.
    pub fn next(&mut self, selection: &Selection) -> Option<Found> {
        loop {
            if let Some((path, error)) = self.refused.take() {
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
                Kind::File if selection.follow => return Some(Found::Source(Source::File(path))),
                Kind::File => return Some(Found::Source(Source::Found(path))),
                Kind::Unknown => {
                    let below = self.below(&path).to_owned();
                    return Some(Found::Unknown { path, below });
                }
                Kind::Refused(code) => self.refused = Some((path, io::Error::from_raw_os_error(code))),
            }
        }
    }

    /// `path` as it lies below the argument.
    pub fn below<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }

    /// What is entered and read in the folder at `path`, the last one first.
    fn list(&self, path: &Path, selection: &Selection) -> io::Result<Vec<Entry>> {
        let below = self.below(path);
        let mut entries = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let name = entry.file_name();
            if !selection.enters(below, &name) {
                continue;
            }
            let kind = match file_type(&entry, selection.follow) {
                Ok(kind) if kind.is_dir() => Kind::Folder,
                Ok(kind) if kind.is_file() && selection.names_file(below, &name) => Kind::File,
                Ok(kind) if kind.is_file() && selection.looks_into(below, &name) => Kind::Unknown,
                // A pipe, a socket or a device could keep its reader waiting for ever.
                Ok(_) => continue,
                // Whatever its name: it may lead to a folder or an archive.
                Err(error) => Kind::Refused(error.raw_os_error().unwrap_or(IO_ERROR)),
            };
            entries.push(Entry::new(name, kind));
        }
        entries.sort_unstable_by(|a, b| b.start.cmp(&a.start).then_with(|| b.name.cmp(&a.name)));
        Ok(entries)
    }
}

/// The type of a folder's entry, or of what it leads to.
fn file_type(entry: &DirEntry, follow: bool) -> io::Result<FileType> {
    match entry.file_type() {
        Ok(kind) if follow && kind.is_symlink() => {
            uninterrupted(|| fs::metadata(entry.path())).map(|target| target.file_type())
        }
        kind => kind,
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
