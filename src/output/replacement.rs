//! A file that is the old one until the new one is complete.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, IsTerminal};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::attributes::Attributes;
use crate::signals::uninterrupted;

/// A file on its way into the place of another. Until then, only its owner can read it.
///
/// Only [`commit`](Replacement::commit) and [`Finished::place`] replace anything; dropped before, it leaves the old file
/// as it was.
#[derive(Debug)]
pub struct Replacement {
    file: File,
    /// Where it is until then; nowhere else, if what it goes into is a device or a pipe.
    draft: Option<Draft>,
}

/// A file whose bytes the disk has, not yet in its place.
#[derive(Debug)]
pub struct Finished {
    draft: Option<Draft>,
}

/// A file that is removed when it is dropped, unless it was put in its place.
#[derive(Debug)]
struct Draft {
    path: PathBuf,
    target: PathBuf,
    /// Those of the old file, or of any new one in its folder.
    attributes: Attributes,
}

/// Every draft of this process. Who holds it keeps drafts from being made, placed or removed.
static DRAFTS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// What a draft is named where the name of its target leaves no room for more.
const NAME_FOR_LONG_ONES: &str = "ingest";
const LONGEST_NAME: usize = 200;

const OWNER_ALONE: u32 = 0o600;
/// What programs ask for. The system takes away from it as the user or the folder says.
const EVERYBODY: u32 = 0o666;

/// As many symbolic links as the system itself follows.
const MAX_LINKS: usize = 40;

impl Replacement {
    /// An empty file beside `target`; what a symbolic link leads to is the target, not the link.
    ///
    /// # Errors
    /// The system refuses the file.
    pub fn of(target: &Path) -> io::Result<Self> {
        let target = resolve(target)?;
        let old = if_there(|| target.metadata())?;
        if old.as_ref().is_some_and(|old| old.is_dir()) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            return Ok(Replacement { file: File::options().write(true).open(target)?, draft: None });
        }
        let mut held = hold_drafts();
        let attributes = match old {
            Some(old) => Attributes::read(&target, &old),
            None => of_new_files(&target)?,
        };
        let (file, path) = create_beside(&target, OWNER_ALONE)?;
        held.drafts.push(path.clone());
        Ok(Replacement { file, draft: Some(Draft { path, target, attributes }) })
    }

    /// Whether it is a terminal that is written to.
    pub fn is_terminal(&self) -> bool {
        self.file.is_terminal()
    }

    /// What to write to.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Gives the file what the old one had beside its bytes, and waits until the disk has all of it.
    ///
    /// # Errors
    /// The system cannot keep them.
    pub fn finish(self) -> io::Result<Finished> {
        if let Some(draft) = &self.draft {
            draft.attributes.apply(&self.file)?;
            self.file.sync_all()?;
        }
        Ok(Finished { draft: self.draft })
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// The system cannot keep the bytes, or refuses the place.
    pub fn commit(self) -> io::Result<()> {
        let finished = self.finish()?;
        let mut drafts = hold_drafts();
        finished.place(&mut drafts)?;
        drafts.release()
    }
}

impl Finished {
    /// Whether an old file stays where this is not put in its place.
    pub fn replaces(&self) -> bool {
        self.draft.is_some()
    }

    /// Puts the file in its place. The disk knows of it once `drafts` are released.
    ///
    /// # Errors
    /// The system refuses the place.
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

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            let mut held = hold_drafts();
            let _ = fs::remove_file(&self.path);
            held.drafts.retain(|draft| *draft != self.path);
        }
    }
}

/// Every draft, while nobody else makes, places or removes one.
#[derive(Debug)]
pub struct HeldDrafts {
    drafts: MutexGuard<'static, Vec<PathBuf>>,
    /// Where files were put in their places.
    folders: BTreeSet<PathBuf>,
}

/// Waits until nobody else holds the drafts.
pub fn hold_drafts() -> HeldDrafts {
    let drafts = DRAFTS.lock().unwrap_or_else(PoisonError::into_inner);
    HeldDrafts { drafts, folders: BTreeSet::new() }
}

impl HeldDrafts {
    /// Lets the others go on, and waits until the disk knows which files were put in their places.
    ///
    /// # Errors
    /// It does not learn it.
    pub fn release(self) -> io::Result<()> {
        let HeldDrafts { drafts, folders } = self;
        drop(drafts);
        for folder in folders {
            match File::open(folder).and_then(|folder| folder.sync_all()) {
                // The file is in its place; some file systems keep folders in another way, or let nobody look inside.
                Err(error) if is_no_fault(error.kind()) => {}
                synced => synced?,
            }
        }
        Ok(())
    }
}

/// Removes every draft, and says how many there were. The others wait for as long as what is returned lives.
pub fn remove_drafts() -> (usize, HeldDrafts) {
    let mut held = hold_drafts();
    let count = held.drafts.len();
    for draft in held.drafts.drain(..) {
        let _ = fs::remove_file(draft);
    }
    (count, held)
}

/// Where a file of this name is or is going to be: a link whose file is not there yet leads to its place.
///
/// # Errors
/// The system does not say, or the links lead round in a circle.
pub fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        if if_there(|| path.metadata())?.is_some() {
            // Of a pipe there is no other name than a link to it.
            return Ok(if_there(|| fs::canonicalize(&path))?.unwrap_or(path));
        }
        let Ok(next) = fs::read_link(&path) else { return Ok(path) };
        path = folder_of(&path).join(next);
    }
    Err(io::Error::other("too many levels of symbolic links"))
}

/// What a new file gets from the system in the place of `target`: by the user's mask, or by what the folder says.
fn of_new_files(target: &Path) -> io::Result<Attributes> {
    let (file, path) = create_beside(target, EVERYBODY)?;
    let attributes = uninterrupted(|| file.metadata()).map(|metadata| Attributes::read(&path, &metadata));
    let _ = fs::remove_file(path);
    attributes
}

/// A new file that no other process writes: after a kill, another one of its name may be left.
fn create_beside(target: &Path, mode: u32) -> io::Result<(File, PathBuf)> {
    let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    let name = if name.len() > LONGEST_NAME { NAME_FOR_LONG_ONES.as_ref() } else { name };
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

/// The folder in which a file of this path is.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What the system says of a file, nothing where there is none.
///
/// # Errors
/// It does not say.
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
