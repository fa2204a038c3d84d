//! Arguments for manifests.

use std::path::{Path, PathBuf};

use crate::args::{Args, Error, ErrorKind, wrong};
use news_ingest::output::format::RecordFormat;
use news_ingest::output::sink::{is_stdout, name_of};

/// Arguments of the bare command for manifests.
#[derive(Debug, Args)]
#[command(next_help_heading = "Manifest")]
pub struct ManifestArgs {
    /// List the files that were read in FILE, one JSON line each, with their hashes and a root over all lines
    ///
    /// FILE is replaced together with the records. The lines are in the order of the paths.
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,

    /// Write only the records of files that are new or changed since the run that wrote MANIFEST
    ///
    /// The bytes of a file decide, not its times. If the version or the options differ, all files count as changed.
    #[arg(long, value_name = "MANIFEST")]
    changed_since: Option<PathBuf>,

    /// Write the ids to FILE that have a record in MANIFEST and none in this run, one per line
    ///
    /// Ids of folders and archives that could not be read are not listed.
    #[arg(long, value_name = "FILE", requires = "changed_since")]
    removed: Option<PathBuf>,

    /// Do not read files of folders whose size and modification time are those in MANIFEST
    ///
    /// The manifest that the run writes then has the times. A file that changes and keeps both is not noticed.
    #[arg(long, requires = "manifest", conflicts_with_all = ["report", "comments", "keep"])]
    trust_mtime: bool,
}

/// Manifests that a run reads and writes.
#[derive(Debug, Default)]
pub struct ManifestOptions {
    /// File for the manifest.
    pub output: Option<PathBuf>,
    /// Manifest of the run before, whose records are not written again.
    pub changed_since: Option<PathBuf>,
    /// File for the ids that are gone.
    pub removed: Option<PathBuf>,
    /// Set if sizes and times may spare a read.
    pub trust_mtime: bool,
}

impl ManifestArgs {
    /// Resolves the arguments.
    ///
    /// # Errors
    /// A file's ending is that of another format.
    pub fn resolve(self) -> Result<ManifestOptions, Error> {
        let ManifestArgs { manifest, changed_since, removed, trust_mtime } = self;
        manifest.iter().chain(&removed).try_for_each(|path| refuse_unless_lines(path))?;
        Ok(ManifestOptions { output: manifest, changed_since, removed, trust_mtime })
    }
}

impl ManifestOptions {
    /// Returns the files to write, with the names of their options.
    pub fn outputs(&self) -> impl Iterator<Item = (&'static str, &PathBuf)> {
        let outputs = [("`--manifest`", &self.output), ("`--removed`", &self.removed)];
        outputs.into_iter().filter_map(|(name, path)| Some((name, path.as_ref()?)))
    }
}

/// Refuses a file name whose ending is that of another format than lines of text.
///
/// # Errors
/// The ending is that of another format.
pub fn refuse_unless_lines(path: &Path) -> Result<(), Error> {
    if is_stdout(path) || RecordFormat::may_be_lines(path) {
        return Ok(());
    }
    let message = format!(
        "only records are written as the ending of {} says: this is text, as `.jsonl` or `.jsonl.gz`",
        name_of(path)
    );
    Err(wrong(ErrorKind::ValueValidation, message))
}
