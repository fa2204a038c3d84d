//! A file that is the old one until the new one is complete.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process;

/// A file on its way into the place of another.
///
/// Only [`commit`](Replacement::commit) replaces anything; dropped before, it leaves the old file as it was.
#[derive(Debug)]
pub struct Replacement {
    file: File,
    /// Where it stands until then; nowhere else, if what it goes into is a device or a pipe.
    draft: Option<Draft>,
}

#[derive(Debug)]
struct Draft {
    path: PathBuf,
    target: PathBuf,
}

impl Replacement {
    /// An empty file beside `target`; what a symbolic link leads to is the target, not the link.
    ///
    /// # Errors
    /// The system refuses the file.
    pub fn of(target: &Path) -> io::Result<Self> {
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        if target.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if target.exists() && !target.is_file() {
            return Ok(Replacement { file: File::options().write(true).open(target)?, draft: None });
        }
        let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_os_string();
        let mut draft_name = std::ffi::OsString::from(".");
        draft_name.push(name);
        draft_name.push(format!(".{}.draft", process::id()));
        let path = target.with_file_name(draft_name);
        let file = File::create(&path)?;
        Ok(Replacement { file, draft: Some(Draft { path, target }) })
    }

    /// What to write to.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// The system cannot keep the bytes, or refuses the place.
    pub fn commit(mut self) -> io::Result<()> {
        let Some(Draft { path, target }) = &self.draft else { return Ok(()) };
        self.file.sync_all()?;
        fs::rename(path, target)?;
        self.draft = None;
        Ok(())
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if let Some(Draft { path, .. }) = &self.draft {
            let _ = fs::remove_file(path);
        }
    }
}
