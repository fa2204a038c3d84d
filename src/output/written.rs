//! The files that a run writes, so that none of them is read by it.

use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The old files that a run is about to replace.
#[derive(Debug, Default)]
pub struct Written {
    files: Vec<(PathBuf, (u64, u64))>,
}

impl Written {
    /// The files at `targets`, as far as there are any. Those under way are hidden, and no source.
    pub fn of<'p>(targets: impl IntoIterator<Item = &'p Path>) -> Self {
        let existing = targets.into_iter().filter_map(|target| {
            let metadata = target.metadata().ok().filter(Metadata::is_file)?;
            Some((target.to_owned(), identity(&metadata)))
        });
        Written { files: existing.collect() }
    }

    /// Whether a file found in a folder is one of them.
    pub fn holds(&self, path: &Path) -> bool {
        let may_be = |(target, _): &(PathBuf, _)| target.file_name() == path.file_name();
        self.files.iter().any(may_be) && self.is_at(path).unwrap_or(false)
    }

    /// Whether `path` leads to one of them, under whatever name.
    ///
    /// # Errors
    /// The system does not say.
    pub fn is_at(&self, path: &Path) -> io::Result<bool> {
        if self.files.is_empty() {
            return Ok(false);
        }
        let identity = identity(&path.metadata()?);
        Ok(self.files.iter().any(|(_, written)| *written == identity))
    }
}

fn identity(metadata: &Metadata) -> (u64, u64) {
    (metadata.dev(), metadata.ino())
}
