//! Atomic file replacement: write to a temporary file, then rename.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, IsTerminal};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::output::sink::attributes::Attributes;
use crate::sys::signals::uninterrupted;

/// A file that is about to replace another. Until then, only its owner can read it.
///
/// Only [`commit`](AtomicFile::commit) and [`Finished::place`] replace the old file. A drop before that leaves it as
/// it was.
#[derive(Debug)]
pub struct AtomicFile {
    file: File,
    /// The temporary file; `None` for a device or a pipe, which is written directly.
    draft: Option<TempFile>,
}

/// A file that is synced to the disk, but not yet renamed.
#[derive(Debug)]
pub struct Finished {
    draft: Option<TempFile>,
}

/// A temporary file, removed on drop unless it was renamed.
#[derive(Debug)]
struct TempFile {
    path: PathBuf,
    target: PathBuf,
    /// Attributes of the old file, or the default ones of a new file in its folder.
    attributes: Attributes,
}

/// Temporary files of this process, removed on SIGINT/SIGTERM. The lock also serializes create and rename.
static DRAFTS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Base name of a draft whose target has a name of more than [`MAX_NAME_BYTES`] bytes.
const FALLBACK_NAME: &str = "ingest";
const MAX_NAME_BYTES: usize = 200;

const OWNER_ALONE: u32 = 0o600;
/// Mode that programs request for a new file; the umask or the folder's default list reduces it.
const EVERYBODY: u32 = 0o666;

/// Maximum number of symbolic links to follow, as in the kernel.
const MAX_LINKS: usize = 40;

impl AtomicFile {
    /// Creates an empty draft beside `target`. A symbolic link is followed: its target is replaced, not the link.
    ///
    /// # Errors
    /// The file cannot be created or opened.
    pub fn create(target: &Path) -> io::Result<Self> {
        let target = resolve(target)?;
        let old = if_there(|| target.metadata())?;
        if old.as_ref().is_some_and(|old| old.is_dir()) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            return Ok(AtomicFile { file: File::options().write(true).open(target)?, draft: None });
        }
        let mut held = hold_drafts();
        let attributes = match old {
            Some(old) => Attributes::read(&target, &old),
            None => of_new_files(&target)?,
        };
        let (file, path) = create_beside(&target, OWNER_ALONE)?;
        held.drafts.push(path.clone());
        Ok(AtomicFile { file, draft: Some(TempFile { path, target, attributes }) })
    }

    /// Returns `true` if the target is a terminal.
    pub fn is_terminal(&self) -> bool {
        self.file.is_terminal()
    }

    /// The file to write to.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Copies the attributes of the old file and syncs the file to the disk.
    ///
    /// # Errors
    /// The attributes cannot be read, or the sync fails.
    pub fn finish(self) -> io::Result<Finished> {
        if let Some(draft) = &self.draft {
            draft.attributes.apply(&self.file)?;
            self.file.sync_all()?;
        }
        Ok(Finished { draft: self.draft })
    }

    /// Finishes the file and renames it into place.
    ///
    /// # Errors
    /// The sync or the rename fails.
    pub fn commit(self) -> io::Result<()> {
        let finished = self.finish()?;
        let mut drafts = hold_drafts();
        finished.place(&mut drafts)?;
        drafts.release()
    }
}

impl Finished {
    /// Returns `true` if an older file, if any, remains unless this one is placed.
    pub fn replaces(&self) -> bool {
        self.draft.is_some()
    }

    /// Renames the file into place. The rename is durable after `drafts` is released.
    ///
    /// # Errors
    /// The rename fails.
    pub fn place(self, drafts: &mut HeldDrafts) -> io::Result<()> {
        let Some(mut draft) = self.draft else { return Ok(()) };
        let placed = uninterrupted(|| fs::rename(&draft.path, &draft.target));
        if placed.is_err() {
            let _ = fs::remove_file(&draft.path);
        }
        drafts.drafts.retain(|path| *path != draft.path);
        draft.path.clear();
        drafts.folders.insert(folder_of(&draft.target).to_owned());
        placed
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            let mut held = hold_drafts();
            let _ = fs::remove_file(&self.path);
            held.drafts.retain(|draft| *draft != self.path);
        }
    }
}

/// Guard of the list of drafts: while it exists, no other thread creates, renames or removes one.
#[derive(Debug)]
pub struct HeldDrafts {
    drafts: MutexGuard<'static, Vec<PathBuf>>,
    /// Folders that files were renamed in.
    folders: BTreeSet<PathBuf>,
}

/// Locks the list of drafts.
pub fn hold_drafts() -> HeldDrafts {
    let drafts = DRAFTS.lock().unwrap_or_else(PoisonError::into_inner);
    HeldDrafts { drafts, folders: BTreeSet::new() }
}

impl HeldDrafts {
    /// Unlocks the list, then syncs the folders of the renamed files.
    ///
    /// # Errors
    /// A sync fails.
    pub fn release(self) -> io::Result<()> {
        let HeldDrafts { drafts, folders } = self;
        drop(drafts);
        for folder in folders {
            match File::open(folder).and_then(|folder| folder.sync_all()) {
                // The rename is done; some file systems cannot sync folders, and some folders cannot be opened.
                Err(error) if is_no_fault(error.kind()) => {}
                synced => synced?,
            }
        }
        Ok(())
    }
}

/// Removes every draft and returns their number. The lock is held as long as the returned guard exists.
pub fn remove_drafts() -> (usize, HeldDrafts) {
    let mut held = hold_drafts();
    let count = held.drafts.len();
    for draft in held.drafts.drain(..) {
        let _ = fs::remove_file(draft);
    }
    (count, held)
}

/// Resolves the path of a file that may not exist yet: follows links, also a dangling one, to the final path.
///
/// # Errors
/// The system refuses to read a link, or there are more than 40 of them.
pub fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        if if_there(|| path.metadata())?.is_some() {
            // A pipe such as `/dev/fd/3` has no path but the link to it.
            return Ok(if_there(|| fs::canonicalize(&path))?.unwrap_or(path));
        }
        let Ok(next) = fs::read_link(&path) else { return Ok(path) };
        path = folder_of(&path).join(next);
    }
    Err(io::Error::other("too many levels of symbolic links"))
}

/// Returns the attributes that the system gives a new file beside `target`, by the umask or the folder's default list.
fn of_new_files(target: &Path) -> io::Result<Attributes> {
    let (file, path) = create_beside(target, EVERYBODY)?;
    let attributes = uninterrupted(|| file.metadata()).map(|metadata| Attributes::read(&path, &metadata));
    let _ = fs::remove_file(path);
    attributes
}

/// Creates a file that no other process uses. A number in the name avoids drafts that a killed process left.
fn create_beside(target: &Path, mode: u32) -> io::Result<(File, PathBuf)> {
    let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    let name = if name.len() > MAX_NAME_BYTES { FALLBACK_NAME.as_ref() } else { name };
    for number in 0_u32.. {
        let mut draft_name = OsString::from(".");
        draft_name.push(name);
        draft_name.push(format!(".{}.{number}.draft", process::id()));
        let path = target.with_file_name(draft_name);
        match File::options().write(true).create_new(true).mode(mode).open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Folder of the file at `path`.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Returns the answer of `ask`, or `None` if the file does not exist.
///
/// # Errors
/// The system refuses for another reason.
pub fn if_there<T>(ask: impl FnMut() -> io::Result<T>) -> io::Result<Option<T>> {
    match uninterrupted(ask) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        answer => answer.map(Some),
    }
}

fn is_no_fault(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    matches!(kind, InvalidInput | PermissionDenied | Unsupported)
}
