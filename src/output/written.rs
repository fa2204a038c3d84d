//! The files that a run writes, so that none of them is read by it.

use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::destination::CannotWrite;
use super::replacement::{if_there, resolve};
use crate::store::is_url;

/// The old files that a run is about to replace.
#[derive(Debug, Default)]
pub struct Written {
    files: Vec<(PathBuf, (u64, u64))>,
    urls: Vec<PathBuf>,
}

impl Written {
    /// The files at `targets`, as far as there are any. Those under way are hidden, and no source.
    ///
    /// # Errors
    /// The system does not say what is there.
    pub fn of(targets: Vec<PathBuf>) -> Result<Self, CannotWrite> {
        let mut files = Vec::new();
        let (urls, targets): (Vec<_>, Vec<_>) = targets.into_iter().partition(|target| is_url(target));
        for target in targets {
            let old = if_there(|| target.metadata()).map_err(|error| CannotWrite::of(&target, error))?;
            if let Some(old) = old.filter(Metadata::is_file) {
                files.push((target, identity(&old)));
            }
        }
        Ok(Written { files, urls })
    }

    /// The first of `targets` that is one before it too.
    ///
    /// # Errors
    /// The system does not say what is there.
    pub fn twice(targets: &[PathBuf]) -> Result<Option<&Path>, CannotWrite> {
        let mut places = Vec::new();
        for target in targets {
            let place = place(target).map_err(|error| CannotWrite::of(target, error))?;
            if places.contains(&place) && !is_device(&place) {
                return Ok(Some(target));
            }
            places.push(place);
        }
        Ok(None)
    }

    /// Whether a file found in a folder is one of them.
    pub fn holds(&self, path: &Path) -> bool {
        let may_be = |(target, _): &(PathBuf, _)| target.file_name() == path.file_name();
        (is_url(path) || self.files.iter().any(may_be)) && self.is_at(path).unwrap_or(false)
    }

    /// Whether `path` leads to one of them, under whatever name.
    ///
    /// # Errors
    /// The system does not say.
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

/// Where `target` is or is going to be, under one name.
fn place(target: &Path) -> io::Result<PathBuf> {
    let target = resolve(target)?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(match (if_there(|| folder.canonicalize())?, target.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => target,
    })
}

/// Whether several streams may go there: `/dev/null`, a pipe.
fn is_device(place: &Path) -> bool {
    place.metadata().is_ok_and(|metadata| !metadata.is_file())
}
