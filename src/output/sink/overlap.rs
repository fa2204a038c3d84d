//! Detects outputs that are also inputs.

use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::output::sink::WriteError;
use crate::output::sink::atomic_file::{if_there, resolve};
use crate::store::is_url;

/// Existing files and objects that a run is about to replace.
#[derive(Debug, Default)]
pub struct OutputPaths {
    files: Vec<(PathBuf, (u64, u64))>,
    urls: Vec<PathBuf>,
}

impl OutputPaths {
    /// Looks up the files at `targets` that exist. Temporary files need no entry: they are hidden, so no run reads
    /// them.
    ///
    /// # Errors
    /// The metadata of a target cannot be read.
    pub fn new(targets: Vec<PathBuf>) -> Result<Self, WriteError> {
        let mut files = Vec::new();
        let (urls, targets): (Vec<_>, Vec<_>) = targets.into_iter().partition(|target| is_url(target));
        for target in targets {
            let old = if_there(|| target.metadata()).map_err(|error| WriteError::new(&target, error))?;
            if let Some(old) = old.filter(Metadata::is_file) {
                files.push((target, identity(&old)));
            }
        }
        Ok(OutputPaths { files, urls })
    }

    /// Returns the first of `targets` that equals an earlier one.
    ///
    /// # Errors
    /// The system does not say whether a target exists.
    pub fn twice(targets: &[PathBuf]) -> Result<Option<&Path>, WriteError> {
        let mut places = Vec::new();
        for target in targets {
            let place = place(target).map_err(|error| WriteError::new(target, error))?;
            if places.contains(&place) && !is_device(&place) {
                return Ok(Some(target));
            }
            places.push(place);
        }
        Ok(None)
    }

    /// Returns `true` if a file found in a folder is one of them.
    pub fn holds(&self, path: &Path) -> bool {
        let may_be = |(target, _): &(PathBuf, _)| target.file_name() == path.file_name();
        (is_url(path) || self.files.iter().any(may_be)) && self.is_at(path).unwrap_or(false)
    }

    /// Returns `true` if `path` leads to one of them, under any name.
    ///
    /// # Errors
    /// The metadata of `path` cannot be read.
    pub fn is_at(&self, path: &Path) -> io::Result<bool> {
        if self.files.is_empty() || is_url(path) {
            return Ok(self.urls.iter().any(|url| url == path));
        }
        let identity = identity(&path.metadata()?);
        Ok(self.files.iter().any(|(_, written)| *written == identity))
    }
}

fn identity(metadata: &Metadata) -> (u64, u64) {
    (metadata.dev(), metadata.ino())
}

/// Canonical path of `target`, which may not exist yet.
fn place(target: &Path) -> io::Result<PathBuf> {
    let target = resolve(target)?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(match (if_there(|| folder.canonicalize())?, target.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => target,
    })
}

/// Returns `true` if several streams may write there: `/dev/null` or a pipe.
fn is_device(place: &Path) -> bool {
    place.metadata().is_ok_and(|metadata| !metadata.is_file())
}
