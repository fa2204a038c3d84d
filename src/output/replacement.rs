//! A file that is the old one until the new one is complete.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::signals::uninterrupted;

/// A file on its way into the place of another.
///
/// Only [`commit`](Replacement::commit) and [`Finished::place`] replace anything; dropped before, it leaves the old file
/// as it was.
#[derive(Debug)]
pub struct Replacement {
    file: File,
    /// Where it stands until then; nowhere else, if what it goes into is a device or a pipe.
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
}

/// Every draft of this process. Who holds it keeps drafts from being made, placed or removed.
static DRAFTS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// What a draft is named where the name of its target leaves no room for more.
const NAME_FOR_LONG_ONES: &str = "ingest";
const LONGEST_NAME: usize = 200;

impl Replacement {
    /// An empty file beside `target`; what a symbolic link leads to is the target, not the link.
    ///
    /// # Errors
    /// The system refuses the file.
    pub fn of(target: &Path) -> io::Result<Self> {
        let target = if_there(|| fs::canonicalize(target))?.unwrap_or_else(|| target.to_owned());
        let old = if_there(|| target.metadata())?;
        if old.as_ref().is_some_and(|old| old.is_dir()) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            return Ok(Replacement { file: File::options().write(true).open(target)?, draft: None });
        }
        let (file, draft) = Draft::beside(target)?;
        if let Some(old) = old {
            // What only its owner could read stays so.
            file.set_permissions(old.permissions())?;
        }
        Ok(Replacement { file, draft: Some(draft) })
    }

    /// What to write to.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Waits until the disk has every byte.
    ///
    /// # Errors
    /// The system cannot keep them.
    pub fn finish(self) -> io::Result<Finished> {
        if self.draft.is_some() {
            self.file.sync_all()?;
        }
        Ok(Finished { draft: self.draft })
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// The system cannot keep the bytes, or refuses the place.
    pub fn commit(self) -> io::Result<()> {
        self.finish()?.place()
    }
}

impl Finished {
    /// Puts the file in its place, and waits until the disk knows.
    ///
    /// # Errors
    /// The system refuses the place.
    pub fn place(mut self) -> io::Result<()> {
        self.draft.take().map_or(Ok(()), Draft::place)
    }
}

impl Draft {
    /// A new file that no other process writes: after a kill, another one of its name may be left.
    fn beside(target: PathBuf) -> io::Result<(File, Self)> {
        let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
        let name = if name.len() > LONGEST_NAME { NAME_FOR_LONG_ONES.as_ref() } else { name };
        let mut drafts = drafts();
        for number in 0_u32.. {
            let mut draft_name = OsString::from(".");
            draft_name.push(name);
            draft_name.push(format!(".{}.{number}.draft", process::id()));
            let path = target.with_file_name(draft_name);
            match File::create_new(&path) {
                Ok(file) => {
                    drafts.push(path.clone());
                    return Ok((file, Draft { path, target }));
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    fn place(mut self) -> io::Result<()> {
        let mut drafts = drafts();
        uninterrupted(|| fs::rename(&self.path, &self.target))?;
        drafts.retain(|draft| *draft != self.path);
        drop(drafts);
        self.path.clear();
        let folder = self.target.parent().filter(|folder| !folder.as_os_str().is_empty());
        match File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all()) {
            // The file is in its place; some file systems keep folders in another way, or let nobody look inside.
            Err(error) if is_no_fault(error.kind()) => Ok(()),
            synced => synced,
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            let mut drafts = drafts();
            let _ = fs::remove_file(&self.path);
            drafts.retain(|draft| *draft != self.path);
        }
    }
}

/// Removes every draft, and holds the others off for as long as what is returned lives.
pub fn remove_drafts() -> impl Drop {
    let mut drafts = drafts();
    for draft in drafts.drain(..) {
        let _ = fs::remove_file(draft);
    }
    drafts
}

fn drafts() -> MutexGuard<'static, Vec<PathBuf>> {
    DRAFTS.lock().unwrap_or_else(PoisonError::into_inner)
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
